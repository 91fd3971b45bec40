package engine

import (
	"math"
	"slices"
)

// calibration is what turns the logits of a head into confidences and into "none of these". It is
// found after training, on classes that training did not see.
//
// The confidence of a class is the softmax over classes of temperature*logit: with the temperature
// that makes it mean what it says (Guo et al., "On Calibration of Modern Neural Networks", ICML
// 2017, arXiv:1706.04599). A query whose best logit is below the threshold is none of the classes.
type calibration struct {
	temperature float64
	threshold   float64 // -Inf if the head never answers none
}

// calibration reads that of a head. Prototype was trained with its temperature and cannot do without;
// others have 1 where the model says nothing.
func (l *loader) calibration(h Head) calibration {
	c := calibration{temperature: 1, threshold: math.Inf(-1)}
	if name := h.String() + ".temperature"; h == Prototype || l.has(name) {
		c.temperature = l.positive(name)
	}
	if name := h.String() + ".threshold"; l.has(name) {
		if f := l.floats(name, 1); f != nil {
			c.threshold = float64(f[0])
		}
	}
	return c
}

// Threshold returns the model's threshold for a head: the evidence below which a Classifier with that
// head answers none of the classes, unless it is told otherwise. It is negative infinity, below which
// nothing is, if the model has none.
func (n *Network) Threshold(h Head) float64 {
	if !slices.Contains(n.Heads(), h) {
		return math.Inf(-1)
	}
	return n.calibrations[h].threshold
}
