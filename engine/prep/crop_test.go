package prep_test

import (
	"errors"
	"math"
	"testing"

	"oneshot/engine/prep"

	"pgregory.net/rapid"
)

func TestBox(t *testing.T) {
	ink := func(w, h int, x0, y0, x1, y1 int) *prep.Ink {
		k := &prep.Ink{W: w, H: h, Pix: make([]uint8, w*h)}
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				k.Pix[y*w+x] = 128
			}
		}
		return k
	}
	tests := []struct {
		name string
		ink  *prep.Ink
		want prep.Crop
	}{
		{"wide", ink(100, 100, 10, 20, 60, 40), prep.Crop{X0: 5, Y0: 0, Side: 60}},
		{"high", ink(100, 100, 10, 20, 20, 70), prep.Crop{X0: -15, Y0: 15, Side: 60}},
		{"all", ink(100, 100, 0, 0, 100, 100), prep.Crop{X0: -10, Y0: -10, Side: 120}},
		{"small", ink(100, 100, 40, 40, 50, 50), prep.Crop{X0: 31, Y0: 31, Side: 28}},
		{"the frame is the shorter side", ink(400, 100, 40, 40, 50, 50), prep.Crop{X0: 31, Y0: 31, Side: 28}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := test.ink.Box(); err != nil || got != test.want {
				t.Errorf("crop %v, error %v, want %v", got, err, test.want)
			}
		})
	}
	faint := ink(100, 100, 10, 10, 50, 50)
	for i := range faint.Pix {
		faint.Pix[i] = min(faint.Pix[i], 127)
	}
	if _, err := faint.Box(); !errors.Is(err, prep.ErrBlank) {
		t.Errorf("no pixel half covered: error %v, want ErrBlank", err)
	}
	if _, err := (&prep.Ink{}).Box(); !errors.Is(err, prep.ErrBlank) {
		t.Errorf("no pixels: error %v, want ErrBlank", err)
	}
}

// plainScale is the definition of Scale in floating point: for each pixel of the input the covered
// area of every pixel of the picture.
func plainScale(k *prep.Ink, c prep.Crop) (out [prep.Side * prep.Side]float64) {
	cell := float64(c.Side) / prep.Side
	overlap := func(p int, a float64) float64 { return max(0, min(float64(p+1), a+cell)-max(float64(p), a)) }
	for i := range out {
		left, top := float64(c.X0)+float64(i%prep.Side)*cell, float64(c.Y0)+float64(i/prep.Side)*cell
		for y := range k.H {
			for x := range k.W {
				out[i] += float64(k.Pix[y*k.W+x]) * overlap(x, left) * overlap(y, top) / (cell * cell)
			}
		}
	}
	return out
}

// maxScaleError is a level: half of it is the rounding to an integer, the rest that of the edges to
// 1/65536 of a pixel, which matters most for cells smaller than a pixel.
const maxScaleError = 1.0

func TestScaleIsAreaAveraging(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 30).Draw(t, "w"), rapid.IntRange(1, 30).Draw(t, "h")
		k := &prep.Ink{W: w, H: h, Pix: rapid.SliceOfN(rapid.Byte(), w*h, w*h).Draw(t, "pix")}
		c := prep.Crop{
			X0:   rapid.Float32Range(-40, 40).Draw(t, "x0"),
			Y0:   rapid.Float32Range(-40, 40).Draw(t, "y0"),
			Side: rapid.Float32Range(1, 90).Draw(t, "side"),
		}
		got, want := k.Scale(c), plainScale(k, c)
		for i, v := range got {
			if d := math.Abs(float64(v) - want[i]); d > maxScaleError {
				t.Fatalf("pixel %d is %d, want %v", i, v, want[i])
			}
		}
	})
}

func TestScaleOfAnAbsurdCropIsBlank(t *testing.T) {
	k := &prep.Ink{W: 2, H: 2, Pix: []uint8{255, 255, 255, 255}}
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, c := range []prep.Crop{
		{}, {Side: -1}, {Side: nan}, {Side: inf}, {X0: nan, Side: 2}, {Y0: nan, Side: 2}, {X0: -inf, Side: 2},
		{Y0: inf, Side: 2}, {X0: 1e30, Side: 2}, {Side: 1e30}, {Side: 1e-30}, {X0: 100, Side: 2},
	} {
		if k.Scale(c) != (prep.Input{}) {
			t.Errorf("crop %v holds ink", c)
		}
	}
	// The largest sums of all: a full picture at the largest crop that is taken.
	side := 512
	big := &prep.Ink{W: side, H: side, Pix: make([]uint8, side*side)}
	for i := range big.Pix {
		big.Pix[i] = 255
	}
	in := big.Scale(prep.Crop{Side: 2 * prep.MaxImageSide})
	if want := uint8(math.Round(255 * math.Pow(512.0/(2*prep.MaxImageSide/prep.Side), 2))); in[0] != want || in[1] != 0 {
		t.Errorf("pixels %d and %d, want %d and 0", in[0], in[1], want)
	}
}
