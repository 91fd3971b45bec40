//go:build go1.27

package kernel

import "unsafe"

// convTile computes pixelPairs pairs of output pixels x 16 channels of a convolution.
//
// in is where the first pixel's window begins, step the bytes from one pixel's window to the next
// one's, pitch those from one kernel row to the next. w is one panel of weights. A row is
// pairs pairs of inputs and odd, 0 or 1, single ones; behind a row of them, skip bytes of weights are left out. out is where
// the first pixel's sums go, outStep the bytes to the next one's. With a step and an outStep of 0 both pixels of a pair are
// the same one.
//
//go:noescape
func convTile(in, w, out unsafe.Pointer, pixelPairs, rows, pairs, pitch, step, outStep, odd, skip int)

// denseTile computes a dense layer of blocks*8 inputs and outs outputs.
//
//go:noescape
func denseTile(dst, src, w unsafe.Pointer, outs, blocks int)

// dotBlocks returns the exact dot product of blocks*8 elements.
//
//go:noescape
func dotBlocks(a, b unsafe.Pointer, blocks int) int64

const (
	i16 = int(unsafe.Sizeof(int16(0)))
	i32 = int(unsafe.Sizeof(int32(0)))
)

func kernels() []integers {
	simd128 := integers{
		name: "simd128", conv: convSIMD128, dot: dotSIMD128, dense: denseSIMD128,
		prepare: lanes, requantise: requantiseSIMD128, pool: poolSIMD128, add: addSIMD128, addClamp: addClampSIMD128,
	}
	return []integers{simd128, plain()}
}

// convSIMD128 computes all panels but one that is partly filled.
//
// Pixels go in pairs along the rows. Where W is odd, the last column goes in pairs down the plane,
// and where H is odd too, the last pixel is computed twice over. Zeros above, below and, in such a column, to the right of the plane are not
// multiplied.
func convSIMD128(dst []int32, src, w []int16, g window) int {
	n := g.Out / panelOut
	in, pitch := unsafe.Pointer(unsafe.SliceData(src)), g.pitch()*i16
	out, outPitch := unsafe.Pointer(unsafe.SliceData(dst)), g.W*g.Out*i32
	step, outStep := g.In*i16, g.Out*i32
	group := pairLen * i16
	pairs, odd := g.row/2, g.row%2
	last := g.row // of the windows in the last column
	if g.zeros.right {
		last -= g.In
	}
	lastPairs, lastOdd, lastSkip := last/2, last%2, (g.pairs-(last+1)/2)*group
	for p := range n {
		w := unsafe.Pointer(&w[p*g.panel()])
		out := unsafe.Add(out, p*panelOut*i32)
		if g.W >= 2 {
			for y := range g.H {
				from, rows := g.rowsAt(y)
				convTile(unsafe.Add(in, (y+from)*pitch), unsafe.Add(w, from*g.pairs*group), unsafe.Add(out, y*outPitch), g.W/2, rows, pairs, pitch, step, outStep, odd, 0)
			}
		}
		if g.W%2 == 0 {
			continue
		}
		in, out := unsafe.Add(in, (g.W-1)*step), unsafe.Add(out, (g.W-1)*outStep)
		if g.H >= 2 {
			convTile(in, w, out, g.H/2, g.rows, lastPairs, pitch, pitch, outPitch, lastOdd, lastSkip)
		}
		if g.H%2 != 0 {
			y := g.H - 1
			from, rows := g.rowsAt(y)
			convTile(unsafe.Add(in, (y+from)*pitch), unsafe.Add(w, from*g.pairs*group), unsafe.Add(out, y*outPitch), 1, rows, lastPairs, pitch, 0, 0, lastOdd, lastSkip)
		}
	}
	return n
}

// rowsAt returns how many rows of the windows in row y are not zeros, and which is the first.
func (g window) rowsAt(y int) (from, n int) {
	n = g.rows
	if g.zeros.top && y == 0 {
		from, n = 1, n-1
	}
	if g.zeros.bottom && y == g.H-1 {
		n--
	}
	return from, n
}

// dotSIMD128 returns the dot product of the leading elements that fill whole vectors, and their number.
func dotSIMD128(a, b []int16) (sum int64, n int) {
	n = len(a) &^ 7
	return dotBlocks(unsafe.Pointer(unsafe.SliceData(a)), unsafe.Pointer(unsafe.SliceData(b)), n/8), n
}

func denseSIMD128(dst []int32, src, w []int16) bool {
	if len(w) == 0 || len(src)%8 != 0 {
		return false
	}
	denseTile(unsafe.Pointer(&dst[0]), unsafe.Pointer(&src[0]), unsafe.Pointer(&w[0]), len(dst), len(src)/8)
	return true
}
