package train

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"oneshot/engine"
	"oneshot/engine/kernel"
	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// FloatNet is the float32 network of a model without quantisation, batch normalisation folded: what
// the int8 network is measured against and calibrated from.
type FloatNet struct {
	Arch        engine.Arch
	Temperature float32

	stages   []floatStage
	relation *floatRelation
	observe  func(name string, activations []float32) // sees every activation that the int8 network stores; may be nil
}

// ErrFloatModel is wrapped by the errors of NewFloatNet.
var ErrFloatModel = errors.New("train: not a float model")

type floatStage struct {
	kind       engine.StageKind
	name       string
	a, b, skip floatConv
}

// floatConv is a convolution with bias, packed for kernel.MulF32.
type floatConv struct {
	in, out, size int
	panels        []float32
	bias          []float32
}

type floatRelation struct {
	support, query, conv floatConv
	bias                 []float32 // of the pair
	dense2, dense3       []float32
	bias2, bias3         []float32
}

// NewFloatNet reads a float model, as training writes it.
func NewFloatNet(m *weights.Model) (*FloatNet, error) {
	arch, err := engine.ParseArch(m.Arch)
	if err != nil {
		return nil, err
	}
	l := floatLoader{model: m}
	n := &FloatNet{Arch: arch, Temperature: l.values("prototype.temperature", 1)[0]}
	in := 1
	for i, st := range arch.Stages {
		s := floatStage{kind: st.Kind, name: "encoder." + strconv.Itoa(i)}
		switch st.Kind {
		case engine.Conv:
			s.a = l.conv(s.name, in, st.Out, 3)
			in = st.Out
		case engine.Residual:
			s.a = l.conv(s.name+".a", in, st.Out, 3)
			s.b = l.conv(s.name+".b", st.Out, st.Out, 3)
			s.skip = l.conv(s.name+".skip", in, st.Out, 1)
			in = st.Out
		}
		n.stages = append(n.stages, s)
	}
	if r := arch.Relation; r != nil {
		n.relation = l.relation(arch)
	}
	return n, l.err
}

type floatLoader struct {
	model *weights.Model
	err   error
}

// values returns the tensor called name; after a first error, zeros.
func (l *floatLoader) values(name string, dims ...int) []float32 {
	n := 1
	for _, d := range dims {
		n *= d
	}
	if t := l.model.Tensor(name); t != nil && len(t.F32) == n {
		return t.F32
	}
	if l.err == nil {
		l.err = fmt.Errorf("%w: tensor %q with %d float32 values is missing", ErrFloatModel, name, n)
	}
	return make([]float32, n)
}

func (l *floatLoader) conv(name string, in, out, size int) floatConv {
	return packConv(l.values(name+".weight", out, in, size, size), l.values(name+".bias", out), in, out, size)
}

// packConv packs weights (out, in, size, size).
func packConv(w, bias []float32, in, out, size int) floatConv {
	taps, k := size*size, in*size*size
	walk := make([]float32, k*out) // (size, size, in, out)
	for o := range out {
		for i := range in {
			for t := range taps {
				walk[(t*in+i)*out+o] = w[(o*in+i)*taps+t]
			}
		}
	}
	return floatConv{in: in, out: out, size: size, panels: kernel.PackF32(nil, walk, k, out), bias: bias}
}

func (l *floatLoader) relation(a engine.Arch) *floatRelation {
	r := a.Relation
	h, w, c := a.EmbeddingDims()
	pair := l.values("relation.0.weight", r.Pair, 2*c, 3, 3)
	var s, q []float32
	for o := range r.Pair {
		s = append(s, pair[o*2*c*9:][:c*9]...)
		q = append(q, pair[(o*2+1)*c*9:][:c*9]...)
	}
	none := make([]float32, r.Pair)
	return &floatRelation{
		support: packConv(s, none, c, r.Pair, 3), query: packConv(q, none, c, r.Pair, 3), bias: l.values("relation.0.bias", r.Pair),
		conv:   l.conv("relation.1", r.Pair, r.Conv, 3),
		dense2: l.values("relation.2.weight", r.Dense, h*w*r.Conv), bias2: l.values("relation.2.bias", r.Dense),
		dense3: l.values("relation.3.weight", 1, r.Dense), bias3: l.values("relation.3.bias", 1),
	}
}

// apply returns conv(x) + bias.
func (c floatConv) apply(x *nn.Plane) *nn.Plane {
	y := nn.NewPlane(x.N, x.H, x.W, c.out)
	nn.Convolve(y, x, c.size, c.panels)
	for i := range y.N {
		for r := range y.H {
			for row := y.Row(i, r); len(row) > 0; row = row[c.out:] {
				for j, b := range c.bias {
					row[j] += b
				}
			}
		}
	}
	return y
}

func rectify(p *nn.Plane) *nn.Plane {
	for i, v := range p.Data {
		p.Data[i] = max(v, 0)
	}
	return p
}

// Embed returns the embeddings (n, H, W, C) of n images (n, Side, Side), ink 0..1.
func (n *FloatNet) Embed(images []float32, count int) *nn.Plane {
	x := nn.NewPlane(count, prep.Side, prep.Side, 1)
	for i := range count {
		for y := range prep.Side {
			copy(x.Row(i, y), images[(i*prep.Side+y)*prep.Side:])
		}
	}
	for _, s := range n.stages {
		switch s.kind {
		case engine.Conv:
			x = n.see(s.name, rectify(s.a.apply(x)))
		case engine.Residual:
			h := n.see(s.name+".a", rectify(s.a.apply(x)))
			y, skip := s.b.apply(h), s.skip.apply(x)
			for i, v := range skip.Data {
				y.Data[i] += v
			}
			x = n.see(s.name, rectify(y))
		case engine.Pool:
			var pool nn.MaxPool
			x = pool.Forward(x)
		case engine.Root:
			var root nn.Root
			x = root.Forward(x)
		}
	}
	return x
}

func (n *FloatNet) see(name string, p *nn.Plane) *nn.Plane {
	if n.observe != nil {
		n.observe(name, p.Data)
	}
	return p
}

// UnitEmbed returns the unit embeddings (n, D) of n images.
func (n *FloatNet) UnitEmbed(images []float32, count int) []float32 {
	var u nn.Unit
	return u.Forward(n.Embed(images, count))
}

// HasRelation says whether the model has a relation head.
func (n *FloatNet) HasRelation() bool { return n.relation != nil }

// half is one half of the pair convolution of an embedding (D): the support's or the query's, (H, W, Pair) bordered.
func (n *FloatNet) half(c floatConv, u []float32) *nn.Plane {
	h, w, ch := n.Arch.EmbeddingDims()
	p := nn.NewPlane(1, h, w, ch)
	for y := range h {
		copy(p.Row(0, y), u[y*w*ch:])
	}
	return c.apply(p)
}

// score is the relation score of a pair, given its halves: 0..1.
func (n *FloatNet) score(support, query *nn.Plane) float32 {
	return float32(1 / (1 + math.Exp(-float64(n.logit(support, query)))))
}

// logit is the relation module's output before the sigmoid.
func (n *FloatNet) logit(support, query *nn.Plane) float32 {
	r := n.relation
	pair := nn.NewPlane(1, support.H, support.W, support.C)
	for y := range pair.H {
		row, s, q := pair.Row(0, y), support.Row(0, y), query.Row(0, y)
		for j := range row {
			row[j] = max(s[j]+q[j]+r.bias[j%pair.C], 0)
		}
	}
	x := n.see("relation.1", rectify(r.conv.apply(n.see("relation.0", pair))))
	var flat []float32
	for y := range x.H {
		flat = append(flat, x.Row(0, y)...)
	}
	hidden := make([]float32, len(r.bias2))
	for o := range hidden {
		hidden[o] = max(r.bias2[o]+nn.Dot(r.dense2[o*len(flat):][:len(flat)], flat), 0)
	}
	if n.observe != nil {
		n.observe("relation.2", hidden)
	}
	return r.bias3[0] + nn.Dot(r.dense3, hidden)
}
