package main

// denseTile writes a dense layer of blocks of 8 inputs: one sum after another, for weights are read once.
func denseTile(a *asm) {
	a.raw(`// func denseTile(dst, src, w unsafe.Pointer, outs, blocks int)
TEXT ·denseTile(SB), NOSPLIT, $0-40
`)
	const (
		dst, src, w  = "R0", "R1", "R2"
		outs, blocks = "R3", "R4"
		at, left     = "R5", "R6" // at walks src
		sums         = "V0"
	)
	for i, arg := range []string{"dst", "src", "w", "outs", "blocks"} {
		a.opf("MOVD %s+%d(FP), R%d", arg, 8*i, i)
	}
	a.repeat(outs, outs, func() {
		a.zero(sums)
		a.move(at, src)
		a.repeat(left, blocks, func() {
			a.load("V128Load", at, 0)
			a.load("V128Load", w, 0)
			a.op("I32x4DotI16x8S", "Get "+sums, "I32x4Add", "Set "+sums)
			a.add(at, "$16")
			a.add(w, "$16")
		})
		a.op("Get "+dst, "I32WrapI64")
		for lane := range 4 {
			a.op("Get " + sums)
			a.opf("I32x4ExtractLane $0, $%d", lane)
			if lane > 0 {
				a.op("I32Add")
			}
		}
		a.op("I32Store $0")
		a.add(dst, "$4")
	})
	a.op("RET")
}
