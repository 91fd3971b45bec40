package nn

import "math"

// unitEpsilon keeps an embedding of zeros from dividing by zero.
const unitEpsilon = 1e-8

// Unit scales each embedding to length 1.
type Unit struct {
	Out []float32 // (N, D), D = H*W*C in the order of the plane
	D   int

	inv []float32 // 1/length, one an embedding
	x   *Plane
	dx  *Plane
}

// Forward flattens the inside of x and divides each image's values by their length.
func (u *Unit) Forward(x *Plane) []float32 {
	u.x, u.D = x, x.H*x.W*x.C
	if len(u.Out) != x.N*u.D {
		u.Out, u.inv = make([]float32, x.N*u.D), make([]float32, x.N)
	}
	for i := range x.N {
		e := u.Row(i)
		for y := range x.H {
			copy(e[y*x.W*x.C:], x.Row(i, y))
		}
		u.inv[i] = normalise(e)
	}
	return u.Out
}

// Row returns the unit embedding of image i.
func (u *Unit) Row(i int) []float32 { return u.Out[i*u.D:][:u.D] }

// Backward returns the gradient of the plane, given that of Out (N, D).
func (u *Unit) Backward(d []float32) *Plane {
	x := u.x
	u.dx = fit(u.dx, x.N, x.H, x.W, x.C)
	for i := range x.N {
		e, g := u.Row(i), d[i*u.D:][:u.D]
		dot := Dot(e, g)
		w := x.W * x.C
		for y := range x.H {
			dst := u.dx.Row(i, y)
			for j := range dst {
				dst[j] = (g[y*w+j] - dot*e[y*w+j]) * u.inv[i]
			}
		}
	}
	return u.dx
}

// normalise scales v to length 1 and returns the factor.
func normalise(v []float32) float32 {
	sum := float64(0)
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	inv := float32(1 / math.Sqrt(sum+unitEpsilon))
	for i := range v {
		v[i] *= inv
	}
	return inv
}

// Dot returns the dot product of two vectors of one length.
func Dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	for len(a) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for i, x := range a {
		s0 += x * b[i]
	}
	return s0 + s1 + s2 + s3
}

// axpy adds a*x to y.
func axpy(y []float32, a float32, x []float32) {
	x = x[:len(y)]
	for i := range y {
		y[i] += a * x[i]
	}
}
