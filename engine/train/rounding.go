package train

import (
	"maps"
	"slices"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// FitRounding returns q, the int8 model made from the float model m, with weights rounded for what they are used on.
//
// Each weight rounded to the nearest gives the smallest error of weights, not of sums: inputs of a convolution go up
// and down together, and the errors of weights that are used together add up. Here, for each output channel, weights are
// moved by one step while the expected square of the error of its sum gets smaller, with the covariance
// of the inputs as seen on drawings (the objective of Nagel et al., "Up or Down? Adaptive Rounding for
// Post-Training Quantization", ICML 2020, arXiv:2004.10568, by coordinate descent). What is left of the mean error goes into the bias.
func FitRounding(m, q *weights.Model, set *fewshot.Set) (*weights.Model, error) {
	net, err := NewFloatNet(m)
	if err != nil {
		return nil, err
	}
	inputs := map[string]*moments{}
	net.meet = func(c floatConv, x *nn.Plane) {
		if inputs[c.name] == nil {
			inputs[c.name] = newMoments(c.in * c.size * c.size)
		}
		inputs[c.name].meet(c, x)
	}
	calibrate(net, set)
	fitted := slices.Clone(q.Tensors)
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		in, part := inputs[name], 0
		switch name {
		case supportHalf:
			name = "relation.0"
		case queryHalf:
			name, part = "relation.0", len(in.mean)
		}
		fitLayer(m, fitted, name, part, in)
	}
	return weights.New(q.Arch, fitted)
}

// moments are mean and covariance of what a convolution reads at a place: in*size*size values in the order of its weights.
type moments struct {
	n      int
	mean   []float64 // sums until settle
	second []float64 // (k, k), the upper half: sums of products until settle
	values []float64
}

func newMoments(k int) *moments {
	return &moments{mean: make([]float64, k), second: make([]float64, k*k), values: make([]float64, k)}
}

// So many places in all, and of one image, are enough for the covariance of the widest layer.
const (
	mostPlaces  = 8000
	imagePlaces = 32
)

// meet takes some places of each image.
func (s *moments) meet(c floatConv, x *nn.Plane) {
	step := max(1, x.H*x.W/imagePlaces)
	for i := range x.N {
		for at := i % step; at < x.H*x.W && s.n < mostPlaces; at += step {
			s.place(c, x.Image(i), x.W, at/x.W, at%x.W)
		}
	}
}

func (s *moments) place(c floatConv, image []float32, width, y, x int) {
	reach := c.size / 2
	for ky := range c.size {
		for kx := range c.size {
			pixel := image[((y+1+ky-reach)*(width+2)+x+1+kx-reach)*c.in:][:c.in]
			for i, v := range pixel {
				s.values[(i*c.size+ky)*c.size+kx] = float64(v)
			}
		}
	}
	s.n++
	for i, v := range s.values {
		if v == 0 {
			continue
		}
		s.mean[i] += v
		row := s.second[i*len(s.values):]
		for j := i; j < len(s.values); j++ {
			row[j] += v * s.values[j]
		}
	}
}

// settle turns sums into mean and covariance, both halves of it.
func (s *moments) settle() {
	k, n := len(s.mean), float64(s.n)
	for i := range s.mean {
		s.mean[i] /= n
	}
	for i := range k {
		for j := i; j < k; j++ {
			v := s.second[i*k+j]/n - s.mean[i]*s.mean[j]
			s.second[i*k+j], s.second[j*k+i] = v, v
		}
	}
	s.n = 1
}

// fitLayer moves weights of the layer called name, in each row those from part on.
func fitLayer(m *weights.Model, fitted []weights.Tensor, name string, part int, in *moments) {
	in.settle()
	find := func(end string) *weights.Tensor {
		return &fitted[slices.IndexFunc(fitted, func(t weights.Tensor) bool { return t.Name == name+end })]
	}
	w, bias, scale := find(".weight"), find(".bias"), find(".scale")
	w.I8, bias.F32 = slices.Clone(w.I8), slices.Clone(bias.F32)
	row := len(w.I8) / w.Dims[0]
	for o := range w.Dims[0] {
		from, k := o*row+part, len(in.mean)
		bias.F32[o] -= fitRow(w.I8[from:][:k], m.Tensor(w.Name).F32[from:][:k], float64(scale.F32[o]), in)
	}
}

// mostSweeps bounds the descent, which gains little after the first few.
const mostSweeps = 8

// fitRow moves the weights q of one sum, which stand for w in steps of scale, and returns the mean error that is left.
func fitRow(q []int8, w []float32, scale float64, in *moments) float32 {
	k := len(q)
	wrong := make([]float64, k) // of each weight
	slope := make([]float64, k) // half of that of the expected square, by each weight
	for i := range q {
		wrong[i] = float64(q[i])*scale - float64(w[i])
		for j, c := range in.second[i*k:][:k] {
			slope[j] += wrong[i] * c
		}
	}
	for range mostSweeps {
		moved := false
		for i := range q {
			step := scale
			if slope[i] > 0 {
				step = -scale
			}
			own := in.second[i*k+i]
			next := int(q[i]) + 1
			if step < 0 {
				next -= 2
			}
			// A weight stays one of the two integers around it: further off it would fit the drawings at hand and no others.
			after := wrong[i] + step
			if 2*step*slope[i]+step*step*own >= 0 || next < -127 || next > 127 || after <= -scale || after >= scale {
				continue
			}
			q[i], wrong[i], moved = int8(next), after, true
			for j, c := range in.second[i*k:][:k] {
				slope[j] += step * c
			}
		}
		if !moved {
			break
		}
	}
	mean := 0.0
	for i, v := range wrong {
		mean += v * in.mean[i]
	}
	return float32(mean)
}
