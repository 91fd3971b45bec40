// Package fewshot samples episodes from a set of drawings and measures how good a learner is: N-way
// K-shot accuracy with its confidence interval, the published one-shot runs, telling the classes that
// were shown from others (open set), same from different (verification), and whether its confidences
// mean what they say (calibration).
//
// It does not read files (engine/train/omniglot does) and it does not know networks: a Learner
// may be the int8 engine, the float network of training, or a baseline without weights.
package fewshot

import (
	"image"
	"math"

	"oneshot/engine/prep"
)

// Drawing is one example: the picture as it was made and what prep makes of it.
type Drawing struct {
	Name  string      // where it came from, e.g. "Korean/character01/0643_01.png"; may be empty
	Image *image.Gray // dark ink on light paper, as published (Omniglot: 105 x 105)
	Input prep.Input
}

// Class is one character: drawings by different people.
type Class struct {
	Name     string // unique in the set, e.g. "Korean/character01"
	Alphabet string // e.g. "Korean"; episodes within an alphabet group by it
	Drawings []*Drawing
}

// Set is a collection of classes, sorted by name.
type Set struct{ Classes []Class }

// Learner is anything that can be shown a support set and asked about a query.
type Learner interface {
	// Learn forgets what was learned before and takes support[i] as the examples of class i.
	Learn(support [][]*Drawing) error
	// Answer compares query with every class. It sees one query at a time and learns nothing from it.
	Answer(query *Drawing) (Answer, error)
}

// Answer is what a Learner says about a query. Its slices belong to the learner and are valid until
// its next call.
type Answer struct {
	// Class is the index of support that the query most likely belongs to; -1 if the learner cannot say.
	Class int
	// Logits (way) say how alike the query and each class are. Higher is more alike; what a step means is
	// the learner's affair. A class without a shot has minus infinity.
	Logits []float64
	// Confidences (way) are the learner's probabilities of the classes, given that the query belongs to
	// one of them. They add up to 1. Nil for a learner that has none.
	Confidences []float64
}

// Evidence says how sure it is that the query belongs to any of the classes at all: the logit of the
// most likely one, or minus infinity if the learner cannot say.
func (a Answer) Evidence() float64 {
	if a.Class < 0 {
		return math.Inf(-1)
	}
	return a.Logits[a.Class]
}
