package engine

import (
	"math"
	"strconv"
	"testing"

	"oneshot/engine/prep"
	"oneshot/weights"
)

// MaxEmbeddingError bounds |int8 - float| of an embedding, relative to the float embedding's length,
// where both compute with the same (dequantised) weights: what is left is the rounding of
// activations to one in 4095 and of biases.
const MaxEmbeddingError = 0.003

// MaxLogitError bounds the same difference of the relation head's logit, in units of the logit, for
// random models whose last weights have a standard deviation of 8.
const MaxLogitError = 0.04

// MaxCosineError bounds |integer - float| of a cosine to a prototype of the same int16 embeddings.
const MaxCosineError = 1e-5

// oracle is the network as its formulas stand in the papers: float64, no packing, no speed. It reads
// a float32 model or dequantises an int8 one, and remembers the largest activation of each tensor.
type oracle struct {
	t     testing.TB
	arch  Arch
	model *weights.Model
	top   map[string]float64
}

func newOracle(t testing.TB, m *weights.Model) *oracle {
	t.Helper()
	a, err := ParseArch(m.Arch)
	if err != nil {
		t.Fatal(err)
	}
	return &oracle{t: t, arch: a, model: m, top: map[string]float64{}}
}

// values returns a tensor as real numbers.
func (o *oracle) values(name string) []float64 {
	o.t.Helper()
	x := o.model.Tensor(name)
	if x == nil {
		o.t.Fatalf("no tensor %q", name)
	}
	f := make([]float64, x.Elements())
	for i, v := range x.F32 {
		f[i] = float64(v)
	}
	if x.I8 != nil {
		base, _ := suffix(name, ".weight")
		scale := o.values(base + ".scale")
		fan := len(f) / len(scale)
		for i, v := range x.I8 {
			f[i] = float64(v) * scale[i/fan]
		}
	}
	return f
}

// seen remembers the range of an activation tensor.
func (o *oracle) seen(name string, x []float64) {
	for _, v := range x {
		o.top[name] = max(o.top[name], v)
	}
}

// tensor is a (H, W, C) array.
type tensor struct {
	h, w, c int
	x       []float64
}

func newTensor(h, w, c int) tensor { return tensor{h, w, c, make([]float64, h*w*c)} }

func (a tensor) at(y, x, c int) float64 { return a.x[(y*a.w+x)*a.c+c] }

// pooled is a 2x2 max pool.
func (a tensor) pooled() tensor {
	p := newTensor(a.h/2, a.w/2, a.c)
	for y := range p.h {
		for x := range p.w {
			for c := range p.c {
				p.x[(y*p.w+x)*p.c+c] = max(a.at(2*y, 2*x, c), a.at(2*y, 2*x+1, c),
					a.at(2*y+1, 2*x, c), a.at(2*y+1, 2*x+1, c))
			}
		}
	}
	return p
}

// inner leaves out the rim, where the padding of a convolution had a share.
func (a tensor) inner() tensor {
	p := newTensor(a.h-2, a.w-2, a.c)
	for y := range p.h {
		copy(p.x[y*p.w*p.c:][:p.w*p.c], a.x[((y+1)*a.w+1)*a.c:])
	}
	return p
}

// conv is a k x k convolution with zero padding and bias.
func (o *oracle) conv(name string, in tensor, k int) tensor {
	w, bias := o.values(name+".weight"), o.values(name+".bias")
	out := newTensor(in.h, in.w, len(bias))
	for y := range in.h {
		for x := range in.w {
			pixel := out.x[(y*in.w+x)*out.c:][:out.c]
			copy(pixel, bias)
			for ky := range k {
				for kx := range k {
					sy, sx := y+ky-k/2, x+kx-k/2
					if sy < 0 || sx < 0 || sy >= in.h || sx >= in.w {
						continue
					}
					for i, v := range in.x[(sy*in.w+sx)*in.c:][:in.c] {
						for c := range pixel {
							pixel[c] += v * w[((c*in.c+i)*k+ky)*k+kx]
						}
					}
				}
			}
		}
	}
	return out
}

func relu(x []float64) {
	for i, v := range x {
		x[i] = max(v, 0)
	}
}

// embed returns the (H, W, C) embedding.
func (o *oracle) embed(in *prep.Input) []float64 {
	a := newTensor(prep.Side, prep.Side, 1)
	for i, v := range in {
		a.x[i] = float64(v) / 255
	}
	for i, st := range o.arch.Stages {
		name := "encoder." + strconv.Itoa(i)
		switch st.Kind {
		case Conv:
			a = o.conv(name, a, 3)
			relu(a.x)
			o.seen(name, a.x)
		case Residual:
			inner := o.conv(name+".a", a, 3)
			relu(inner.x)
			o.seen(name+".a", inner.x)
			skip := o.conv(name+".skip", a, 1)
			a = o.conv(name+".b", inner, 3)
			for i, v := range skip.x {
				a.x[i] += v
			}
			relu(a.x)
			o.seen(name, a.x)
		case Pool:
			a = a.pooled()
		case Valid:
			a = o.conv(name, a, 3).inner()
			relu(a.x)
			o.seen(name, a.x)
		case Root:
			for i, v := range a.x {
				a.x[i] = math.Sqrt(v+0.01) - 0.1
			}
		}
	}
	return a.x
}

func unitOf(e []float64) []float64 {
	var sum float64
	for _, v := range e {
		sum += v * v
	}
	u := make([]float64, len(e))
	for i, v := range e {
		u[i] = v / math.Sqrt(sum)
	}
	return u
}

// relate returns the relation head's logit for a class with one shot s, or the sum of several, and the query q.
func (o *oracle) relate(s, q []float64) float64 {
	h, w, c := o.arch.EmbeddingDims()
	if !o.arch.Relation.Sum {
		s, q = unitOf(s), unitOf(q)
		o.seen("relation.embedding", s)
		o.seen("relation.embedding", q)
	}
	pair := newTensor(h, w, 2*c)
	for i := range h * w {
		copy(pair.x[i*2*c:], s[i*c:][:c])
		copy(pair.x[i*2*c+c:], q[i*c:][:c])
	}
	side := 3
	if o.arch.Relation.Pointwise {
		side = 1
	}
	a := o.conv("relation.0", pair, side)
	relu(a.x)
	o.seen("relation.0", a.x)
	if o.arch.Relation.Pool {
		a = a.pooled()
	}
	a = o.conv("relation.1", a, 3)
	relu(a.x)
	o.seen("relation.1", a.x)
	if o.arch.Relation.Pool {
		a = a.pooled()
	}
	d := o.dense("relation.2", a.x)
	relu(d)
	o.seen("relation.2", d)
	return o.dense("relation.3", d)[0]
}

func (o *oracle) dense(name string, in []float64) []float64 {
	w, bias := o.values(name+".weight"), o.values(name+".bias")
	for c := range bias {
		for i, v := range in {
			bias[c] += v * w[c*len(in)+i]
		}
	}
	return bias
}

// embedded returns the int8 network's embedding in real units.
func embedded(n *Network, m *weights.Model, in *prep.Input) (q []int16, real []float64) {
	q = make([]int16, n.EmbeddingLen())
	n.Embed(q, in)
	last, root := len(n.arch.Stages)-1, false
	for ; n.arch.Stages[last].Out == 0; last-- {
		root = root || n.arch.Stages[last].Kind == Root
	}
	step := float64(m.Tensor("encoder." + strconv.Itoa(last) + ".range").F32[0]) / ActivationMax
	if root {
		step = (math.Sqrt(ActivationMax*step+0.01) - 0.1) / ActivationMax
	}
	for _, v := range q {
		real = append(real, float64(v)*step)
	}
	return q, real
}

// The int8 network is the float network up to the rounding of activations.
func TestNetworkMatchesOracle(t *testing.T) {
	for _, arch := range []string{plainArch, residualArch, sungArch, sumArch} {
		for seed := range uint64(2) {
			m := randomModel(t, arch, seed)
			n, err := NewNetwork(m)
			if err != nil {
				t.Fatal(err)
			}
			o := newOracle(t, m)
			clf, err := NewClassifier(n, Relation)
			if err != nil {
				t.Fatal(err)
			}
			// Calibrated on these inputs, so that no activation is cut off.
			support, query := scrawl(1000+seed), scrawl(1003+seed)
			for _, in := range []*prep.Input{support, query} {
				_, got := embedded(n, m, in)
				want := o.embed(in)
				if d := distance(got, want); d > MaxEmbeddingError {
					t.Errorf("%q, model %d: embedding is off by %.5f of its length, at most %v", arch, seed, d, MaxEmbeddingError)
				} else {
					t.Logf("embedding error %.5f", d)
				}
			}
			if _, err := clf.Add("a", *support); err != nil {
				t.Fatal(err)
			}
			e, _ := embedded(n, m, query)
			clf.scorer.ask(clf.classes, e, norm(e))
			got, want := clf.scorer.logit(clf.classes[0]), o.relate(o.embed(support), o.embed(query))
			if math.Abs(got-want) > MaxLogitError {
				t.Errorf("%q, model %d: relation logit %.4f, oracle %.4f", arch, seed, got, want)
			} else {
				t.Logf("logit %.4f, oracle %.4f", got, want)
			}
		}
	}
}

// The prototype head is the cosine to the renormalised mean of unit vectors, however many shots.
func TestPrototypeMatchesOracle(t *testing.T) {
	m := randomModel(t, residualArch, 4)
	n, err := NewNetwork(m)
	if err != nil {
		t.Fatal(err)
	}
	query, q := embedded(n, m, scrawl(50))
	q = unitOf(q)
	for shots := 1; shots <= 7; shots++ {
		c := newClassifier(t, n, Prototype)
		mean := make([]float64, len(q))
		for i := range shots {
			e, real := embedded(n, m, scrawl(uint64(i)))
			if _, err := c.AddEmbedding("a", e); err != nil {
				t.Fatal(err)
			}
			for i, v := range unitOf(real) {
				mean[i] += v / float64(shots)
			}
		}
		var want float64
		for i, v := range unitOf(mean) {
			want += v * q[i]
		}
		got, err := c.ClassifyEmbedding(query)
		if err != nil {
			t.Fatal(err)
		}
		if d := math.Abs(float64(got.Ranking[0].Score) - want); d > MaxCosineError {
			t.Errorf("%d shots: score %v, oracle %v", shots, got.Ranking[0].Score, want)
		} else {
			t.Logf("%d shots: off by %.1e", shots, d)
		}
	}
}

// distance returns |a-b| / |b|.
func distance(a, b []float64) float64 {
	var d, l float64
	for i, v := range b {
		d += (a[i] - v) * (a[i] - v)
		l += v * v
	}
	return math.Sqrt(d / l)
}
