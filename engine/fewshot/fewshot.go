// Package fewshot samples episodes from a set of drawings and measures how often a learner is right:
// N-way K-shot accuracy with its confidence interval, and the published one-shot runs.
//
// It does not read files (engine/train/omniglot does) and it does not know networks: a Learner
// may be the int8 engine, the float network of training, or a baseline without weights.
package fewshot

import (
	"image"

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
	// Answer returns the class (an index of support) that query belongs to.
	Answer(query *Drawing) (int, error)
}
