package nn

// MaxPool takes the largest of each 2x2 block; an odd last row or column is dropped.
type MaxPool struct {
	x, y, dx *Plane
	from     []uint8 // which of the four was largest
}

// Forward returns (N, H/2, W/2, C). The result is the layer's own until the next call.
func (l *MaxPool) Forward(x *Plane) *Plane {
	l.x, l.y = x, fit(l.y, x.N, x.H/2, x.W/2, x.C)
	size := l.y.H * l.y.W * x.C
	if len(l.from) != x.N*size {
		l.from = make([]uint8, x.N*size)
	}
	c := x.C
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range l.y.H {
				top, bottom, dst := x.Row(i, 2*y), x.Row(i, 2*y+1), l.y.Row(i, y)
				from := l.from[i*size+y*l.y.W*c:]
				for px := range l.y.W {
					a, b := top[2*px*c:][:c], top[(2*px+1)*c:][:c]
					d, e := bottom[2*px*c:][:c], bottom[(2*px+1)*c:][:c]
					out, f := dst[px*c:][:c], from[px*c:][:c]
					for j := range out {
						// Selected without branches: which of the four is largest cannot be predicted.
						m0, m1 := max(a[j], b[j]), max(d[j], e[j])
						m := max(m0, m1)
						f[j] = largest(m == m0, m0 == a[j], m1 == d[j])
						out[j] = m
					}
				}
			}
		}
	})
	return l.y
}

// Backward returns the gradient of x: each value goes to where the largest came from.
func (l *MaxPool) Backward(dy *Plane) *Plane {
	l.dx = fit(l.dx, l.x.N, l.x.H, l.x.W, l.x.C)
	c, size := l.x.C, l.y.H*l.y.W*l.x.C
	Parallel(l.x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			clear(l.dx.Image(i))
			for y := range l.y.H {
				g, rows := dy.Row(i, y), [2][]float32{l.dx.Row(i, 2*y), l.dx.Row(i, 2*y+1)}
				for j, k := range l.from[i*size+y*l.y.W*c:][:l.y.W*c] {
					px, ch := j/c, j%c
					rows[k>>1][(2*px+int(k&1))*c+ch] = g[j]
				}
			}
		}
	})
	return l.dx
}

// largest numbers the largest of four values, 0 to 3: whether it is in the top row, and which of each row is larger.
func largest(top, topLeft, bottomLeft bool) uint8 {
	return pick(top, pick(topLeft, 0, 1), pick(bottomLeft, 2, 3))
}

func pick(c bool, yes, no uint8) uint8 {
	if c {
		return yes
	}
	return no
}
