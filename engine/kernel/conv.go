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
	pairs := (3*s.In + 1) / 2
	checkConv(len(dst), len(src), len(w), s, 3*pairs)
	if s.H > 0 && s.W > 0 {
		conv(dst, src, w, window{Shape: s, rows: 3, row: 3 * s.In, pairs: pairs})
	}
}

// Conv1x1 computes a 1x1 convolution: a matrix product at every pixel.
//
//	dst (H, W, Out)   src (H+2, W+2, In) bordered   w from PackConv1x1(weights, In, Out)
//
//	dst[y][x][o] = sum over i of src[y+1][x+1][i] * weights[o][i]
func Conv1x1(dst []int32, src, w []int16, s Shape) {
	pairs := (s.In + 1) / 2
	checkConv(len(dst), len(src), len(w), s, pairs)
	if s.H > 0 && s.W > 0 {
		first := (s.W + 2 + 1) * s.In // the pixel inside the border
		conv(dst, src[first:], w, window{Shape: s, rows: 1, row: s.In, pairs: pairs})
	}
}

func checkConv(dst, src, w int, s Shape, pairs int) {
	if dst != s.H*s.W*s.Out {
		panic("kernel: convolution: length of dst is not H*W*Out")
	}
	if src != s.plane(s.In) {
		panic("kernel: convolution: length of src is not (H+2)*(W+2)*In")
	}
	if w != panels(s.Out)*pairs*pairLen {
		panic("kernel: convolution: length of w is not that of packed weights")
	}
}

// window is a convolution as the loops see it. An output pixel is the sum over rows runs of row
// neighbouring inputs, each run one row of the plane below the last. A run is read as pairs of
// inputs; where row is odd the last pair has one input too many, which has zero weights.
type window struct {
	Shape
	rows, row, pairs int
}

// pitch is the distance between rows of the plane, in elements.
func (g window) pitch() int { return (g.W + 2) * g.In }

// panel is the length of one panel of weights, in elements.
func (g window) panel() int { return g.rows * g.pairs * pairLen }

// conv computes dst from src, which begins at the window of the first output pixel.
func conv(dst []int32, src, w []int16, g window) {
	done := convFast(dst, src, w, g)
	for p := done; p < panels(g.Out); p++ {
		for y := range g.H {
			for x := range g.W {
				convPixel(dst, src, w, g, p, y, x)
			}
		}
	}
}

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
