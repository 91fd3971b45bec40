package nn

import "math"

// AdamW is Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101).
type AdamW struct {
	Beta1, Beta2, Epsilon, Decay float64
	Steps                        int

	params []*Param
	m, v   [][]float32
}

// NewAdamW returns the optimiser of params with betas 0.9 and 0.999.
func NewAdamW(params []*Param, decay float64) *AdamW {
	o := &AdamW{Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Decay: decay, params: params}
	for _, p := range params {
		o.m = append(o.m, make([]float32, len(p.Value)))
		o.v = append(o.v, make([]float32, len(p.Value)))
	}
	return o
}

// Step moves every parameter against its gradient at learning rate lr and clears the gradients.
func (o *AdamW) Step(lr float64) {
	o.Steps++
	c1 := 1 - math.Pow(o.Beta1, float64(o.Steps))
	c2 := 1 - math.Pow(o.Beta2, float64(o.Steps))
	b1, b2 := float32(o.Beta1), float32(o.Beta2)
	rate, root, eps := float32(lr/c1), float32(1/math.Sqrt(c2)), float32(o.Epsilon)
	for i, p := range o.params {
		keep := float32(1)
		if p.Decay {
			keep = float32(1 - lr*o.Decay)
		}
		m, v := o.m[i], o.v[i]
		for j, g := range p.Grad {
			m[j] = b1*m[j] + (1-b1)*g
			v[j] = b2*v[j] + (1-b2)*g*g
			p.Value[j] = keep*p.Value[j] - rate*m[j]/(float32(math.Sqrt(float64(v[j])))*root+eps)
			p.Grad[j] = 0
		}
	}
}

// Moments returns the running averages of the gradients and of their squares, in the order of the
// parameters: what a checkpoint keeps.
func (o *AdamW) Moments() (m, v [][]float32) { return o.m, o.v }
