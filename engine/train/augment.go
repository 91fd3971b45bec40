package train

import (
	"math"
	"math/rand/v2"

	"oneshot/engine/prep"
)

// Augment bounds the random distortions of a training drawing, as people draw: in units of the crop,
// radians or logarithms.
type Augment struct {
	Rotate  float64 // standard deviation of the angle, radians
	Scale   float64 // standard deviation of the logarithm of each axis' scale
	Shear   float64 // standard deviation
	Shift   float64 // largest shift, uniform
	Elastic float64 // standard deviation of the knots of a 5x5 displacement field
	Thick   float64 // probability of strokes one pixel thicker on every side
}

// standardAugment is what DESIGN's first measured recipe used.
func standardAugment() Augment {
	return Augment{Rotate: 0.12, Scale: 0.12, Shear: 0.12, Shift: 0.04, Elastic: 0.025, Thick: 0.25}
}

// knots is the side of the elastic displacement field.
const knots = 5

// subsamples is how many points of the picture, squared, are averaged into a pixel of the input.
const subsamples = 4

// source is one training drawing, ready to be distorted: its ink, the same with thicker strokes, and its crop.
type source struct {
	ink, thick *prep.Ink
	crop       prep.Crop
}

// warp draws s into dst, (Side, Side) ink 0..1, turned by quarter turns and distorted at random. With a zero Augment it
// is what prep makes of the picture, up to the sampling of an area by points.
func (s *source) warp(dst []float32, a Augment, turns int, r *rand.Rand) {
	ink := s.ink
	if r.Float64() < a.Thick {
		ink = s.thick
	}
	m := a.matrix(turns, r)
	field := a.field(r)
	dx, dy := (2*r.Float64()-1)*a.Shift, (2*r.Float64()-1)*a.Shift
	side := float64(s.crop.Side)
	cx, cy := float64(s.crop.X0)+side*(0.5+dx), float64(s.crop.Y0)+side*(0.5+dy)
	const cell = 1.0 / prep.Side
	// A step of one subsample to the right or down, in pixels of the picture.
	step := side * cell / subsamples
	rx, ry, downX, downY := m[0]*step, m[2]*step, m[1]*step, m[3]*step
	for j := range prep.Side {
		v := (float64(j)+0.5/subsamples)*cell - 0.5
		for i := range prep.Side {
			u := (float64(i)+0.5/subsamples)*cell - 0.5
			ex, ey := field.at(u, v)
			x := cx + side*(m[0]*u+m[1]*v+ex)
			y := cy + side*(m[2]*u+m[3]*v+ey)
			sum := 0
			for range subsamples {
				px, py := x, y
				for range subsamples {
					ix, iy := int(math.Floor(px)), int(math.Floor(py))
					if uint(ix) < uint(ink.W) && uint(iy) < uint(ink.H) {
						sum += int(ink.Pix[iy*ink.W+ix])
					}
					px, py = px+rx, py+ry
				}
				x, y = x+downX, y+downY
			}
			dst[j*prep.Side+i] = float32(sum) / (255 * subsamples * subsamples)
		}
	}
}

// matrix maps places of the input, measured from its centre, to places of the picture: a random rotation, shear and
// scale after the quarter turns.
func (a Augment) matrix(turns int, r *rand.Rand) [4]float64 {
	angle := r.NormFloat64()*a.Rotate + float64(turns)*math.Pi/2
	sin, cos := math.Sincos(angle)
	sx, sy := math.Exp(r.NormFloat64()*a.Scale), math.Exp(r.NormFloat64()*a.Scale)
	shear := r.NormFloat64() * a.Shear
	return [4]float64{sx * cos, sy * (shear*cos - sin), sx * sin, sy * (shear*sin + cos)}
}

// displacement is a smooth random field over the unit square around 0.
type displacement [2][knots][knots]float64

func (a Augment) field(r *rand.Rand) (f displacement) {
	for d := range f {
		for y := range f[d] {
			for x := range f[d][y] {
				f[d][y][x] = r.NormFloat64() * a.Elastic
			}
		}
	}
	return f
}

// at interpolates the field at (u, v), each -0.5 to 0.5.
func (f *displacement) at(u, v float64) (dx, dy float64) {
	gx, gy := (u+0.5)*(knots-1), (v+0.5)*(knots-1)
	x, y := min(int(gx), knots-2), min(int(gy), knots-2)
	fx, fy := gx-float64(x), gy-float64(y)
	w00, w10, w01, w11 := (1-fx)*(1-fy), fx*(1-fy), (1-fx)*fy, fx*fy
	a, b := &f[0], &f[1]
	dx = w00*a[y][x] + w10*a[y][x+1] + w01*a[y+1][x] + w11*a[y+1][x+1]
	dy = w00*b[y][x] + w10*b[y][x+1] + w01*b[y+1][x] + w11*b[y+1][x+1]
	return dx, dy
}

// thicken spreads ink to the four neighbours of each pixel.
func thicken(k *prep.Ink) *prep.Ink {
	t := &prep.Ink{W: k.W, H: k.H, Pix: make([]uint8, len(k.Pix))}
	for y := range k.H {
		for x := range k.W {
			i := y*k.W + x
			v := k.Pix[i]
			if x > 0 {
				v = max(v, k.Pix[i-1])
			}
			if x+1 < k.W {
				v = max(v, k.Pix[i+1])
			}
			if y > 0 {
				v = max(v, k.Pix[i-k.W])
			}
			if y+1 < k.H {
				v = max(v, k.Pix[i+k.W])
			}
			t.Pix[i] = v
		}
	}
	return t
}
