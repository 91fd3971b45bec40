package train

import (
	"strconv"

	"oneshot/engine"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// export writes the trained network as a float model: batch normalisation folded into weights and
// biases, arrays in the order of the model file.
func export(a engine.Arch, e *nn.Encoder, temperature float32, rel *nn.Relation) (*weights.Model, error) {
	var ts []weights.Tensor
	params := byName(e.Params())
	norms := e.Norms()
	in := 1
	fold := func(name string, in, out, size int) {
		scale, shift := norms[0].Fold()
		norms = norms[1:]
		ts = append(ts, folded(name, params[name+".weight"], in, out, size, scale), vector(name+".bias", shift))
	}
	for i, st := range a.Stages {
		name := "encoder." + strconv.Itoa(i)
		switch st.Kind {
		case engine.Conv:
			fold(name, in, st.Out, 3)
			in = st.Out
		case engine.Residual:
			fold(name+".a", in, st.Out, 3)
			fold(name+".b", st.Out, st.Out, 3)
			fold(name+".skip", in, st.Out, 1)
			in = st.Out
		}
	}
	ts = append(ts, vector("prototype.temperature", []float32{temperature}))
	if rel != nil {
		ts = append(ts, exportRelation(a, rel)...)
	} else {
		a.Relation = nil
	}
	return weights.New(a.String(), ts)
}

// exportRelation joins the halves of the pair convolution and folds the scale of the maps into it.
func exportRelation(a engine.Arch, m *nn.Relation) []weights.Tensor {
	h, w, c := a.EmbeddingDims()
	s := folded("", m.Support.W.Value, c, a.Relation.Pair, 3, same(a.Relation.Pair, nn.MapScale(h*w*c)))
	q := folded("", m.Query.W.Value, c, a.Relation.Pair, 3, same(a.Relation.Pair, nn.MapScale(h*w*c)))
	pair := weights.Tensor{Name: "relation.0.weight", Dims: []int{a.Relation.Pair, 2 * c, 3, 3}}
	for o := range a.Relation.Pair {
		pair.F32 = append(pair.F32, s.F32[o*c*9:][:c*9]...)
		pair.F32 = append(pair.F32, q.F32[o*c*9:][:c*9]...)
	}
	d2, d3 := m.Dense2, m.Dense3
	return []weights.Tensor{
		pair, vector("relation.0.bias", m.Bias0.B.Value),
		folded("relation.1", m.Conv1.W.Value, a.Relation.Pair, a.Relation.Conv, 3, same(a.Relation.Conv, 1)), vector("relation.1.bias", m.Bias1.B.Value),
		{Name: "relation.2.weight", Dims: []int{d2.Out, d2.In}, F32: clone(d2.W.Value)}, vector("relation.2.bias", d2.B.Value),
		{Name: "relation.3.weight", Dims: []int{1, d3.In}, F32: clone(d3.W.Value)}, vector("relation.3.bias", d3.B.Value),
	}
}

func byName(params []*nn.Param) map[string][]float32 {
	m := map[string][]float32{}
	for _, p := range params {
		m[p.Name] = p.Value
	}
	return m
}

// folded turns trained weights (size, size, in, out) into a tensor (out, in, size, size), each output channel times scale.
// The first layer is trained as a 1x1 convolution of its nine taps, which is the same order.
func folded(name string, w []float32, in, out, size int, scale []float32) weights.Tensor {
	t := weights.Tensor{Name: name + ".weight", Dims: []int{out, in, size, size}, F32: make([]float32, out*in*size*size)}
	taps := size * size
	for tap := range taps {
		for i := range in {
			for o := range out {
				t.F32[(o*in+i)*taps+tap] = w[(tap*in+i)*out+o] * scale[o]
			}
		}
	}
	return t
}

func vector(name string, v []float32) weights.Tensor {
	return weights.Tensor{Name: name, Dims: []int{len(v)}, F32: clone(v)}
}

// same returns n times v.
func same(n int, v float32) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = v
	}
	return s
}

func clone(v []float32) []float32 { return append([]float32(nil), v...) }
