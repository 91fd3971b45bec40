package engine

import (
	"flag"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"oneshot/engine/prep"
	"oneshot/weights"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	plainArch = "conv 16, pool, conv 16, pool, conv 16, pool, root; relation 16 16 8; siamese; matching"
	// goldenArch has every kind of layer that a network can have.
	goldenArch   = "conv 8, pool, residual 16, pool, residual 20, conv 18, pool, root; relation 1x1 16 8 8; siamese; matching"
	residualArch = "conv 8, pool, residual 16, pool, residual 20, conv 18, pool; relation 1x1 16 8 8; siamese; matching"
	// sungArch is the network of Sung's code in small; sumArch has the rest of what it lends to others.
	sungArch = "valid 8, pool, valid 12, pool, conv 16, conv 16; relation sum pool 16 16 8; siamese; matching"
	sumArch  = "conv 8, pool, valid 12, pool, root; relation 1x1 sum 16 16 8; siamese; matching"
)

// scrawl draws a random walk of a thick pen in integer arithmetic, so that it is the same everywhere.
func scrawl(seed uint64) *prep.Input {
	r := rand.New(rand.NewPCG(seed, 7))
	in := new(prep.Input)
	x, y := 8+r.IntN(12), 8+r.IntN(12)
	for range 60 {
		for dy := -1; dy <= 1; dy++ {
			for dx := -1; dx <= 1; dx++ {
				v := uint8(255 - 90*(dx*dx+dy*dy))
				at := (y+dy)*prep.Side + x + dx
				in[at] = max(in[at], v)
			}
		}
		x = min(max(x+r.IntN(5)-2, 1), prep.Side-2)
		y = min(max(y+r.IntN(5)-2, 1), prep.Side-2)
	}
	return in
}

// randomFloats makes a float32 model with He-initialised weights and small biases.
func randomFloats(t testing.TB, arch string, seed uint64) *weights.Model {
	t.Helper()
	a, err := ParseArch(arch)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	var ts []weights.Tensor
	floats := func(name string, std, mean float64, dims ...int) {
		n := 1
		for _, d := range dims {
			n *= d
		}
		f := make([]float32, n)
		for i := range f {
			f[i] = float32(mean + std*r.NormFloat64())
		}
		ts = append(ts, weights.Tensor{Name: name, Dims: dims, F32: f})
	}
	layer := func(name string, dims ...int) {
		fan := 1
		for _, d := range dims[1:] {
			fan *= d
		}
		floats(name+".weight", math.Sqrt(2/float64(fan)), 0, dims...)
		floats(name+".bias", 0.05, 0, dims[0])
	}
	c := 1
	for i, st := range a.Stages {
		name := "encoder." + strconv.Itoa(i)
		switch st.Kind {
		case Conv, Valid:
			layer(name, st.Out, c, 3, 3)
		case Residual:
			layer(name+".a", st.Out, c, 3, 3)
			layer(name+".b", st.Out, st.Out, 3, 3)
			layer(name+".skip", st.Out, c, 1, 1)
		case Pool, Root:
			continue
		}
		c = st.Out
	}
	floats("prototype.temperature", 0, 10, 1)
	if d := a.Relation; d != nil {
		h, w, c := a.EmbeddingDims()
		side := 3
		if d.Pointwise {
			side = 1
		}
		layer("relation.0", d.Pair, 2*c, side, side)
		layer("relation.1", d.Conv, d.Pair, 3, 3)
		_, _, dh, dw := d.Planes(h, w)
		layer("relation.2", d.Dense, dh*dw*d.Conv)
		floats("relation.3.weight", 8, 0, 1, d.Dense)
		floats("relation.3.bias", 0, -1, 1)
	}
	h, w, c := a.EmbeddingDims()
	if a.Siamese {
		floats("siamese.weight", 0.7, 1, 1, h*w*c) // some are negative
		floats("siamese.bias", 0, 5, 1)
	}
	if a.Matching {
		floats("matching.gain", 0.1, 1, c)
		floats("matching.gate", 0.5, 0.3, c) // some are negative
		floats("matching.beta", 0, 8, 1)
		floats("matching.tau", 0, 20, 1)
	}
	m, err := weights.New(arch, ts)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// quantised turns a float32 model into an int8 one, with the ranges that a few scrawls reach.
func quantised(t testing.TB, m *weights.Model) *weights.Model {
	t.Helper()
	o := newOracle(t, m)
	var embeddings [][]float64
	for seed := range uint64(6) {
		embeddings = append(embeddings, o.embed(scrawl(1000+seed)))
	}
	if o.arch.Relation != nil {
		for _, a := range embeddings {
			for _, b := range embeddings {
				o.relate(a, b)
			}
		}
	}
	var ts []weights.Tensor
	for _, x := range m.Tensors {
		name, isWeight := suffix(x.Name, ".weight")
		if !isWeight || name == "relation.3" {
			ts = append(ts, x)
			continue
		}
		out := x.Dims[0]
		fan := len(x.F32) / out
		q := make([]int8, len(x.F32))
		scale := make([]float32, out)
		for c := range out {
			row := x.F32[c*fan:][:fan]
			top := max(slices.Max(row), -slices.Min(row))
			scale[c] = top / 127
			for i, v := range row {
				q[c*fan+i] = int8(math.Round(float64(v) / float64(scale[c])))
			}
		}
		ts = append(ts,
			weights.Tensor{Name: x.Name, Dims: x.Dims, I8: q},
			weights.Tensor{Name: name + ".scale", Dims: []int{out}, F32: scale})
	}
	for name, top := range o.top {
		ts = append(ts, weights.Tensor{Name: name + ".range", Dims: []int{1}, F32: []float32{float32(top)}})
	}
	q, err := weights.New(m.Arch, ts)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func randomModel(t testing.TB, arch string, seed uint64) *weights.Model {
	t.Helper()
	return quantised(t, randomFloats(t, arch, seed))
}

func suffix(s, end string) (string, bool) {
	if len(s) > len(end) && s[len(s)-len(end):] == end {
		return s[:len(s)-len(end)], true
	}
	return s, false
}
