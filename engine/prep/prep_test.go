package prep_test

import (
	"image"
	"image/color"
	"testing"

	"oneshot/engine/prep"
)

// paper is a w x h picture in one grey.
func paper(w, h int, grey uint8) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = grey
	}
	return m
}

// fill paints the rectangle from (x0, y0) to (x1, y1), the latter excluded.
func fill(m *image.Gray, x0, y0, x1, y1 int, grey uint8) *image.Gray {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			m.SetGray(x, y, color.Gray{Y: grey})
		}
	}
	return m
}

func negative(m *image.Gray) *image.Gray {
	n := image.NewGray(m.Rect)
	for i, v := range m.Pix {
		n.Pix[i] = 255 - v
	}
	return n
}

func TestFromImageCropsToTheInk(t *testing.T) {
	// A square of 50 is cropped to 60: the ink spans the pixels 28/60*5 = 2.33 to 25.67.
	in, err := prep.FromImage(fill(paper(105, 105, 255), 20, 30, 70, 80, 0))
	if err != nil {
		t.Fatal(err)
	}
	row := in[14*prep.Side : 15*prep.Side]
	for x, v := range row {
		want := uint8(255)
		switch {
		case x < 2 || x > 25:
			want = 0
		case x == 2 || x == 25:
			want = 170 // two thirds
		}
		if v != want {
			t.Errorf("pixel (%d, 14) is %d, want %d", x, v, want)
		}
	}
	neg, err := prep.FromImage(negative(fill(paper(105, 105, 255), 20, 30, 70, 80, 0)))
	if err != nil || neg != in {
		t.Errorf("the negative gives another input (error %v)", err)
	}
}
