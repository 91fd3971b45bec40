package nn

// ReLU sets the negative values of a plane to zero, in place.
type ReLU struct{ y *Plane }

// Forward clamps x in place and returns it.
func (l *ReLU) Forward(x *Plane) *Plane {
	l.y = x
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for j, v := range x.Image(i) {
				x.Image(i)[j] = max(v, 0)
			}
		}
	})
	return x
}

// Backward clears dy, in place, where the output was zero.
func (l *ReLU) Backward(dy *Plane) *Plane {
	Parallel(dy.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			g := dy.Image(i)
			for j, v := range l.y.Image(i)[:len(g)] {
				if v <= 0 {
					g[j] = 0
				}
			}
		}
	})
	return dy
}
