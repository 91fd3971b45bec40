package main

import "fmt"

// The loops over the sums of a convolution. Vectors are of 4 sums; every count is 1 or more.

// upperHalves is the mask of the upper halves of 64-bit lanes.
const upperHalves = "I64Const $-4294967296"

// laneBytes is what requantTile reads of 4 channels: bias, multiplier, the half that rounds in two vectors of int64, and
// the scale that stands for the rest of the shift.
const laneBytes = 5 * 16

// requantTile writes the requantisation of pixels of eights times 8 channels.
//
// There is no shift whose distance differs from lane to lane. So the products are shifted by 32, which every channel wants
// at least, and what is left of the shift, k, is a multiplication by 2^(30-k) and a shift by 30. Rounding down twice
// is rounding down once, and no product leaves an int64. The first shift leaves the lanes in the order 0, 2, 1, 3; the second
// puts them right.
func requantTile(a *asm) {
	a.raw(`// func requantTile(dst, acc, lanes unsafe.Pointer, pixels, eights, lo, hi int)
TEXT ·requantTile(SB), NOSPLIT, $0-56
`)
	const (
		dst, acc, lanes = "R0", "R1", "R2"
		pixels, eights  = "R3", "R4"
		left, channels  = "R5", "R6" // channels walks the lanes
		lo, hi, mask    = "V0", "V1", "V2"
		low, high       = "V3", "V4"
		x, m            = "V5", "V6"
	)
	a.op("MOVD dst+0(FP), "+dst, "MOVD acc+8(FP), "+acc, "MOVD lanes+16(FP), "+lanes, "MOVD pixels+24(FP), "+pixels, "MOVD eights+32(FP), "+eights)
	a.op("MOVD lo+40(FP), "+left, "Get "+left, "I32WrapI64", "I32x4Splat", "Set "+lo)
	a.op("MOVD hi+48(FP), "+left, "Get "+left, "I32WrapI64", "I32x4Splat", "Set "+hi)
	a.op(upperHalves, "I64x2Splat", "Set "+mask)
	four := func(part int, result string) {
		at := part * laneBytes
		a.load("V128Load", acc, part*16)
		a.load("V128Load", channels, at)
		a.op("I32x4Add", "Set "+x)
		a.load("V128Load", channels, at+16)
		a.op("Set " + m)
		for i, half := range []string{"Low", "High"} {
			a.op("Get "+x, "Get "+m, "I64x2Extmul"+half+"I32x4S")
			a.load("V128Load", channels, at+32+16*i)
			a.op("I64x2Add", "Set "+[]string{low, high}[i])
		}
		a.op("Get "+high, "Get "+low, "I32Const $32", "I64x2ShrU", "Get "+mask, "V128Bitselect", "Set "+x)
		a.load("V128Load", channels, at+64)
		a.op("Set " + m)
		a.op("Get "+x, "Get "+m, "I64x2ExtmulHighI32x4S", "I32Const $2", "I64x2Shl")
		a.op("Get "+x, "Get "+m, "I64x2ExtmulLowI32x4S", "I32Const $30", "I64x2ShrU")
		a.op("Get "+mask, "V128Bitselect", "Get "+lo, "I32x4MaxS", "Get "+hi, "I32x4MinS", "Set "+result)
	}
	const first, second = "V7", "V8"
	a.repeat(pixels, pixels, func() {
		a.move(channels, lanes)
		a.repeat(left, eights, func() {
			four(0, first)
			four(1, second)
			a.op("Get "+first, "Get "+second, "I16x8NarrowI32x4S", "Set "+first)
			a.store(first, dst, 0)
			a.add(dst, "$16")
			a.add(acc, "$32")
			a.add(channels, fmt.Sprintf("$%d", 2*laneBytes))
		})
	})
	a.op("RET")
}

// poolTile writes the largest of 2x2 pixels, of a row of pixels of vectors times 4 sums; with pair, of the sums of two arrays.
func poolTile(a *asm, pair bool) {
	name, second, size := "poolTile", "", 48
	if pair {
		name, second, size = "pairPoolTile", ", b", 56
	}
	a.raw(fmt.Sprintf(`// func %[1]s(dst, a%[2]s unsafe.Pointer, pixels, vectors, right, down int)
TEXT ·%[1]s(SB), NOSPLIT, $0-%[3]d
`, name, second, size))
	const (
		dst, from, other = "R0", "R1", "R2"
		pixels, vectors  = "R3", "R4"
		right, down      = "R5", "R6"
		left, at, place  = "R7", "R8", "R9"
		largest          = "V0"
	)
	args := []string{dst, from}
	names := []string{"dst", "a"}
	if pair {
		args, names = append(args, other), append(names, "b")
	}
	args, names = append(args, pixels, vectors, right, down), append(names, "pixels", "vectors", "right", "down")
	for i, r := range args {
		a.opf("MOVD %s+%d(FP), %s", names[i], 8*i, r)
	}
	a.repeat(pixels, pixels, func() {
		a.repeat(left, vectors, func() {
			for i, steps := range [][]string{nil, {right}, {down}, {right, down}} {
				a.move(at, from)
				if len(steps) > 0 {
					a.add(at, steps...)
				}
				a.load("V128Load", at, 0)
				if pair {
					a.move(place, other)
					if len(steps) > 0 {
						a.add(place, steps...)
					}
					a.load("V128Load", place, 0)
					a.op("I32x4Add")
				}
				if i > 0 {
					a.op("Get "+largest, "I32x4MaxS")
				}
				a.op("Set " + largest)
			}
			a.store(largest, dst, 0)
			for _, r := range args[:len(args)-4] {
				a.add(r, "$16")
			}
		})
		a.comment("over the pixel to the right")
		for _, r := range args[1 : len(args)-4] {
			a.add(r, right)
		}
	})
	a.op("RET")
}

// addTile writes the sum of vectors of 4 sums.
func addTile(a *asm) {
	a.raw(`// func addTile(dst, a, b unsafe.Pointer, vectors int)
TEXT ·addTile(SB), NOSPLIT, $0-32
`)
	each(a, []string{"I32x4Add"})
	a.op("RET")
}

// addClampTile writes the clamped sum of vectors of 8 activations. A sum that leaves an int16 saturates, which the clamp
// would have made of it.
func addClampTile(a *asm) {
	a.raw(`// func addClampTile(dst, a, b unsafe.Pointer, vectors, lo, hi int)
TEXT ·addClampTile(SB), NOSPLIT, $0-48
`)
	for v, arg := range []string{"lo+32", "hi+40"} {
		a.opf("MOVD %s(FP), R3", arg)
		a.op("Get R3", "I32WrapI64", "I16x8Splat")
		a.opf("Set V%d", v+1)
	}
	each(a, []string{"I16x8AddSatS", "Get V1", "I16x8MaxS", "Get V2", "I16x8MinS"})
	a.op("RET")
}

// each writes the loop over vectors that combines a and b into dst, the first three arguments.
func each(a *asm, combine []string) {
	a.op("MOVD dst+0(FP), R0", "MOVD a+8(FP), R1", "MOVD b+16(FP), R2", "MOVD vectors+24(FP), R3")
	a.repeat("R3", "R3", func() {
		a.load("V128Load", "R1", 0)
		a.load("V128Load", "R2", 0)
		a.op(combine...)
		a.op("Set V0")
		a.store("V0", "R0", 0)
		for _, r := range []string{"R0", "R1", "R2"} {
			a.add(r, "$16")
		}
	})
}
