package prep_test

import (
	"errors"
	"image"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"

	"oneshot/engine/prep"

	"pgregory.net/rapid"
)

// cross is ink of one grey on paper of another: an upright and a bar of 9 pixels on 105 x 105.
func cross(ink, background uint8) *image.Gray {
	m := fill(paper(105, 105, background), 48, 20, 57, 85, ink)
	return fill(m, 30, 40, 75, 49, ink)
}

func mustFromImage(t *testing.T, m image.Image) prep.Input {
	t.Helper()
	in, err := prep.FromImage(m)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestFromImageSeesInkOnly shows the same cross in many ways: shades, colours, types of image,
// transparency, and places in memory. The input must be the same to the bit.
func TestFromImageSeesInkOnly(t *testing.T) {
	want := mustFromImage(t, cross(0, 255))
	mask := cross(255, 0) // 255 where there is ink
	painted := func(ink, background color.Color) image.Image {
		m := image.NewNRGBA(mask.Rect)
		for i, v := range mask.Pix {
			c := background
			if v != 0 {
				c = ink
			}
			m.Set(i%105, i/105, c)
		}
		return m
	}
	jpeg := image.NewYCbCr(mask.Rect, image.YCbCrSubsampleRatio420)
	copy(jpeg.Y, cross(10, 240).Pix)
	framed := cross(0, 255)
	for i := range 105 {
		for _, p := range [][2]int{{i, 0}, {i, 104}, {0, i}, {104, i}} {
			framed.SetGray(p[0], p[1], color.Gray{Y: 90}) // nearer to paper than to ink
		}
	}
	offset := cross(0, 255)
	offset.Rect = offset.Rect.Add(image.Pt(-1000, 77))
	tests := []struct {
		name string
		img  image.Image
	}{
		{"white on black", cross(255, 0)},
		{"pencil", cross(140, 200)},
		{"chalk", cross(150, 60)},
		{"least contrast", cross(100, 124)},
		{"blue on white", painted(color.NRGBA{0, 0, 200, 255}, color.White)},
		{"yellow on white", painted(color.NRGBA{255, 255, 0, 255}, color.White)},
		{"black on transparent", painted(color.Black, color.Transparent)},
		{"white on transparent", painted(color.White, color.Transparent)},
		{"white on transparent white", painted(color.White, color.NRGBA{255, 255, 255, 0})},
		{"thin ink on transparent", painted(color.NRGBA{0, 0, 0, 128}, color.Transparent)},
		{"jpeg", jpeg},
		{"plain image.Image", plainImage{cross(0, 255)}},
		{"part of a larger picture", larger().SubImage(image.Rect(50, 60, 155, 165))},
		{"offset bounds", offset},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if mustFromImage(t, test.img) != want {
				t.Error("another input than black on white")
			}
		})
	}
	if _, err := prep.FromImage(framed); err != nil {
		t.Errorf("with a thin frame: %v", err)
	}
}

// plainImage hides every method but those of image.Image.
type plainImage struct{ image.Image }

// larger has the cross at (50, 60) and ink beyond it that does not belong to it.
func larger() *image.Gray {
	m := fill(paper(300, 200, 255), 200, 0, 300, 200, 0)
	c := cross(0, 255)
	for i, v := range c.Pix {
		m.SetGray(50+i%105, 60+i/105, color.Gray{Y: v})
	}
	return m
}

// TestPolarityOfHeavyInk has more ink than paper: the border tells.
func TestPolarityOfHeavyInk(t *testing.T) {
	heavy := fill(paper(100, 100, 255), 8, 8, 92, 92, 0) // 71 % ink
	in := mustFromImage(t, heavy)
	if in[14*prep.Side+14] != 255 || in[0] != 0 {
		t.Errorf("centre %d and corner %d, want 255 and 0", in[14*prep.Side+14], in[0])
	}
	thin := fill(paper(2, 40, 0), 0, 10, 2, 20, 255) // all border: the majority tells
	if in := mustFromImage(t, thin); in[14*prep.Side+14] != 255 {
		t.Errorf("centre %d of a bar on a strip, want 255", in[14*prep.Side+14])
	}
}

func TestSoftEdgesStaySoft(t *testing.T) {
	m := fill(paper(105, 105, 255), 20, 20, 80, 80, 0)
	fill(m, 80, 20, 81, 80, 153) // 40 % covered
	ink, err := prep.InkOf(m)
	if err != nil {
		t.Fatal(err)
	}
	if got := ink.Pix[50*105+80]; got != 80 { // 40 % less what counts as paper, of what is left
		t.Errorf("coverage %d of an edge pixel, want 80", got)
	}
}

// The grain of grey paper is no ink: one in eight of the way to the ink counts as paper.
func TestGrainOfPaperIsNoInk(t *testing.T) {
	m := fill(paper(200, 200, 190), 95, 40, 105, 160, 70)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range m.Pix {
		m.Pix[i] = uint8(int(m.Pix[i]) + r.IntN(27) - 13)
	}
	in := mustFromImage(t, m)
	for y := range prep.Side {
		for x := range 9 {
			if v := in[y*prep.Side+x]; v > 2 {
				t.Fatalf("ink %d at (%d, %d), where the paper is bare", v, x, y)
			}
		}
	}
	if v := in[14*prep.Side+14]; v < 220 {
		t.Errorf("ink %d in the middle of the bar, want more than 220", v)
	}
}

func TestFromImageErrors(t *testing.T) {
	tests := []struct {
		name string
		img  image.Image
		is   error
		text string
	}{
		{"white", paper(105, 105, 255), prep.ErrBlank, "prep: no ink: the picture has one shade all over"},
		{"black", paper(105, 105, 0), prep.ErrBlank, ""},
		{"grey", paper(105, 105, 100), prep.ErrBlank, ""},
		{"too little contrast", cross(100, 123), prep.ErrBlank, ""},
		{"transparent", image.NewNRGBA(image.Rect(0, 0, 9, 9)), prep.ErrBlank, ""},
		{"zero", image.NewGray(image.Rectangle{}), prep.ErrBlank, "prep: no ink: the picture has no pixels"},
		{"no width", image.NewGray(image.Rect(5, 5, 5, 50)), prep.ErrBlank, ""},
		{"inverted bounds", &image.Gray{Rect: image.Rectangle{Min: image.Pt(9, 9)}}, prep.ErrBlank, ""},
		{"one pixel", paper(1, 1, 0), prep.ErrBlank, ""},
		{"speck", fill(paper(105, 105, 255), 50, 50, 52, 52, 0), prep.ErrSpeck, "prep: ink too small to tell from a speck: 2 pixels, at least 3"},
		{"small speck", fill(paper(28, 28, 0), 5, 5, 6, 6, 255), prep.ErrSpeck, "1 pixels, at least 2"},
		{"uniform", image.NewUniform(color.Black), prep.ErrSize, "at most 8192 a side"},
		{"wide", image.NewGray(image.Rect(0, 0, prep.MaxImageSide+1, 1)), prep.ErrSize, "picture of 8193 x 1 pixels"},
		{"wrapped bounds", &image.Gray{Rect: image.Rect(minInt, 0, maxInt, 1)}, prep.ErrSize, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := prep.FromImage(test.img)
			if !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.text) {
				t.Errorf("error %v, want %v with %q", err, test.is, test.text)
			}
		})
	}
}

const (
	maxInt = int(^uint(0) >> 1)
	minInt = -maxInt - 1
)

func TestDotIsKept(t *testing.T) {
	// A dot of 3 pixels is cropped to 0.28 of 105 = 29.4 pixels: about 3 of the input's 28.
	in := mustFromImage(t, fill(paper(105, 105, 255), 50, 50, 53, 53, 0))
	covered := 0
	for _, v := range in {
		covered += int(v)
	}
	if pixels := float64(covered) / 255; pixels < 8 || pixels > 8.4 {
		t.Errorf("a dot of 3 x 3 covers %.2f pixels of the input, want (3*28/29.4)^2 = 8.16", pixels)
	}
}

// drawPicture is a picture of up to 6 rectangles on 60 x 60, ink 0 on paper 255. They stay 10 from the
// edge, so that a shift by less keeps them inside.
func drawPicture(t *rapid.T) *image.Gray {
	m := paper(60, 60, 255)
	for range rapid.IntRange(1, 6).Draw(t, "rectangles") {
		x := rapid.IntRange(10, 45).Draw(t, "x")
		y := rapid.IntRange(10, 45).Draw(t, "y")
		fill(m, x, y, x+rapid.IntRange(2, 5).Draw(t, "w"), y+rapid.IntRange(2, 5).Draw(t, "h"), 0)
	}
	return m
}

// farthest is the largest difference of a pixel between two inputs.
func farthest(a, b prep.Input) int {
	most := 0
	for i := range a {
		most = max(most, int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return most
}

// maxImageDrift is how much a pixel may change when a picture is moved or enlarged: the rounding of
// the crop's edges to float32.
const maxImageDrift = 1

func TestWhereAndHowLargeDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawPicture(t)
		want, err := prep.FromImage(m)
		if err != nil {
			t.Fatal(err)
		}
		dx := rapid.IntRange(-10, 10).Draw(t, "dx")
		dy := rapid.IntRange(-10, 10).Draw(t, "dy")
		k := rapid.IntRange(1, 5).Draw(t, "times")
		moved := paper(60*k, 60*k, 255)
		for i := range moved.Pix {
			x, y := i%(60*k)/k-dx, i/(60*k)/k-dy
			if image.Pt(x, y).In(m.Rect) {
				moved.Pix[i] = m.GrayAt(x, y).Y
			}
		}
		got, err := prep.FromImage(moved)
		if err != nil {
			t.Fatal(err)
		}
		if d := farthest(got, want); d > maxImageDrift {
			t.Fatalf("moved by (%d, %d) and %d times as large a pixel changes by %d", dx, dy, k, d)
		}
	})
}

// TestNegativeIsTheSame holds to the bit for any picture whose light and dark do not balance exactly.
func TestNegativeIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(1, 20).Draw(t, "w")
		pix := rapid.SliceOfN(rapid.Byte(), w, 400).Draw(t, "pix")
		h := len(pix) / w
		m := &image.Gray{Pix: pix[:w*h], Stride: w, Rect: image.Rect(0, 0, w, h)}
		a, errA := prep.FromImage(m)
		b, errB := prep.FromImage(negative(m))
		if prep.PaperBalance(m) == 0 {
			return // dark ink is assumed, in the picture and in its negative
		}
		if a != b || (errA == nil) != (errB == nil) {
			t.Fatalf("the negative gives another input: errors %v and %v", errA, errB)
		}
	})
}

// TestAnyPictureIsAnsweredOrRefused asks for no panic whatever the size, the bounds and the type.
func TestAnyPictureIsAnsweredOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := image.Pt(rapid.IntRange(-1e9, 1e9).Draw(t, "x"), rapid.IntRange(-1e9, 1e9).Draw(t, "y"))
		r := image.Rectangle{Min: at, Max: at.Add(image.Pt(rapid.IntRange(-3, 40).Draw(t, "w"), rapid.IntRange(-3, 40).Draw(t, "h")))}
		if r.Empty() {
			r = image.Rectangle{}
		}
		seed := rapid.Uint64().Draw(t, "seed")
		shade := func(i int) uint8 { seed = seed*6364136223846793005 + 1442695040888963407; return uint8(seed >> 56) }
		var img image.Image
		switch rapid.IntRange(0, 4).Draw(t, "type") {
		case 0:
			m := image.NewGray(r)
			for i := range m.Pix {
				m.Pix[i] = shade(i)
			}
			img = m
		case 1:
			m := image.NewNRGBA(r)
			for i := range m.Pix {
				m.Pix[i] = shade(i)
			}
			img = m
		case 2:
			m := image.NewPaletted(r, color.Palette{color.Transparent, color.White, color.Black})
			for i := range m.Pix {
				m.Pix[i] = shade(i) % 3
			}
			img = plainImage{m}
		case 3:
			m := image.NewYCbCr(r, image.YCbCrSubsampleRatio444)
			for i := range m.Y {
				m.Y[i] = shade(i)
			}
			img = m
		case 4:
			m := image.NewRGBA64(r) // bytes that no premultiplied colour has
			for i := range m.Pix {
				m.Pix[i] = shade(i)
			}
			img = m
		}
		in, err := prep.FromImage(img)
		if err == nil && in == (prep.Input{}) {
			t.Fatal("a blank input without an error")
		}
		if err != nil && !errors.Is(err, prep.ErrBlank) && !errors.Is(err, prep.ErrSpeck) {
			t.Fatalf("unexpected error %v", err)
		}
	})
}
