package papers

import (
	"errors"
	"image"
	"math"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
)

var errNoPicture = errors.New("papers: a drawing without its picture")

// inkOf returns the ink of a drawing's picture, whole frame.
func inkOf(d *fewshot.Drawing) (*prep.Ink, error) {
	if d.Image == nil {
		return nil, errNoPicture
	}
	return prep.InkOf(d.Image)
}

// frame is the square of the whole picture, about its centre.
func frame(k *prep.Ink) prep.Crop {
	side := max(k.W, k.H)
	return prep.Crop{X0: float32(k.W-side) / 2, Y0: float32(k.H-side) / 2, Side: float32(side)}
}

// turnSquare writes src, a square picture, into dst turned by quarter turns to the left.
func turnSquare(dst, src []float32, turns int) {
	side := int(math.Sqrt(float64(len(src))))
	for y := range side {
		for x := range side {
			sx, sy := x, y
			for range turns {
				sx, sy = side-1-sy, sx
			}
			dst[y*side+x] = src[sy*side+sx]
		}
	}
}

// affine maps places of the network's input, measured from its centre in pixels, to places of the picture.
type affine struct{ xx, xy, yx, yy, dx, dy float64 }

var unmoved = affine{xx: 1, yy: 1}

// view draws a picture into dst, (side, side) ink 0..1, through a map, with bilinear sampling. Beyond the picture
// there is no ink. A picture of another size than side is scaled as a whole first.
func (a affine) view(dst []float32, side int, k *prep.Ink) {
	scale := float64(max(k.W, k.H)) / float64(side)
	middle := float64(side-1) / 2
	cx, cy := float64(k.W-1)/2, float64(k.H-1)/2
	for j := range side {
		v := float64(j) - middle
		for i := range side {
			u := float64(i) - middle
			x := cx + scale*(a.xx*u+a.xy*v+a.dx)
			y := cy + scale*(a.yx*u+a.yy*v+a.dy)
			dst[j*side+i] = sample(k, x, y)
		}
	}
}

// sample interpolates the ink at (x, y), 0..1.
func sample(k *prep.Ink, x, y float64) float32 {
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := float32(x-x0), float32(y-y0)
	at := func(x, y int) float32 {
		if !image.Pt(x, y).In(image.Rect(0, 0, k.W, k.H)) {
			return 0
		}
		return float32(k.Pix[y*k.W+x]) / 255
	}
	ix, iy := int(x0), int(y0)
	top := at(ix, iy)*(1-fx) + at(ix+1, iy)*fx
	bottom := at(ix, iy+1)*(1-fx) + at(ix+1, iy+1)*fx
	return top*(1-fy) + bottom*fy
}
