package train

import (
	"math"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// floatHead compares one query with the classes of a support set, all as unit embeddings.
type floatHead interface {
	// learn takes the shots of every class; each has at least one.
	learn(support [][][]float32)
	// ask takes the query that logit is asked about next.
	ask(d *fewshot.Drawing, unit []float32)
	// logit is the head's raw output for a class: higher is more alike.
	logit(class int) float64
}

// head returns a head of the network with nothing learned, or nil if the model has no such head.
func (n *FloatNet) head(h engine.Head) floatHead {
	switch {
	case h == engine.Prototype:
		return &prototypeLearner{}
	case h == engine.Relation && n.relation != nil:
		return &relationLearner{net: n, halves: map[*fewshot.Drawing]*nn.Plane{}}
	case h == engine.Siamese && n.siamese != nil:
		return &siameseLearner{head: n.siamese}
	case h == engine.Matching && n.matching != nil:
		return &matchingLearner{head: n.matching}
	}
	return nil
}

// prototypeLearner compares by the cosine with the mean of a class's shots (Snell 2017).
type prototypeLearner struct {
	means [][]float32
	asked []float32
}

func (h *prototypeLearner) learn(support [][][]float32) {
	h.means = h.means[:0]
	for _, shots := range support {
		h.means = append(h.means, mean(shots))
	}
}

func (h *prototypeLearner) ask(_ *fewshot.Drawing, unit []float32) { h.asked = unit }

func (h *prototypeLearner) logit(class int) float64 {
	p := h.means[class]
	return float64(nn.Dot(p, h.asked) / length(p))
}

func length(v []float32) float32 { return float32(math.Sqrt(float64(nn.Dot(v, v)))) }

func mean(shots [][]float32) []float32 {
	m := make([]float32, len(shots[0]))
	for _, u := range shots {
		for i, v := range u {
			m[i] += v / float32(len(shots))
		}
	}
	return m
}
