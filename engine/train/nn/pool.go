package nn

import "oneshot/engine/kernel"

// MaxPool takes the largest of each 2x2 block; an odd last row or column is dropped.
type MaxPool struct{ x, y, dx *Plane }

// Forward returns (N, H/2, W/2, C). The result is the layer's own until the next call, and x must stay as it is
// until Backward.
func (l *MaxPool) Forward(x *Plane) *Plane {
	l.x, l.y = x, fit(l.y, x.N, x.H/2, x.W/2, x.C)
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range l.y.H {
				kernel.MaxPoolF32(l.y.Row(i, y), x.Row(i, 2*y), x.Row(i, 2*y+1), x.C)
			}
		}
	})
	return l.y
}

// Backward returns the gradient of x: each value goes to where the largest came from.
func (l *MaxPool) Backward(dy *Plane) *Plane {
	x := l.x
	l.dx = fit(l.dx, x.N, x.H, x.W, x.C)
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			l.clearOdd(i)
			for y := range dy.H {
				kernel.MaxPoolGradF32(l.dx.Row(i, 2*y), l.dx.Row(i, 2*y+1), x.Row(i, 2*y), x.Row(i, 2*y+1), dy.Row(i, y), x.C)
			}
		}
	})
	return l.dx
}

// clearOdd clears the gradient of the row and the column that the pool has dropped: layers before it work in place.
func (l *MaxPool) clearOdd(i int) {
	x := l.dx
	if x.H%2 == 1 {
		clear(x.Row(i, x.H-1))
	}
	if x.W%2 == 1 {
		for y := range x.H {
			clear(x.Row(i, y)[(x.W-1)*x.C:])
		}
	}
}
