package kernel

import (
	"math/rand/v2"
	"testing"
)

// FuzzConv3x3 holds every implementation against the definition on shapes and values that the
// fuzzer chooses: the sizes directly, the values by a seed and the extremes that it lays over them.
func FuzzConv3x3(f *testing.F) {
	f.Add(uint8(14), uint8(14), uint8(64), uint8(64), uint64(1), []byte{})
	f.Add(uint8(1), uint8(1), uint8(1), uint8(1), uint64(2), []byte{0x80, 0x00, 0x7f, 0xff})
	f.Add(uint8(7), uint8(1), uint8(130), uint8(17), uint64(3), []byte{0xff})
	f.Fuzz(func(t *testing.T, h, w, in, out uint8, seed uint64, over []byte) {
		s := Shape{H: 1 + int(h)%16, W: 1 + int(w)%16, In: 1 + int(in)%130, Out: 1 + int(out)%130}
		r := rand.New(rand.NewPCG(seed, 0))
		src, raw := randI16(r, s.plane(s.In)), randI8(r, s.Out*s.In*9)
		for i, b := range over {
			src[i%len(src)] = int16(b)<<8 | int16(b)
			raw[i%len(raw)] = int8(b)
		}
		want, got := make([]int32, s.H*s.W*s.Out), make([]int32, s.H*s.W*s.Out)
		Conv3x3Ref(want, src, raw, s)
		packed := PackConv3x3(raw, s.In, s.Out)
		for _, k := range kernels() {
			clear(got)
			k.convolve(got, src, packed, window3x3(s))
			if i := firstDifference(got, want); i >= 0 {
				t.Fatalf("%s %+v: sum %d is %d, want %d", k.name, s, i, got[i], want[i])
			}
		}
	})
}
