package train

import (
	"errors"
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

	logits, confidences []float64
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

// Answer compares by cosine or relation score. The first of equals wins.
func (l *FloatLearner) Answer(query *fewshot.Drawing) (fewshot.Answer, error) {
	l.logits, l.confidences = l.logits[:0], l.confidences[:0]
	best := 0
	for c := range l.classes {
		l.logits = append(l.logits, l.logit(c, query))
		if l.logits[c] > l.logits[best] {
			best = c
		}
	}
	if len(l.logits) == 0 {
		return fewshot.Answer{}, errNothingLearned
	}
	var sum float64
	for _, v := range l.logits {
		p := math.Exp(l.temperature() * (v - l.logits[best]))
		l.confidences = append(l.confidences, p)
		sum += p
	}
	for i := range l.confidences {
		l.confidences[i] /= sum
	}
	return fewshot.Answer{Class: best, Logits: l.logits, Confidences: l.confidences}, nil
}

var errNothingLearned = errors.New("train: nothing learned yet")

// temperature is what logits are multiplied with before the softmax over classes.
func (l *FloatLearner) temperature() float64 {
	if l.head == engine.Prototype {
		return float64(l.net.Temperature)
	}
	return 1
}

// logit is the head's raw output for a class: the cosine, or the relation module's before its sigmoid.
func (l *FloatLearner) logit(c int, query *fewshot.Drawing) float64 {
	if l.head == engine.Relation {
		if l.halves[query] == nil {
			l.halves[query] = l.net.half(l.net.relation.query, l.unit(query))
		}
		return float64(l.net.logit(l.support[c], l.halves[query]))
	}
	p := l.classes[c]
	return float64(nn.Dot(p, l.unit(query)) / length(p))
}

func length(v []float32) float32 { return float32(math.Sqrt(float64(nn.Dot(v, v)))) }
