package kernel

// Weights are packed into panels of panelOut output channels. Inside a panel, every pair of inputs
// has one group of pairLen int16: both weights of the first channel, both of the second, and so on,
// as the instructions that multiply and add pairs of int16 want them.
const (
	panelOut = 16
	pairLen  = 2 * panelOut
)

// panels returns how many panels hold out channels; the last may be padded with zeros.
func panels(out int) int { return (out + panelOut - 1) / panelOut }

// PackConv3x3 widens and reorders the weights of a 3x3 convolution for Conv3x3.
//
//	w (out, in, 3, 3)   result (ceil(out/16), 3, ceil(3*in/2), 16, 2), inputs in the order ky, kx, i
func PackConv3x3(w []int8, in, out int) []int16 { return PackConv3x3Part(w, in, out, 0, in) }

// PackConv3x3Part packs the input channels from to from+n-1 of a 3x3 convolution, as if it had no
// others. The sum of the parts' results is the result of the whole: so the first convolution of a
// pair [s; q] is computed once for every s and once for every q, and AddPair adds them.
//
//	w (out, in, 3, 3)   result as PackConv3x3's for n input channels
func PackConv3x3Part(w []int8, in, out, from, n int) []int16 {
	if len(w) != out*in*9 {
		panic("kernel: PackConv3x3: length of w is not out*in*9")
	}
	if from < 0 || n < 0 || from+n > in {
		panic("kernel: PackConv3x3: no such input channels")
	}
	return pack(window3x3(Shape{In: n, Out: out}), 3, w[from*9:], in)
}

// PackConv1x1 widens and reorders the weights of a 1x1 convolution for Conv1x1.
//
//	w (out, in)   result (ceil(out/16), ceil(in/2), 16, 2)
func PackConv1x1(w []int8, in, out int) []int16 { return PackConv1x1Part(w, in, out, 0, in) }

// PackConv1x1Part packs the input channels from to from+n-1 of a 1x1 convolution, as
// PackConv3x3Part does those of a 3x3.
//
//	w (out, in)   result as PackConv1x1's for n input channels
func PackConv1x1Part(w []int8, in, out, from, n int) []int16 {
	if len(w) != out*in {
		panic("kernel: PackConv1x1: length of w is not out*in")
	}
	if from < 0 || n < 0 || from+n > in {
		panic("kernel: PackConv1x1: no such input channels")
	}
	g, _ := window1x1(Shape{In: n, Out: out})
	return pack(g, 1, w[from:], in)
}

// pack lays out the panels of a convolution of side by side pixels, g.In of whose in input channels w begins with.
func pack(g window, side int, w []int8, in int) []int16 {
	p := make([]int16, panels(g.Out)*g.panel())
	for o := range g.Out {
		g.packOutput(p[o/panelOut*g.panel()+o%panelOut*2:], side, w[o*in*side*side:])
	}
	return p
}

// packOutput lays out the weights w (g.In, side, side) of one output channel. It is a function of its own because a browser
// compiles well what is called often, not a loop that takes long.
func (g window) packOutput(p []int16, side int, w []int8) {
	w = w[:g.In*side*side]
	for y := range side {
		row := p[y*g.pairs*pairLen:]
		for x := range side {
			t := x * g.In // the first input's place in the row
			at, step := t/2*pairLen+t%2, 1
			if t%2 != 0 {
				step = pairLen - 1
			}
			for i := y*side + x; i < len(w); i += side * side {
				row[at] = int16(w[i])
				at += step
				step = pairLen - step
			}
		}
	}
}
