package ui

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"oneshot/ui/state"
	"oneshot/ui/words"
)

// nameOf is the name of a class of the board, or what stands for none of them.
func nameOf(w *words.Catalogue, b state.Board, id state.ClassID) string {
	for _, c := range b.Classes {
		if c.ID == id {
			return c.Name
		}
	}
	return w.Say("none of these")
}

// shotWords says which example of which class a shot is.
func shotWords(w *words.Catalogue, b state.Board, id state.ShotID) string {
	for _, c := range b.Classes {
		if i := slices.IndexFunc(c.Shots, func(s state.Shot) bool { return s.ID == id }); i >= 0 {
			return w.Say("example {n} of {class}", i+1, c.Name)
		}
	}
	return w.Say("an example")
}

func misfitWords(w *words.Catalogue, b state.Board, id state.ShotID, of behind) string {
	if of.As == 0 {
		return w.Say("{example} is unlike the others", upper(shotWords(w, b, id)))
	}
	return w.Say("{example} looks like {class}", upper(shotWords(w, b, id)), nameOf(w, b, of.As))
}

func pairWords(w *words.Catalogue, b state.Board, of behind) string {
	return w.Say("{class} and {other} are easily confused", nameOf(w, b, of.Class), nameOf(w, b, of.As))
}

// cellWords says what a cell of the confusion matrix counts.
func cellWords(w *words.Catalogue, b state.Board, of behind, n int) string {
	return w.Say("{n} of {class} answered {other}", n, nameOf(w, b, of.Class), nameOf(w, b, of.As))
}

// behindWords is the title of the drawings that are open.
func behindWords(w *words.Catalogue, b state.Board, of behind) string {
	switch {
	case of.Both:
		return w.Say("{class} and {other}", nameOf(w, b, of.Class), nameOf(w, b, of.As))
	case of.As == of.Class:
		return w.Say("{class}, recognised", nameOf(w, b, of.Class))
	}
	return w.Say("{class} taken for {other}", nameOf(w, b, of.Class), nameOf(w, b, of.As))
}

// strictWords is the value of the slider for people.
func strictWords(w *words.Catalogue, step, own int) string {
	switch {
	case step == -state.MaxStrictness:
		return w.Say("always answers")
	case step == own:
		return w.Say("as trained")
	case step > 0:
		return w.Say("strict +{n}", step)
	case step < 0:
		return w.Say("lax −{n}", -step)
	}
	return "medium"
}

// refusedWords and takenWords say what the strictness does to the taught set.
func refusedWords(w *words.Catalogue, c *state.Check) string {
	return w.Say("{n} {of} refused", c.Refused, w.Count(c.Asked, "of {n} example|of {n} examples"))
}

func takenWords(w *words.Catalogue, c *state.Check) string {
	return w.Say("{n} {of} taken for a class", c.Taken, w.Count(c.Strangers, "of {n} stranger|of {n} strangers"))
}

// shortWords is how many are right, where there is little room.
func shortWords(w *words.Catalogue, c *state.Check) string {
	return w.Say("{n} of {all} recognised", c.Right, c.Asked)
}

// intervalWords is the 95 % interval.
func intervalWords(w *words.Catalogue, c *state.Check) string {
	return w.Say("95 % interval: {low} to {high}", percent(c.Accuracy.Low), percent(c.Accuracy.High))
}

// briefInterval is it where there is little room.
func briefInterval(w *words.Catalogue, c *state.Check) string {
	return w.Say("95 %: {low} to {high}", percent(c.Accuracy.Low), percent(c.Accuracy.High))
}

// checkSpoken is the check in one or two sentences.
func checkSpoken(w *words.Catalogue, c *state.Check) string {
	switch {
	case len(c.Shots) < 2:
		return w.Say("Nothing to check yet. Teach two classes with two drawings each.")
	case !c.Whole():
		return w.Say("Checking.")
	case c.Asked == 0:
		return w.Say("Teach a class a second example to see whether it would be recognised.") + " " + takenWords(w, c) + "."
	}
	text := w.Say("{n} {of} recognised", c.Right, w.Count(c.Asked, "of {n} example|of {n} examples")) + ", " + intervalWords(w, c) + ". " + refusedWords(w, c) + ". "
	if c.Strangers > 0 {
		text += takenWords(w, c) + ". "
	}
	return text + w.Count(len(c.Misfits)+len(c.Close), "{n} warning|{n} warnings") + "."
}

// upper begins a sentence.
func upper(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// trialWords is how sure it was of its answer when a shot was left out, and of the shot's own class if that
// is another.
func trialWords(w *words.Catalogue, b state.Board, c *state.Check, trial int) (said, own string) {
	t := &c.Trials[trial]
	best := 0
	for i, v := range t.Logits {
		if v > t.Logits[best] {
			best = i
		}
	}
	words := func(class int) string { return nameOf(w, b, c.Classes[class]) + " " + percent(t.Confidences[class]) }
	if best != t.Class {
		own = words(t.Class)
	}
	return words(best), own
}
