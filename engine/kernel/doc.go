// Package kernel holds the innermost loops of the network: plain Go that says what each operation
// is, and faster forms of the ones where the time goes, which give the same bits.
//
// The integer operations work on int16 activations, int8 weights and int32 sums. A plane is a
// row-major (H+2, W+2, C) array of int16, channels innermost, with a border of one pixel; the
// border is zero and no operation writes it, so that a 3x3 convolution needs no edge cases:
//
//	w := kernel.PackConv3x3(weights, 64, 64) // once, when the model is loaded
//	s := kernel.Shape{H: 14, W: 14, In: 64, Out: 64}
//	kernel.Conv3x3(acc, plane, w, s)         // acc (14, 14, 64) int32
//	kernel.Requantise(next, acc, s, channels)
//
// Every operation writes its first argument, allocates nothing and panics only if the lengths of
// its arguments disagree, which is a bug of the caller and never bad input. Destinations must not
// overlap sources unless the operation says that they may. Sums wrap around at 32 bits in every
// implementation alike; that they do not is for the loader of the model to check.
//
// A fast implementation is chosen once, when the program starts: SIMD128 assembly for wasm and
// AVX-512 or AVX2 for amd64 (built with GOEXPERIMENT=simd), both from Go 1.27 on; elsewhere plain
// Go. The functions whose names end in Ref are plain loops over the definition. They are the oracle
// that the tests hold everything else against, and nothing calls them for speed.
package kernel

//go:generate go run ./gen
