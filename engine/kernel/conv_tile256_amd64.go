//go:build goexperiment.simd && amd64 && go1.27

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// convTile16 computes four pixels x 16 channels with AVX2: the panel at w.
//
//go:noinline
func convTile16(t *pixels, w unsafe.Pointer, rows, row, pitch int) {
	var c00, c01, c10, c11, c20, c21, c30, c31 archsimd.Int32x8
	a0, a1, a2, a3 := t.in[0], t.in[1], t.in[2], t.in[3]
	b := 0 // walks the panel, in bytes
	for r := range rows {
		a := r * pitch // walks the inputs, in bytes
		for range row / 2 {
			b0 := archsimd.LoadInt16x16Array((*[16]int16)(unsafe.Add(w, b)))
			b1 := archsimd.LoadInt16x16Array((*[16]int16)(unsafe.Add(w, b+16*i16)))
			x := pair8(unsafe.Add(a0, a))
			c00 = c00.Add(x.DotProductPairs(b0))
			c01 = c01.Add(x.DotProductPairs(b1))
			x = pair8(unsafe.Add(a1, a))
			c10 = c10.Add(x.DotProductPairs(b0))
			c11 = c11.Add(x.DotProductPairs(b1))
			x = pair8(unsafe.Add(a2, a))
			c20 = c20.Add(x.DotProductPairs(b0))
			c21 = c21.Add(x.DotProductPairs(b1))
			x = pair8(unsafe.Add(a3, a))
			c30 = c30.Add(x.DotProductPairs(b0))
			c31 = c31.Add(x.DotProductPairs(b1))
			a += 2 * i16
			b += pairLen * i16
		}
		if row%2 != 0 {
			b0 := archsimd.LoadInt16x16Array((*[16]int16)(unsafe.Add(w, b)))
			b1 := archsimd.LoadInt16x16Array((*[16]int16)(unsafe.Add(w, b+16*i16)))
			x := single8(unsafe.Add(a0, a))
			c00 = c00.Add(x.DotProductPairs(b0))
			c01 = c01.Add(x.DotProductPairs(b1))
			x = single8(unsafe.Add(a1, a))
			c10 = c10.Add(x.DotProductPairs(b0))
			c11 = c11.Add(x.DotProductPairs(b1))
			x = single8(unsafe.Add(a2, a))
			c20 = c20.Add(x.DotProductPairs(b0))
			c21 = c21.Add(x.DotProductPairs(b1))
			x = single8(unsafe.Add(a3, a))
			c30 = c30.Add(x.DotProductPairs(b0))
			c31 = c31.Add(x.DotProductPairs(b1))
			b += pairLen * i16
		}
	}
	c00.StoreArray((*[8]int32)(t.out[0]))
	c01.StoreArray((*[8]int32)(unsafe.Add(t.out[0], 8*i32)))
	c10.StoreArray((*[8]int32)(t.out[1]))
	c11.StoreArray((*[8]int32)(unsafe.Add(t.out[1], 8*i32)))
	c20.StoreArray((*[8]int32)(t.out[2]))
	c21.StoreArray((*[8]int32)(unsafe.Add(t.out[2], 8*i32)))
	c30.StoreArray((*[8]int32)(t.out[3]))
	c31.StoreArray((*[8]int32)(unsafe.Add(t.out[3], 8*i32)))
}

// pair8 fills a vector with the pair of inputs at p.
func pair8(p unsafe.Pointer) archsimd.Int16x16 {
	return archsimd.BroadcastInt32x8(*(*int32)(p)).ToBits().ReshapeToUint16s().BitsToInt16()
}

// single8 fills a vector with the one input at p and zero.
func single8(p unsafe.Pointer) archsimd.Int16x16 {
	return archsimd.BroadcastInt32x8(int32(*(*uint16)(p))).ToBits().ReshapeToUint16s().BitsToInt16()
}

// dotAVX2 returns the dot product of the leading elements that fill whole vectors, and their number.
//
// VPMADDWD adds two products, which fit an int32 but for one sum: 2*(-32768)^2 = 2^31 comes out as
// -2^31, which no other sum does. One less than the sum, wrapped, is right in every case, so one is
// taken off, the sums are widened, and the ones are given back.
func dotAVX2(a, b []int16) (sum int64, n int) {
	n = len(a) &^ 15
	var low, high archsimd.Int64x4
	one := archsimd.BroadcastInt32x8(1)
	for i := 0; i < n; i += 16 {
		x, y := archsimd.LoadInt16x16(a[i:]), archsimd.LoadInt16x16(b[i:])
		d := x.DotProductPairs(y).Sub(one)
		low = low.Add(d.GetLo().ExtendToInt64())
		high = high.Add(d.GetHi().ExtendToInt64())
	}
	var s [4]int64
	low.Add(high).StoreArray(&s)
	archsimd.ClearAVXUpperBits()
	return s[0] + s[1] + s[2] + s[3] + int64(n/2), n
}
