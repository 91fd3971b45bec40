package papers

import (
	"math"
	"math/rand/v2"
	"testing"

	"oneshot/engine/train/nn"
)

// Gradients are checked on L = sum of c_i*y_i with fixed random c, by central differences, relative to the larger of the
// gradient and gradFloor. Float32 sums limit the agreement.
const (
	gradStep      = 1e-2
	gradTolerance = 2e-2
	gradFloor     = 0.2
)

// numericGradient compares grad with central differences of loss at some places of value.
func numericGradient(t *testing.T, what string, r *rand.Rand, value, grad []float32, loss func() float64) {
	t.Helper()
	grad = append([]float32(nil), grad...)
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

func randomValues(r *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

func planeOf(values []float32, n, h, w, c int) *nn.Plane {
	p := nn.NewPlane(n, h, w, c)
	unflatten(p, values)
	return p
}

func dot(a, b []float32) (sum float64) {
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

// checkPlanes checks the gradients of the input and of the parameters of a layer on planes of n x h x w x c.
func checkPlanes(t *testing.T, r *rand.Rand, values []float32, n, h, w, c int, forward, backward func(*nn.Plane) *nn.Plane, params ...*nn.Param) {
	t.Helper()
	y := forward(planeOf(values, n, h, w, c))
	coefficients := randomValues(r, y.N*y.H*y.W*y.C)
	dx := flatten(nil, backward(planeOf(coefficients, y.N, y.H, y.W, y.C)))
	loss := func() float64 {
		return dot(flatten(nil, forward(planeOf(values, n, h, w, c))), coefficients)
	}
	numericGradient(t, "input", r, values, dx, loss)
	for _, p := range params {
		numericGradient(t, p.Name, r, p.Value, p.Grad, loss)
	}
}

// slopes checks the slope of loss along the whole gradient of each parameter. Single weights of a deep network are not
// comparable: a step moves many ReLUs over their kinks.
func slopes(t *testing.T, loss func() float64, params []*nn.Param) {
	t.Helper()
	for _, p := range params {
		g := append([]float32(nil), p.Grad...)
		norm := math.Sqrt(dot(g, g))
		if norm == 0 {
			t.Errorf("%s: no gradient", p.Name)
			continue
		}
		old := append([]float32(nil), p.Value...)
		const step = 2e-3
		accumulate(p.Value, g, float32(step/norm))
		up := loss()
		copy(p.Value, old)
		accumulate(p.Value, g, float32(-step/norm))
		down := loss()
		copy(p.Value, old)
		if got := (up - down) / (2 * step); math.Abs(got-norm) > 0.1*norm+1e-4 {
			t.Errorf("%s: slope along the gradient %v, by differences %v", p.Name, norm, got)
		}
	}
}

func TestValidGradient(t *testing.T) {
	for _, size := range []int{1, 3, 4, 7} {
		r := rand.New(rand.NewPCG(1, uint64(size)))
		c := NewValid("valid", 16, 32, size, r)
		checkPlanes(t, r, randomValues(r, 3*8*9*16), 3, 8, 9, 16, c.Forward, c.Backward, c.Params()...)
	}
}

// A first layer of one channel, whose rows of weights are no multiple of four.
func TestValidGradientOfAFirstLayer(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	c := NewValid("valid", 1, 16, 10, r)
	x := planeOf(randomValues(r, 2*13*12), 2, 13, 12, 1)
	y := c.Forward(x)
	coefficients := randomValues(r, y.N*y.H*y.W*y.C)
	c.BackwardWeights(planeOf(coefficients, y.N, y.H, y.W, y.C))
	numericGradient(t, "weight", r, c.W.Value, c.W.Grad, func() float64 { return dot(flatten(nil, c.Forward(x)), coefficients) })
}

// The fast product against the sum that defines it.
func TestValidIsAConvolution(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	const n, h, w, in, out, size = 2, 6, 5, 3, 16, 4
	c := NewValid("valid", in, out, size, r)
	x := planeOf(randomValues(r, n*h*w*in), n, h, w, in)
	y := c.Forward(x)
	if y.H != h-size+1 || y.W != w-size+1 {
		t.Fatalf("%d x %d of %d x %d", y.H, y.W, h, w)
	}
	for i := range n {
		for py := range y.H {
			for px := range y.W {
				for o := range out {
					want := 0.0
					for ky := range size {
						for kx := range size {
							for ch := range in {
								want += float64(x.Row(i, py+ky)[(px+kx)*in+ch]) * float64(c.W.Value[((ky*size+kx)*in+ch)*out+o])
							}
						}
					}
					if got := y.Row(i, py)[px*out+o]; math.Abs(float64(got)-want) > 1e-4 {
						t.Fatalf("output (%d, %d, %d, %d) is %v, want %v", i, py, px, o, got, want)
					}
				}
			}
		}
	}
}

func TestWideGradient(t *testing.T) {
	for _, n := range []int{2, 6} { // fewer rows than the fast product takes, and more
		r := rand.New(rand.NewPCG(4, uint64(n)))
		d := NewWide("wide", 48, 32, r)
		copy(d.B.Value, randomValues(r, 32))
		x, coefficients := randomValues(r, n*48), randomValues(r, n*32)
		d.Forward(x, n)
		dx := append([]float32(nil), d.Backward(coefficients)...)
		loss := func() float64 { return dot(d.Forward(x, n), coefficients) }
		numericGradient(t, "input", r, x, dx, loss)
		for _, p := range d.Params() {
			numericGradient(t, p.Name, r, p.Value, p.Grad, loss)
		}
	}
}

func TestActivationGradients(t *testing.T) {
	var squash Sigmoid
	var rectify Rectify
	drop := Dropout{P: 0.4}
	for name, l := range map[string]struct {
		forward, backward func([]float32) []float32
	}{
		"sigmoid": {squash.Forward, squash.Backward},
		"rectify": {rectify.Forward, rectify.Backward},
		"dropout": {func(x []float32) []float32 { return drop.Forward(x, rand.New(rand.NewPCG(5, 5))) }, drop.Backward},
	} {
		r := rand.New(rand.NewPCG(5, 1))
		x, coefficients := randomValues(r, 40), randomValues(r, 40)
		for i := range x { // away from the kink at zero
			x[i] += float32(math.Copysign(0.1, float64(x[i])))
		}
		l.forward(append([]float32(nil), x...))
		dx := l.backward(append([]float32(nil), coefficients...))
		numericGradient(t, name, r, x, dx, func() float64 { return dot(l.forward(append([]float32(nil), x...)), coefficients) })
	}
}

func TestDropoutKeepsTheMean(t *testing.T) {
	drop := Dropout{P: 0.5}
	x := make([]float32, 10_000)
	for i := range x {
		x[i] = 1
	}
	sum := 0.0
	for _, v := range drop.Forward(x, rand.New(rand.NewPCG(6, 1))) {
		if v != 0 && v != 2 {
			t.Fatalf("a value of 1 became %v, want 0 or 2", v)
		}
		sum += float64(v)
	}
	if mean := sum / float64(len(x)); math.Abs(mean-1) > 0.05 {
		t.Errorf("the mean of ones became %v", mean)
	}
}

func TestVolumeGradients(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	const n, depth, h, w, c = 2, 6, 5, 4, 3
	var stack Stack
	checkPlanes(t, r, randomValues(r, n*depth*h*w*c), n*depth, h, w, c,
		func(x *nn.Plane) *nn.Plane { return stack.Forward(x, depth) }, stack.Backward)
	var flat Flatten
	checkPlanes(t, r, randomValues(r, n*depth*h*w*c), n*depth, h, w, c,
		func(x *nn.Plane) *nn.Plane { return flat.Forward(x, depth) }, flat.Backward)
	pool := Pool3{Depth: 4, Side: 2}
	values := make([]float32, n*depth*h*w*c) // spaced, so that no difference changes which is the largest
	for i, p := range r.Perm(len(values)) {
		values[i] = float32(p) * 4 * gradStep
	}
	checkPlanes(t, r, values, n*depth, h, w, c,
		func(x *nn.Plane) *nn.Plane { y, _ := pool.Forward(x, depth); return y }, pool.Backward)
}

// Stack and a plane convolution together are a 3x3x3 convolution with zero padding, here against the sum.
func TestStackedConvolutionIsThreeDimensional(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	const n, depth, h, w, in, out = 2, 4, 3, 3, 1, 16
	var stack Stack
	conv := nn.NewConv("conv", Stacked(in), out, 3, r)
	x := planeOf(randomValues(r, n*depth*h*w*in), n*depth, h, w, in)
	y := conv.Forward(stack.Forward(x, depth))
	at := func(i, z, py, px int) float64 {
		if z < 0 || z >= depth || py < 0 || py >= h || px < 0 || px >= w {
			return 0
		}
		return float64(x.Row(i*depth+z, py)[px])
	}
	for i := range n {
		for z := range depth {
			for py := range h {
				for px := range w {
					want := 0.0
					for k := range 27 {
						dz, dy, dx := k/9, k/3%3, k%3
						want += at(i, z+dz-1, py+dy-1, px+dx-1) * float64(conv.W.Value[((dy*3+dx)*Stacked(in)+dz)*out+5])
					}
					if got := y.Row(i*depth+z, py)[px*out+5]; math.Abs(float64(got)-want) > 1e-4 {
						t.Fatalf("output (%d, %d, %d, %d) is %v, want %v", i, z, py, px, got, want)
					}
				}
			}
		}
	}
}

// The sizes that the published code notes beside its layers.
func TestPool3Shapes(t *testing.T) {
	for _, c := range []struct{ n, block, want int }{
		{28, 2, 15}, {15, 2, 8}, {8, 2, 5}, {100, 4, 25}, {25, 4, 6}, {6, 4, 2}, // of a cube of 28 x 28 x 100
		{9, 2, 5}, {1, 4, 1}, {2, 4, 1},
	} {
		if got := pooled(c.n, c.block); got != c.want {
			t.Errorf("%d values in blocks of %d: %d, want %d", c.n, c.block, got, c.want)
		}
	}
}

func TestDistanceGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	const units = 32
	d := newDistance(Koch{Units: units, Init: PaperInit}, r)
	a, b := randomValues(r, units), randomValues(r, units)
	for i := range a { // away from the kink where both agree
		a[i] += float32(math.Copysign(0.1, float64(a[i]-b[i])))
	}
	da, db := make([]float32, units), make([]float32, units)
	d.backward(a, b, da, db, 1)
	loss := func() float64 { return d.logit(a, b) }
	numericGradient(t, "first", r, a, da, loss)
	numericGradient(t, "second", r, b, db, loss)
	numericGradient(t, "alpha", r, d.Alpha.Value, d.Alpha.Grad, loss)
	numericGradient(t, "bias", r, d.Bias.Value, d.Bias.Grad, loss)
}

// The whole siamese network with its loss and penalties, end to end.
func TestKochGradient(t *testing.T) {
	k := tinyKoch()
	r := rand.New(rand.NewPCG(10, 1))
	n := &kochNet{Koch: k, twins: newTwins(k, r), distance: newDistance(k, r)}
	n.layers = append(n.twins.layers(), []*nn.Param{n.distance.Alpha, n.distance.Bias})
	for i := range n.Layers {
		n.Layers[i].L2 = 0.01
	}
	n.Batch = 4
	images := randomValues(r, 2*n.Batch*n.Side*n.Side)
	same := []bool{true, false, true, false}
	loss := func() float64 { return n.learnFrom(images, same).Loss + n.penalise() }
	loss()
	var all []*nn.Param
	for _, params := range n.layers {
		for _, p := range params {
			c := *p
			c.Grad = append([]float32(nil), p.Grad...)
			all = append(all, &c)
		}
	}
	slopes(t, loss, all)
}

// The whole Relation Networks, end to end, both normalised apart for support set and queries.
func TestRelationNetGradients(t *testing.T) {
	for name, begin := range map[string]func(t *testing.T) *relationNet{"sung": tinySungNet, "gao": tinyGaoNet} {
		t.Run(name, func(t *testing.T) {
			n := begin(t)
			n.Clip = math.Inf(1)
			// Biases of one hide the dense layer's ReLU; small weights would hide the rest from float32.
			r := rand.New(rand.NewPCG(11, 1))
			normal(n.relation.dense.W, 0, 0.3, r)
			normal(n.relation.last.W, 0, 0.5, r)
			ep := n.Episode
			n.episode(0)
			cut := ep.Way * ep.Shot
			forward := func() (float64, []float32, *nn.Plane) {
				shots := n.supporter.forward(n.images[:cut*n.size], cut, OfBatch)
				queries := n.encoder.forward(n.images[cut*n.size:], ep.Way*ep.Query, OfBatch)
				n.maps = meanMaps(n.maps, shots, ep.Shot)
				result, grad := n.squaredError(n.relation.forward(n.maps, queries, OfBatch, nil))
				return 100 * result.Loss, grad, shots
			}
			_, grad, shots := forward()
			for i := range grad {
				grad[i] *= 100
			}
			dClasses, dQueries := n.relation.backward(grad)
			dMaps := nn.NewPlane(shots.N, shots.H, shots.W, shots.C)
			for i := range shots.N {
				accumulate(dMaps.Image(i), dClasses.Image(i/ep.Shot), 1/float32(ep.Shot))
			}
			n.supporter.backward(dMaps)
			n.encoder.backward(dQueries)
			slopes(t, func() float64 { l, _, _ := forward(); return l }, append(n.encoder.params(), n.relation.params()...))
		})
	}
}
