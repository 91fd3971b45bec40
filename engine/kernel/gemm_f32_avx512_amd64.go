//go:build goexperiment.simd && amd64 && go1.27

package kernel

import "unsafe"

// The AVX-512 tiles are generated assembly: archsimd's broadcasts and register copies cost it half of its speed
// (17 GMAC/s against 40 to 57 on the same core). Rows are reached through indices because their places are
// arbitrary; MulF32 and AddOuterF32 have checked that all of them lie inside.

//go:noescape
func mul6x4(d unsafe.Pointer, to *int, s unsafe.Pointer, rows *int, segments, run, pitch int, w unsafe.Pointer, next int)

//go:noescape
func mul8x3(d unsafe.Pointer, to *int, s unsafe.Pointer, rows *int, segments, run, pitch int, w unsafe.Pointer, next int)

//go:noescape
func mul8x2(d unsafe.Pointer, to *int, s unsafe.Pointer, rows *int, segments, run, pitch int, w unsafe.Pointer, next int)

//go:noescape
func mul8x1(d unsafe.Pointer, to *int, s unsafe.Pointer, rows *int, segments, run, pitch int, w unsafe.Pointer, next int)

//go:noescape
func outer6x4(d, a unsafe.Pointer, rows *int, y unsafe.Pointer, from *int, count, n int)

//go:noescape
func outer8x2(d, a unsafe.Pointer, rows *int, y unsafe.Pointer, from *int, count, n int)

//go:noescape
func outer4x2(d, a unsafe.Pointer, rows *int, y unsafe.Pointer, from *int, count, n int)

//go:noescape
func outer4x1(d, a unsafe.Pointer, rows *int, y unsafe.Pointer, from *int, count, n int)

// mulAVX512 takes rows in groups of a tile; a last group of fewer overlaps the one before it.
func mulAVX512(dst []float32, to []int, src []float32, g Gather, w []float32, n int) {
	rows, k := len(g.Rows), g.K()
	if rows < 8 {
		MulF32Ref(dst, to, src, g, w, n)
		return
	}
	d, s, pw := unsafe.Pointer(unsafe.SliceData(dst)), unsafe.Pointer(unsafe.SliceData(src)), unsafe.Pointer(unsafe.SliceData(w))
	for p := 0; p < n; {
		tile, high, panels := mul8x1, 8, 1
		switch left := (n - p) / PanelWidth; {
		case left >= 4:
			tile, high, panels = mul6x4, 6, 4
		case left == 3:
			tile, panels = mul8x3, 3
		case left == 2:
			tile, panels = mul8x2, 2
		}
		for r := 0; r < rows; r += high {
			r := min(r, rows-high)
			tile(at(d, p), &to[r], s, &g.Rows[r], g.Segments, g.Run, g.Pitch, at(pw, p*k), 4*k*PanelWidth)
		}
		p += panels * PanelWidth
	}
}

// outerAVX512 keeps a tile of the gradient in registers over all rows, so dw is touched once a call.
func outerAVX512(dw, src []float32, g Gather, dy []float32, from []int, n int) {
	if g.Run%4 != 0 || len(g.Rows) == 0 {
		AddOuterF32Ref(dw, src, g, dy, from, n)
		return
	}
	d, s, y := unsafe.Pointer(unsafe.SliceData(dw)), unsafe.Pointer(unsafe.SliceData(src)), unsafe.Pointer(unsafe.SliceData(dy))
	for seg := range g.Segments {
		for p := 0; p < n; {
			panels := 1
			switch left := (n - p) / PanelWidth; {
			case left >= 4 && g.Run%6 == 0:
				panels = 4
			case left >= 2:
				panels = 2
			}
			for i := 0; i < g.Run; {
				tile, high := outer4x1, 4
				switch {
				case panels == 4:
					tile, high = outer6x4, 6
				case panels == 2 && g.Run-i >= 8:
					tile, high = outer8x2, 8
				case panels == 2:
					tile = outer4x2
				}
				tile(at(d, (seg*g.Run+i)*n+p), at(s, seg*g.Pitch+i), &g.Rows[0], at(y, p), &from[0], len(g.Rows), n)
				i += high
			}
			p += panels * PanelWidth
		}
	}
}
