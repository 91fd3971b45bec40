package train

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"oneshot/engine/prep"
)

// letter draws an asymmetric figure, an F with a foot, on white paper.
func letter(t *testing.T) *source {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 105, 105))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for _, r := range []image.Rectangle{image.Rect(30, 20, 33, 80), image.Rect(30, 20, 70, 23), image.Rect(30, 45, 55, 48), image.Rect(20, 77, 33, 80)} {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				m.SetGray(x, y, color.Gray{})
			}
		}
	}
	ink, err := prep.InkOf(m)
	if err != nil {
		t.Fatal(err)
	}
	crop, err := ink.Box()
	if err != nil {
		t.Fatal(err)
	}
	return &source{ink: ink, thick: thicken(ink), thin: thinOut(ink), crop: crop}
}

func meanDifference(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		d := float64(a[i] - b[i])
		sum += max(d, -d)
	}
	return sum / float64(len(a))
}

func TestWarpWithoutDistortionIsPrep(t *testing.T) {
	s := letter(t)
	got := make([]float32, prep.Side*prep.Side)
	s.warp(got, Augment{}, 0, whole(), rand.New(rand.NewPCG(1, 1)))
	in := s.ink.Scale(s.crop)
	// Sixteen points stand for the area of a pixel, so that edges differ by up to an eighth of a pixel.
	if d := meanDifference(got, appendInk(nil, &in)); d > 0.01 {
		t.Errorf("mean difference from prep %v", d)
	}
}

func TestWarpTurnsByQuarters(t *testing.T) {
	s := letter(t)
	upright, turned := make([]float32, prep.Side*prep.Side), make([]float32, prep.Side*prep.Side)
	s.warp(upright, Augment{}, 0, whole(), rand.New(rand.NewPCG(1, 1)))
	for turns := range 4 {
		clear(turned)
		s.warp(turned, Augment{}, symmetry(turns), whole(), rand.New(rand.NewPCG(1, 1)))
		want := upright
		for range turns {
			want = quarterTurn(want)
		}
		if d := meanDifference(turned, want); d > 0.01 {
			t.Errorf("%d turns: mean difference %v", turns, d)
		}
	}
}

// quarterTurn reads the picture along its columns: out(x, y) = in(side-1-y, x).
func quarterTurn(in []float32) []float32 {
	out := make([]float32, len(in))
	for y := range prep.Side {
		for x := range prep.Side {
			out[y*prep.Side+x] = in[x*prep.Side+prep.Side-1-y]
		}
	}
	return out
}

func TestWarpMirrors(t *testing.T) {
	s := letter(t)
	upright, mirrored := make([]float32, prep.Side*prep.Side), make([]float32, prep.Side*prep.Side)
	s.warp(upright, Augment{}, 0, whole(), rand.New(rand.NewPCG(1, 1)))
	s.warp(mirrored, Augment{}, 4, whole(), rand.New(rand.NewPCG(1, 1)))
	for y := range prep.Side {
		for x := range prep.Side / 2 {
			l, r := y*prep.Side+x, y*prep.Side+prep.Side-1-x
			upright[l], upright[r] = upright[r], upright[l]
		}
	}
	if d := meanDifference(mirrored, upright); d > 0.01 {
		t.Errorf("mean difference %v", d)
	}
}

// Two drawings in one: each has its half of the input, and both are there.
func TestWarpDrawsTwoIntoOne(t *testing.T) {
	s := letter(t)
	ink := func(places ...place) float32 {
		dst := make([]float32, prep.Side*prep.Side)
		for _, p := range places {
			s.warp(dst, Augment{}, 0, p, rand.New(rand.NewPCG(1, 1)))
		}
		var sum float32
		for _, v := range dst {
			sum += v
		}
		return sum
	}
	for l := beside; l < layouts; l++ {
		first, second := l.places()
		a, b, both := ink(first), ink(second), ink(first, second)
		if both < 0.85*(a+b) || both > a+b || a < 0.9*b || b < 0.9*a {
			t.Errorf("layout %d: ink %v and %v, together %v", l, a, b, both)
		}
	}
}

func TestPensThickenAndThinOut(t *testing.T) {
	s := letter(t)
	sum := func(k *prep.Ink) (n int) {
		for _, v := range k.Pix {
			n += int(v)
		}
		return n
	}
	// Lines three pixels wide become five and one.
	if thin, ink, thick := sum(s.thin), sum(s.ink), sum(s.thick); 2*thin > ink || 5*thin < ink || 10*thick < 15*ink || thick > 2*ink {
		t.Errorf("ink %d, thin %d, thick %d", ink, thin, thick)
	}
	hair := &prep.Ink{W: 3, H: 3, Pix: []uint8{0, 255, 0, 0, 255, 0, 0, 255, 0}}
	if thinOut(hair) != hair {
		t.Error("a line of one pixel was thinned away")
	}
}

func TestWarpDistortsButKeepsTheInk(t *testing.T) {
	s := letter(t)
	plain, warped := make([]float32, prep.Side*prep.Side), make([]float32, prep.Side*prep.Side)
	s.warp(plain, Augment{}, 0, whole(), rand.New(rand.NewPCG(1, 1)))
	var before float32
	for _, v := range plain {
		before += v
	}
	for seed := range uint64(20) {
		clear(warped)
		s.warp(warped, standardAugment(), 0, whole(), rand.New(rand.NewPCG(seed, 2)))
		var after float32
		for _, v := range warped {
			after += v
		}
		if d := meanDifference(plain, warped); d < 0.01 {
			t.Errorf("seed %d: mean difference %v: not distorted", seed, d)
		}
		if after < 0.4*before || after > 4*before {
			t.Errorf("seed %d: ink %v of %v", seed, after, before)
		}
	}
}
