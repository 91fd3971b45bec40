package train

import (
	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// floatRelation is the relation module (Sung 2018), its first convolution in two halves.
type floatRelation struct {
	support, query, conv floatConv
	bias                 []float32 // of the pair
	dense2, dense3       []float32
	bias2, bias3         []float32
}

func (l *floatLoader) relation(a engine.Arch) *floatRelation {
	r := a.Relation
	h, w, c := a.EmbeddingDims()
	size := nn.PairSize(*r)
	taps := size * size
	pair := l.values("relation.0.weight", r.Pair, 2*c, size, size)
	var s, q []float32
	for o := range r.Pair {
		s = append(s, pair[o*2*c*taps:][:c*taps]...)
		q = append(q, pair[(o*2+1)*c*taps:][:c*taps]...)
	}
	_, _, dh, dw := r.Planes(h, w)
	none := make([]float32, r.Pair)
	f := &floatRelation{
		support: packConv(s, none, c, r.Pair, size), query: packConv(q, none, c, r.Pair, size), bias: l.values("relation.0.bias", r.Pair),
		conv:   l.conv("relation.1", r.Pair, r.Conv, 3),
		dense2: l.values("relation.2.weight", r.Dense, dh*dw*r.Conv), bias2: l.values("relation.2.bias", r.Dense),
		dense3: l.values("relation.3.weight", 1, r.Dense), bias3: l.values("relation.3.bias", 1),
	}
	f.support.name, f.query.name = supportHalf, queryHalf
	return f
}

// The halves of the pair convolution have no tensors of their own.
const (
	supportHalf = "relation.0.support"
	queryHalf   = "relation.0.query"
)

// HasRelation says whether the model has a relation head.
func (n *FloatNet) HasRelation() bool { return n.relation != nil }

// half is one half of the pair convolution of an embedding (D): the support's or the query's, (H, W, Pair) bordered.
func (n *FloatNet) half(c floatConv, u []float32) *nn.Plane {
	h, w, ch := n.Arch.EmbeddingDims()
	p := nn.NewPlane(1, h, w, ch)
	for y := range h {
		copy(p.Row(0, y), u[y*w*ch:])
	}
	return n.apply(c, p)
}

// pooled is what follows a convolution of the relation module.
func (n *FloatNet) pooled(x *nn.Plane) *nn.Plane {
	if !n.Arch.Relation.Pool {
		return x
	}
	var pool nn.MaxPool
	return pool.Forward(x)
}

// Maps returns what the relation module reads of images (n, Side, Side), ink 0..1: their unit embeddings, or with
// engine.RelationArch.Sum the embeddings themselves.
func (n *FloatNet) Maps(images []float32, count int) []float32 {
	if !n.Arch.Relation.Sum {
		return n.UnitEmbed(images, count)
	}
	e := n.Embed(images, count)
	var flat []float32
	for i := range e.N {
		for y := range e.H {
			flat = append(flat, e.Row(i, y)...)
		}
	}
	return flat
}

// logit is the relation module's output for a pair, given its halves: the relation score before the sigmoid.
func (n *FloatNet) logit(support, query *nn.Plane) float32 {
	r := n.relation
	pair := nn.NewPlane(1, support.H, support.W, support.C)
	for y := range pair.H {
		row, s, q := pair.Row(0, y), support.Row(0, y), query.Row(0, y)
		for j := range row {
			row[j] = max(s[j]+q[j]+r.bias[j%pair.C], 0)
		}
	}
	x := n.see("relation.1", rectify(n.apply(r.conv, n.pooled(n.see("relation.0", pair)))))
	x = n.pooled(x)
	var flat []float32
	for y := range x.H {
		flat = append(flat, x.Row(0, y)...)
	}
	if n.meet != nil {
		one := nn.NewPlane(1, 1, 1, len(flat))
		copy(one.Row(0, 0), flat)
		n.meet(floatConv{name: "relation.2", in: len(flat), size: 1}, one)
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

// relationLearner compares by the relation module. A class is the mean of its shots' unit embeddings.
type relationLearner struct {
	net     *FloatNet
	support []*nn.Plane                    // support halves
	halves  map[*fewshot.Drawing]*nn.Plane // query halves, kept by drawing
	asked   *nn.Plane
}

func (h *relationLearner) learn(support [][][]float32) {
	h.support = h.support[:0]
	for _, shots := range support {
		h.support = append(h.support, h.net.half(h.net.relation.support, mean(shots)))
	}
}

func (h *relationLearner) ask(d *fewshot.Drawing, unit []float32) {
	if h.halves[d] == nil {
		h.halves[d] = h.net.half(h.net.relation.query, unit)
	}
	h.asked = h.halves[d]
}

func (h *relationLearner) logit(class int) float64 {
	return float64(h.net.logit(h.support[class], h.asked))
}

// Relate prepares the relation module for classes as Maps gives them, the maps of several shots averaged, or with
// engine.RelationArch.Sum added up, before. What it returns answers for a query with a value for each class, before the sigmoid.
func (n *FloatNet) Relate(classes [][]float32) func(query []float32) []float32 {
	var halves []*nn.Plane
	for _, c := range classes {
		halves = append(halves, n.half(n.relation.support, c))
	}
	return func(query []float32) []float32 {
		q := n.half(n.relation.query, query)
		var logits []float32
		for _, h := range halves {
			logits = append(logits, n.logit(h, q))
		}
		return logits
	}
}
