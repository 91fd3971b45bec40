package state_test

import (
	"errors"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/ui/state"
)

func (n *nearest) ClassifyBy(head string, q *prep.Input) (state.Answer, error) {
	if head != n.Head() {
		return state.Answer{}, n.SetHead(head)
	}
	return n.Classify(q)
}

func (n *nearest) Embed(in *prep.Input) []int16 {
	e := make([]int16, len(in))
	for i, v := range in {
		e[i] = int16(v)
	}
	return e
}

func (n *nearest) Embedding(shot state.ShotID) ([]int16, error) {
	in, ok := n.input[shot]
	if !ok {
		return nil, errors.New("nearest: shot not known")
	}
	return n.Embed(&in), nil
}

// Beside is a learner that knows drawings by the shots they are of.
func (n *nearest) Beside(drawings map[*fewshot.Drawing]state.ShotID) (fewshot.Learner, error) {
	for _, id := range drawings {
		if _, ok := n.input[id]; !ok {
			return nil, errors.New("nearest: shot not known")
		}
	}
	return &besideNearest{}, nil
}

// besideNearest is nearest for episodes.
type besideNearest struct{ support [][]*fewshot.Drawing }

func (b *besideNearest) Learn(support [][]*fewshot.Drawing) error {
	b.support = support
	return nil
}

func (b *besideNearest) Answer(q *fewshot.Drawing) (fewshot.Answer, error) {
	best := 1 << 30
	var a fewshot.Answer
	for class, shots := range b.support {
		least := 1 << 30
		for _, d := range shots {
			diff := 0
			for i := range d.Input {
				diff += max(int(d.Input[i])-int(q.Input[i]), int(q.Input[i])-int(d.Input[i]))
			}
			least = min(least, diff)
		}
		a.Logits = append(a.Logits, float64(-least))
		if least < best {
			best, a.Class = least, class
		}
	}
	return a, nil
}
