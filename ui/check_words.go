package ui

import (
	"slices"
	"strconv"
	"strings"

	"oneshot/ui/state"
)

// nameOf is the name of a class of the board, or what stands for none of them.
func nameOf(b state.Board, id state.ClassID) string {
	for _, c := range b.Classes {
		if c.ID == id {
			return c.Name
		}
	}
	return "none of these"
}

// shotWords says which example of which class a shot is.
func shotWords(b state.Board, id state.ShotID) string {
	for _, c := range b.Classes {
		if i := slices.IndexFunc(c.Shots, func(s state.Shot) bool { return s.ID == id }); i >= 0 {
			return "example " + strconv.Itoa(i+1) + " of " + c.Name
		}
	}
	return "an example"
}

func misfitWords(b state.Board, id state.ShotID, of behind) string {
	if of.As == 0 {
		return upper(shotWords(b, id)) + " is unlike the others"
	}
	return upper(shotWords(b, id)) + " looks like " + nameOf(b, of.As)
}

func pairWords(b state.Board, of behind) string {
	return nameOf(b, of.Class) + " and " + nameOf(b, of.As) + " are easily confused"
}

// cellWords says what a cell of the confusion matrix counts.
func cellWords(b state.Board, of behind, n int) string {
	return strconv.Itoa(n) + " of " + nameOf(b, of.Class) + " answered " + nameOf(b, of.As)
}

// behindWords is the title of the drawings that are open.
func behindWords(b state.Board, of behind) string {
	switch {
	case of.Both:
		return nameOf(b, of.Class) + " and " + nameOf(b, of.As)
	case of.As == of.Class:
		return nameOf(b, of.Class) + ", recognised"
	}
	return nameOf(b, of.Class) + " taken for " + nameOf(b, of.As)
}

// strictWords is the value of the slider for people.
func strictWords(step, own int) string {
	switch {
	case step == -state.MaxStrictness:
		return "always answers"
	case step == own:
		return "as trained"
	case step > 0:
		return "strict +" + strconv.Itoa(step)
	case step < 0:
		return "lax \u2212" + strconv.Itoa(-step)
	}
	return "medium"
}

// refusedWords and takenWords say what the strictness does to the taught set.
func refusedWords(c *state.Check) string {
	return strconv.Itoa(c.Refused) + " of " + count(c.Asked, "example") + " refused"
}

func takenWords(c *state.Check) string {
	return strconv.Itoa(c.Taken) + " of " + count(c.Strangers, "stranger") + " taken for a class"
}

// shortWords is how many are right, where there is little room.
func shortWords(c *state.Check) string {
	return strconv.Itoa(c.Right) + " of " + strconv.Itoa(c.Asked) + " recognised"
}

// intervalWords is the 95 % interval.
func intervalWords(c *state.Check) string {
	return "95 % interval: " + percent(c.Accuracy.Low) + " to " + percent(c.Accuracy.High)
}

// checkSpoken is the check in one or two sentences.
func checkSpoken(c *state.Check) string {
	switch {
	case len(c.Shots) < 2:
		return "Nothing to check yet. Teach two classes with two drawings each."
	case !c.Whole():
		return "Checking."
	case c.Asked == 0:
		return "Teach a class a second example to see whether it would be recognised. " + takenWords(c) + "."
	}
	text := strconv.Itoa(c.Right) + " of " + count(c.Asked, "example") + " recognised, " + intervalWords(c) + ". " +
		refusedWords(c) + ". "
	if c.Strangers > 0 {
		text += takenWords(c) + ". "
	}
	return text + count(len(c.Misfits)+len(c.Close), "warning") + "."
}

// count is a number with its noun.
func count(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "s"):
		noun += "es"
	default:
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// upper begins a sentence.
func upper(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return string(s[0]-'a'+'A') + s[1:]
	}
	return s
}

// trialWords is how sure it was of its answer when a shot was left out, and of the shot's own class if that
// is another.
func trialWords(b state.Board, c *state.Check, trial int) (said, own string) {
	t := &c.Trials[trial]
	best := 0
	for i, v := range t.Logits {
		if v > t.Logits[best] {
			best = i
		}
	}
	words := func(class int) string { return nameOf(b, c.Classes[class]) + " " + percent(t.Confidences[class]) }
	if best != t.Class {
		own = words(t.Class)
	}
	return words(best), own
}
