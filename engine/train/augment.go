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
	Thin    float64 // probability of strokes one pixel thinner on every side
}

// standardAugment is what DESIGN's first measured recipe used.
func standardAugment() Augment {
	return Augment{Rotate: 0.12, Scale: 0.12, Shear: 0.12, Shift: 0.04, Elastic: 0.025, Thick: 0.25}
}

// penAugment is standardAugment with pens thinner than Omniglot's too.
func penAugment() Augment {
	a := standardAugment()
	a.Thin = 0.12
	return a
}

// strongAugment is for long runs, in which the standard one lets the network learn the drawings by heart, and for
// pens thinner and thicker than Omniglot's.
func strongAugment() Augment {
	return Augment{Rotate: 0.15, Scale: 0.15, Shear: 0.15, Shift: 0.05, Elastic: 0.03, Thick: 0.3, Thin: 0.1}
}

// knots is the side of the elastic displacement field.
const knots = 5

// subsamples is how many points of the picture, squared, are averaged into a pixel of the input.
const subsamples = 4

// source is one training drawing, ready to be distorted: its ink, the same with other pens, and its crop.
type source struct {
	ink, thick, thin *prep.Ink
	crop             prep.Crop
}

// pen picks the ink of one of three pens at random.
func (s *source) pen(a Augment, r *rand.Rand) *prep.Ink {
	switch p := r.Float64(); {
	case p < a.Thick:
		return s.thick
	case p < a.Thick+a.Thin:
		return s.thin
	}
	return s.ink
}

// symmetry is one of the eight of the square: turns by 90 degrees, of the picture or of its mirror image.
type symmetry int

const symmetries = 8

// place says where in the input a drawing goes: its centre, from that of the input, and its size, both as parts of
// the input's side.
type place struct{ x, y, size float64 }

// whole fills the input.
func whole() place { return place{size: 1} }

// warp adds s to dst, (Side, Side) ink 0..1, where it is darker than what is there, turned or mirrored and distorted at
// random. With a zero Augment it is what prep makes of the picture, up to the sampling of an area by points.
func (s *source) warp(dst []float32, a Augment, sym symmetry, at place, r *rand.Rand) {
	ink := s.pen(a, r)
	m := a.matrix(sym, r)
	field := a.field(r)
	dx, dy := (2*r.Float64()-1)*a.Shift, (2*r.Float64()-1)*a.Shift
	side := float64(s.crop.Side)
	cx, cy := float64(s.crop.X0)+side*(0.5+dx), float64(s.crop.Y0)+side*(0.5+dy)
	cell := 1 / (prep.Side * at.size)
	// A step of one subsample to the right or down, in pixels of the picture.
	step := side * cell / subsamples
	rx, ry, downX, downY := m[0]*step, m[2]*step, m[1]*step, m[3]*step
	for j := range prep.Side {
		v := (float64(j)+0.5/subsamples)*cell - (0.5+at.y)/at.size
		for i := range prep.Side {
			u := (float64(i)+0.5/subsamples)*cell - (0.5+at.x)/at.size
			if max(u, -u, v, -v) > beyond {
				continue // no ink reaches so far
			}
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
			p := &dst[j*prep.Side+i]
			*p = max(*p, float32(sum)/(255*subsamples*subsamples))
		}
	}
}

// beyond is how far from the centre of its place a drawing can reach, in places: half of it, and what distortions add.
const beyond = 0.8

// matrix maps places of the input, measured from its centre, to places of the picture: a random rotation, shear and
// scale after the symmetry.
func (a Augment) matrix(sym symmetry, r *rand.Rand) [4]float64 {
	angle := r.NormFloat64()*a.Rotate + float64(sym%4)*math.Pi/2
	sin, cos := math.Sincos(angle)
	sx, sy := math.Exp(r.NormFloat64()*a.Scale), math.Exp(r.NormFloat64()*a.Scale)
	shear := r.NormFloat64() * a.Shear
	if sym >= 4 {
		sx = -sx
	}
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

// at interpolates the field at (u, v), each -0.5 to 0.5, and goes on past them.
func (f *displacement) at(u, v float64) (dx, dy float64) {
	gx, gy := (u+0.5)*(knots-1), (v+0.5)*(knots-1)
	x, y := min(max(int(gx), 0), knots-2), min(max(int(gy), 0), knots-2)
	fx, fy := gx-float64(x), gy-float64(y)
	w00, w10, w01, w11 := (1-fx)*(1-fy), fx*(1-fy), (1-fx)*fy, fx*fy
	a, b := &f[0], &f[1]
	dx = w00*a[y][x] + w10*a[y][x+1] + w01*a[y+1][x] + w11*a[y+1][x+1]
	dy = w00*b[y][x] + w10*b[y][x+1] + w01*b[y+1][x] + w11*b[y+1][x+1]
	return dx, dy
}

// thicken spreads ink to the four neighbours of each pixel.
func thicken(k *prep.Ink) *prep.Ink {
	return neighbours(k, 0, func(a, b uint8) uint8 { return max(a, b) })
}

// thinOut takes ink away wherever one of the four neighbours of a pixel has less. Lines one pixel wide would vanish: what
// has lost all of its ink is drawn as it was.
func thinOut(k *prep.Ink) *prep.Ink {
	t := neighbours(k, 255, func(a, b uint8) uint8 { return min(a, b) })
	lost, had := 0, 0
	for i, v := range k.Pix {
		had += int(v)
		lost += int(v) - int(t.Pix[i])
	}
	if 10*lost > 9*had {
		return k
	}
	return t
}

// neighbours combines each pixel with its four neighbours; outside stands for those past the edges.
func neighbours(k *prep.Ink, outside uint8, combine func(a, b uint8) uint8) *prep.Ink {
	t := &prep.Ink{W: k.W, H: k.H, Pix: make([]uint8, len(k.Pix))}
	at := func(x, y int) uint8 {
		if x < 0 || y < 0 || x >= k.W || y >= k.H {
			return outside
		}
		return k.Pix[y*k.W+x]
	}
	for y := range k.H {
		for x := range k.W {
			v := combine(combine(at(x-1, y), at(x+1, y)), combine(at(x, y-1), at(x, y+1)))
			t.Pix[y*k.W+x] = combine(v, at(x, y))
		}
	}
	return t
}
