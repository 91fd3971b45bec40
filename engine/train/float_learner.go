package train

import (
	"fmt"
	"math"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// FloatLearner answers with the float network: what quantisation is measured against. Embeddings are
// kept by drawing, since episodes show the same ones again and again; queries are answered one by one.
type FloatLearner struct {
	net     *FloatNet
	head    engine.Head
	units   map[*fewshot.Drawing][]float32
	halves  map[*fewshot.Drawing]*nn.Plane // query halves of the relation head
	classes [][]float32                    // per class: prototype, or mean unit embedding
	support []*nn.Plane                    // support halves of the relation head
}

// NewFloatLearner returns a learner with nothing learned. It fails if model is not a float model or has no such head.
func NewFloatLearner(model *weights.Model, head engine.Head) (*FloatLearner, error) {
	net, err := NewFloatNet(model)
	if err != nil {
		return nil, err
	}
	if head == engine.Relation && !net.HasRelation() {
		return nil, fmt.Errorf("%w: %q has no relation head", ErrFloatModel, model.Arch)
	}
	return &FloatLearner{net: net, head: head, units: map[*fewshot.Drawing][]float32{}, halves: map[*fewshot.Drawing]*nn.Plane{}}, nil
}

// Prepare embeds all drawings of a set on all cores: the same embeddings as one by one, sooner.
func (l *FloatLearner) Prepare(set *fewshot.Set) {
	var all []*fewshot.Drawing
	for _, c := range set.Classes {
		all = append(all, c.Drawings...)
	}
	const batch = 64
	for len(all) > 0 {
		part := all[:min(batch, len(all))]
		all = all[len(part):]
		l.embed(part)
	}
}

func (l *FloatLearner) embed(drawings []*fewshot.Drawing) {
	images := make([]float32, 0, len(drawings)*prep.Side*prep.Side)
	for _, d := range drawings {
		images = appendInk(images, &d.Input)
	}
	u := l.net.UnitEmbed(images, len(drawings))
	dim := len(u) / len(drawings)
	for i, d := range drawings {
		l.units[d] = u[i*dim:][:dim]
	}
}

// appendInk appends an input as ink 0..1.
func appendInk(dst []float32, in *prep.Input) []float32 {
	for _, v := range in {
		dst = append(dst, float32(v)/255)
	}
	return dst
}

func (l *FloatLearner) unit(d *fewshot.Drawing) []float32 {
	if l.units[d] == nil {
		l.embed([]*fewshot.Drawing{d})
	}
	return l.units[d]
}

// Learn takes a support set.
func (l *FloatLearner) Learn(support [][]*fewshot.Drawing) error {
	l.classes, l.support = l.classes[:0], l.support[:0]
	for _, shots := range support {
		var mean []float32
		for _, d := range shots {
			u := l.unit(d)
			if mean == nil {
				mean = make([]float32, len(u))
			}
			for i, v := range u {
				mean[i] += v / float32(len(shots))
			}
		}
		l.classes = append(l.classes, mean)
		if l.head == engine.Relation {
			l.support = append(l.support, l.net.half(l.net.relation.support, mean))
		}
	}
	return nil
}

// Answer returns the class with the highest cosine or relation score.
func (l *FloatLearner) Answer(query *fewshot.Drawing) (int, error) {
	best, top := -1, float32(0)
	for c := range l.classes {
		if s := l.score(c, query); best < 0 || s > top {
			best, top = c, s
		}
	}
	return best, nil
}

func (l *FloatLearner) score(c int, query *fewshot.Drawing) float32 {
	if l.head == engine.Relation {
		if l.halves[query] == nil {
			l.halves[query] = l.net.half(l.net.relation.query, l.unit(query))
		}
		return l.net.score(l.support[c], l.halves[query])
	}
	p := l.classes[c]
	return nn.Dot(p, l.unit(query)) / length(p)
}

func length(v []float32) float32 { return float32(math.Sqrt(float64(nn.Dot(v, v)))) }
