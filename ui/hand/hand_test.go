package hand_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"oneshot/ui/hand"
	"oneshot/ui/state"
)

// exact draws what was meant, to the point.
func exact(s hand.Sign) []state.Stroke {
	r := rand.New(rand.NewPCG(1, 1))
	return hand.New(r, 0).Draw(r, s)
}

// A line goes straight from each point to the next, a curve through all of them without a corner.
func TestPaths(t *testing.T) {
	corner := exact(hand.Sign{hand.Line(20, 20, 80, 20, 80, 80)})[0]
	for _, p := range corner {
		if d := min(math.Abs(float64(p.Y-corner[0].Y)), math.Abs(float64(p.X-corner[len(corner)-1].X))); d > 1e-6 {
			t.Fatalf("the line strays to %v", p)
		}
	}
	round := exact(hand.Sign{hand.Curve(20, 20, 80, 20, 80, 80)})[0]
	for i := 1; i+1 < len(round); i++ {
		a := math.Atan2(float64(round[i].Y-round[i-1].Y), float64(round[i].X-round[i-1].X))
		b := math.Atan2(float64(round[i+1].Y-round[i].Y), float64(round[i+1].X-round[i].X))
		if turn := math.Abs(math.Remainder(b-a, 2*math.Pi)); turn > 0.4 {
			t.Errorf("the curve turns by %.2f at %v", turn, round[i])
		}
	}
	for _, want := range [][2]float32{{20, 20}, {80, 20}, {80, 80}} {
		if !slices.ContainsFunc(round, func(p state.Point) bool {
			scale := float32(0.92) // of every hand: a margin
			return math.Hypot(float64((p.X-0.5)/scale*100+50-want[0]), float64((p.Y-0.5)/scale*100+50-want[1])) < 1e-3
		}) {
			t.Errorf("the curve misses %v", want)
		}
	}
}

func TestOddPathsAreDrawn(t *testing.T) {
	for _, s := range []hand.Sign{nil, {nil}, {hand.Curve(50, 50)}, {hand.Line(50)}, {hand.Curve(5, 5, 5, 5, 5, 5)}, {hand.Line(-900, 50, 900, 50)}} {
		for _, stroke := range exact(s) {
			for _, p := range stroke {
				if !(p.X > 0 && p.X < 1 && p.Y > 0 && p.Y < 1) {
					t.Errorf("%v: point %v", s, p)
				}
			}
		}
	}
}

// Whatever the numbers, there are as many signs as were asked for, the same for the same seed, and no two alike.
func TestAlphabet(t *testing.T) {
	for seed := range uint64(40) {
		signs := hand.Alphabet(rand.New(rand.NewPCG(seed, 0)), 20)
		again := hand.Alphabet(rand.New(rand.NewPCG(seed, 0)), 20)
		if len(signs) != 20 {
			t.Fatalf("seed %d: %d signs, want 20", seed, len(signs))
		}
		seen := map[any]bool{}
		for i, s := range signs {
			if s.Words == "" || s.Words != again[i].Words {
				t.Errorf("seed %d: sign %d is %q, then %q", seed, i, s.Words, again[i].Words)
			}
			in, err := state.Input(exact(s.Sign))
			if err != nil {
				t.Fatalf("seed %d, %s: %v", seed, s.Words, err)
			}
			if seen[in] {
				t.Errorf("seed %d: sign %d, %s, is there twice", seed, i, s.Words)
			}
			seen[in] = true
			for _, path := range s.Sign {
				for _, p := range path {
					if !(p.X > -hand.Side && p.X < 2*hand.Side && p.Y > -hand.Side && p.Y < 2*hand.Side) {
						t.Errorf("seed %d, %s: point %v", seed, s.Words, p)
					}
				}
			}
		}
	}
}

// No two drawings of a sign are the same.
func TestHandsDiffer(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 0))
	sign := hand.Sign{hand.Line(20, 20, 80, 20, 80, 80)}
	seen := map[any]bool{}
	for range 20 {
		in, err := state.Input(hand.New(r, 1).Draw(r, sign))
		if err != nil {
			t.Fatal(err)
		}
		if seen[in] {
			t.Error("two drawings are the same")
		}
		seen[in] = true
	}
}
