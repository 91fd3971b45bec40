package ui

import (
	"fmt"
	"slices"
	"strconv"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/ui/state"
	"oneshot/weights"
)

// DefaultHead is the head that the page compares with at first.
const DefaultHead = engine.Prototype

// learner is the engine as the state's learner: classes go by their ids, so that names may repeat.
type learner struct {
	classifier *engine.Classifier
	known      map[state.ShotID]engine.ShotID
	shots      map[engine.ShotID]state.ShotID
	waiting    []unseen
	strictness int
	insight    insight
}

// NewLearner makes an empty learner on a model. Errors are those of engine.New.
func NewLearner(m *weights.Model, head engine.Head) (state.Learner, error) {
	c, err := engine.New(m, head)
	if err != nil {
		return nil, err
	}
	return newLearner(c), nil
}

// newLearner makes a learner of a classifier that knows nothing.
func newLearner(c *engine.Classifier) *learner {
	l := &learner{classifier: c, known: map[state.ShotID]engine.ShotID{}, shots: map[engine.ShotID]state.ShotID{}}
	l.SetStrictness(l.OwnStrictness())
	return l
}

// unseen is a shot that the network has not seen yet.
type unseen struct {
	class state.ClassID
	shot  state.ShotID
	in    *prep.Input
}

// Learn takes a note: the network sees the shot in Study, or when it is needed. All that a board holds fits the engine.
func (l *learner) Learn(class state.ClassID, shot state.ShotID, in *prep.Input) error {
	l.waiting = append(l.waiting, unseen{class, shot, in})
	return nil
}

func (l *learner) Study(more func() bool) (int, error) {
	for len(l.waiting) > 0 && more() {
		w := l.waiting[0]
		id, err := l.classifier.Add(strconv.Itoa(int(w.class)), *w.in)
		if err != nil {
			return len(l.waiting), err
		}
		l.known[w.shot], l.shots[id] = id, w.shot
		l.waiting = l.waiting[1:]
	}
	return len(l.waiting), nil
}

// catchUp sees all that waits.
func (l *learner) catchUp() error {
	_, err := l.Study(func() bool { return true })
	return err
}

func (l *learner) Forget(shot state.ShotID) error {
	if i := slices.IndexFunc(l.waiting, func(w unseen) bool { return w.shot == shot }); i >= 0 {
		l.waiting = slices.Delete(l.waiting, i, i+1)
		return nil
	}
	id, ok := l.known[shot]
	if !ok {
		return fmt.Errorf("ui: shot %d was never learned", shot)
	}
	if err := l.classifier.Remove(id); err != nil {
		return err
	}
	delete(l.known, shot)
	delete(l.shots, id)
	return nil
}

func (l *learner) Classify(query *prep.Input) (state.Answer, error) {
	if err := l.catchUp(); err != nil {
		return state.Answer{}, err
	}
	a, err := l.classifier.Classify(*query)
	if err != nil {
		return state.Answer{}, err
	}
	return l.translate(a)
}

func (l *learner) LeaveOut(shot state.ShotID) (state.Answer, error) {
	if err := l.catchUp(); err != nil {
		return state.Answer{}, err
	}
	a, err := l.classifier.LeaveOut(l.known[shot])
	if err != nil {
		return state.Answer{}, err
	}
	return l.translate(a)
}

// translate puts the engine's answer into the state's terms.
func (l *learner) translate(a engine.Answer) (state.Answer, error) {
	out := state.Answer{None: a.None, Nearest: l.shots[a.Nearest], Similarity: a.Similarity}
	for _, r := range a.Ranking {
		class, err := strconv.Atoi(r.Class)
		if err != nil {
			return state.Answer{}, fmt.Errorf("ui: class %q of the engine: %w", r.Class, err)
		}
		out.Ranking = append(out.Ranking, state.Rank{Class: state.ClassID(class), Logit: r.Logit, Score: r.Score, Confidence: r.Confidence})
	}
	return out, nil
}

func (l *learner) Heads() []string {
	var names []string
	for _, h := range l.classifier.Network().Heads() {
		names = append(names, h.String())
	}
	return names
}

func (l *learner) Head() string { return l.classifier.Head().String() }

func (l *learner) SetHead(name string) error {
	h, err := engine.ParseHead(name)
	if err != nil {
		return err
	}
	if err := l.classifier.SetHead(h); err != nil {
		return err
	}
	l.SetStrictness(l.strictness) // for the head has a threshold of its own
	return nil
}
