package fewshot_test

import (
	"math"
	"testing"

	"oneshot/engine/fewshot"
)

func TestAltered(t *testing.T) {
	// Drawing d of class c is at [c][d]; the oracle reads the class from the picture that it is shown.
	set := numbered(3, 4)
	at := func(c, d int) *fewshot.Drawing { return set.Classes[c].Drawings[d] }
	l := &fewshot.Altered{Learner: &oracle{},
		Queries: map[*fewshot.Drawing]*fewshot.Drawing{at(0, 1): at(1, 2), at(1, 1): nil},
		Support: map[*fewshot.Drawing]*fewshot.Drawing{at(2, 0): at(3, 0), at(1, 0): nil},
	}
	if err := l.Learn([][]*fewshot.Drawing{{at(0, 0)}, {at(1, 0)}, {at(2, 0)}}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		query *fewshot.Drawing
		want  int
	}{
		{at(0, 0), 0},  // as it is
		{at(0, 1), 1},  // shown as another
		{at(1, 1), -1}, // cannot be read
		{at(1, 0), 1},  // the example that cannot be read was drawn again
		{at(3, 0), 2},  // class 2 was shown so
	} {
		got, err := l.Answer(test.query)
		if err != nil || got.Class != test.want {
			t.Errorf("query %v: class %d, error %v, want %d", test.query.Input[:2], got.Class, err, test.want)
		}
	}
	if got, _ := l.Answer(at(1, 1)); got.Evidence() != math.Inf(-1) {
		t.Errorf("evidence %v for what cannot be read", got.Evidence())
	}
	l.Support = nil
	if err := l.Learn([][]*fewshot.Drawing{{at(0, 0)}, {at(2, 0)}}); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Answer(at(2, 1)); err != nil || got.Class != 1 {
		t.Errorf("support as it is: class %d, error %v, want 1", got.Class, err)
	}
}
