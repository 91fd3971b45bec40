package main

import "fmt"

// The tile is two pixels by 16 channels: 8 vectors of sums, 4 of weights, one pair of inputs and one product fill
// 14 of the 16 registers of SSE and AVX. Each vector of weights is used twice and each pair of inputs four times; larger
// tiles spill. So does a loop that is simply unrolled, for engines move all loads of a turn to its beginning; they do not
// move them over the test that lets an odd number of pairs end the loop in the middle of a turn.
const (
	tilePixels  = 2
	tileVectors = 4                // vectors of 4 int32 sums a pixel
	pairBytes   = 4                // one pair of inputs
	groupBytes  = tileVectors * 16 // its weights
)

// convTile writes the convolution of pairs of output pixels with one panel of weights.
func convTile(a *asm) {
	a.raw(`// func convTile(in, w, out unsafe.Pointer, pixelPairs, rows, pairs, pitch, step, outStep, odd, skip int)
TEXT ·convTile(SB), NOSPLIT, $0-88
`)
	const (
		in, w, out    = "R0", "R1", "R2"
		pixelPairs    = "R3"
		rows          = "R4"
		pairs         = "R5"
		pitch         = "R6"
		step, outStep = "R7", "R8"
		odd           = "R9"
		row           = "R10" // where the kernel row begins, first pixel
		weights       = "R11" // walks the panel
		rowsLeft      = "R12"
		a0, a1        = "R13", "R14" // walk the inputs of the two pixels
		left          = "R15"
	)
	for i, arg := range []string{"in", "w", "out", "pixelPairs", "rows", "pairs", "pitch", "step", "outStep", "odd"} {
		a.opf("MOVD %s+%d(FP), R%d", arg, 8*i, i)
	}
	sum := func(pixel, vector int) string { return fmt.Sprintf("V%d", pixel*tileVectors+vector) }
	weight := func(vector int) string { return fmt.Sprintf("V%d", tilePixels*tileVectors+vector) }
	const pair = "V12"

	// multiply adds a pair of inputs times its weights to the sums, the one after skip others. load and splat read the pair
	// and fill a vector with it.
	multiply := func(skip int, load, splat string) {
		for v := range tileVectors {
			a.load("V128Load", weights, skip*groupBytes+v*16)
			a.op("Set " + weight(v))
		}
		for p, from := range []string{a0, a1} {
			a.load(load, from, skip*pairBytes)
			a.op(splat, "Set "+pair)
			for v := range tileVectors {
				a.op("Get "+pair, "Get "+weight(v), "I32x4DotI16x8S")
				a.op("Get "+sum(p, v), "I32x4Add", "Set "+sum(p, v))
			}
		}
	}
	advance := func(n int) {
		a.add(a0, fmt.Sprintf("$%d", n*pairBytes))
		a.add(a1, fmt.Sprintf("$%d", n*pairBytes))
		a.add(weights, fmt.Sprintf("$%d", n*groupBytes))
	}

	a.repeat(pixelPairs, pixelPairs, func() {
		for p := range tilePixels {
			for v := range tileVectors {
				a.zero(sum(p, v))
			}
		}
		a.move(row, in)
		a.move(weights, w)
		a.comment("kernel rows")
		a.repeat(rowsLeft, rows, func() {
			a.move(a0, row)
			a.move(a1, row)
			a.add(a1, step)
			a.ifPositive(pairs, func() {
				a.move(left, pairs)
				a.repeatTwice(left, func(turn int) { multiply(turn, "F32Load", "F32x4Splat") }, advance)
			})
			a.comment("a single input and a zero")
			a.ifPositive(odd, func() {
				multiply(0, "I32Load16U", "I32x4Splat")
				advance(1)
			})
			a.op("MOVD skip+80(FP), " + left)
			a.add(weights, left)
			a.add(row, pitch)
		})
		for v := range tileVectors {
			a.store(sum(0, v), out, v*16)
		}
		a.add(out, outStep)
		for v := range tileVectors {
			a.store(sum(1, v), out, v*16)
		}
		a.add(out, outStep)
		a.add(in, step, step)
	})
	a.op("RET")
}

// dotBlocks writes the dot product of blocks of 8 int16.
//
// A dot instruction adds two products of int16, which fit an int32 but for one sum:
// 2*(-32768)^2 = 2^31 comes out as -2^31, which no other sum does. One less than the sum, wrapped,
// is right in every case, so one is taken off, the sums are widened, and the ones are given back.
func dotBlocks(a *asm) {
	a.raw(`// func dotBlocks(a, b unsafe.Pointer, blocks int) int64
TEXT ·dotBlocks(SB), NOSPLIT, $0-32
`)
	const (
		x, y, blocks, left = "R0", "R1", "R2", "R3"
		low, high          = "V0", "V1" // two int64 sums each
		one, dots          = "V2", "V3"
	)
	a.op("MOVD a+0(FP), "+x, "MOVD b+8(FP), "+y, "MOVD blocks+16(FP), "+blocks)
	a.zero(low)
	a.zero(high)
	a.op("I32Const $1", "I32x4Splat", "Set "+one)
	a.ifPositive(blocks, func() {
		a.repeat(left, blocks, func() {
			a.load("V128Load", x, 0)
			a.load("V128Load", y, 0)
			a.op("I32x4DotI16x8S", "Get "+one, "I32x4Sub", "Set "+dots)
			a.op("Get "+dots, "I64x2ExtendLowI32x4S", "Get "+low, "I64x2Add", "Set "+low)
			a.op("Get "+dots, "I64x2ExtendHighI32x4S", "Get "+high, "I64x2Add", "Set "+high)
			a.add(x, "$16")
			a.add(y, "$16")
		})
	})
	a.op("Get "+low, "Get "+high, "I64x2Add", "Set "+low)
	a.comment("the ones: four a block")
	a.op("Get "+blocks, "I64Const $2", "I64Shl")
	a.op("Get "+low, "I64x2ExtractLane $0, $0", "I64Add")
	a.op("Get "+low, "I64x2ExtractLane $0, $1", "I64Add")
	a.op("Set "+left, "MOVD "+left+", ret+24(FP)", "RET")
}
