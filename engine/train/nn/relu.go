package nn

import "oneshot/engine/kernel"

// ReLU sets the negative values of a plane to zero, in place.
type ReLU struct{ y *Plane }

// Forward clamps x in place and returns it.
func (l *ReLU) Forward(x *Plane) *Plane {
	l.y = x
	Parallel(x.N, func(_, lo, hi int) { kernel.RectifyF32(x.images(lo, hi)) })
	return x
}

// Backward clears dy, in place, where the output was zero.
func (l *ReLU) Backward(dy *Plane) *Plane {
	Parallel(dy.N, func(_, lo, hi int) { kernel.MaskF32(dy.images(lo, hi), l.y.images(lo, hi)) })
	return dy
}
