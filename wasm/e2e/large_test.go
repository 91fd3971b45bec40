//go:build !js

package e2e

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"oneshot/engine/prep"
	"oneshot/ui/session"
	"oneshot/ui/state"
)

// The largest set that people are promised to work with.
const (
	largeClasses = 100
	largeShots   = 20
)

// A large set is there at the next visit before the network has seen all of it; then it is asked as any other.
func TestLargeSet(t *testing.T) {
	p := newHarness(t).open(t, laptop)
	set := large()
	b, err := session.Write(set)
	if err != nil {
		t.Fatal(err)
	}
	p.letFall("large.zip", b)
	last := "Example 20 of " + set[largeClasses-1].Name
	p.waitForButton(last)
	p.waitForButton("Saved")
	p.reload()
	t.Logf("%d classes of %d examples: ready %.1f s after the reload", largeClasses, largeShots, eval[float64](p, "performance.now()")/1000)
	if !p.has(last) {
		t.Error("the page is ready without the set")
	}
	p.screenshot("large-opened")
	p.draw(drawing{[]prep.Stroke{points(set[41].Shots[0])}, 1})
	p.waitFor("an answer", statusHas("Figure 42, "))
	p.screenshot("large-answered")
}

// points is the stroke of a shot as package prep has it.
func points(s state.Shot) (out prep.Stroke) {
	for _, q := range s.Strokes[0] {
		out = append(out, prep.Point{X: q.X, Y: q.Y})
	}
	return out
}

// large is a set of random figures, each class drawn several ways.
func large() []state.Class {
	r := rand.New(rand.NewPCG(1, 2))
	set := make([]state.Class, largeClasses)
	for i := range set {
		set[i].Name = fmt.Sprintf("Figure %d", i+1)
		figure := make([]state.Point, 3+r.IntN(4))
		for j := range figure {
			figure[j] = state.Point{X: 0.1 + 0.8*r.Float32(), Y: 0.1 + 0.8*r.Float32(), Pressure: 0.5}
		}
		for range largeShots {
			stroke := make(state.Stroke, len(figure))
			for j, q := range figure {
				q.X += 0.05 * (r.Float32() - 0.5)
				q.Y += 0.05 * (r.Float32() - 0.5)
				stroke[j] = q
			}
			set[i].Shots = append(set[i].Shots, state.Shot{Strokes: []state.Stroke{stroke}})
		}
	}
	return set
}
