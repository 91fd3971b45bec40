package nn

import "math"

// ReLU sets the negative values of a plane to zero, in place.
type ReLU struct{ y *Plane }

// Forward clamps x in place and returns it.
func (l *ReLU) Forward(x *Plane) *Plane {
	l.y = x
	Parallel(x.N, func(_, lo, hi int) {
		v := x.Data[lo*len(x.Image(0)) : hi*len(x.Image(0))]
		for i := range v {
			v[i] = max(v[i], 0)
		}
	})
	return x
}

// Backward clears dy, in place, where the output was zero.
//
// The sign is spread into a mask: a branch on it would be mispredicted half of the time.
func (l *ReLU) Backward(dy *Plane) *Plane {
	Parallel(dy.N, func(_, lo, hi int) {
		size := len(dy.Image(0))
		g := dy.Data[lo*size : hi*size]
		for i, v := range l.y.Data[lo*size : hi*size][:len(g)] {
			positive := uint32(-int32(math.Float32bits(v)) >> 31)
			g[i] = math.Float32frombits(math.Float32bits(g[i]) & positive)
		}
	})
	return dy
}
