package main

import (
	"math"
	"strconv"

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

// floats reads little-endian float32.
func floats(b []byte) []float32 {
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(uint32(b[4*i]) | uint32(b[4*i+1])<<8 | uint32(b[4*i+2])<<16 | uint32(b[4*i+3])<<24)
	}
	return v
}

// ints reads little-endian int32.
func ints(b []byte) []int32 {
	v := make([]int32, len(b)/4)
	for i := range v {
		v[i] = int32(uint32(b[4*i]) | uint32(b[4*i+1])<<8 | uint32(b[4*i+2])<<16 | uint32(b[4*i+3])<<24)
	}
	return v
}

func append32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

func append64(b []byte, v uint64) []byte { return append32(append32(b, uint32(v)), uint32(v>>32)) }
