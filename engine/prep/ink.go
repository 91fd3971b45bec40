package prep

import (
	"image"
	"strconv"
)

// Ink is how much of each pixel of a picture is covered by ink: (H, W) row-major, 0 to 255.
type Ink struct {
	W, H int
	Pix  []uint8
}

// minContrast is the least difference between ink and paper, in grey levels of 255. A yellow pen on
// white paper has 29; the noise of a scan of blank paper stays below 20.
const minContrast = 24

// grain is what part of the way from paper to ink still counts as paper: one in grain. The grain of paper and the noise of
// a camera would else lie as a haze over all of the input, and a network that has only seen clean paper takes it for ink.
const grain = 8

// InkOf finds the ink in img, dark on light or light on dark. Otsu's threshold parts the grey levels
// in two; the side that holds more of the border and of the whole is the paper. Coverage then
// rises from 0 a little beyond the paper's level to 255 at the ink's, so faint pencil counts as ink and the soft
// edges of a line stay soft. The uneven light of a photographed sheet is taken away first. Transparent pixels are white paper, or black if white shows nothing.
//
// Errors are ErrBlank for a picture without contrast or without pixels, and ErrSize.
func InkOf(img image.Image) (*Ink, error) {
	r := img.Bounds()
	if r.Empty() {
		return nil, detailed{ErrBlank, "the picture has no pixels"}
	}
	// Dx and Dy wrap round to a negative number when the bounds span more than half of all ints.
	w, h := r.Dx(), r.Dy()
	if w < 0 || h < 0 || w > MaxImageSide || h > MaxImageSide {
		return nil, detailed{ErrSize, "picture of " + strconv.Itoa(w) + " x " + strconv.Itoa(h) +
			" pixels, at most " + strconv.Itoa(MaxImageSide) + " a side"}
	}
	ink := &Ink{W: w, H: h, Pix: make([]uint8, w*h)}
	translucent := ink.readLuminance(img, onWhite)
	ink.flattenLight()
	ok := ink.luminanceToCoverage()
	if !ok && translucent {
		ink.readLuminance(img, onBlack)
		ink.flattenLight()
		ok = ink.luminanceToCoverage()
	}
	if !ok {
		return nil, detailed{ErrBlank, "the picture has one shade all over"}
	}
	return ink, nil
}

// backing is what lies behind the transparent pixels of a picture.
type backing uint8

const (
	onWhite backing = iota
	onBlack
)

// readLuminance fills Pix with the grey levels of img laid on the backing, 0 black to 255 white, and
// reports whether any of img was transparent.
func (k *Ink) readLuminance(img image.Image, on backing) (translucent bool) {
	r := img.Bounds()
	switch m := img.(type) {
	case *image.Gray:
		for y := range k.H {
			copy(k.row(y), m.Pix[m.PixOffset(r.Min.X, r.Min.Y+y):])
		}
		return false
	case *image.YCbCr: // a JPEG: its Y is the grey level
		for y := range k.H {
			copy(k.row(y), m.Y[m.YOffset(r.Min.X, r.Min.Y+y):])
		}
		return false
	}
	at := func(x, y int) (r, g, b, a uint32) { return img.At(x, y).RGBA() }
	if m, ok := img.(image.RGBA64Image); ok { // no allocation per pixel
		at = func(x, y int) (r, g, b, a uint32) { return m.RGBA64At(x, y).RGBA() }
	}
	for y := range k.H {
		row := k.row(y)
		for x := range row {
			r, g, b, a := at(r.Min.X+x, r.Min.Y+y)
			// The weights are those of color.GrayModel and sum to 1 << 16.
			grey := (19595*r + 38470*g + 7471*b + 1<<15) >> 16
			if a < 0xffff {
				translucent = true
				if on == onWhite { // RGBA is premultiplied
					grey += 0xffff - a
				}
			}
			row[x] = uint8(min(grey, 0xffff) >> 8)
		}
	}
	return translucent
}

func (k *Ink) row(y int) []uint8 { return k.Pix[y*k.W : (y+1)*k.W] }

// luminanceToCoverage turns grey levels into coverage in place. It reports false, and leaves Pix as
// it was, if ink and paper differ by less than minContrast.
func (k *Ink) luminanceToCoverage() bool {
	all := histogramOf(k.Pix)
	split, ok := all.otsu()
	if !ok {
		return false
	}
	lightPaper := k.paperBalance(&all, split) >= 0
	if lightPaper {
		// From here on ink is the high side. Flipping before anything is measured makes a picture
		// and its negative give the same bits.
		all.flip()
		split, _ = all.otsu()
	}
	threshold := (split.lo + split.hi) / 2
	paper := all.quantile(0, threshold, 50)
	ink := all.quantile(threshold+1, 255, 75) // the soft edges of a line are lighter than the line
	if ink-paper < minContrast {
		return false
	}
	var coverage [256]uint8
	for v := range coverage {
		level := v
		if lightPaper {
			level = 255 - v
		}
		bare := (ink - paper) / grain
		coverage[v] = uint8(min(255, max(0, (level-paper-bare)*255/(ink-paper-bare))))
	}
	for i, v := range k.Pix {
		k.Pix[i] = coverage[v]
	}
	return true
}

// borderParts is the picture's shorter side divided by the width of what counts as its border: wide
// enough that a thin frame drawn round the picture is outvoted.
const borderParts = 16

// paperBalance tells which side of the split is the paper: it is positive for the light side and
// negative for the dark one. The border and the whole picture have one vote each, in proportion to
// how many of their pixels are light and how many dark. A perfect tie, such as a chequerboard, is
// taken for dark ink on light paper.
func (k *Ink) paperBalance(all *histogram, s split) int64 {
	edge := max(1, min(k.W, k.H)/borderParts)
	var border histogram
	for y := range k.H {
		row := k.row(y)
		if y < edge || y >= k.H-edge || k.W <= 2*edge {
			border.add(row)
		} else {
			border.add(row[:edge])
			border.add(row[k.W-edge:])
		}
	}
	balance := func(h *histogram) int64 { return h.count(s.hi+1, 255) - h.count(0, s.lo) }
	return balance(&border)*all.count(0, 255) + balance(all)*border.count(0, 255)
}
