package fewshot

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

// picture is dark ink on light paper: one character of the rows a pixel, '#' for ink.
func picture(rows ...string) *Drawing {
	img := image.NewGray(image.Rect(0, 0, len(rows[0]), len(rows)))
	for y, row := range rows {
		for x, c := range row {
			grey := color.Gray{Y: 255}
			if c == '#' {
				grey.Y = 0
			}
			img.SetGray(x, y, grey)
		}
	}
	return &Drawing{Image: img}
}

var (
	bar = picture(
		"#....",
		"#....",
		"#....",
		".....")
	barAside = picture(
		"...#.",
		"...#.",
		"...#.",
		".....")
	line = picture(
		"###..",
		".....",
		".....",
		".....")
	blank = picture(
		".....",
		".....",
		".....",
		".....")
)

func TestPixelsSeesPlacesAndHausdorffShapes(t *testing.T) {
	support := [][]*Drawing{{line}, {bar}}
	// Moved to the side the bar shares no pixel with either, and the first of equals wins; relative
	// to its mean it is the same bar.
	for _, test := range []struct {
		learner Learner
		query   *Drawing
		want    int
	}{
		{&Pixels{}, bar, 1}, {&Pixels{}, line, 0}, {&Pixels{}, barAside, 0},
		{&Hausdorff{}, bar, 1}, {&Hausdorff{}, line, 0}, {&Hausdorff{}, barAside, 1},
	} {
		if err := test.learner.Learn(support); err != nil {
			t.Fatal(err)
		}
		if got, err := test.learner.Answer(test.query); err != nil || got.Class != test.want {
			t.Errorf("%T: class %d, error %v, want %d", test.learner, got.Class, err, test.want)
		}
	}
}

func TestBaselinesTakeTheNearestShot(t *testing.T) {
	for _, l := range []Learner{&Pixels{}, &Hausdorff{}} {
		if err := l.Learn([][]*Drawing{{line}, {line, bar}}); err != nil {
			t.Fatal(err)
		}
		if got, err := l.Answer(bar); err != nil || got.Class != 1 {
			t.Errorf("%T: class %d, error %v, want 1", l, got.Class, err)
		}
	}
}

func TestBaselineErrors(t *testing.T) {
	large := picture("##", "##", "##", "##", "##", "##")
	for _, l := range []Learner{&Pixels{}, &Hausdorff{}} {
		if _, err := l.Answer(bar); err == nil {
			t.Errorf("%T answers before it has learned", l)
		}
		if err := l.Learn(nil); err == nil {
			t.Errorf("%T learns from nothing", l)
		}
		if err := l.Learn([][]*Drawing{{blank}}); err == nil {
			t.Errorf("%T learns from a blank drawing", l)
		}
		if err := l.Learn([][]*Drawing{{bar}}); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Answer(blank); err == nil {
			t.Errorf("%T answers about a blank drawing", l)
		}
	}
	p := &Pixels{}
	if err := p.Learn([][]*Drawing{{bar}}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Answer(large); err == nil || err.Error() != "pixels: pictures of 5 x 4 and 2 x 6, want one size" {
		t.Errorf("another size: error %v", err)
	}
}

// plainHausdorff is the definition, point by point, and the oracle of modifiedHausdorff.
func plainHausdorff(a, b inkPoints) float64 {
	mean := func(from, to inkPoints) float64 {
		var sum float64
		for _, r := range from.rows {
			for _, x := range r.xs {
				nearest := math.Inf(1)
				for _, s := range to.rows {
					for _, u := range s.xs {
						nearest = min(nearest, math.Hypot(x-u, r.y-s.y))
					}
				}
				sum += nearest
			}
		}
		return sum / float64(from.n)
	}
	return max(mean(a, b), mean(b, a))
}

func TestModifiedHausdorffByHand(t *testing.T) {
	// Relative to their means the bar is (0,-1) (0,0) (0,1) and the line (-1,0) (0,0) (1,0): both
	// ends are 1 from the other's middle.
	if d, want := modifiedHausdorff(inkPointsOf(bar), inkPointsOf(line), math.Inf(1)), 2.0/3; math.Abs(d-want) > 1e-15 {
		t.Errorf("distance %v, want %v", d, want)
	}
}

func TestModifiedHausdorffEqualsPlain(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func() inkPoints {
		img := image.NewGray(image.Rect(0, 0, 1+r.IntN(20), 1+r.IntN(20)))
		ink := r.IntN(255)
		for i := range img.Pix {
			if img.Pix[i] = 255; r.IntN(256) < ink {
				img.Pix[i] = 0
			}
		}
		img.Pix[r.IntN(len(img.Pix))] = 0
		return inkPointsOf(&Drawing{Image: img})
	}
	for range 500 {
		a, b := random(), random()
		want := plainHausdorff(a, b)
		if got := modifiedHausdorff(a, b, math.Inf(1)); math.Abs(got-want) > 1e-12 {
			t.Fatalf("distance %v, want %v", got, want)
		}
		bound := want * (0.5 + r.Float64())
		if got := modifiedHausdorff(a, b, bound); got < bound != (want < bound) {
			t.Fatalf("distance %v with bound %v, want %v", got, bound, want)
		}
	}
}

// The logits of a class that is the query itself, of others, and of one without a shot.
func TestBaselineLogits(t *testing.T) {
	// The bar and the line share the corner, one of three pixels each.
	for _, test := range []struct {
		learner Learner
		want    []float64
	}{
		{&Pixels{}, []float64{1.0 / 3, math.Inf(-1), 1}},
		{&Hausdorff{}, []float64{-2.0 / 3, math.Inf(-1), 0}},
	} {
		if err := test.learner.Learn([][]*Drawing{{line}, {}, {line, bar}}); err != nil {
			t.Fatal(err)
		}
		got, err := test.learner.Answer(bar)
		if err != nil || len(got.Logits) != 3 {
			t.Fatalf("%T: logits %v, error %v", test.learner, got.Logits, err)
		}
		for i, want := range test.want {
			if got.Logits[i] != want && !(math.Abs(got.Logits[i]-want) < 1e-12) {
				t.Errorf("%T: logit %d is %v, want %v", test.learner, i, got.Logits[i], want)
			}
		}
		if got.Evidence() != got.Logits[2] || got.Confidences != nil {
			t.Errorf("%T: evidence %v and confidences %v, want logit 2 and none", test.learner, got.Evidence(), got.Confidences)
		}
	}
}
