package distort

import (
	"image"
	"math"
	"math/rand/v2"
)

// ink is how much of each pixel is covered by ink: (h, w) row-major, 0 to 1.
type ink struct {
	w, h int
	v    []float32
}

func newInk(w, h int) ink { return ink{w, h, make([]float32, w*h)} }

func inkOf(src *image.Gray) ink {
	k := newInk(src.Rect.Dx(), src.Rect.Dy())
	for y := range k.h {
		row := src.Pix[y*src.Stride:]
		for x := range k.w {
			k.v[y*k.w+x] = 1 - float32(row[x])/255
		}
	}
	return k
}

// gray is dark ink on white paper.
func (k ink) gray() *image.Gray {
	return k.on(func(_, _ int, v float32) float64 { return 1 - float64(v) })
}

// on makes a picture of the light, 0 to 1, that each pixel reflects.
func (k ink) on(light func(x, y int, ink float32) float64) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, k.w, k.h))
	for y := range k.h {
		for x := range k.w {
			m.Pix[y*m.Stride+x] = level(light(x, y, k.v[y*k.w+x]))
		}
	}
	return m
}

func level(light float64) uint8 { return uint8(255*min(1, max(0, light)) + 0.5) }

// at interpolates between the centres of pixels; around the picture is paper.
func (k ink) at(x, y float64) float32 {
	x, y = x-0.5, y-0.5
	x0, y0 := int(math.Floor(x)), int(math.Floor(y))
	fx, fy := float32(x-float64(x0)), float32(y-float64(y0))
	if x0 >= 0 && y0 >= 0 && x0+1 < k.w && y0+1 < k.h {
		top, bottom := k.v[y0*k.w+x0:][:2], k.v[(y0+1)*k.w+x0:][:2]
		return (top[0]*(1-fx)+top[1]*fx)*(1-fy) + (bottom[0]*(1-fx)+bottom[1]*fx)*fy
	}
	pixel := func(x, y int) float32 {
		if uint(x) >= uint(k.w) || uint(y) >= uint(k.h) {
			return 0
		}
		return k.v[y*k.w+x]
	}
	top := pixel(x0, y0)*(1-fx) + pixel(x0+1, y0)*fx
	bottom := pixel(x0, y0+1)*(1-fx) + pixel(x0+1, y0+1)*fx
	return top*(1-fy) + bottom*fy
}

// affine maps a place of the new picture to one of the old: x' = m[0]x + m[1]y + m[2], y' = m[3]x + m[4]y + m[5].
type affine [6]float64

// similarity turns k by an angle, counter-clockwise, scales it, and puts its centre into that of a picture of w x h.
func similarity(angle, scale float64, k ink, w, h int) affine {
	sin, cos := math.Sincos(angle)
	return around(cos/scale, sin/scale, float64(k.w)/2, float64(k.h)/2, float64(w)/2, float64(h)/2)
}

// around maps the place (x, y) of the new picture to (oldX, oldY).
func around(cos, sin, oldX, oldY, x, y float64) affine {
	return affine{cos, -sin, oldX - cos*x + sin*y, sin, cos, oldY - sin*x - cos*y}
}

// through draws k into a picture of w x h. A pixel is the mean of points half a pixel of the old picture apart.
func (k ink) through(m affine, w, h int) ink {
	step := math.Hypot(m[0], m[3])
	n := max(1, int(math.Ceil(2*step-1e-9)))
	dst := newInk(w, h)
	x0, y0, x1, y1 := k.bounds(0)
	left, top, right, bottom := float64(x0)-1-step, float64(y0)-1-step, float64(x1)+1+step, float64(y1)+1+step
	for y := range h {
		for x := range w {
			u, v := m[0]*(float64(x)+0.5)+m[1]*(float64(y)+0.5)+m[2], m[3]*(float64(x)+0.5)+m[4]*(float64(y)+0.5)+m[5]
			if u < left || u > right || v < top || v > bottom {
				continue // paper, as most of a sheet
			}
			var sum float32
			for i := range n * n {
				u, v := float64(x)+(float64(i%n)+0.5)/float64(n), float64(y)+(float64(i/n)+0.5)/float64(n)
				sum += k.at(m[0]*u+m[1]*v+m[2], m[3]*u+m[4]*v+m[5])
			}
			dst.v[y*w+x] = sum / float32(n*n)
		}
	}
	return dst
}

// place turns k and puts it on a sheet of w x h: the longer side of the ink's box from least to most of
// the sheet's shorter side, and anywhere that the turned box fits.
func (k ink) place(r *rand.Rand, w, h int, angle, least, most float64) ink {
	x0, y0, x1, y1 := k.bounds(0.5)
	span := least * math.Exp(r.Float64()*math.Log(most/least)) * float64(min(w, h))
	bw, bh := float64(x1-x0), float64(y1-y0)
	sin, cos := math.Sincos(angle)
	tw, th := bw*math.Abs(cos)+bh*math.Abs(sin), bw*math.Abs(sin)+bh*math.Abs(cos) // of the turned box
	scale := span / max(tw, th)
	x := tw*scale/2 + r.Float64()*(float64(w)-tw*scale)
	y := th*scale/2 + r.Float64()*(float64(h)-th*scale)
	return k.through(around(cos/scale, sin/scale, float64(x0+x1)/2, float64(y0+y1)/2, x, y), w, h)
}

// bounds is the box of the pixels with more ink than least, or the whole of a picture without.
func (k ink) bounds(least float32) (x0, y0, x1, y1 int) {
	x0, y0 = k.w, k.h
	for i, v := range k.v {
		if v > least {
			x, y := i%k.w, i/k.w
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
		}
	}
	if x0 >= x1 {
		return 0, 0, k.w, k.h
	}
	return x0, y0, x1, y1
}

// blur is a Gaussian of the given standard deviation in pixels.
func (k ink) blur(sigma float64) ink {
	radius := int(math.Ceil(3 * sigma))
	weights := make([]float32, 2*radius+1)
	var sum float32
	for i := range weights {
		d := float64(i-radius) / sigma
		weights[i] = float32(math.Exp(-d * d / 2))
		sum += weights[i]
	}
	for i := range weights {
		weights[i] /= sum
	}
	across, down := newInk(k.w, k.h), newInk(k.w, k.h)
	for i, w := range weights {
		d := i - radius
		for y := range k.h {
			from, to := k.v[y*k.w:][:k.w], across.v[y*k.w:][:k.w]
			for x := max(0, -d); x < min(k.w, k.w-d); x++ {
				to[x] += w * from[x+d]
			}
		}
	}
	for i, w := range weights {
		d := i - radius
		for y := max(0, -d); y < min(k.h, k.h-d); y++ {
			from, to := across.v[(y+d)*k.w:][:k.w], down.v[y*k.w:][:k.w]
			for x, v := range from {
				to[x] += w * v
			}
		}
	}
	return down
}
