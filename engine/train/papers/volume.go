package papers

import "oneshot/engine/train/nn"

// A volume of n cubes of depth d is a plane of n*d images: slice z of cube i is image i*d+z. So the statistics of
// nn.BatchNorm are those of a 3-D batch normalisation, and ReLU needs nothing.

// Stack lays each slice and its two neighbours side by side as channels, zeros beyond the ends. A
// 3x3 nn.Conv on the result is a 3x3x3 convolution with zero padding on the volume.
type Stack struct {
	x, y, dx *nn.Plane
	depth    int
}

// Stacked is the number of channels that Stack makes of c: three times as many, rounded up to a multiple of four.
func Stacked(c int) int { return (3*c + 3) / 4 * 4 }

// Forward returns (n*depth, H, W, Stacked(C)). The result is the layer's own until the next call.
func (l *Stack) Forward(x *nn.Plane, depth int) *nn.Plane {
	l.x, l.depth, l.y = x, depth, fit(l.y, x.N, x.H, x.W, Stacked(x.C))
	c, k := x.C, l.y.C
	nn.Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range x.H {
				dst := l.y.Row(i, y)
				for t := range 3 {
					j, ok := l.neighbour(i, t)
					if !ok {
						for px := range x.W {
							clear(dst[px*k+t*c:][:c])
						}
						continue
					}
					src := x.Row(j, y)
					for px := range x.W {
						copy(dst[px*k+t*c:][:c], src[px*c:][:c])
					}
				}
			}
		}
	})
	return l.y
}

// neighbour returns the slice that is part t (0 below, 1 itself, 2 above) of slice i, if the cube has one.
func (l *Stack) neighbour(i, t int) (int, bool) {
	z := i%l.depth + t - 1
	return i + t - 1, z >= 0 && z < l.depth
}

// Backward returns the gradient of x: each slice gathers from the three places it was copied to.
func (l *Stack) Backward(dy *nn.Plane) *nn.Plane {
	x := l.x
	l.dx = fit(l.dx, x.N, x.H, x.W, x.C)
	c, k := x.C, dy.C
	nn.Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range x.H {
				dst := l.dx.Row(i, y)
				clear(dst)
				for t := range 3 {
					j, ok := l.neighbour(i, 2-t) // the slice that holds i as its part t
					if !ok {
						continue
					}
					src := dy.Row(j, y)
					for px := range x.W {
						for ch, v := range src[px*k+t*c:][:c] {
							dst[px*c+ch] += v
						}
					}
				}
			}
		}
	})
	return l.dx
}

// Pool3 takes the largest of each Depth x Side x Side block of a volume, one value of padding around it, as
// torch.nn.MaxPool3d((Depth, Side, Side), padding=1). An axis shorter than a block becomes one block.
type Pool3 struct {
	Depth, Side int

	x, y, dx  *nn.Plane
	in, out   int     // depths
	from      []int32 // where each largest value came from, in Data of x
	positions int     // values of one image of y, without the border
}

// pooled is the length of an axis of n values after blocks of k with a padding of one.
func pooled(n, k int) int { return max(1, (n+2-k)/k+1) }

// Forward returns the pooled volume and its depth. The plane is the layer's own until the next call.
func (l *Pool3) Forward(x *nn.Plane, depth int) (*nn.Plane, int) {
	l.in, l.out = depth, pooled(depth, l.Depth)
	l.x, l.y = x, fit(l.y, x.N/depth*l.out, pooled(x.H, l.Side), pooled(x.W, l.Side), x.C)
	l.positions = l.y.H * l.y.W * x.C
	if len(l.from) != l.y.N*l.positions {
		l.from = make([]int32, l.y.N*l.positions)
	}
	nn.Parallel(l.y.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range l.y.H {
				for px := range l.y.W {
					l.largest(i, y, px)
				}
			}
		}
	})
	return l.y, l.out
}

// largest fills one place of the result, all channels.
func (l *Pool3) largest(i, y, px int) {
	c := l.x.C
	dst := l.y.Row(i, y)[px*c:][:c]
	from := l.from[i*l.positions+(y*l.y.W+px)*c:][:c]
	first := true
	cube := i / l.out
	z0, z1 := block(i%l.out, l.Depth, l.in, l.out)
	y0, y1 := block(y, l.Side, l.x.H, l.y.H)
	x0, x1 := block(px, l.Side, l.x.W, l.y.W)
	for z := z0; z < z1; z++ {
		for sy := y0; sy < y1; sy++ {
			for sx := x0; sx < x1; sx++ {
				at := ((((cube*l.in+z)*(l.x.H+2) + sy + 1) * (l.x.W + 2)) + sx + 1) * c
				for j, v := range l.x.Data[at:][:c] {
					if first || v > dst[j] {
						dst[j], from[j] = v, int32(at+j)
					}
				}
				first = false
			}
		}
	}
}

// block returns the values lo to hi of an axis of n that block b of blocks covers.
func block(b, size, n, blocks int) (lo, hi int) {
	if blocks == 1 && n < size {
		return 0, n
	}
	return max(0, b*size-1), min(n, (b+1)*size-1)
}

// Backward returns the gradient of x: each value goes to where the largest came from.
func (l *Pool3) Backward(dy *nn.Plane) *nn.Plane {
	l.dx = fit(l.dx, l.x.N, l.x.H, l.x.W, l.x.C)
	clear(l.dx.Data)
	nn.Parallel(dy.N/l.out, func(_, lo, hi int) { // a cube's blocks lie in that cube
		for i := lo * l.out; i < hi*l.out; i++ {
			from := l.from[i*l.positions:][:l.positions]
			for y := range dy.H {
				for _, v := range dy.Row(i, y) {
					l.dx.Data[from[0]] += v
					from = from[1:]
				}
			}
		}
	})
	return l.dx
}

// Flatten turns the slices of a volume into channels: (n*depth, H, W, C) to (n, H, W, depth*C).
type Flatten struct {
	y, dx *nn.Plane
	depth int
	c     int
}

// Forward returns the plane of channels. The result is the layer's own until the next call.
func (l *Flatten) Forward(x *nn.Plane, depth int) *nn.Plane {
	l.depth, l.c, l.y = depth, x.C, fit(l.y, x.N/depth, x.H, x.W, depth*x.C)
	l.each(x, l.y, func(slice, channels []float32) { copy(channels, slice) })
	return l.y
}

// Backward returns the gradient of the volume.
func (l *Flatten) Backward(dy *nn.Plane) *nn.Plane {
	l.dx = fit(l.dx, dy.N*l.depth, dy.H, dy.W, l.c)
	l.each(l.dx, dy, func(slice, channels []float32) { copy(slice, channels) })
	return l.dx
}

// each calls f with the values of every pixel of every slice, in the volume and in the plane of channels.
func (l *Flatten) each(volume, plane *nn.Plane, f func(slice, channels []float32)) {
	nn.Parallel(volume.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range volume.H {
				slice, channels := volume.Row(i, y), plane.Row(i/l.depth, y)
				for px := range volume.W {
					f(slice[px*l.c:][:l.c], channels[(px*l.depth+i%l.depth)*l.c:][:l.c])
				}
			}
		}
	})
}
