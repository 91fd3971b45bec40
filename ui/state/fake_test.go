package state_test

import (
	"errors"
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
}

func newNearest() *nearest {
	return &nearest{map[state.ShotID]state.ClassID{}, map[state.ShotID]prep.Input{}, nil}
}

func (n *nearest) Learn(c state.ClassID, s state.ShotID, in *prep.Input) error {
	if n.refuse != nil {
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

func (n *nearest) Classify(q *prep.Input) (state.Answer, error) {
	best, bestDiff := state.ShotID(0), 1<<30
	for id, in := range n.input {
		diff := 0
		for i := range in {
			diff += max(int(in[i])-int(q[i]), int(q[i])-int(in[i]))
		}
		if diff < bestDiff || diff == bestDiff && id < best {
			best, bestDiff = id, diff
		}
	}
	return state.Answer{Ranking: []state.Rank{{Class: n.classOf[best], Score: 1, Confidence: 1}}, Nearest: best}, nil
}

// A learner with one way to compare.
func (n *nearest) Heads() []string      { return []string{"nearest"} }
func (n *nearest) Head() string         { return "nearest" }
func (n *nearest) SetHead(string) error { return errors.New("nearest: there is no other head") }

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
