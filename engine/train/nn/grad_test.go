package nn

import (
	"math"
	"math/rand/v2"
	"testing"

	"oneshot/engine"
)

// Gradients are checked on L = sum of c_i*y_i with fixed random c, by central differences. Float32 sums
// limit the agreement; the tolerance is relative to the larger of the gradient and gradFloor.
const (
	gradStep      = 1e-2
	gradTolerance = 2e-2
	gradFloor     = 0.2
)

// numericGradient compares grad with central differences of loss at some places of value.
func numericGradient(t *testing.T, what string, r *rand.Rand, value, grad []float32, loss func() float64) {
	t.Helper()
	for range min(12, len(value)) {
		i := r.IntN(len(value))
		old := value[i]
		value[i] = old + gradStep
		up := loss()
		value[i] = old - gradStep
		down := loss()
		value[i] = old
		want := (up - down) / (2 * gradStep)
		if math.Abs(float64(grad[i])-want) > gradTolerance*max(gradFloor, math.Abs(want)) {
			t.Errorf("%s: gradient %d is %v, by differences %v", what, i, grad[i], want)
		}
	}
}

func randomPlane(r *rand.Rand, n, h, w, c int) *Plane {
	p := NewPlane(n, h, w, c)
	for i := range n {
		for y := range h {
			for j := range p.Row(i, y) {
				p.Row(i, y)[j] = float32(r.NormFloat64())
			}
		}
	}
	return p
}

func weightedSum(p, c *Plane) (sum float64) {
	for i, v := range p.Data {
		sum += float64(v) * float64(c.Data[i])
	}
	return sum
}

// checkLayer checks the gradients of a layer's input and parameters.
func checkLayer(t *testing.T, r *rand.Rand, x *Plane, forward func(*Plane) *Plane, backward func(*Plane) *Plane, params []*Param) {
	t.Helper()
	fresh := func() *Plane { // layers may work in place
		c := NewPlane(x.N, x.H, x.W, x.C)
		copy(c.Data, x.Data)
		return c
	}
	y := forward(fresh())
	c := randomPlane(r, y.N, y.H, y.W, y.C)
	dy := NewPlane(y.N, y.H, y.W, y.C)
	copy(dy.Data, c.Data)
	dx := backward(dy)
	loss := func() float64 { return weightedSum(forward(fresh()), c) }
	inner, grad := innerValues(x, dx)
	numericGradient(t, "input", r, inner, grad, func() float64 { writeInner(x, inner); return loss() })
	writeInner(x, inner)
	for _, p := range params {
		numericGradient(t, p.Name, r, p.Value, p.Grad, loss)
	}
}

func innerValues(x, dx *Plane) (values, grads []float32) {
	for i := range x.N {
		for y := range x.H {
			values = append(values, x.Row(i, y)...)
			grads = append(grads, dx.Row(i, y)...)
		}
	}
	return values, grads
}

func writeInner(x *Plane, values []float32) {
	for i := range x.N {
		for y := range x.H {
			values = values[copy(x.Row(i, y), values):]
		}
	}
}

func TestConvGradient(t *testing.T) {
	for _, size := range []int{1, 3} {
		r := rand.New(rand.NewPCG(1, uint64(size)))
		c := NewConv("conv", 16, 32, size, r)
		checkLayer(t, r, randomPlane(r, 3, 5, 4, 16), c.Forward, c.Backward, c.Params())
	}
}

func TestInputGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	l := NewInput("input", 16, r)
	images := make([]float32, 2*7*7)
	for i := range images {
		images[i] = r.Float32()
	}
	y := l.Forward(images, 2, 7)
	c := randomPlane(r, y.N, y.H, y.W, y.C)
	l.Backward(c)
	p := l.Params()[0]
	numericGradient(t, "weight", r, p.Value[:9*16], p.Grad, func() float64 { return weightedSum(l.Forward(images, 2, 7), c) })
	for i, v := range p.Grad[9*16:] {
		if v != 0 {
			t.Fatalf("tap %d past the neighbourhood has gradient %v", i, v)
		}
	}
}

func TestInputIsAPaddedConvolution(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	l := NewInput("input", 16, r)
	img := make([]float32, 5*5)
	img[0], img[6] = 1, 2 // corner and (1,1)
	y := l.Forward(img, 1, 5)
	w := l.Params()[0].Value
	want := w[4*16+3] + 2*w[8*16+3] // at (0,0): the centre tap sees the corner, tap (2,2) sees (1,1)
	if got := y.Row(0, 0)[3]; math.Abs(float64(got-want)) > 1e-5 {
		t.Errorf("output (0,0,3) = %v, want %v", got, want)
	}
}

func TestBatchNormGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	b := NewBatchNorm("norm", 8)
	for i := range b.Gamma.Value {
		b.Gamma.Value[i], b.Beta.Value[i] = 0.5+r.Float32(), r.Float32()
	}
	checkLayer(t, r, randomPlane(r, 4, 3, 3, 8), b.Forward, b.Backward, b.Params())
}

func TestBatchNormFold(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 2))
	b := NewBatchNorm("norm", 4)
	b.Gamma.Value[1], b.Beta.Value[1] = 2, -1
	x := randomPlane(r, 16, 4, 4, 4)
	b.Observe()
	y := b.Forward(x)
	b.Settle()
	scale, shift := b.Fold()
	for j, v := range y.Row(3, 2) {
		want := x.Row(3, 2)[j]*scale[j%4] + shift[j%4]
		if math.Abs(float64(v-want)) > 1e-4 {
			t.Errorf("folded value %d is %v, normalised %v", j, want, v)
		}
	}
}

func TestPoolAndReLUGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	var pool MaxPool
	checkLayer(t, r, distinct(randomPlane(r, 2, 5, 7, 3)), pool.Forward, pool.Backward, nil)
	var relu ReLU
	checkLayer(t, r, distinct(randomPlane(r, 2, 3, 3, 4)), relu.Forward, relu.Backward, nil)
}

func TestRootGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	x := randomPlane(r, 2, 3, 4, 5)
	for i, v := range x.Data {
		x.Data[i] = 0.1 + v*v // nearer to zero the root bends too much for differences
	}
	var root Root
	checkLayer(t, r, x, root.Forward, root.Backward, nil)
}

// distinct spaces the values of p by 10 steps, so that no difference quotient crosses a kink.
func distinct(p *Plane) *Plane {
	k := -p.N * p.H * p.W * p.C / 2
	for i := range p.N {
		for y := range p.H {
			for j := range p.Row(i, y) {
				p.Row(i, y)[j] = (float32(k) + 0.5) * 10 * gradStep
				k++
			}
		}
	}
	rand.New(rand.NewPCG(9, 9)).Shuffle(p.N*p.H*p.W*p.C, func(a, b int) {
		x, y := place(p, a), place(p, b)
		*x, *y = *y, *x
	})
	return p
}

func place(p *Plane, k int) *float32 {
	row, at := k/(p.W*p.C), k%(p.W*p.C)
	return &p.Row(row/p.H, row%p.H)[at]
}

func TestUnitGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	x := randomPlane(r, 3, 2, 2, 4)
	var u Unit
	c := randomF32(r, len(u.Forward(x)))
	dx := u.Backward(c)
	values, grads := innerValues(x, dx)
	numericGradient(t, "embedding", r, values, grads, func() float64 {
		writeInner(x, values)
		return float64(Dot(u.Forward(x), c))
	})
}

func randomF32(r *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

func TestPrototypeLossGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	ep, d := Layout{Way: 4, Shot: 2, Query: 3}, 8
	l := NewPrototypeLoss(0.1)
	u := randomF32(r, ep.Images()*d)
	_, g := l.Forward(u, d, ep)
	grad, dT := append([]float32(nil), g...), append([]float32(nil), l.LogT.Grad...)
	loss := func() float64 { res, _ := l.Forward(u, d, ep); return res.Loss }
	numericGradient(t, "embeddings", r, u, grad, loss)
	numericGradient(t, "temperature", r, l.LogT.Value, dT, loss)
}

// The whole encoder, end to end, in a size that differences can follow: one number that a wrong sign, a lost
// branch or an overwritten buffer anywhere would change.
func TestEncoderGradient(t *testing.T) {
	arch, err := engine.ParseArch("conv 16, pool, residual 16, pool, conv 16, pool")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 1))
	e := NewEncoder(arch, r)
	const n = 6
	images := make([]float32, n*28*28)
	for i := range images {
		images[i] = r.Float32()
	}
	var u Unit
	c := randomF32(r, len(u.Forward(e.Forward(images, n))))
	e.Backward(u.Backward(c))
	loss := func() float64 { return float64(Dot(u.Forward(e.Forward(images, n)), c)) }
	slopes(t, loss, e.Params())
}

func TestAdamWTakesTheFirstStepAtFullRate(t *testing.T) {
	w, b := NewParam("w", 2, 1), NewParam("b", 1)
	w.Fill(1)
	b.Fill(1)
	o := NewAdamW([]*Param{w, b}, 0.1)
	w.Grad[0], b.Grad[0] = 5, -0.01
	o.Step(0.01)
	// Adam's first step is lr*sign(g); weights also decay by lr*decay.
	for i, want := range []float64{0.999 - 0.01, 0.999} {
		if math.Abs(float64(w.Value[i])-want) > 1e-5 {
			t.Errorf("weight %d is %v, want %v", i, w.Value[i], want)
		}
	}
	if math.Abs(float64(b.Value[0])-1.01) > 1e-5 || w.Grad[0] != 0 {
		t.Errorf("bias %v, want 1.01; gradient left %v", b.Value[0], w.Grad[0])
	}
}

func TestDenseGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	d := NewDense("dense", 7, 3, r)
	x := randomF32(r, 5*7)
	c := randomF32(r, len(d.Forward(x, 5)))
	dx := append([]float32(nil), d.Backward(c)...)
	loss := func() float64 { return float64(Dot(d.Forward(x, 5), c)) }
	numericGradient(t, "input", r, x, dx, loss)
	for _, p := range d.Params() {
		numericGradient(t, p.Name, r, p.Value, p.Grad, loss)
	}
}

// From unit embeddings through the pair network to the squared error, and back.
func TestRelationGradient(t *testing.T) {
	checkRelation(t, engine.RelationArch{Pair: 16, Conv: 16, Dense: 4})
	checkRelation(t, engine.RelationArch{Pair: 16, Conv: 16, Dense: 4, Pointwise: true})
}

func checkRelation(t *testing.T, arch engine.RelationArch) {
	t.Helper()
	r := rand.New(rand.NewPCG(9, 1))
	ep := Layout{Way: 3, Shot: 2, Query: 2}
	const h, w, c = 3, 3, 16
	m := NewRelation(arch, h, w, c, r)
	var maps Maps
	var mse RelationLoss
	u := randomF32(r, ep.Images()*h*w*c)
	for i := range u {
		u[i] /= 12
	}
	forward := func() (Result, []float32) {
		maps.Fill(u, h, w, c, ep)
		return mse.Forward(m.Forward(maps.Classes, maps.Queries), ep)
	}
	_, g := forward()
	du := make([]float32, len(u))
	dc, dq := m.Backward(g)
	maps.Backward(du, dc, dq, ep)
	slopes(t, func() float64 { res, _ := forward(); return res.Loss }, append(m.Params(), &Param{Name: "embeddings", Value: u, Grad: du}))
}

// slopes checks the slope of loss along the whole gradient of each parameter. Single weights of a deep network are not
// comparable: a step moves many ReLUs over their kinks.
func slopes(t *testing.T, loss func() float64, params []*Param) {
	t.Helper()
	for _, p := range params {
		norm := math.Sqrt(float64(Dot(p.Grad, p.Grad)))
		if norm == 0 {
			t.Errorf("%s: no gradient", p.Name)
			continue
		}
		old := append([]float32(nil), p.Value...)
		const step = 2e-3
		axpy(p.Value, float32(step/norm), p.Grad)
		up := loss()
		copy(p.Value, old)
		axpy(p.Value, float32(-step/norm), p.Grad)
		down := loss()
		copy(p.Value, old)
		if got := (up - down) / (2 * step); math.Abs(got-norm) > 0.1*norm+1e-4 {
			t.Errorf("%s: slope along the gradient %v, by differences %v", p.Name, norm, got)
		}
	}
}
