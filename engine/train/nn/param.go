package nn

import (
	"math"
	"math/rand/v2"

	"gorgonia.org/tensor"
)

// Param is a learned array with its gradient.
type Param struct {
	Name  string
	T, G  *tensor.Dense
	Value []float32 // the backing array of T
	Grad  []float32 // the backing array of G; layers add to it, the optimiser clears it
	Decay bool      // whether weight decay applies: weights yes, biases and scales no
}

// NewParam returns a parameter of zeros. Weights (two or more dimensions) decay, others do not.
func NewParam(name string, dims ...int) *Param {
	n := tensor.Shape(dims).TotalSize()
	p := &Param{Name: name, Value: make([]float32, n), Grad: make([]float32, n), Decay: len(dims) > 1}
	p.T = tensor.New(tensor.WithShape(dims...), tensor.WithBacking(p.Value))
	p.G = tensor.New(tensor.WithShape(dims...), tensor.WithBacking(p.Grad))
	return p
}

// Fill sets every value.
func (p *Param) Fill(v float32) {
	for i := range p.Value {
		p.Value[i] = v
	}
}

// HeNormal draws every value from a normal distribution of variance 2/fanIn (He et al. 2015, arXiv:1502.01852).
func (p *Param) HeNormal(r *rand.Rand, fanIn int) {
	std := math.Sqrt(2 / float64(fanIn))
	for i := range p.Value {
		p.Value[i] = float32(r.NormFloat64() * std)
	}
}
