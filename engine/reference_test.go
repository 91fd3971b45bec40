package engine

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"oneshot/engine/kernel"
	"oneshot/engine/prep"
	"oneshot/weights"
)

// reference is the integer network put together from the plain kernels and the formulas of the
// contract: unpacked weights, an unsplit pair convolution, one loop per step.
type reference struct {
	model *weights.Model
	arch  Arch
}

// requantised turns the sums of one layer into activations.
func (r *reference) requantised(name string, acc []int32, in source, outScale float64, lo, hi int64) []int16 {
	scale := r.model.Tensor(name + ".scale").F32
	bias := r.model.Tensor(name + ".bias").F32
	out := make([]int16, len(acc))
	for i, v := range acc {
		o := i % len(scale)
		step := in.scale * float64(scale[o])
		frac, exp := math.Frexp(step / outScale)
		mult, shift := int64(math.Round(frac*(1<<31))), 31-exp
		b := int64(math.Round(float64(bias[o]) / step))
		q := ((int64(v)+b)*mult + 1<<(shift-1)) >> shift
		out[i] = int16(min(max(q, lo), hi))
	}
	return out
}

// bordered puts an (H, W, C) array into a plane.
func bordered(x []int16, h, w, c int) []int16 {
	p := plane(h, w, c)
	for y := range h {
		copy(p[((y+1)*(w+2)+1)*c:], x[y*w*c:][:w*c])
	}
	return p
}

func (r *reference) conv(name string, x []int16, s kernel.Shape) []int32 {
	acc := make([]int32, s.H*s.W*s.Out)
	w := r.model.Tensor(name + ".weight")
	if len(x) == (s.H+2)*(s.W+2)*s.In {
		kernel.Conv3x3PartRef(acc, bordered(x, s.H+2, s.W+2, s.In), w.I8, s, s.Inner())
	} else if w.Dims[2] == 3 {
		kernel.Conv3x3Ref(acc, bordered(x, s.H, s.W, s.In), w.I8, s)
	} else {
		kernel.Conv1x1Ref(acc, bordered(x, s.H, s.W, s.In), w.I8, s)
	}
	return acc
}

func (r *reference) activations(name string) source {
	return activations(float64(r.model.Tensor(name + ".range").F32[0]))
}

// stages returns the output (H, W, C) of every stage.
func (r *reference) stages(in *prep.Input) [][]int16 {
	x := make([]int16, len(in))
	for i, v := range in {
		x[i] = int16(v)
	}
	s := kernel.Shape{H: prep.Side, W: prep.Side, In: 1}
	src := source{scale: 1.0 / 255}
	var all [][]int16
	for i, st := range r.arch.Stages {
		name := "encoder." + strconv.Itoa(i)
		s.Out = st.Out
		switch st.Kind {
		case Conv:
			out := r.activations(name)
			x = r.requantised(name, r.conv(name, x, s), src, out.scale, 0, 4095)
			src, s.In = out, st.Out
		case Residual:
			inner, out := r.activations(name+".a"), r.activations(name)
			second := s
			second.In = s.Out
			a := r.requantised(name+".a", r.conv(name+".a", x, s), src, inner.scale, 0, 4095)
			b := r.requantised(name+".b", r.conv(name+".b", a, second), inner, out.scale, -32767, 32767)
			skip := r.requantised(name+".skip", r.conv(name+".skip", x, s), src, out.scale, -32767, 32767)
			for i, v := range skip {
				b[i] = int16(min(max(int32(b[i])+int32(v), 0), 4095))
			}
			x, src, s.In = b, out, st.Out
		case Pool:
			x = pooledRef(x, s.H, s.W, s.In)
			s.H, s.W = s.H/2, s.W/2
		case Valid:
			out := r.activations(name)
			s.H, s.W = s.H-2, s.W-2
			x = r.requantised(name, r.conv(name, x, s), src, out.scale, 0, 4095)
			src, s.In = out, st.Out
		case Root:
			y := make([]int16, len(x))
			full := math.Sqrt(4095*src.scale+0.01) - 0.1
			for i, q := range x {
				y[i] = int16(math.Round(4095 * (math.Sqrt(float64(q)*src.scale+0.01) - 0.1) / full))
			}
			x = y
		}
		all = append(all, x)
	}
	return all
}

// pooledRef is a 2x2 max pool of an (H, W, C) array.
func pooledRef(x []int16, h, w, c int) []int16 {
	y := make([]int16, h/2*(w/2)*c)
	for i := range y {
		ch, at := i%c, i/c
		px, py := at%(w/2), at/(w/2)
		for _, d := range [][2]int{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
			y[i] = max(y[i], x[((2*py+d[0])*w+2*px+d[1])*c+ch])
		}
	}
	return y
}

// embeddings are the source that the encoder's output is.
func (r *reference) embeddings() source {
	last := len(r.arch.Stages) - 1
	for r.arch.Stages[last].Out == 0 {
		last--
	}
	src := r.activations("encoder." + strconv.Itoa(last))
	if r.arch.Stages[len(r.arch.Stages)-1].Kind == Root {
		src.scale = (math.Sqrt(4095*src.scale+0.01) - math.Sqrt(0.01)) / 4095
	}
	return src
}

// relate is the relation head's logit, for a class with the given shots.
func (r *reference) relate(shots [][]int16, query []int16) float64 {
	if r.arch.Relation.Sum {
		return r.relateSum(shots, query)
	}
	h, w, c := r.arch.EmbeddingDims()
	maps := r.activations("relation.embedding")
	quantise := func(shots ...[]int16) []int16 {
		sum := make([]int64, len(query))
		for _, e := range shots {
			length := math.Sqrt(float64(kernel.DotI16Ref(e, e)))
			for i, v := range e {
				sum[i] += int64(float64(float64(v)*((1<<30)/length)) + 0.5)
			}
		}
		q := make([]int16, len(sum))
		for i, v := range sum {
			step := 1 / float64(float64(maps.scale*(1<<30))*float64(len(shots)))
			q[i] = int16(min(float64(float64(v)*step)+0.5, 4095))
		}
		return q
	}
	s, q := quantise(shots...), quantise(query)
	var pair []int16
	for i := range h * w {
		pair = append(pair, s[i*c:][:c]...)
		pair = append(pair, q[i*c:][:c]...)
	}
	return r.relateSums(r.conv("relation.0", pair, kernel.Shape{H: h, W: w, In: 2 * c, Out: r.arch.Relation.Pair}), maps)
}

// relateSum is relate with RelationArch.Sum: the pair convolution of the mean, with nothing beside it, so many times.
func (r *reference) relateSum(shots [][]int16, query []int16) float64 {
	h, w, c := r.arch.EmbeddingDims()
	n := int32(len(shots))
	var mean, asked []int16
	for i := range h * w {
		for j := range c {
			sum := n / 2
			for _, e := range shots {
				sum += int32(e[i*c+j])
			}
			mean = append(mean, int16(sum/n))
		}
		mean = append(mean, make([]int16, c)...)
		asked = append(asked, make([]int16, c)...)
		asked = append(asked, query[i*c:][:c]...)
	}
	s := kernel.Shape{H: h, W: w, In: 2 * c, Out: r.arch.Relation.Pair}
	acc, class := r.conv("relation.0", asked, s), r.conv("relation.0", mean, s)
	for i, v := range class {
		acc[i] += n * v
	}
	return r.relateSums(acc, r.embeddings())
}

// relateSums is the relation head behind its pair convolution.
func (r *reference) relateSums(acc []int32, maps source) float64 {
	d := r.arch.Relation
	h, w, _ := r.arch.EmbeddingDims()
	p, k, y := r.activations("relation.0"), r.activations("relation.1"), r.activations("relation.2")
	x := r.requantised("relation.0", acc, maps, p.scale, 0, 4095)
	if d.Pool {
		x = pooledRef(x, h, w, d.Pair)
		h, w = h/2, w/2
	}
	x = r.requantised("relation.1", r.conv("relation.1", x, kernel.Shape{H: h, W: w, In: d.Pair, Out: d.Conv}), p, k.scale, 0, 4095)
	if d.Pool {
		x = pooledRef(x, h, w, d.Conv)
	}
	acc = make([]int32, d.Dense)
	kernel.DenseRef(acc, x, r.model.Tensor("relation.2.weight").I8)
	x = r.requantised("relation.2", acc, k, y.scale, 0, 4095)
	logit := float64(r.model.Tensor("relation.3.bias").F32[0])
	for i, v := range x {
		logit += float64(float64(float64(v)*y.scale) * float64(r.model.Tensor("relation.3.weight").F32[i]))
	}
	return logit
}

// inside returns the (H, W, C) array in a plane.
func inside(p []int16, h, w, c int) []int16 {
	var x []int16
	for y := range h {
		x = append(x, p[((y+1)*(w+2)+1)*c:][:w*c]...)
	}
	return x
}

// The fast network gives the bits of the reference at every stage, and so does the relation head.
func TestNetworkMatchesReference(t *testing.T) {
	for _, arch := range []string{plainArch, residualArch, sungArch, sumArch} {
		m := randomModel(t, arch, 5)
		n, err := NewNetwork(m)
		if err != nil {
			t.Fatal(err)
		}
		n.buffers.stepwise = true
		ref := &reference{model: m, arch: n.arch}
		var embeddings [][]int16
		for seed := range uint64(4) {
			in := scrawl(seed)
			e := make([]int16, n.EmbeddingLen())
			n.Embed(e, in)
			embeddings = append(embeddings, e)
			for i, want := range ref.stages(in) {
				s := n.stages[i].shape
				switch n.stages[i].kind {
				case Pool:
					s.H, s.W = s.H/2, s.W/2
				case Valid:
					s.H, s.W = s.H-2, s.W-2
				}
				p := n.buffers.output[i]
				if got := inside(p, s.H, s.W, s.Out); !slices.Equal(got, want) {
					t.Fatalf("%q: stage %d differs", arch, i)
				}
				if !slices.Equal(p, bordered(want, s.H, s.W, s.Out)) {
					t.Fatalf("%q: the border of stage %d was written", arch, i)
				}
				if i == len(n.stages)-1 && !slices.Equal(e, want) {
					t.Fatalf("%q: the embedding is not the last stage", arch)
				}
			}
		}
		c, err := NewClassifier(n, Relation)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range embeddings[:3] {
			if _, err := c.AddEmbedding("three shots", e); err != nil {
				t.Fatal(err)
			}
		}
		c.scorer.ask(c.classes, embeddings[3], norm(embeddings[3]))
		if got, want := c.scorer.logit(c.classes[0]), ref.relate(embeddings[:3], embeddings[3]); got != want {
			t.Errorf("%q: relation logit %v, reference %v", arch, got, want)
		}
	}
}
