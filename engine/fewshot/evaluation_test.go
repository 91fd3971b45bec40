package fewshot_test

import (
	"errors"
	"testing"

	"oneshot/engine/fewshot"
)

// Asked one by one the questions and their figures are those of Evaluate, and every episode is shown once.
func TestEvaluationByQuestions(t *testing.T) {
	set := &fewshot.Set{}
	for c := range 5 {
		k := fewshot.Class{Name: string(rune('a' + c))}
		for i := range 4 {
			d := &fewshot.Drawing{Name: k.Name}
			d.Input[c] = byte(100 + i)
			k.Drawings = append(k.Drawings, d)
		}
		set.Classes = append(set.Classes, k)
	}
	p := fewshot.Protocol{Way: 3, Shot: 2, Episodes: 20, Seed: 4}
	want, err := fewshot.Evaluate(set, p, &sometimes{})
	if err != nil || want.Right == 0 || want.Right == want.Queries {
		t.Fatalf("%+v, %v", want, err)
	}
	learner := &sometimes{}
	e, err := fewshot.Begin(set, p, learner)
	if err != nil {
		t.Fatal(err)
	}
	if r := e.Result(); r != (fewshot.Result{}) {
		t.Errorf("at first %+v", r)
	}
	asked := 0
	for more := true; more; asked++ {
		if more, err = e.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if e.Result() != want || asked != 60 || learner.shown != 20 {
		t.Errorf("%+v after %d questions and %d episodes, want %+v", e.Result(), asked, learner.shown, want)
	}
	if more, err := e.Next(); more || err != nil {
		t.Errorf("there is no end: %v, %v", more, err)
	}
	if _, err := fewshot.Begin(set, fewshot.Protocol{Way: 6, Shot: 1, Episodes: 1}, learner); !errors.Is(err, fewshot.ErrShort) {
		t.Errorf("with too few classes: %v", err)
	}
}

// sometimes is right about all classes but one.
type sometimes struct {
	support [][]*fewshot.Drawing
	shown   int
}

func (l *sometimes) Learn(support [][]*fewshot.Drawing) error {
	l.support = support
	l.shown++
	return nil
}

func (l *sometimes) Answer(q *fewshot.Drawing) (fewshot.Answer, error) {
	for class, shots := range l.support {
		if shots[0].Name == q.Name && q.Name != "c" {
			return fewshot.Answer{Class: class, Logits: make([]float64, len(l.support))}, nil
		}
	}
	return fewshot.Answer{Class: -1}, nil
}
