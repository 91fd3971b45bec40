package train

import (
	"strconv"

	"oneshot/engine"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// export writes the trained network as a float model: batch normalisation folded into weights and
// biases, arrays in the order of the model file. Heads that are not given are left out.
func export(a engine.Arch, e *nn.Encoder, temperature float32, heads []trainedHead) (*weights.Model, error) {
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
	a = engine.Arch{Stages: a.Stages}
	for _, h := range heads {
		ts = append(ts, h.export(&a)...)
	}
	return weights.New(a.String(), ts)
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
