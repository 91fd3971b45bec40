package train

import (
	"oneshot/engine"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// export joins the halves of the pair convolution and folds the scale of the maps into it.
func (t *relationHead) export(to *engine.Arch) []weights.Tensor {
	to.Relation = &t.arch
	size, scale := nn.PairSize(t.arch), same(t.arch.Pair, nn.MapScale(t.h*t.w*t.c))
	s := folded("", t.Support.W.Value, t.c, t.arch.Pair, size, scale)
	q := folded("", t.Query.W.Value, t.c, t.arch.Pair, size, scale)
	pair := weights.Tensor{Name: "relation.0.weight", Dims: []int{t.arch.Pair, 2 * t.c, size, size}}
	half := t.c * size * size
	for o := range t.arch.Pair {
		pair.F32 = append(pair.F32, s.F32[o*half:][:half]...)
		pair.F32 = append(pair.F32, q.F32[o*half:][:half]...)
	}
	d2, d3 := t.Dense2, t.Dense3
	return []weights.Tensor{
		pair, vector("relation.0.bias", t.Bias0.B.Value),
		folded("relation.1", t.Conv1.W.Value, t.arch.Pair, t.arch.Conv, 3, same(t.arch.Conv, 1)), vector("relation.1.bias", t.Bias1.B.Value),
		{Name: "relation.2.weight", Dims: []int{d2.Out, d2.In}, F32: clone(d2.W.Value)}, vector("relation.2.bias", d2.B.Value),
		{Name: "relation.3.weight", Dims: []int{1, d3.In}, F32: clone(d3.W.Value)}, vector("relation.3.bias", d3.B.Value),
	}
}

// export gives the weights of differences of unit embeddings.
func (t *siameseHead) export(to *engine.Arch) []weights.Tensor {
	to.Siamese = true
	w := clone(t.Weight.Value)
	for i := range w {
		w[i] *= t.Unit()
	}
	return []weights.Tensor{{Name: "siamese.weight", Dims: []int{1, len(w)}, F32: w}, vector("siamese.bias", t.Bias.Value)}
}

// export also says the temperature of the answer, which was trained at tau.
func (t *matchingHead) export(to *engine.Arch) []weights.Tensor {
	to.Matching = true
	tau := []float32{t.Tau()}
	return []weights.Tensor{
		vector("matching.gain", t.Gain()), vector("matching.gate", t.Gate.Value),
		vector("matching.beta", []float32{t.Beta()}), vector("matching.tau", tau), vector("matching.temperature", tau),
	}
}
