package train

import (
	"errors"
	"fmt"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/weights"
)

// FloatLearner answers with the float network: what quantisation is measured against. Embeddings are
// kept by drawing, since episodes show the same ones again and again; queries are answered one by one.
type FloatLearner struct {
	net   *FloatNet
	head  floatHead
	units map[*fewshot.Drawing][]float32

	temperature         float64
	logits, confidences []float64
}

// NewFloatLearner returns a learner with nothing learned. It fails if model is not a float model or has no such head.
func NewFloatLearner(model *weights.Model, head engine.Head) (*FloatLearner, error) {
	net, err := NewFloatNet(model)
	if err != nil {
		return nil, err
	}
	return (&FloatLearner{net: net, units: map[*fewshot.Drawing][]float32{}}).With(head)
}

// With returns a learner with another head of the same network and with nothing learned. The two share their embeddings
// of drawings. It fails if the model has no such head, or a relation head that sums its shots.
func (l *FloatLearner) With(head engine.Head) (*FloatLearner, error) {
	h := l.net.head(head)
	if h == nil {
		return nil, fmt.Errorf("%w: %q has no %v head", ErrFloatModel, l.net.Arch, head)
	}
	if head == engine.Relation && l.net.Arch.Relation.Sum {
		return nil, fmt.Errorf("%w: a relation that sums its shots can be evaluated when it is quantised, not in float32", ErrFloatModel)
	}
	return &FloatLearner{net: l.net, head: h, units: l.units, temperature: float64(l.net.Temperatures[head])}, nil
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

// Learn takes a support set with at least one shot of every class.
func (l *FloatLearner) Learn(support [][]*fewshot.Drawing) error {
	units := make([][][]float32, len(support))
	for c, shots := range support {
		if len(shots) == 0 {
			return fmt.Errorf("train: class %d of the support set has no shots", c)
		}
		for _, d := range shots {
			units[c] = append(units[c], l.unit(d))
		}
	}
	l.logits, l.confidences = make([]float64, len(support)), make([]float64, len(support))
	l.head.learn(units)
	return nil
}

// Answer compares with every class. The first of equals wins.
func (l *FloatLearner) Answer(query *fewshot.Drawing) (fewshot.Answer, error) {
	if len(l.logits) == 0 {
		return fewshot.Answer{}, errNothingLearned
	}
	l.head.ask(query, l.unit(query))
	best := 0
	for c := range l.logits {
		l.logits[c] = l.head.logit(c)
		if l.logits[c] > l.logits[best] {
			best = c
		}
		l.confidences[c] = l.temperature * l.logits[c]
	}
	softmax(l.confidences)
	return fewshot.Answer{Class: best, Logits: l.logits, Confidences: l.confidences}, nil
}

var errNothingLearned = errors.New("train: nothing learned yet")
