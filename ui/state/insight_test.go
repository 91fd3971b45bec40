package state_test

import (
	"errors"
	"slices"
	"testing"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// The learner tells of itself through the state: what it says in one of its ways, and what it compares.
func TestInsight(t *testing.T) {
	l := newNearest()
	s := state.New(l)
	if _, err := s.AskBy("nearest"); !errors.Is(err, prep.ErrBlank) {
		t.Errorf("nothing drawn: %v, want ErrBlank", err)
	}
	if _, err := s.EmbedQuery(); !errors.Is(err, prep.ErrBlank) {
		t.Errorf("nothing drawn: %v, want ErrBlank", err)
	}
	draw(s, 0.1, 0.5, 0.9, 0.5)
	if _, err := s.AskBy("nearest"); !errors.Is(err, state.ErrUntaught) {
		t.Errorf("nothing taught: %v, want ErrUntaught", err)
	}
	if _, err := s.AskAbout(&prep.Input{}); !errors.Is(err, state.ErrUntaught) {
		t.Errorf("nothing taught: %v, want ErrUntaught", err)
	}
	must(t, s.Teach(1))
	draw(s, 0.5, 0.1, 0.5, 0.9)
	must(t, s.Teach(2))
	draw(s, 0.1, 0.45, 0.9, 0.5)

	if heads := s.Heads(); !slices.Equal(heads, []string{"nearest"}) {
		t.Errorf("heads %q", heads)
	}
	want, err := s.Ask()
	must(t, err)
	got, err := s.AskBy("nearest")
	must(t, err)
	if got.Ranking[0] != want.Ranking[0] || got.Ranking[0].Class != 1 {
		t.Errorf("answer %+v in the only way, want %+v", got, want)
	}
	if _, err := s.AskBy("other"); err == nil {
		t.Error("it answers in a way that it does not have")
	}

	all, err := s.Embeddings()
	must(t, err)
	if len(all) != 2 || all[0].Class != 1 || all[1].Class != 2 {
		t.Fatalf("embeddings of %+v", all)
	}
	for i, e := range all {
		shot := s.Board().Classes[i].Shots[0]
		if e.Shot != shot.ID || !slices.Equal(e.Embedding, l.Embed(&shot.Input)) {
			t.Errorf("embedding %d is not that of shot %d", i, shot.ID)
		}
	}
	in, err := s.Query()
	must(t, err)
	if e, err := s.EmbedQuery(); err != nil || !slices.Equal(e, l.Embed(&in)) {
		t.Errorf("the embedding of the pad: %v", err)
	}
	must(t, l.Forget(all[0].Shot))
	if all, err := s.Embeddings(); err == nil {
		t.Errorf("%d embeddings, one of a shot that the learner does not know", len(all))
	}
}

// What was found out about the shots in one way to compare does not hold in another.
func TestSetHeadForgetsTheCheck(t *testing.T) {
	s := state.New(newNearest())
	must(t, s.Open(set(t)))
	if _, err := s.CheckNext(); err != nil || s.Check().Done != 1 {
		t.Fatalf("%d drawings checked, %v", s.Check().Done, err)
	}
	if err := s.SetHead("other"); err == nil {
		t.Error("it takes a way to compare that it does not have")
	}
	if done := s.Check().Done; done != 0 {
		t.Errorf("%d drawings are checked in another way", done)
	}
}

// twoWays is nearest under two names.
type twoWays struct {
	*nearest
	head string
}

func (l *twoWays) Heads() []string           { return []string{"nearest", "other"} }
func (l *twoWays) Head() string              { return l.head }
func (l *twoWays) SetHead(head string) error { l.head = head; return nil }

// The ways to compare come one after the other, where there are several, and what was checked is checked anew.
func TestNextHead(t *testing.T) {
	s := state.New(newNearest())
	if must(t, s.NextHead()); s.Head() != "" {
		t.Errorf("the only way to compare is called %q, want no choice", s.Head())
	}
	s = state.New(&twoWays{newNearest(), "nearest"})
	must(t, s.Open(set(t)))
	if _, err := s.CheckNext(); err != nil || s.Check().Done != 1 {
		t.Fatalf("%d drawings checked, %v", s.Check().Done, err)
	}
	for _, want := range []string{"other", "nearest"} {
		if must(t, s.NextHead()); s.Head() != want || s.Check().Done != 0 {
			t.Errorf("head %q with %d drawings checked, want %q with none", s.Head(), s.Check().Done, want)
		}
	}
}
