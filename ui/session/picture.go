package session

import (
	"bytes"
	"compress/flate"
	"errors"
	"image"
	"image/png"
	"math"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// pictureSide is the width and height of a drawn example, in pixels: four of them for one of the
// network's. margin is left free on every side, so that a line along the edge of the pad is whole.
const (
	pictureSide = 4 * prep.Side
	margin      = 4
)

// penPart is the width of the pen as a part of the crop that the network sees, as in package prep: the
// picture of a drawing, read as a plain picture, is then seen almost as its strokes are.
const penPart = 0.0625

// pictured is the picture of an example.
func pictured(s *state.Shot) *image.Gray {
	if len(s.Strokes) > 0 {
		return drawn(s.Strokes)
	}
	return seen(&s.Input)
}

// drawn is the picture of strokes, black on white.
func drawn(strokes []state.Stroke) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, pictureSide, pictureSide))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	const scale = pictureSide - 2*margin
	radius := penPart * crop(strokes) * scale / 2
	for _, s := range strokes {
		for i := range s {
			a, b := s[max(i-1, 0)], s[i]
			line(img, margin+scale*float64(a.X), margin+scale*float64(a.Y), margin+scale*float64(b.X), margin+scale*float64(b.Y), radius)
		}
	}
	return img
}

// crop is the side of the square that the network sees of a drawing, in sides of the pad.
func crop(strokes []state.Stroke) float64 {
	lo, hi := state.Point{X: 1, Y: 1}, state.Point{}
	for _, s := range strokes {
		for _, p := range s {
			lo.X, lo.Y = min(lo.X, p.X), min(lo.Y, p.Y)
			hi.X, hi.Y = max(hi.X, p.X), max(hi.Y, p.Y)
		}
	}
	span := float64(max(hi.X-lo.X, hi.Y-lo.Y))
	return max(prep.Margin*span/(1-prep.Margin*penPart), prep.MinCrop)
}

// line draws a line with round ends from (ax, ay) to (bx, by). Its edge is one pixel soft. Products
// stand in conversions of their own, so that every machine gives the same bits.
func line(img *image.Gray, ax, ay, bx, by, radius float64) {
	dx, dy := bx-ax, by-ay
	length2 := float64(dx*dx) + float64(dy*dy)
	x0, x1 := pixels(min(ax, bx)-radius-1, max(ax, bx)+radius+1)
	y0, y1 := pixels(min(ay, by)-radius-1, max(ay, by)+radius+1)
	for y := y0; y < y1; y++ {
		py := float64(y) + 0.5 - ay
		for x := x0; x < x1; x++ {
			px := float64(x) + 0.5 - ax
			along := 0.0
			if length2 > 0 {
				along = min(1, max(0, (float64(px*dx)+float64(py*dy))/length2))
			}
			ex, ey := px-float64(along*dx), py-float64(along*dy)
			ink := min(1, max(0, radius+0.5-math.Sqrt(float64(ex*ex)+float64(ey*ey))))
			pix := &img.Pix[y*img.Stride+x]
			*pix = min(*pix, 0xff-uint8(float64(ink*255)+0.5))
		}
	}
}

func pixels(lo, hi float64) (from, to int) {
	return max(0, int(math.Floor(lo))), min(pictureSide, int(math.Ceil(hi)))
}

// seen is the network's input as a picture, black on white.
func seen(in *prep.Input) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, prep.Side, prep.Side))
	for i, v := range in {
		img.Pix[i] = 0xff - v
	}
	return img
}

// unseen is the input that seen makes this picture of.
func unseen(img *image.Gray) prep.Input {
	var in prep.Input
	for i := range in {
		in[i] = 0xff - img.Pix[i/prep.Side*img.Stride+i%prep.Side]
	}
	return in
}

// press makes PNGs of pictures, and packs the list of them. It keeps its buffers, which are most of what a save takes, for
// the next one.
type press struct {
	kept *png.EncoderBuffer
	flat *flate.Writer
}

// deflate packs at the least cost.
func (p *press) deflate(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	var err error
	if p.flat == nil {
		p.flat, err = flate.NewWriter(&packed, flate.BestSpeed)
	} else {
		p.flat.Reset(&packed)
	}
	_, wrong := p.flat.Write(content)
	err = errors.Join(err, wrong, p.flat.Close())
	return packed.Bytes(), err
}

func (p *press) Get() *png.EncoderBuffer  { return p.kept }
func (p *press) Put(b *png.EncoderBuffer) { p.kept = b }

func (p *press) png(img *image.Gray) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{BufferPool: p}).Encode(&b, img)
	return b.Bytes(), err
}
