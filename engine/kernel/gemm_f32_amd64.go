//go:build goexperiment.simd && amd64 && go1.27

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// The AVX2 tiles below hold 4 rows x 16 columns in registers and walk the inner dimension once. Rows are
// reached through pointers because their places are arbitrary; MulF32 and AddOuterF32 have checked that all of them lie inside.
//
// No pointer is ever stepped past the end of its array, where the collector would find it pointing at another object:
// the loops step offsets, and what only one branch needs is computed there, for the compiler hoists it out of loops.
//
// Their inner loops call no function but those of archsimd: each inlined call leaves a NOP behind, and with sixteen of
// them the loops ran at half the speed (Go 1.27.4).

func chooseF32() f32Kernels {
	switch {
	case archsimd.X86.AVX512():
		return f32Kernels{name: "avx512", mul: mulAVX512, outer: outerAVX512}
	case archsimd.X86.AVX2() && archsimd.X86.FMA():
		return f32Kernels{name: "avx2", mul: mulAVX2, outer: outerAVX2}
	}
	return scalarF32()
}

func at(p unsafe.Pointer, i int) unsafe.Pointer { return unsafe.Add(p, 4*i) }

func load8(p unsafe.Pointer) archsimd.Float32x8 {
	return archsimd.LoadFloat32x8Array((*[8]float32)(p))
}

func mulAVX2(dst []float32, to []int, src []float32, g Gather, w []float32, n int) {
	rows := len(g.Rows)
	if rows < 4 {
		MulF32Ref(dst, to, src, g, w, n)
		return
	}
	d, s, pw := unsafe.Pointer(unsafe.SliceData(dst)), unsafe.Pointer(unsafe.SliceData(src)), unsafe.Pointer(unsafe.SliceData(w))
	k := g.K()
	for p := 0; p < n; p += PanelWidth {
		for r := 0; r < rows; r += 4 {
			r := min(r, rows-4)
			mulTile4x16(at(d, p), (*[4]int)(to[r:]), s, (*[4]int)(g.Rows[r:]), g.Segments, g.Run, g.Pitch, at(pw, p*k))
		}
	}
	archsimd.ClearAVXUpperBits()
}

//go:noinline
func mulTile4x16(d unsafe.Pointer, to *[4]int, s unsafe.Pointer, rows *[4]int, segments, run, pitch int, w unsafe.Pointer) {
	var c00, c01, c10, c11, c20, c21, c30, c31 archsimd.Float32x8
	b := 0 // bytes into the panels
	for seg := range segments {
		p0, p1 := at(s, rows[0]+seg*pitch), at(s, rows[1]+seg*pitch)
		p2, p3 := at(s, rows[2]+seg*pitch), at(s, rows[3]+seg*pitch)
		for i := 0; i < run; i++ {
			v0 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(w, b)))
			v1 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(w, b+32)))
			x := archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(p0, 4*i)))
			c00 = x.MulAdd(v0, c00)
			c01 = x.MulAdd(v1, c01)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(p1, 4*i)))
			c10 = x.MulAdd(v0, c10)
			c11 = x.MulAdd(v1, c11)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(p2, 4*i)))
			c20 = x.MulAdd(v0, c20)
			c21 = x.MulAdd(v1, c21)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(p3, 4*i)))
			c30 = x.MulAdd(v0, c30)
			c31 = x.MulAdd(v1, c31)
			b += 4 * PanelWidth
		}
	}
	store16(at(d, to[0]), c00, c01)
	store16(at(d, to[1]), c10, c11)
	store16(at(d, to[2]), c20, c21)
	store16(at(d, to[3]), c30, c31)
}

func store16(d unsafe.Pointer, lo, hi archsimd.Float32x8) {
	lo.StoreArray((*[8]float32)(d))
	hi.StoreArray((*[8]float32)(at(d, 8)))
}

func outerAVX2(dw, src []float32, g Gather, dy []float32, from []int, n int) {
	if g.Run%4 != 0 {
		AddOuterF32Ref(dw, src, g, dy, from, n)
		return
	}
	d, s, y := unsafe.Pointer(unsafe.SliceData(dw)), unsafe.Pointer(unsafe.SliceData(src)), unsafe.Pointer(unsafe.SliceData(dy))
	for seg := range g.Segments {
		for i := 0; i < g.Run; i += 4 {
			a, t := at(s, seg*g.Pitch+i), at(d, (seg*g.Run+i)*n)
			for p := 0; p < n; p += PanelWidth {
				outerTile4x16(at(t, p), a, g.Rows, at(y, p), from, n)
			}
		}
	}
	archsimd.ClearAVXUpperBits()
}

//go:noinline
func outerTile4x16(d, a unsafe.Pointer, rows []int, y unsafe.Pointer, from []int, n int) {
	var c00, c01, c10, c11, c20, c21, c30, c31 archsimd.Float32x8
	from = from[:len(rows)]
	for r, row := range rows {
		pa, py := unsafe.Add(a, 4*row), unsafe.Add(y, 4*from[r])
		v0 := archsimd.LoadFloat32x8Array((*[8]float32)(py))
		v1 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(py, 32)))
		x := archsimd.BroadcastFloat32x8(*(*float32)(pa))
		c00 = x.MulAdd(v0, c00)
		c01 = x.MulAdd(v1, c01)
		x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(pa, 4*1)))
		c10 = x.MulAdd(v0, c10)
		c11 = x.MulAdd(v1, c11)
		x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(pa, 4*2)))
		c20 = x.MulAdd(v0, c20)
		c21 = x.MulAdd(v1, c21)
		x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(pa, 4*3)))
		c30 = x.MulAdd(v0, c30)
		c31 = x.MulAdd(v1, c31)
	}
	add16(d, c00, c01)
	add16(at(d, n), c10, c11)
	add16(at(d, 2*n), c20, c21)
	add16(at(d, 3*n), c30, c31)
}

func add16(d unsafe.Pointer, lo, hi archsimd.Float32x8) {
	store16(d, load8(d).Add(lo), load8(at(d, 8)).Add(hi))
}
