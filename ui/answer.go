package ui

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"oneshot/engine/prep"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// VerdictKind says what the answer area shows.
type VerdictKind uint8

const (
	// Guide explains the first steps; Verdict.Step is the one to do now.
	Guide VerdictKind = iota
	// Waiting invites to draw.
	Waiting
	// Answered shows the ranking and the nearest example.
	Answered
	// Hint says what to do differently.
	Hint
	// Trouble explains what went wrong and what to do next.
	Trouble
)

// Verdict is the answer area in words and figures.
type Verdict struct {
	Kind   VerdictKind
	Title  string
	Detail string
	Step   int // Guide: 0 draw, 1 teach, 2 teach another class
	Bars   []Bar
	Lead   state.ClassID // Answered: the class that leads; 0 if it is none of them

	Nearest state.Shot // Answered: the example that is nearest
	Caption string     // Answered: which example that is

	// Spoken is the verdict in one sentence for the status node.
	Spoken string
}

// sure reports whether there is little doubt which class it is.
func (v *Verdict) sure() bool {
	return v.Kind == Answered && v.Lead != 0 && len(v.Bars) > 0 && v.Bars[0].Note == "" && v.Bars[0].Share >= 0.8
}

// Bar is one class in the ranking.
type Bar struct {
	Class state.ClassID
	Name  string
	Share float64 // 0..1
	Note  string  // what stands in place of the share, where that says nothing
}

// judge puts what the learner said about the pad into words.
func judge(w *words.Catalogue, s *state.State, a state.Answer, err error) Verdict {
	switch {
	case errors.Is(err, prep.ErrBlank):
		return invite(w, s)
	case errors.Is(err, prep.ErrSpeck):
		return hint(w.Say("A little larger, please"), w.Say("That is too small to read. Draw it bigger on the pad."))
	case errors.Is(err, state.ErrUntaught):
		return guide(1, w.Say("Now give it a name"), w.Say("Press Teach on one of the classes. One example is enough."))
	case err != nil:
		return trouble(w.Say("That drawing could not be read"), w.Say("Your drawing is still there. Undo the last stroke or clear the pad. ({error})", err))
	case len(a.Ranking) == 0:
		return invite(w, s)
	}
	return answered(w, s, a)
}

// invite is what a blank pad says: never an answer, always what to do next.
func invite(w *words.Catalogue, s *state.State) Verdict {
	switch s.Taught() {
	case 0:
		return guide(0, w.Say("Teach it with one drawing"), w.Say("Draw something on the pad, then press Teach on a class."))
	case 1:
		return guide(2, w.Say("Now something different"), w.Say("Draw another thing and teach it to a second class."))
	}
	v := Verdict{Kind: Waiting, Title: w.Say("Ready when you are"), Detail: w.Say("Draw something, and it says at once which class it is.")}
	v.Spoken = w.Say("Ready. Draw something to see which class it is.")
	return v
}

func guide(step int, title, detail string) Verdict {
	return Verdict{Kind: Guide, Step: step, Title: title, Detail: detail, Spoken: title + ". " + detail}
}

func hint(title, detail string) Verdict {
	return Verdict{Kind: Hint, Title: title, Detail: detail, Spoken: title + ". " + detail}
}

func trouble(title, detail string) Verdict {
	return Verdict{Kind: Trouble, Title: title, Detail: detail, Spoken: title + ". " + detail}
}

func answered(w *words.Catalogue, s *state.State, a state.Answer) Verdict {
	v := Verdict{Kind: Answered}
	for _, r := range a.Ranking {
		c, ok := s.Class(r.Class)
		if !ok {
			continue
		}
		if len(v.Bars) == 0 {
			v.Title, v.Lead = c.Name, c.ID
		}
		bar := Bar{Class: c.ID, Name: c.Name, Share: float64(r.Confidence)}
		if a.None {
			bar.Note = w.Say("taught") // the shares are of what it is none of
		}
		v.Bars = append(v.Bars, bar)
	}
	if c, place, ok := s.FindShot(a.Nearest); ok {
		v.Nearest = c.Shots[place]
		v.Caption = w.Say("example {n} of {class}", place+1, c.Name)
	}
	ranked := len(v.Bars)
	v.Bars = withUntaught(w, v.Bars, s.Board())
	if a.None && ranked > 0 {
		likest := v.Title
		v.Title, v.Lead = w.Say("None of these"), 0
		v.Detail = w.Say("most like {class}", likest)
		v.Spoken = v.closest(w, v.Title+", "+v.Detail)
		return v
	}
	if ranked == 1 {
		v.Detail = w.Say("the only class so far")
		v.Spoken = v.closest(w, w.Say("{class}, the only class taught so far", v.Title))
		return v
	}
	if ranked > 1 {
		v.Detail = w.Say("{percent} sure", percent(v.Bars[0].Share))
		v.Spoken = v.closest(w, v.Title+", "+v.Detail)
	}
	return v
}

// closest is an answer with the example that is nearest, where there is one.
func (v *Verdict) closest(w *words.Catalogue, answer string) string {
	if v.Caption == "" {
		return answer
	}
	return w.Say("{answer}, closest to {example}", answer, v.Caption)
}

// percent writes a share as whole per cent, with the space that typographers put before the sign.
func percent(share float64) string {
	if math.IsNaN(share) {
		share = 0
	}
	return strconv.Itoa(int(math.Round(100*min(max(share, 0), 1)))) + " %"
}

// refusal puts the error of an act into words.
func refusal(w *words.Catalogue, err error) Verdict {
	switch {
	case errors.Is(err, prep.ErrBlank):
		return hint(w.Say("Draw something first"), w.Say("Put an example on the pad, then press Teach."))
	case errors.Is(err, prep.ErrSpeck):
		return hint(w.Say("A little larger, please"), w.Say("That is too small to learn from. Draw it bigger, then press Teach."))
	case errors.Is(err, state.ErrFull):
		return trouble(w.Say("That is as many as fit"), w.Say("Delete something you no longer need, then try again. Your drawing is still there."))
	}
	return trouble(w.Say("That did not work"), w.Say("Nothing was lost. ({error})", err))
}

// offered is how many classes an answer shows besides the one that leads.
const offered = 3

// withUntaught adds classes that have no example yet where the ranking leaves room for them: what is on the
// pad may be the first of one.
func withUntaught(w *words.Catalogue, bars []Bar, b state.Board) []Bar {
	for _, c := range b.Classes {
		if len(bars) > offered {
			break
		}
		known := slices.ContainsFunc(bars, func(bar Bar) bool { return bar.Class == c.ID })
		if len(c.Shots) == 0 && !known {
			bars = append(bars, Bar{Class: c.ID, Name: c.Name, Note: w.Say("not taught")})
		}
	}
	return bars
}
