package kernel

// Shape is the size of a convolution: a plane of H by W pixels of In channels each becomes H by W
// pixels of Out channels.
type Shape struct{ H, W, In, Out int }

// plane returns the length of a bordered (H+2, W+2, c) plane.
func (s Shape) plane(c int) int { return (s.H + 2) * (s.W + 2) * c }

// Conv3x3 computes a 3x3 convolution, stride 1, zero padding 1.
//
//	dst (H, W, Out)   src (H+2, W+2, In) bordered   w from PackConv3x3(weights, In, Out)
//
//	dst[y][x][o] = sum over ky, kx, i of src[y+ky][x+kx][i] * weights[o][i][ky][kx]
//
// Any In and Out work, the one channel of the first layer too. It is fastest where Out is a multiple
// of 16.
func Conv3x3(dst []int32, src, w []int16, s Shape) {
	g := window3x3(s)
	g.check(len(dst), len(src), len(w))
	fastest.convolve(dst, src, w, g)
}

// Conv3x3Scalar is Conv3x3 in plain Go, as a machine without SIMD runs it: what the fast
// implementations are measured against. It gives the same bits.
func Conv3x3Scalar(dst []int32, src, w []int16, s Shape) {
	g := window3x3(s)
	g.check(len(dst), len(src), len(w))
	plain().convolve(dst, src, w, g)
}

// Conv1x1 computes a 1x1 convolution: a matrix product at every pixel.
//
//	dst (H, W, Out)   src (H+2, W+2, In) bordered   w from PackConv1x1(weights, In, Out)
//
//	dst[y][x][o] = sum over i of src[y+1][x+1][i] * weights[o][i]
func Conv1x1(dst []int32, src, w []int16, s Shape) {
	g, first := window1x1(s)
	g.check(len(dst), len(src), len(w))
	fastest.convolve(dst, src[first:], w, g)
}

// window is a convolution as the loops see it. An output pixel is the sum over rows runs of row
// neighbouring inputs, each run one row of the plane below the last. A run is pairs pairs of
// inputs; where row is odd the last pair has no second input, and zeros for its weights.
type window struct {
	Shape
	rows, row, pairs int
	margin           int // pixels of a row of the plane beyond those that a zero padding of 1 needs
}

// window3x3 is the window of a 3x3 convolution. The first one begins where the plane does.
func window3x3(s Shape) window { return window{s, 3, 3 * s.In, (3*s.In + 1) / 2, 0} }

// window1x1 is the window of a 1x1 convolution. The first one begins at the pixel inside the border.
func window1x1(s Shape) (g window, first int) {
	return window{s, 1, s.In, (s.In + 1) / 2, 0}, (s.W + 2 + 1) * s.In
}

func (g window) check(dst, src, w int) {
	if min(g.H, g.W, g.In, g.Out) < 1 {
		panic("kernel: convolution: a side or a number of channels below 1")
	}
	if dst != g.H*g.W*g.Out {
		panic("kernel: convolution: length of dst is not H*W*Out")
	}
	if src != g.plane(g.In) {
		panic("kernel: convolution: length of src is not (H+2)*(W+2)*In")
	}
	if w != panels(g.Out)*g.panel() {
		panic("kernel: convolution: length of w is not that of packed weights")
	}
}

// pitch is the distance between rows of the plane, in elements.
func (g window) pitch() int { return (g.W + 2 + g.margin) * g.In }

// panel is the length of one panel of weights, in elements.
func (g window) panel() int { return g.rows * g.pairs * pairLen }

// convPixel computes the channels of panel p of the output pixel (x, y) in plain Go.
func convPixel(dst []int32, src, w []int16, g window, p, y, x int) {
	var acc [panelOut]int32
	w = w[p*g.panel():][:g.panel()]
	for r := range g.rows {
		a := src[(y+r)*g.pitch()+x*g.In:][:g.row]
		for ; len(a) >= 2; a = a[2:] {
			a0, a1 := int32(a[0]), int32(a[1])
			b := (*[pairLen]int16)(w)
			for j := range acc {
				acc[j] += a0*int32(b[2*j]) + a1*int32(b[2*j+1])
			}
			w = w[pairLen:]
		}
		if len(a) == 1 {
			a0 := int32(a[0])
			b := (*[pairLen]int16)(w)
			for j := range acc {
				acc[j] += a0 * int32(b[2*j])
			}
			w = w[pairLen:]
		}
	}
	o := p * panelOut
	copy(dst[(y*g.W+x)*g.Out+o:][:min(panelOut, g.Out-o)], acc[:])
}
