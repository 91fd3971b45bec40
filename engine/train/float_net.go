package train

import (
	"errors"
	"fmt"
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
	Arch         engine.Arch
	Temperatures [4]float32 // by engine.Head: what logits are multiplied by before the softmax over classes

	stages   []floatStage
	relation *floatRelation // this and the next are nil without such a head
	siamese  *floatSiamese
	matching *floatMatching
	meet     func(c floatConv, x *nn.Plane)           // sees what every convolution and the first dense layer reads; may be nil
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
	name          string
	in, out, size int
	panels        []float32
	bias          []float32
}

// NewFloatNet reads a float model, as training writes it.
func NewFloatNet(m *weights.Model) (*FloatNet, error) {
	arch, err := engine.ParseArch(m.Arch)
	if err != nil {
		return nil, err
	}
	l := floatLoader{model: m}
	n := &FloatNet{Arch: arch}
	n.Temperatures[engine.Prototype] = l.values("prototype.temperature", 1)[0]
	for _, h := range []engine.Head{engine.Relation, engine.Siamese, engine.Matching} {
		n.Temperatures[h] = l.optional(h.String()+".temperature", 1)
	}
	in := 1
	for i, st := range arch.Stages {
		s := floatStage{kind: st.Kind, name: "encoder." + strconv.Itoa(i)}
		switch st.Kind {
		case engine.Conv, engine.Valid:
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
	if arch.Relation != nil {
		n.relation = l.relation(arch)
	}
	if arch.Siamese {
		n.siamese = l.siamese(arch)
	}
	if arch.Matching {
		n.matching = l.matching(arch)
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

// optional returns the one value of the tensor called name, or another where there is none.
func (l *floatLoader) optional(name string, other float32) float32 {
	if l.model.Tensor(name) == nil {
		return other
	}
	return l.values(name, 1)[0]
}

func (l *floatLoader) conv(name string, in, out, size int) floatConv {
	c := packConv(l.values(name+".weight", out, in, size, size), l.values(name+".bias", out), in, out, size)
	c.name = name
	return c
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

// apply returns conv(x) + bias.
func (c floatConv) apply(x *nn.Plane) *nn.Plane {
	panels := (c.out + kernel.PanelWidth - 1) / kernel.PanelWidth
	y := nn.NewPlane(x.N, x.H, x.W, panels*kernel.PanelWidth)
	nn.Convolve(y, x, c.size, c.panels)
	if y.C != c.out {
		y = part(y, 0, c.out)
	}
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

// part returns the first channels of a plane without its rim of so many pixels.
func part(p *nn.Plane, rim, channels int) *nn.Plane {
	y := nn.NewPlane(p.N, p.H-2*rim, p.W-2*rim, channels)
	for i := range y.N {
		for r := range y.H {
			to, from := y.Row(i, r), p.Row(i, r+rim)[rim*p.C:]
			for x := range y.W {
				copy(to[x*channels:][:channels], from[x*p.C:])
			}
		}
	}
	return y
}

// apply is c.apply for whoever watches the network.
func (n *FloatNet) apply(c floatConv, x *nn.Plane) *nn.Plane {
	if n.meet != nil {
		n.meet(c, x)
	}
	return c.apply(x)
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
			x = n.see(s.name, rectify(n.apply(s.a, x)))
		case engine.Valid:
			x = n.see(s.name, rectify(part(n.apply(s.a, x), 1, s.a.out)))
		case engine.Residual:
			h := n.see(s.name+".a", rectify(n.apply(s.a, x)))
			y, skip := n.apply(s.b, h), n.apply(s.skip, x)
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
