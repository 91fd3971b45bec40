//go:build goexperiment.simd && amd64 && go1.27

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// convTile32 computes four pixels x 32 channels with AVX-512: the two panels at w0 and w1. The eight
// sums stay in registers and walk the window once; larger tiles and unrolling lose.
//
//go:noinline
func convTile32(t *pixels, w0, w1 unsafe.Pointer, rows, row, pitch int) {
	var c00, c01, c10, c11, c20, c21, c30, c31 archsimd.Int32x16
	a0, a1, a2, a3 := t.in[0], t.in[1], t.in[2], t.in[3]
	b := 0 // walks the panel, in bytes
	for r := range rows {
		a := r * pitch // walks the inputs, in bytes
		for range row / 2 {
			b0 := archsimd.LoadInt16x32Array((*[32]int16)(unsafe.Add(w0, b)))
			b1 := archsimd.LoadInt16x32Array((*[32]int16)(unsafe.Add(w1, b)))
			x := pair16(unsafe.Add(a0, a))
			c00 = c00.Add(x.DotProductPairs(b0))
			c01 = c01.Add(x.DotProductPairs(b1))
			x = pair16(unsafe.Add(a1, a))
			c10 = c10.Add(x.DotProductPairs(b0))
			c11 = c11.Add(x.DotProductPairs(b1))
			x = pair16(unsafe.Add(a2, a))
			c20 = c20.Add(x.DotProductPairs(b0))
			c21 = c21.Add(x.DotProductPairs(b1))
			x = pair16(unsafe.Add(a3, a))
			c30 = c30.Add(x.DotProductPairs(b0))
			c31 = c31.Add(x.DotProductPairs(b1))
			a += 2 * i16
			b += pairLen * i16
		}
		if row%2 != 0 {
			b0 := archsimd.LoadInt16x32Array((*[32]int16)(unsafe.Add(w0, b)))
			b1 := archsimd.LoadInt16x32Array((*[32]int16)(unsafe.Add(w1, b)))
			x := single16(unsafe.Add(a0, a))
			c00 = c00.Add(x.DotProductPairs(b0))
			c01 = c01.Add(x.DotProductPairs(b1))
			x = single16(unsafe.Add(a1, a))
			c10 = c10.Add(x.DotProductPairs(b0))
			c11 = c11.Add(x.DotProductPairs(b1))
			x = single16(unsafe.Add(a2, a))
			c20 = c20.Add(x.DotProductPairs(b0))
			c21 = c21.Add(x.DotProductPairs(b1))
			x = single16(unsafe.Add(a3, a))
			c30 = c30.Add(x.DotProductPairs(b0))
			c31 = c31.Add(x.DotProductPairs(b1))
			b += pairLen * i16
		}
	}
	c00.StoreArray((*[16]int32)(t.out[0]))
	c01.StoreArray((*[16]int32)(unsafe.Add(t.out[0], 16*i32)))
	c10.StoreArray((*[16]int32)(t.out[1]))
	c11.StoreArray((*[16]int32)(unsafe.Add(t.out[1], 16*i32)))
	c20.StoreArray((*[16]int32)(t.out[2]))
	c21.StoreArray((*[16]int32)(unsafe.Add(t.out[2], 16*i32)))
	c30.StoreArray((*[16]int32)(t.out[3]))
	c31.StoreArray((*[16]int32)(unsafe.Add(t.out[3], 16*i32)))
}

// pair16 fills a vector with the pair of inputs at p.
func pair16(p unsafe.Pointer) archsimd.Int16x32 {
	return archsimd.BroadcastInt32x16(*(*int32)(p)).ToBits().ReshapeToUint16s().BitsToInt16()
}

// single16 fills a vector with the one input at p and zero.
func single16(p unsafe.Pointer) archsimd.Int16x32 {
	return archsimd.BroadcastInt32x16(int32(*(*uint16)(p))).ToBits().ReshapeToUint16s().BitsToInt16()
}
