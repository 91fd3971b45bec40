//go:build goexperiment.simd && amd64 && go1.27

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

func kernels() []integers {
	var k []integers
	if archsimd.X86.AVX512() {
		k = append(k, integers{name: "avx512", conv: convAVX512, dot: dotAVX2})
	}
	if archsimd.X86.AVX2() {
		k = append(k, integers{name: "avx2", conv: convAVX2, dot: dotAVX2})
	}
	return append(k, plain())
}

// convAVX512 computes all panels but one that is partly filled, two at a time.
func convAVX512(dst []int32, src, w []int16, g window) int {
	n := g.Out / panelOut
	for p := 0; p < n; p += 2 {
		b := unsafe.Pointer(&w[p*g.panel()])
		for i := 0; i < g.H*g.W; i += len(pixels{}.in) {
			t := g.pixels(dst, src, p, i)
			if p+1 < n {
				// Indexed, because the compiler hoists plain pointer arithmetic out of the loop and past the
				// end of w when p is the last panel: the collector then finds a pointer to another object.
				next := unsafe.Pointer(&w[(p+1)*g.panel()])
				convTile32(&t, b, next, g.rows, g.row, g.pitch()*i16)
			} else {
				convTile16(&t, b, g.rows, g.row, g.pitch()*i16)
			}
		}
	}
	archsimd.ClearAVXUpperBits() // scalar code after it is up to 3.4 times slower otherwise
	return n
}

// convAVX2 computes all panels but one that is partly filled.
func convAVX2(dst []int32, src, w []int16, g window) int {
	n := g.Out / panelOut
	for p := range n {
		for i := 0; i < g.H*g.W; i += len(pixels{}.in) {
			t := g.pixels(dst, src, p, i)
			convTile16(&t, unsafe.Pointer(&w[p*g.panel()]), g.rows, g.row, g.pitch()*i16)
		}
	}
	archsimd.ClearAVXUpperBits()
	return n
}

// pixels says where the windows of four output pixels begin and where their sums go.
type pixels struct{ in, out [4]unsafe.Pointer }

// pixels returns the four pixels from i on, in reading order, for panel p. Past the last pixel it
// is the last one again.
func (g window) pixels(dst []int32, src []int16, p, i int) (t pixels) {
	for j := range t.in {
		i := min(i+j, g.H*g.W-1)
		t.in[j] = unsafe.Pointer(&src[i/g.W*g.pitch()+i%g.W*g.In])
		t.out[j] = unsafe.Pointer(&dst[i*g.Out+p*panelOut])
	}
	return t
}

const (
	i16 = int(unsafe.Sizeof(int16(0)))
	i32 = int(unsafe.Sizeof(int32(0)))
)
