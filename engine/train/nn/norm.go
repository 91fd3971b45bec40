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

	x, y       *Plane
	mean, inv  []float32
	sums       [][]float64 // two sums a channel, one slice a shard
	seen       int
	sumM, sumV []float64
}

// NewBatchNorm returns the identity on c channels.
func NewBatchNorm(name string, c int) *BatchNorm {
	b := &BatchNorm{Gamma: NewParam(name+".gamma", c), Beta: NewParam(name+".beta", c)}
	b.Gamma.Fill(1)
	b.Mean, b.Var = make([]float32, c), make([]float32, c)
	for i := range b.Var {
		b.Var[i] = 1
	}
	b.mean, b.inv = make([]float32, c), make([]float32, c)
	b.sumM, b.sumV = make([]float64, c), make([]float64, c)
	return b
}

// perChannel runs f over the rows of n images and returns the two sums a channel that f accumulates.
func (b *BatchNorm) perChannel(n int, f func(i int, s0, s1 []float32)) (s0, s1 []float64) {
	c := len(b.mean)
	if b.sums == nil {
		b.sums = make([][]float64, Shards())
		for s := range b.sums {
			b.sums[s] = make([]float64, 2*c)
		}
	}
	Parallel(n, func(s, lo, hi int) {
		total := b.sums[s]
		clear(total)
		part := make([]float32, 2*c)
		for i := lo; i < hi; i++ {
			clear(part)
			f(i, part[:c], part[c:])
			for j, v := range part {
				total[j] += float64(v)
			}
		}
	})
	for s := 1; s < min(Shards(), n); s++ {
		for j, v := range b.sums[s] {
			b.sums[0][j] += v
		}
	}
	return b.sums[0][:c], b.sums[0][c:]
}

// Forward normalises x with its own statistics. The result is the layer's own until the next call.
func (b *BatchNorm) Forward(x *Plane) *Plane {
	b.x, b.y = x, fit(b.y, x.N, x.H, x.W, x.C)
	count := float64(x.N * x.H * x.W)
	sum, square := b.perChannel(x.N, func(i int, s0, s1 []float32) {
		for y := range x.H {
			kernel.AddMomentsF32(s0, s1, x.Row(i, y))
		}
	})
	scale, shift := make([]float32, x.C), make([]float32, x.C)
	for j := range b.mean {
		m := sum[j] / count
		v := max(0, square[j]/count-m*m)
		b.mean[j], b.inv[j] = float32(m), float32(1/math.Sqrt(v+bnEpsilon))
		b.sumM[j] += m
		b.sumV[j] += v
		scale[j] = b.Gamma.Value[j] * b.inv[j]
		shift[j] = b.Beta.Value[j] - b.mean[j]*scale[j]
	}
	b.seen++
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range x.H {
				kernel.ScaleShiftF32(b.y.Row(i, y), x.Row(i, y), scale, shift)
			}
		}
	})
	return b.y
}

// Backward turns dy, the gradient of the output, into the gradient of the input, in place, and returns it.
func (b *BatchNorm) Backward(dy *Plane) *Plane {
	x, c := b.x, b.x.C
	dBeta, dGamma := b.perChannel(x.N, func(i int, s0, s1 []float32) {
		for y := range x.H {
			kernel.AddProductsF32(s0, s1, dy.Row(i, y), x.Row(i, y), b.mean)
		}
	})
	count := float32(x.N * x.H * x.W)
	// dx = k*dy - k*mean(dy) - k*inv^2*(x-mean)*mean(dy*(x-mean)), with k = gamma*inv: per channel, dx = k*dy + p*x + q.
	k, p, q := make([]float32, c), make([]float32, c), make([]float32, c)
	for j := range k {
		b.Beta.Grad[j] += float32(dBeta[j])
		b.Gamma.Grad[j] += float32(dGamma[j]) * b.inv[j]
		k[j] = b.Gamma.Value[j] * b.inv[j]
		p[j] = -k[j] * b.inv[j] * b.inv[j] * float32(dGamma[j]) / count
		q[j] = -k[j]*float32(dBeta[j])/count - p[j]*b.mean[j]
	}
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for y := range x.H {
				kernel.CombineF32(dy.Row(i, y), x.Row(i, y), k, p, q)
			}
		}
	})
	return dy
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
