package prep_test

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"oneshot/engine/prep"

	"pgregory.net/rapid"
)

// lit is a cross of ink 60 on a large sheet of paper 240, under a light of 0 to 1.
func lit(size int, light func(x, y float64) float64) *image.Gray {
	m := paper(size, size, 240)
	at := func(part float64) int { return int(part * float64(size)) }
	fill(m, at(0.46), at(0.2), at(0.53), at(0.8), 60)
	fill(m, at(0.28), at(0.4), at(0.7), at(0.47), 60)
	for i, v := range m.Pix {
		m.Pix[i] = uint8(float64(v) * light(float64(i%size)/float64(size), float64(i/size)/float64(size)))
	}
	return m
}

func even(_, _ float64) float64 { return 1 }

// meanDifference of two inputs, in levels of 255.
func meanDifference(a, b prep.Input) float64 {
	var sum float64
	for i := range a {
		sum += math.Abs(float64(a[i]) - float64(b[i]))
	}
	return sum / float64(len(a))
}

func TestUnevenLightIsTakenAway(t *testing.T) {
	shade := func(at, from, softness float64) float64 { return 1 - 0.4/(1+math.Exp((from-at)/softness)) }
	for name, light := range map[string]func(x, y float64) float64{
		"from the left":    func(x, _ float64) float64 { return 1 - 0.6*x },
		"from below":       func(_, y float64) float64 { return 0.35 + 0.65*y },
		"from a corner":    func(x, y float64) float64 { return 1 - 0.3*x - 0.3*y },
		"a lamp":           func(x, y float64) float64 { return 1 - 0.9*((x-0.4)*(x-0.4)+(y-0.3)*(y-0.3)) },
		"a shade":          func(x, _ float64) float64 { return shade(x, 0.4, 0.04) },
		"a shade, slanted": func(x, y float64) float64 { return (1 - 0.3*y) * shade((x+y)/2, 0.5, 0.03) },
	} {
		for _, size := range []int{160, 333, 600} {
			want := mustFromImage(t, lit(size, even))
			if d := meanDifference(mustFromImage(t, lit(size, light)), want); d > 5 {
				t.Errorf("%s, %d pixels: the input differs by %.1f from that in even light, want at most 5", name, size, d)
			}
		}
	}
}

// unchanged says whether the light of a picture is left alone.
func unchanged(m *image.Gray) bool {
	k := &prep.Ink{W: m.Rect.Dx(), H: m.Rect.Dy(), Pix: slices.Clone(m.Pix)}
	k.FlattenLight()
	return slices.Equal(k.Pix, m.Pix)
}

func TestEvenLightIsLeftAlone(t *testing.T) {
	noise := paper(210, 210, 0)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(200 + 4*r.NormFloat64())
	}
	table := fill(paper(300, 300, 230), 200, 0, 300, 300, 70) // a sheet on a dark table
	fill(table, 50, 50, 60, 200, 40)
	for name, m := range map[string]*image.Gray{
		"dark on light":       lit(200, even),
		"light on dark":       cross(255, 0),
		"chalk":               cross(150, 60),
		"noise":               fill(noise, 60, 60, 70, 150, 60),
		"a filled shape":      fill(paper(200, 200, 255), 50, 50, 150, 150, 0),
		"a grey filled shape": fill(paper(200, 200, 255), 50, 50, 150, 150, 160),
		"a dark table":        table,
		"hardly uneven":       lit(200, func(x, _ float64) float64 { return 1 - 0.05*x }),
		"night":               lit(200, func(x, _ float64) float64 { return 0.3 - 0.25*x }),
		"small":               paper(20, 20, 255),
		"one pixel":           paper(1, 1, 0),
	} {
		if !unchanged(m) {
			t.Errorf("%s: the light was changed", name)
		}
	}
}

// TestTwoLevelsAreLeftAlone holds what training relies on: Omniglot's pictures have two levels, and so has
// much of what people scan. Whatever stands on them, they stay as they are.
func TestTwoLevelsAreLeftAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 150).Draw(t, "width"), rapid.IntRange(1, 150).Draw(t, "height")
		m := paper(w, h, rapid.SampledFrom([]uint8{255, 0, 180}).Draw(t, "paper"))
		ink := rapid.SampledFrom([]uint8{0, 255, 150}).Draw(t, "ink")
		for range rapid.IntRange(0, 12).Draw(t, "bars") {
			x, y := rapid.IntRange(0, w-1).Draw(t, "x"), rapid.IntRange(0, h-1).Draw(t, "y")
			fill(m, x, y, rapid.IntRange(x, w).Draw(t, "to x"), rapid.IntRange(y, h).Draw(t, "to y"), ink)
		}
		if !unchanged(m) {
			t.Fatal("changed")
		}
	})
}
