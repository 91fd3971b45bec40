package fewshot

import (
	"math"
	"reflect"
	"testing"
)

// gone is the logit of a class that is not there without the shot.
var gone = math.Inf(-1)

// Three classes: two of class 0, two of class 1, one alone of class 2. Worked out by hand.
func TestCheckSelf(t *testing.T) {
	trials := []Held{
		{0, []float64{0.9, 0.5, 0.1}, []float64{0.80, 0.15, 0.05}}, // right
		{0, []float64{0.4, 0.6, 0.1}, []float64{0.20, 0.70, 0.10}}, // taken for 1
		{1, []float64{0.2, 0.3, 0.1}, []float64{0.35, 0.40, 0.25}}, // right, but little speaks for it
		{1, []float64{0.5, 0.8, 0.1}, []float64{0.25, 0.70, 0.05}}, // right
		{2, []float64{0.45, 0.7, gone}, []float64{0.3, 0.7, 0}},    // cannot be right
	}
	own, its := 0.20, 0.70 // variables, for constants would be added without rounding
	got := CheckSelf(3, trials, 0.35)
	want := SelfCheck{
		Asked: 4, Right: 2, Accuracy: Wilson(2, 4), Refused: 1,
		// The largest logits of other classes are 0.5, 0.6, 0.2, 0.5 and 0.7.
		Strangers: 5, Taken: 4,
		Confusions: []Confusion{{0, 0, []int{0}}, {0, 1, []int{1}}, {1, 1, []int{3}}, {1, None, []int{2}}},
		Misfits:    []Misfit{{2, None, 0}, {1, 1, own / (own + its)}},
		// 0 and 1: 0.80/0.95, 0.20/0.90, 0.40/0.75 and 0.70/0.95; their mean is 0.584. 1 and 2: 0.40/0.65 and 0.70/0.75.
		Close: []Pair{{0, 1, (0.80/0.95 + 0.20/0.90 + 0.40/0.75 + 0.70/0.95) / 4}},
	}
	for i := range got.Close {
		if len(want.Close) > i && math.Abs(got.Close[i].Share-want.Close[i].Share) < 1e-12 {
			want.Close[i].Share = got.Close[i].Share
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}

	lax := CheckSelf(3, trials, math.Inf(-1))
	if lax.Refused != 0 || lax.Right != 3 || lax.Taken != 5 || len(lax.Misfits) != 1 {
		t.Errorf("without a threshold: %+v", lax)
	}
	strict := CheckSelf(3, trials, math.Inf(1))
	if strict.Refused != 4 || strict.Right != 0 || strict.Taken != 0 {
		t.Errorf("with a threshold that nothing reaches: %+v", strict)
	}
}

// What can be wrong with a small support set is no reason for a wrong figure.
func TestCheckSelfOfLittle(t *testing.T) {
	if got := CheckSelf(0, nil, 0); !reflect.DeepEqual(got, SelfCheck{Accuracy: Interval{0, 1}}) {
		t.Errorf("of nothing: %+v", got)
	}
	// One class with one shot beside one with one: neither can be right, both are strangers.
	got := CheckSelf(2, []Held{{0, []float64{gone, 0.2}, []float64{0, 1}}, {1, []float64{0.4, gone}, []float64{1, 0}}}, 0.3)
	if got.Asked != 0 || got.Strangers != 2 || got.Taken != 1 || len(got.Misfits)+len(got.Close)+len(got.Confusions) != 0 {
		t.Errorf("one shot each: %+v", got)
	}
	// One class alone has no strangers, and two shots of it know each other.
	got = CheckSelf(1, []Held{{0, []float64{0.9}, []float64{1}}, {0, []float64{0.9}, []float64{1}}}, 0.3)
	if got.Asked != 2 || got.Right != 2 || got.Strangers != 0 {
		t.Errorf("one class: %+v", got)
	}
	// Confidences too small for a number leave the logits to decide.
	got = CheckSelf(3, []Held{{0, []float64{-900, -800, 0}, []float64{0, 0, 1}}}, gone)
	if want := []Pair{{0, 1, 0}, {0, 2, 0}}; !reflect.DeepEqual(got.Close, want) {
		t.Errorf("close %+v, want %+v", got.Close, want)
	}
}
