package nn

import (
	"math"

	"oneshot/engine/kernel"
)

// bnEpsilon keeps a channel that never varies from dividing by zero.
const bnEpsilon = 1e-5

// BatchNorm normalises each channel to mean 0 and variance 1 over the batch, then scales and shifts it
// (Ioffe and Szegedy 2015, arXiv:1502.03167).
//
// In training it uses the batch's statistics. What is shipped is folded with statistics of
// training images gathered by Observe: a live page has one query, never a batch.
type BatchNorm struct {
	Gamma, Beta *Param
	Mean, Var   []float32 // statistics that Fold uses

	// ReLU clamps the result at zero in the same pass.
	ReLU bool

	x, y         *Plane
	mean, inv    []float32
	scale, shift []float32   // y = x*scale + shift in this batch
	k, p, q      []float32   // dx = k*dy + p*x + q in this batch
	sums         [][]float64 // two sums a channel, one slice a shard
	seen         int
	sumM, sumV   []float64
}

// NewBatchNorm returns the identity on c channels.
func NewBatchNorm(name string, c int) *BatchNorm {
	b := &BatchNorm{Gamma: NewParam(name+".gamma", c), Beta: NewParam(name+".beta", c)}
	b.Gamma.Fill(1)
	for _, v := range []*[]float32{&b.Mean, &b.Var, &b.mean, &b.inv, &b.scale, &b.shift, &b.k, &b.p, &b.q} {
		*v = make([]float32, c)
	}
	for i := range b.Var {
		b.Var[i] = 1
	}
	b.sumM, b.sumV = make([]float64, c), make([]float64, c)
	b.sums = make([][]float64, Shards())
	for s := range b.sums {
		b.sums[s] = make([]float64, 2*c)
	}
	return b
}

// begin forgets the sums of the last pass.
func (b *BatchNorm) begin() {
	for _, s := range b.sums {
		clear(s)
	}
}

// gather adds to a shard's sums what add accumulates over the rows of some images: first in float32, then in float64.
func (b *BatchNorm) gather(shard, lo, hi int, add func(i, y int, s0, s1 []float32)) {
	c := len(b.mean)
	part := make([]float32, 2*c)
	for i := lo; i < hi; i++ {
		clear(part)
		for y := range b.x.H {
			add(i, y, part[:c], part[c:])
		}
		for j, v := range part {
			b.sums[shard][j] += float64(v)
		}
	}
}

// total adds up the shards.
func (b *BatchNorm) total() (s0, s1 []float64) {
	for _, s := range b.sums[1:] {
		for j, v := range s {
			b.sums[0][j] += v
		}
	}
	c := len(b.mean)
	return b.sums[0][:c], b.sums[0][c:]
}

// Forward normalises x with its own statistics. The result is the layer's own until the next call.
func (b *BatchNorm) Forward(x *Plane) *Plane {
	b.begin()
	b.x = x
	Parallel(x.N, b.observe)
	return b.normalise()
}

// after returns the normalisation of what a convolution computes from x, taking its statistics on the way.
func (b *BatchNorm) after(c *Conv, x *Plane) *Plane {
	b.begin()
	b.x = fit(c.y, x.N, x.H, x.W, c.Out)
	c.y = b.x
	c.forward(x, b.observe)
	return b.normalise()
}

// observe adds images of x to the sums.
func (b *BatchNorm) observe(shard, lo, hi int) {
	b.gather(shard, lo, hi, func(i, y int, s0, s1 []float32) { kernel.AddMomentsF32(s0, s1, b.x.Row(i, y)) })
}

// normalise computes y from x and the sums.
func (b *BatchNorm) normalise() *Plane {
	x := b.x
	b.y = fit(b.y, x.N, x.H, x.W, x.C)
	count := float64(x.N * x.H * x.W)
	sum, square := b.total()
	for j := range b.mean {
		m := sum[j] / count
		v := max(0, square[j]/count-m*m)
		b.mean[j], b.inv[j] = float32(m), float32(1/math.Sqrt(v+bnEpsilon))
		b.sumM[j] += m
		b.sumV[j] += v
		b.scale[j] = b.Gamma.Value[j] * b.inv[j]
		b.shift[j] = b.Beta.Value[j] - b.mean[j]*b.scale[j]
	}
	b.seen++
	apply := kernel.ScaleShiftF32
	if b.ReLU {
		apply = kernel.ScaleShiftReLUF32
	}
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range x.H {
				apply(b.y.Row(i, y), x.Row(i, y), b.scale, b.shift)
			}
		}
	})
	return b.y
}

// Backward turns dy, the gradient of the output, into the gradient of the input, in place, and returns it.
func (b *BatchNorm) Backward(dy *Plane) *Plane {
	b.reduce(dy)
	Parallel(dy.N, func(_, lo, hi int) { b.combine(dy, lo, hi) })
	return dy
}

// before returns the gradient of what the convolution c was given, turning dy on the way.
func (b *BatchNorm) before(c *Conv, dy *Plane) *Plane {
	b.reduce(dy)
	return c.backward(dy, func(_, lo, hi int) { b.combine(dy, lo, hi) })
}

// beforeWeights is before for a convolution of images, which need no gradient.
func (b *BatchNorm) beforeWeights(c *Conv, dy *Plane) {
	b.reduce(dy)
	c.backwardWeights(dy, func(_, lo, hi int) { b.combine(dy, lo, hi) })
}

// reduce adds to the gradients of Gamma and Beta and finds how dx depends on dy and x.
func (b *BatchNorm) reduce(dy *Plane) {
	b.begin()
	add := func(i, y int, s0, s1 []float32) {
		kernel.AddProductsF32(s0, s1, dy.Row(i, y), b.x.Row(i, y), b.mean)
	}
	if b.ReLU {
		add = func(i, y int, s0, s1 []float32) {
			kernel.AddReLUProductsF32(s0, s1, dy.Row(i, y), b.x.Row(i, y), b.mean, b.scale, b.shift)
		}
	}
	Parallel(dy.N, func(s, lo, hi int) { b.gather(s, lo, hi, add) })
	dBeta, dGamma := b.total()
	count := float32(dy.N * dy.H * dy.W)
	// dx = k*dy - k*mean(dy) - k*inv^2*(x-mean)*mean(dy*(x-mean)), with k = gamma*inv: per channel, dx = k*dy + p*x + q.
	for j := range b.k {
		b.Beta.Grad[j] += float32(dBeta[j])
		b.Gamma.Grad[j] += float32(dGamma[j]) * b.inv[j]
		b.k[j] = b.Gamma.Value[j] * b.inv[j]
		b.p[j] = -b.k[j] * b.inv[j] * b.inv[j] * float32(dGamma[j]) / count
		b.q[j] = -b.k[j]*float32(dBeta[j])/count - b.p[j]*b.mean[j]
	}
}

// combine turns images of dy into the gradient of x.
func (b *BatchNorm) combine(dy *Plane, lo, hi int) {
	for i := lo; i < hi; i++ {
		for y := range dy.H {
			if b.ReLU {
				kernel.CombineReLUF32(dy.Row(i, y), b.x.Row(i, y), b.k, b.p, b.q, b.scale, b.shift)
			} else {
				kernel.CombineF32(dy.Row(i, y), b.x.Row(i, y), b.k, b.p, b.q)
			}
		}
	}
}

// Observe forgets what Forward has gathered; after some forward passes, Settle averages what they saw.
func (b *BatchNorm) Observe() {
	b.seen = 0
	clear(b.sumM)
	clear(b.sumV)
}

// Settle sets Mean and Var to the averages over the passes since Observe.
func (b *BatchNorm) Settle() {
	for j := range b.Mean {
		b.Mean[j] = float32(b.sumM[j] / float64(b.seen))
		b.Var[j] = float32(b.sumV[j] / float64(b.seen))
	}
}

// Fold returns what inference multiplies and adds: y = x*scale + shift with the settled statistics.
func (b *BatchNorm) Fold() (scale, shift []float32) {
	scale, shift = make([]float32, len(b.Mean)), make([]float32, len(b.Mean))
	for j := range scale {
		scale[j] = b.Gamma.Value[j] / float32(math.Sqrt(float64(b.Var[j])+bnEpsilon))
		shift[j] = b.Beta.Value[j] - b.Mean[j]*scale[j]
	}
	return scale, shift
}

// Params returns what is learned.
func (b *BatchNorm) Params() []*Param { return []*Param{b.Gamma, b.Beta} }
