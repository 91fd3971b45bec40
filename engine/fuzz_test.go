package engine

import (
	"errors"
	"math"
	"testing"

	"oneshot/weights"
)

// FuzzParseArch: no text makes ParseArch panic, and what it reads comes back from its own text.
func FuzzParseArch(f *testing.F) {
	for _, s := range []string{goldenArch, plainArch, residualArch, sungArch, sumArch, "conv 1", "pool", "conv 512, pool;", ";", "conv 3; relation 1 2",
		"conv 3; siamese", "conv 3; matching; siamese", "conv 3; relation 1x1 4 5 6;matching", "conv 3; siamese;", "conv 3; siamese 4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseArch(s)
		if err != nil {
			if !errors.Is(err, ErrArch) {
				t.Fatalf("%q: %v is not ErrArch", s, err)
			}
			return
		}
		again, err := ParseArch(a.String())
		if err != nil || again.String() != a.String() || again.Params() != a.Params() {
			t.Fatalf("%q is read as %q, which is read as %q, %v", s, a, again, err)
		}
	})
}

// FuzzNewNetwork changes one value of a valid model, and its description. It is either refused or
// runs: without a panic, and with scores that are numbers.
func FuzzNewNetwork(f *testing.F) {
	f.Add(goldenArch, uint8(0), uint16(0), uint32(0))
	f.Add("conv 8", uint8(3), uint16(1), math.Float32bits(1e30))
	f.Add(goldenArch, uint8(9), uint16(7), uint32(1))
	f.Fuzz(func(t *testing.T, arch string, tensor uint8, element uint16, bits uint32) {
		m, err := weights.Decode(goldenModel)
		if err != nil {
			t.Fatal(err)
		}
		m.Arch = arch
		x := &m.Tensors[int(tensor)%len(m.Tensors)]
		if x.I8 != nil {
			x.I8[int(element)%len(x.I8)] = int8(bits)
		} else {
			x.F32[int(element)%len(x.F32)] = math.Float32frombits(bits)
		}
		n, err := NewNetwork(m)
		if err != nil {
			return
		}
		for _, h := range heads {
			c, err := NewClassifier(n, h)
			if errors.Is(err, ErrHead) {
				continue
			}
			add(t, c, "a", scrawl(1))
			add(t, c, "b", scrawl(2))
			for _, r := range classify(t, c, scrawl(3)).Ranking {
				if !(r.Score >= leastScore(c) && r.Score <= 1 && r.Confidence >= 0 && r.Confidence <= 1) {
					t.Fatalf("%v: %+v", h, r)
				}
			}
		}
	})
}
