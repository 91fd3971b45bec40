package state_test

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"testing"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// nearest is a learner that a reader can check by eye: the class of the shot whose input differs
// least, summed over pixels.
type nearest struct {
	classOf map[state.ShotID]state.ClassID
	input   map[state.ShotID]prep.Input
	refuse  error // what Learn returns, if set
	takes   int   // how many shots it takes before that
	strict  int   // below 0 it never answers none, else where inputs differ by more than 1000*(20-strict)
	asked   int   // calls of LeaveOut
}

func newNearest() *nearest {
	return &nearest{classOf: map[state.ShotID]state.ClassID{}, input: map[state.ShotID]prep.Input{}, strict: -1}
}

func (n *nearest) Learn(c state.ClassID, s state.ShotID, in *prep.Input) error {
	if n.takes--; n.refuse != nil && n.takes < 0 {
		return n.refuse
	}
	if _, twice := n.input[s]; twice {
		return errors.New("nearest: shot learned twice")
	}
	n.classOf[s], n.input[s] = c, *in
	return nil
}

func (n *nearest) Forget(s state.ShotID) error {
	if _, ok := n.input[s]; !ok {
		return errors.New("nearest: shot not known")
	}
	delete(n.classOf, s)
	delete(n.input, s)
	return nil
}

func (n *nearest) Classify(q *prep.Input) (state.Answer, error) { return n.without(0, q), nil }

func (n *nearest) LeaveOut(shot state.ShotID) (state.Answer, error) {
	n.asked++
	in, ok := n.input[shot]
	if !ok {
		return state.Answer{}, errors.New("nearest: shot not known")
	}
	return n.without(shot, &in), nil
}

// without ranks the classes by the least difference of a shot, and leaves one shot out of it. The best
// class has all the confidence.
func (n *nearest) without(shot state.ShotID, q *prep.Input) state.Answer {
	diffs := map[state.ClassID]int{}
	a := state.Answer{}
	best := 1 << 30
	for id, in := range n.input {
		if id == shot {
			continue
		}
		diff := 0
		for i := range in {
			diff += max(int(in[i])-int(q[i]), int(q[i])-int(in[i]))
		}
		class := n.classOf[id]
		if d, ok := diffs[class]; !ok || diff < d {
			diffs[class] = diff
		}
		if diff < best || diff == best && id < a.Nearest {
			best, a.Nearest = diff, id
		}
	}
	for class, diff := range diffs {
		a.Ranking = append(a.Ranking, state.Rank{Class: class, Logit: float64(-diff), Score: 1})
	}
	slices.SortFunc(a.Ranking, func(x, y state.Rank) int {
		return cmp.Or(cmp.Compare(y.Logit, x.Logit), cmp.Compare(x.Class, y.Class))
	})
	a.Ranking[0].Confidence = 1
	a.None = a.Ranking[0].Logit < n.Threshold()
	return a
}

// A learner with one way to compare.
func (n *nearest) Heads() []string      { return []string{"nearest"} }
func (n *nearest) Head() string         { return "nearest" }
func (n *nearest) SetHead(string) error { return errors.New("nearest: there is no other head") }

func (n *nearest) Study(func() bool) (int, error) { return 0, nil }
func (n *nearest) Strictness() int                { return n.strict }
func (n *nearest) OwnStrictness() int             { return -1 }
func (n *nearest) SetStrictness(s int)            { n.strict = s }

func (n *nearest) Threshold() float64 {
	if n.strict < 0 {
		return math.Inf(-1)
	}
	return -1000 * float64(state.MaxStrictness-n.strict)
}

// draw puts one straight stroke on the pad.
func draw(s *state.State, x0, y0, x1, y1 float32) {
	s.BeginStroke(state.Point{X: x0, Y: y0, Pressure: 0.5})
	for i := 1; i <= 10; i++ {
		t := float32(i) / 10
		s.ExtendStroke(state.Point{X: x0 + (x1-x0)*t, Y: y0 + (y1-y0)*t, Pressure: 0.5})
	}
	s.EndStroke()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
