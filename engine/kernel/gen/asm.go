package main

import (
	"fmt"
	"strings"
)

// asm collects Go assembly for wasm. A wasm function is a stack machine with structured control
// flow; the Go assembler writes its instructions one a line, with R0..R15 as int64 locals, V0..V15
// as vector locals, Get, Set and Tee to move them, and MOVD for arguments.
//
// Traps of Go 1.27's assembler:
//   - V128Store takes its offset, and the ExtractLane instructions their lane, as the second operand:
//     V128Store $0, $off. With one operand the offset or lane is silently 0. Loads take one:
//     V128Load $off.
//   - V128Load32Splat, V128Load8x8S and their kin are emitted without their offset, so the module
//     does not validate. An F32Load and an F32x4Splat do the same work, and faster than an I32Load and an
//     I32x4Splat, which go through an integer register.
//   - Addresses are int64 in locals and int32 on the stack: every load wraps. Engines fold it away.
//   - There is one function per TEXT and it must not call: NOSPLIT, no frame.
type asm struct {
	strings.Builder
	depth int
}

func (a *asm) raw(s string) { a.WriteString(s) }

// op writes instructions, one a line, in order: op("Get R0", "I32WrapI64").
func (a *asm) op(lines ...string) {
	for _, l := range lines {
		a.WriteString(strings.Repeat("\t", a.depth+1) + l + "\n")
	}
}

func (a *asm) opf(format string, args ...any) { a.op(fmt.Sprintf(format, args...)) }

// comment writes a line for the reader.
func (a *asm) comment(s string) { a.op("// " + s) }

// load puts the result of a load instruction at reg+off on the stack.
func (a *asm) load(instr, reg string, off int) {
	a.op("Get "+reg, "I32WrapI64")
	a.opf("%s $%d", instr, off)
}

// store writes the vector v to reg+off.
func (a *asm) store(v, reg string, off int) {
	a.op("Get "+reg, "I32WrapI64", "Get "+v)
	a.opf("V128Store $0, $%d", off)
}

// zero clears the vector v.
func (a *asm) zero(v string) { a.op("I32Const $0", "I32x4Splat", "Set "+v) }

// add adds to reg the terms, each a register or a constant written $n.
func (a *asm) add(reg string, terms ...string) {
	a.op("Get " + reg)
	for _, t := range terms {
		if strings.HasPrefix(t, "$") {
			a.op("I64Const " + t)
		} else {
			a.op("Get " + t)
		}
		a.op("I64Add")
	}
	a.op("Set " + reg)
}

// move copies the register from to the register to.
func (a *asm) move(to, from string) { a.op("Get "+from, "Set "+to) }

// repeat runs body n times for the register n >= 1, counting in counter, which may be n itself.
func (a *asm) repeat(counter, n string, body func()) {
	if counter != n {
		a.move(counter, n)
	}
	a.op("Loop")
	a.depth++
	body()
	a.op("Get "+counter, "I64Const $-1", "I64Add", "Tee "+counter, "I32WrapI64", "BrIf $0")
	a.depth--
	a.op("End")
}

// repeatTwice runs body n times for the register n >= 1, which it counts down, two turns with one jump back: body(0), body(1) and
// advance(2), at the end of an odd n body(0) and advance(1).
func (a *asm) repeatTwice(n string, body, advance func(int)) {
	a.op("Block", "Loop")
	a.depth++
	body(0)
	a.op("Get "+n, "I64Const $1", "I64Eq", "BrIf $1")
	body(1)
	advance(2)
	a.op("Get "+n, "I64Const $-2", "I64Add", "Tee "+n, "I32WrapI64", "BrIf $0")
	a.depth--
	a.op("End", "End")
	a.ifPositive(n, func() { advance(1) })
}

// ifPositive runs body where the register n is not zero.
func (a *asm) ifPositive(n string, body func()) {
	a.op("Get "+n, "I32WrapI64", "If")
	a.depth++
	body()
	a.depth--
	a.op("End")
}
