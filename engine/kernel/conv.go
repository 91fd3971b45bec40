package kernel

// Shape is the size of a convolution: a plane of H by W pixels of In channels each becomes H by W
// pixels of Out channels.
type Shape struct{ H, W, In, Out int }

// plane returns the length of a bordered (H+2, W+2, c) plane.
func (s Shape) plane(c int) int { return (s.H + 2) * (s.W + 2) * c }

// Conv3x3 computes a 3x3 convolution, stride 1, zero padding 1.
//
//	dst (H, W, Out)   src (H+2, W+2, In) bordered with zeros   w from PackConv3x3(weights, In, Out)
//
//	dst[y][x][o] = sum over ky, kx, i of src[y+ky][x+kx][i] * weights[o][i][ky][kx]
//
// Any In and Out work, the one channel of the first layer too. It is fastest where Out is a multiple
// of 16.
func Conv3x3(dst []int32, src, w []int16, s Shape) { Conv3x3Part(dst, src, w, s, s.Whole()) }

// Conv3x3Scalar is Conv3x3 in plain Go, as a machine without SIMD runs it: what the fast
// implementations are measured against. It gives the same bits.
func Conv3x3Scalar(dst []int32, src, w []int16, s Shape) {
	g := window3x3(s)
	g.check(len(dst), len(w))
	g.checkPlane(len(src))
	plain().convolve(dst, src, w, g)
}

// Conv1x1 computes a 1x1 convolution: a matrix product at every pixel.
//
//	dst (H, W, Out)   src (H+2, W+2, In) bordered   w from PackConv1x1(weights, In, Out)
//
//	dst[y][x][o] = sum over i of src[y+1][x+1][i] * weights[o][i]
func Conv1x1(dst []int32, src, w []int16, s Shape) {
	g, first := window1x1(s)
	g.check(len(dst), len(w))
	g.checkPlane(len(src))
	fastest.convolve(dst, src[first:], w, g)
}

// window is a convolution as the loops see it. An output pixel is the sum over rows runs of row
// neighbouring inputs, each run one row of the plane below the last. A run is pairs pairs of
// inputs; where row is odd the last pair has no second input, and zeros for its weights.
type window struct {
	Shape
	rows, row, pairs int
	wide             int   // pixels of a row of the plane, its border too
	zeros            edges // where the outermost windows reach zeros
}

// edges are the sides on which the plane's border of zeros lies right beside the output pixels: there, the outermost row or column of
// a 3x3 window adds nothing.
type edges struct{ top, bottom, right bool }

// window3x3 is the window of a 3x3 convolution on any plane. The first one begins where the plane does.
func window3x3(s Shape) window {
	return window{Shape: s, rows: 3, row: 3 * s.In, pairs: (3*s.In + 1) / 2, wide: s.W + 2}
}

// window1x1 is the window of a 1x1 convolution. The first one begins at the pixel inside the border.
func window1x1(s Shape) (g window, first int) {
	return window{Shape: s, rows: 1, row: s.In, pairs: (s.In + 1) / 2, wide: s.W + 2}, (s.W + 2 + 1) * s.In
}

// check panics unless the lengths of dst and w are those of the window.
func (g window) check(dst, w int) {
	if min(g.H, g.W, g.In, g.Out) < 1 {
		panic("kernel: convolution: a side or a number of channels below 1")
	}
	if dst != g.H*g.W*g.Out {
		panic("kernel: convolution: length of dst is not H*W*Out")
	}
	if w != panels(g.Out)*g.panel() {
		panic("kernel: convolution: length of w is not that of packed weights")
	}
}

// checkPlane panics unless the length of src is that of the whole plane.
func (g window) checkPlane(src int) {
	if src != g.plane(g.In) {
		panic("kernel: convolution: length of src is not (H+2)*(W+2)*In")
	}
}

// pitch is the distance between rows of the plane, in elements.
func (g window) pitch() int { return g.wide * g.In }

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
