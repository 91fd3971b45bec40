package ui

import (
	"errors"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/ui/state"
)

func (l *slopes) ClassifyBy(head string, q *prep.Input) (state.Answer, error) {
	was := l.strict
	l.strict = head == "strict"
	a, err := l.Classify(q)
	l.strict = was
	return a, err
}

func (l *slopes) Embed(in *prep.Input) []int16 { return slope(spread(in)) }

func (l *slopes) Embedding(s state.ShotID) ([]int16, error) {
	if _, ok := l.shots[s]; !ok {
		return nil, errors.New("slopes: shot not known")
	}
	return slope(l.wide[s]), nil
}

func slope(wide bool) []int16 {
	if wide {
		return []int16{100, 0, 0}
	}
	return []int16{0, 100, 0}
}

func (l *slopes) Beside(map[*fewshot.Drawing]state.ShotID) (fewshot.Learner, error) {
	return &besideSlopes{}, nil
}

// besideSlopes answers with the first class that has a drawing of the same slope.
type besideSlopes struct{ support [][]*fewshot.Drawing }

func (b *besideSlopes) Learn(support [][]*fewshot.Drawing) error {
	b.support = support
	return nil
}

func (b *besideSlopes) Answer(q *fewshot.Drawing) (fewshot.Answer, error) {
	a := fewshot.Answer{Logits: make([]float64, len(b.support))}
	for class := len(b.support) - 1; class >= 0; class-- {
		for _, d := range b.support[class] {
			if spread(&d.Input) == spread(&q.Input) {
				a.Class = class
			}
		}
	}
	return a, nil
}
