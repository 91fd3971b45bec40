package nn

import (
	"math"

	"oneshot/engine"
)

// Root is sqrt(x+engine.RootOffset)-sqrt(engine.RootOffset) of each value of a plane that holds none below zero.
type Root struct{ y *Plane }

var rootOfOffset = float32(math.Sqrt(engine.RootOffset))

// Forward returns (N, H, W, C). The result is the layer's own until the next call.
func (l *Root) Forward(x *Plane) *Plane {
	l.y = fit(l.y, x.N, x.H, x.W, x.C)
	Parallel(x.N, func(_, lo, hi int) {
		y := l.y.images(lo, hi)
		for i, v := range x.images(lo, hi) {
			y[i] = float32(math.Sqrt(float64(v+engine.RootOffset))) - rootOfOffset
		}
	})
	return l.y
}

// Backward turns dy, the gradient of the output, into the gradient of the input, in place, and returns it.
func (l *Root) Backward(dy *Plane) *Plane {
	Parallel(dy.N, func(_, lo, hi int) {
		y := l.y.images(lo, hi)
		d := dy.images(lo, hi)
		for i, g := range d {
			d[i] = g / (2 * (y[i] + rootOfOffset))
		}
	})
	return dy
}

func (l *Root) forward(x *Plane) *Plane   { return l.Forward(x) }
func (l *Root) backward(dy *Plane) *Plane { return l.Backward(dy) }
func (l *Root) params() []*Param          { return nil }
func (l *Root) norms() []*BatchNorm       { return nil }
