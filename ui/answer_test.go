package ui

import (
	"errors"
	"math"
	"strings"
	"testing"

	"oneshot/ui/state"
)

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{0: "0 %", 0.874: "87 %", 1: "100 %", 1.2: "100 %", -1: "0 %", math.NaN(): "0 %"} {
		if got := percent(share); got != want {
			t.Errorf("percent(%v) = %q, want %q", share, got, want)
		}
	}
}

// Whatever goes wrong is a sentence that says what to do, and that nothing is lost.
func TestErrorsAreExplained(t *testing.T) {
	for _, err := range []error{state.ErrFull, errors.New("engine: broken")} {
		v := refusal(nil, err)
		if v.Kind != Trouble || v.Title == "" || !strings.Contains(v.Detail+v.Title, "o") {
			t.Errorf("refusal(nil, %v) = %+v", err, v)
		}
	}
	g, _ := open(t, laptop)
	v := judge(nil, g.state, state.Answer{}, errors.New("engine: broken"))
	if v.Kind != Trouble || !strings.Contains(v.Spoken, "engine: broken") || !strings.Contains(v.Spoken, "still there") {
		t.Errorf("judge of an unknown error: %+v", v)
	}
}

// A class that was deleted meanwhile is not named.
func TestAnswerSkipsWhatIsGone(t *testing.T) {
	g, _ := open(t, laptop)
	a := state.Answer{Ranking: []state.Rank{{Class: 99, Confidence: 0.6}, {Class: 2, Confidence: 0.4}}, Nearest: 5}
	v := judge(nil, g.state, a, nil)
	if v.Title != "Class B" || v.Lead != 2 || v.Detail != "the only class so far" || v.Caption != "" {
		t.Errorf("%q, %q, %q, want Class B alone", v.Title, v.Detail, v.Caption)
	}
	for i, want := range []Bar{{Class: 2, Name: "Class B", Share: float64(float32(0.4))}, {Class: 1, Name: "Class A", Note: "not taught"}, {Class: 3, Name: "Class C", Note: "not taught"}} {
		if len(v.Bars) != 3 || v.Bars[i] != want {
			t.Fatalf("bars %+v, want %+v at %d", v.Bars, want, i)
		}
	}
}

// The line above the other classes fits what is known of them, and no share is shown beside "none of these".
func TestWordsForOtherClasses(t *testing.T) {
	g, _ := open(t, laptop)
	rank := func(none bool, classes ...state.ClassID) Verdict {
		a := state.Answer{None: none}
		for _, c := range classes {
			a.Ranking = append(a.Ranking, state.Rank{Class: c, Confidence: 1 / float32(len(classes))})
		}
		return judge(nil, g.state, a, nil)
	}
	for want, v := range map[string]Verdict{
		"Something else? Teach it as: Class B not taught": rank(false, 1),
		"Teach it as: Class A taught":                     rank(true, 1),
		"Teach it as: Class B taught":                     rank(true, 2, 1),
		"Wrong? Press what it was: Class B 50 %":          rank(false, 1, 2),
	} {
		words, _ := v.otherWords(nil)
		if got := words + ": " + v.others()[0].Name + " " + share(v.others()[0]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
