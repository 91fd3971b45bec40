package papers

import (
	"oneshot/engine/kernel"
	"oneshot/engine/train/nn"
)

// convolution is a layer without bias on planes: nn.Conv with zero padding, Valid without.
type convolution interface {
	Forward(x *nn.Plane) *nn.Plane
	Backward(dy *nn.Plane) *nn.Plane
	BackwardWeights(dy *nn.Plane)
	Params() []*nn.Param
}

// Block is a convolution, batch normalisation, ReLU and perhaps a pooling of 2x2, the brick of the Relation
// Networks. The biases of their convolutions are left out: the normalisation takes them away again.
type Block struct {
	conv convolution
	norm *nn.BatchNorm // with its ReLU
	pool *nn.MaxPool   // nil for none
}

// Statistics says what a normalisation normalises with.
type Statistics int

const (
	// OfBatch are those of the examples that are shown together: in training, and in the published tests.
	OfBatch Statistics = iota
	// Settled are those gathered from training episodes: no example sees another.
	Settled
)

// Forward returns the block's result, the block's own until the next call.
func (b *Block) Forward(x *nn.Plane, s Statistics) *nn.Plane {
	x = normalise(b.norm, b.conv.Forward(x), s)
	if b.pool != nil {
		x = b.pool.Forward(x)
	}
	return x
}

// Backward returns the gradient of the input of the last Forward; dy is overwritten.
func (b *Block) Backward(dy *nn.Plane) *nn.Plane { return b.conv.Backward(b.before(dy)) }

// BackwardWeights is Backward without the gradient of the input: enough for a first layer.
func (b *Block) BackwardWeights(dy *nn.Plane) { b.conv.BackwardWeights(b.before(dy)) }

// before takes the gradient back to the result of the convolution.
func (b *Block) before(dy *nn.Plane) *nn.Plane {
	if b.pool != nil {
		dy = b.pool.Backward(dy)
	}
	return b.norm.Backward(dy)
}

// Params returns what is learned.
func (b *Block) Params() []*nn.Param { return append(b.conv.Params(), b.norm.Params()...) }

// twin returns a block with the same parameters and statistics of its own.
func (b *Block) twin() *Block {
	t := &Block{conv: twinConvolution(b.conv), norm: twinNorm(b.norm)}
	if b.pool != nil {
		t.pool = &nn.MaxPool{}
	}
	return t
}

func twinConvolution(c convolution) convolution {
	switch c := c.(type) {
	case *nn.Conv:
		return &nn.Conv{In: c.In, Out: c.Out, Size: c.Size, W: c.W}
	case *Valid:
		return &Valid{In: c.In, Out: c.Out, Size: c.Size, W: c.W}
	}
	panic("papers: a convolution without a twin")
}

func twinNorm(b *nn.BatchNorm) *nn.BatchNorm {
	t := nn.NewBatchNorm("", len(b.Mean))
	t.Gamma, t.Beta, t.ReLU = b.Gamma, b.Beta, b.ReLU
	return t
}

// rectifiedNorm is a batch normalisation with a ReLU after it.
func rectifiedNorm(name string, channels int) *nn.BatchNorm {
	b := nn.NewBatchNorm(name, channels)
	b.ReLU = true
	return b
}

// normalise applies b and its ReLU to x, in place if the statistics are settled.
func normalise(b *nn.BatchNorm, x *nn.Plane, s Statistics) *nn.Plane {
	if s == OfBatch {
		return b.Forward(x)
	}
	scale, shift := b.Fold()
	nn.Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range x.H {
				kernel.ScaleShiftReLUF32(x.Row(i, y), x.Row(i, y), scale, shift)
			}
		}
	})
	return x
}
