package state

import (
	"errors"
	"math"

	"oneshot/engine/fewshot"
)

// ErrNoMatch is the error for a set of which no class is called like one that was taught.
var ErrNoMatch = errors.New("state: no class of that name was taught")

// Trial asks the learner about drawings from elsewhere whose classes are known by name. It is no act: what was
// taught stays as it is. Its Check has the figures once it is whole; Trials there are the places of Drawings.
type Trial struct {
	Check
	Drawings []Tried
	Passed   []string // classes of the set that were passed over: none of that name was taught

	state *State
	of    *checking // what was taught when it was begun
}

// Tried is a drawing of a trial. What it was taken for is known once it was asked about.
type Tried struct {
	Shot       Shot
	Class      ClassID // that it is of
	At         [2]int  // its class and place in the set
	Answer     ClassID // the likeliest
	Confidence float32
	None       bool
}

// NewTrial begins a trial with the drawings of a set. Names are compared after cleaning, case and all; where
// two classes that were taught bear one name, the first counts. The error wraps ErrUntaught or ErrNoMatch.
func (s *State) NewTrial(set []Class) (*Trial, error) {
	if len(s.learned) == 0 {
		return nil, ErrUntaught
	}
	t := &Trial{state: s, of: s.checkNow()}
	t.Classes = t.of.Classes
	byName := map[string]ClassID{}
	for _, id := range t.Classes {
		c, _ := s.Class(id)
		if _, taken := byName[c.Name]; !taken {
			byName[c.Name] = id
		}
	}
	for i, c := range set {
		id, ok := byName[CleanName(c.Name)]
		if !ok {
			t.Passed = append(t.Passed, c.Name)
			continue
		}
		for j, sh := range c.Shots {
			sh.ID = -ShotID(len(t.Drawings)) - 1 // so that it is no shot of the board's
			t.Drawings = append(t.Drawings, Tried{Shot: sh, Class: id, At: [2]int{i, j}})
			t.Shots = append(t.Shots, sh.ID)
		}
	}
	if len(t.Drawings) == 0 {
		return nil, ErrNoMatch
	}
	return t, nil
}

// Stale reports whether something else is taught by now than when the trial was begun.
func (t *Trial) Stale() bool { return t.state.check != t.of }

// Next asks about one more drawing, and reports whether there are others.
func (t *Trial) Next() (more bool, err error) {
	if t.Whole() {
		return false, nil
	}
	d := &t.Drawings[t.Done]
	a, err := t.state.learner.Classify(&d.Shot.Input)
	if err != nil {
		return false, err
	}
	t.Trials = append(t.Trials, t.of.held(d.Class, a))
	if len(a.Ranking) > 0 {
		d.Answer, d.Confidence = a.Ranking[0].Class, a.Ranking[0].Confidence
	}
	d.None = a.None
	t.Done++
	if t.Whole() {
		t.SelfCheck = fewshot.CheckSelf(len(t.Classes), t.Trials, t.state.learner.Threshold())
	}
	return !t.Whole(), nil
}

// Whole reports whether every drawing has been asked about.
func (t *Trial) Whole() bool { return t.Done == len(t.Drawings) }

// held puts an answer into the terms of fewshot, for a drawing of a class.
func (c *checking) held(class ClassID, a Answer) fewshot.Held {
	h := fewshot.Held{
		Class:       c.place[class],
		Logits:      make([]float64, len(c.Classes)),
		Confidences: make([]float64, len(c.Classes)),
	}
	for i := range h.Logits {
		h.Logits[i] = math.Inf(-1)
	}
	for _, r := range a.Ranking {
		h.Logits[c.place[r.Class]], h.Confidences[c.place[r.Class]] = r.Logit, float64(r.Confidence)
	}
	return h
}
