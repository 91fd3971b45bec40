package fewshot

import (
	"cmp"
	"math"
	"slices"
)

// Held is what a learner says about one shot of its support set that it was not shown: one trial of
// leave-one-out. Logits and Confidences are as in Answer; a class whose only shot it is has a logit of
// minus infinity, and a confidence of 0.
type Held struct {
	Class               int // that the shot was shown as
	Logits, Confidences []float64
}

// SelfCheck says how good a support set is by itself, without other drawings.
type SelfCheck struct {
	// Asked counts the shots whose class has another one, so that they can be answered right, and Right
	// those that are: their class comes first and is not refused.
	Asked, Right int
	// Accuracy is the 95 % interval of Right of Asked.
	Accuracy Interval
	// Refused counts those of Asked that are taken for none of the classes.
	Refused int
	// Strangers counts the shots, each asked as if its whole class had never been shown, and Taken those
	// that are nevertheless taken for one of the others. Where a head sees the whole support set at once
	// this is close, not exact: the class has gone from the answer, not from what the others learned.
	Strangers, Taken int
	// Confusions is the matrix of the shots in Asked without its zeros, by class and then by what it is
	// taken for, None last.
	Confusions []Confusion
	// Misfits are the shots that do not fit their class, the worst first.
	Misfits []Misfit
	// Close are the pairs of classes that are easily taken for each other, the worst first.
	Close []Pair
}

// None stands in the place of a class for none of them.
const None = -1

// Confusion is one cell of the confusion matrix: the shots of a class that are taken for As, which may
// be the class itself, or None.
type Confusion struct {
	Class, As int
	Trials    []int // places in the trials, in their order
}

// Misfit is a shot that is taken for another class than its own, or for None.
type Misfit struct {
	Trial, As int
	// Share is the confidence of its own class beside that of As alone, 0..1; 0 for None.
	Share float64
}

// Pair is two classes, A < B. Share is how sure the learner is of the right one of the two, if the answer
// is one of them: the mean over the shots of both, 0.5 for a coin.
type Pair struct {
	A, B  int
	Share float64
}

// closeShare is the share below which two classes are too close: less than three to one for the right
// one.
const closeShare = 0.75

// CheckSelf judges a support set of so many classes by its trials, one for each shot. An answer whose
// evidence is below the threshold is none of the classes; minus infinity never says none. It panics if a
// trial has another way: that is a bug of the caller.
func CheckSelf(way int, trials []Held, threshold float64) SelfCheck {
	var r SelfCheck
	cells := map[[2]int]int{} // to places in Confusions
	pairs := map[[2]int]*mean{}
	for i, t := range trials {
		if len(t.Logits) != way || len(t.Confidences) != way {
			panic("fewshot: CheckSelf: a trial has another way")
		}
		top, stranger := t.best()
		if way > 1 {
			r.Strangers++
			if !math.IsInf(stranger, -1) && !(stranger < threshold) {
				r.Taken++
			}
		}
		if math.IsInf(t.Logits[t.Class], -1) {
			continue // there is nothing else to know it by
		}
		r.Asked++
		as := top
		if t.Logits[top] < threshold {
			as = None
			r.Refused++
		}
		if as == t.Class {
			r.Right++
		} else {
			m := Misfit{Trial: i, As: as}
			if as != None {
				m.Share = t.share(as)
			}
			r.Misfits = append(r.Misfits, m)
		}
		at, ok := cells[[2]int{t.Class, as}]
		if !ok {
			at = len(r.Confusions)
			cells[[2]int{t.Class, as}] = at
			r.Confusions = append(r.Confusions, Confusion{Class: t.Class, As: as})
		}
		r.Confusions[at].Trials = append(r.Confusions[at].Trials, i)
		for other := range way {
			if other == t.Class || math.IsInf(t.Logits[other], -1) {
				continue
			}
			key := [2]int{min(t.Class, other), max(t.Class, other)}
			if pairs[key] == nil {
				pairs[key] = &mean{}
			}
			pairs[key].add(t.share(other))
		}
	}
	r.Accuracy = Wilson(r.Right, r.Asked)
	for key, m := range pairs {
		if share := m.estimate().Value; share < closeShare {
			r.Close = append(r.Close, Pair{key[0], key[1], share})
		}
	}
	slices.SortFunc(r.Close, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Share, b.Share), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	slices.SortFunc(r.Confusions, func(a, b Confusion) int {
		last := func(as int) int { // None stands behind all classes
			if as == None {
				return way
			}
			return as
		}
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(last(a.As), last(b.As)))
	})
	slices.SortFunc(r.Misfits, func(a, b Misfit) int {
		return cmp.Or(cmp.Compare(a.Share, b.Share), cmp.Compare(a.Trial, b.Trial))
	})
	return r
}

// best returns the class with the largest logit, the first of equals, and the largest logit of another
// class than the shot's own.
func (t *Held) best() (top int, stranger float64) {
	stranger = math.Inf(-1)
	for class, v := range t.Logits {
		if v > t.Logits[top] {
			top = class
		}
		if class != t.Class {
			stranger = max(stranger, v)
		}
	}
	return top, stranger
}

// share is the confidence of the shot's own class beside that of another one alone.
func (t *Held) share(other int) float64 {
	own, its := t.Confidences[t.Class], t.Confidences[other]
	switch {
	case own+its > 0:
		return own / (own + its)
	case t.Logits[t.Class] > t.Logits[other]: // both are too small for a number
		return 1
	}
	return 0
}
