package kernel

// Part is where output pixels of a convolution lie: in row Y and column X and what follows, of a plane of H by W pixels.
type Part struct{ H, W, Y, X int }

// Whole is all of the plane of a shape.
func (s Shape) Whole() Part { return Part{H: s.H, W: s.W} }

// Inner is what a convolution without padding makes of a plane of which s is the result: two rows and two columns fewer.
func (s Shape) Inner() Part { return Part{H: s.H + 2, W: s.W + 2, Y: 1, X: 1} }

// Conv3x3Part computes some of the pixels of Conv3x3.
//
//	dst (H, W, Out)   src (p.H+2, p.W+2, In) bordered with zeros   w from PackConv3x3(weights, In, Out)
//
//	dst[y][x][o] = sum over ky, kx, i of src[p.Y+y+ky][p.X+x+kx][i] * weights[o][i][ky][kx]
//
// s is the shape of the part. Taps that lie on the border may be left out.
func Conv3x3Part(dst []int32, src, w []int16, s Shape, p Part) {
	g := window3x3Part(s, p)
	g.check(len(dst), len(w))
	if min(p.Y, p.X) < 0 || p.Y+s.H > p.H || p.X+s.W > p.W {
		panic("kernel: convolution: the part lies outside of its plane")
	}
	if len(src) != (Shape{H: p.H, W: p.W}).plane(s.In) {
		panic("kernel: convolution: length of src is not that of a plane")
	}
	fastest.convolve(dst, src[p.Y*g.pitch()+p.X*s.In:], w, g)
}

// window3x3Part is the window of a part of a 3x3 convolution. The first one begins at row p.Y and column p.X of the bordered plane.
func window3x3Part(s Shape, p Part) window {
	g := window3x3(s)
	g.wide = p.W + 2
	g.zeros = edges{top: p.Y == 0, bottom: p.Y+s.H == p.H, right: p.X+s.W == p.W}
	return g
}
