package train

import (
	"math"

	"oneshot/engine"
	"oneshot/engine/fewshot"
)

// floatSiamese is the siamese head (Koch 2015).
type floatSiamese struct {
	weight []float32 // (D)
	bias   float32
}

func (l *floatLoader) siamese(a engine.Arch) *floatSiamese {
	h, w, c := a.EmbeddingDims()
	return &floatSiamese{weight: l.values("siamese.weight", 1, h*w*c), bias: l.values("siamese.bias", 1)[0]}
}

// logit of two unit embeddings being of one class.
func (s *floatSiamese) logit(a, b []float32) float64 {
	z := float64(s.bias)
	for i, w := range s.weight {
		z -= float64(w) * math.Abs(float64(a[i])-float64(b[i]))
	}
	return z
}

// siameseLearner compares by the weighted L1 distance; the logit of a class is the mean of those of its shots.
type siameseLearner struct {
	head  *floatSiamese
	shots [][][]float32
	asked []float32
}

func (h *siameseLearner) learn(support [][][]float32) { h.shots = support }

func (h *siameseLearner) ask(_ *fewshot.Drawing, unit []float32) { h.asked = unit }

func (h *siameseLearner) logit(class int) float64 {
	sum := 0.0
	for _, s := range h.shots[class] {
		sum += h.head.logit(h.asked, s)
	}
	return sum / float64(len(h.shots[class]))
}
