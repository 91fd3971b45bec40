package engine

import (
	"slices"
	"testing"
)

// Pooling sums instead of activations gives the bits of every stage one after another, and writes no border.
func TestEmbedIsEveryStage(t *testing.T) {
	for _, arch := range []string{plainArch, residualArch, sungArch, sumArch, "valid 5, pool, valid 7, pool, conv 3, pool"} {
		n := newNetwork(t, arch)
		slow := n.Clone()
		slow.buffers.stepwise = true
		got, want := make([]int16, n.EmbeddingLen()), make([]int16, n.EmbeddingLen())
		for seed := range uint64(4) {
			n.Embed(got, scrawl(seed))
			slow.Embed(want, scrawl(seed))
			if !slices.Equal(got, want) {
				t.Errorf("%q: embedding of drawing %d differs", arch, seed)
			}
		}
		for i, st := range n.stages {
			h, w, c := (Arch{Stages: n.arch.Stages[:i+1]}).EmbeddingDims()
			if p := n.buffers.output[i]; !slices.Equal(p, bordered(inside(p, h, w, c), h, w, c)) {
				t.Errorf("%q: the border of stage %d (%d) was written", arch, i, st.kind)
			}
		}
	}
}
