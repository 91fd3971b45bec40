package main

import (
	"math"
	"strconv"
	"unsafe"

	"oneshot/engine"
)

// pack appends an answer as core.js unpacks it, little-endian:
//
//	evidence f64, similarity f32, none u32, nearest example u32, classes n u32,
//	logits n x f64, scores n x f32, confidences n x f32, classes n x u32
//
// Classes are named by numbers.
func pack(b []byte, a engine.Answer) []byte {
	none := uint32(0)
	if a.None {
		none = 1
	}
	b = append64(b, math.Float64bits(a.Evidence))
	b = append32(b, math.Float32bits(a.Similarity))
	b = append32(b, none)
	b = append32(b, uint32(a.Nearest))
	b = append32(b, uint32(len(a.Ranking)))
	for _, r := range a.Ranking {
		b = append64(b, math.Float64bits(r.Logit))
	}
	for _, r := range a.Ranking {
		b = append32(b, math.Float32bits(r.Score))
	}
	for _, r := range a.Ranking {
		b = append32(b, math.Float32bits(r.Confidence))
	}
	for _, r := range a.Ranking {
		class, err := strconv.ParseUint(r.Class, 10, 32)
		if err != nil {
			panic("npm: class " + r.Class + " is no number") // only add names classes
		}
		b = append32(b, uint32(class))
	}
	return b
}

// What crosses the border as numbers of one type is not copied once more: a browser's memory is little-endian, as the
// border is.

// numbers is the memory of b as float32 or int32. b is as make gives it.
func numbers[T float32 | int32](b []byte) []T {
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/4)
}

// bytesOf is the memory of v.
func bytesOf[T float32 | int16](v []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), len(v)*int(unsafe.Sizeof(T(0))))
}

func append32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

func append64(b []byte, v uint64) []byte { return append32(append32(b, uint32(v)), uint32(v>>32)) }
