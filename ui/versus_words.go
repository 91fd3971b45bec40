package ui

import (
	"oneshot/ui/versus"
	"oneshot/ui/words"
)

func signWords(w *words.Catalogue, i int) string { return w.Say("Sign {n}", i+1) }

// versusTitle is what the game says now.
func versusTitle(w *words.Catalogue, m *versus.Match) (title, detail string) {
	if m.Over() {
		return versusResult(w, m)
	}
	r := &m.Rounds[m.At()]
	round := w.Say("Drawing {n} of {all}", m.At()+1, versus.Rounds)
	if !r.Answered {
		return w.Say("Which sign is it?"), round + ". " + w.Say("Press the sign that it is another drawing of.")
	}
	title = w.Say("Not this time")
	if r.Person == r.Sign {
		title = w.Say("Right")
	}
	switch {
	case r.Machine == r.Sign && r.Person == r.Sign:
		detail = w.Say("The machine says so too.")
	case r.Machine == r.Sign:
		detail = w.Say("The machine found it.")
	case r.Person == r.Sign:
		detail = w.Say("The machine took it for another.")
	case r.Machine == r.Person:
		detail = w.Say("The machine took it for the same wrong sign.")
	default:
		detail = w.Say("The machine was wrong too.")
	}
	return title, detail
}

// versusResult is what the game says at its end.
func versusResult(w *words.Catalogue, m *versus.Match) (title, detail string) {
	person, machine := m.Score()
	switch {
	case person > machine:
		title = w.Say("You were better")
	case person < machine:
		title = w.Say("The machine was better")
	default:
		title = w.Say("Even")
	}
	return title, w.Say("Neither of you had seen these signs before, and both saw one drawing of each. In the study that this game comes from, people were wrong about 1 time in 20.")
}

// versusSpoken is the game for those who do not see it: what the drawing is made of, as far as words go.
func versusSpoken(w *words.Catalogue, m *versus.Match) string {
	title, detail := versusTitle(w, m)
	person, machine := m.Score()
	score := " " + w.Say("You {you}, machine {machine}.", person, machine)
	if m.Over() {
		return title + "." + score + " " + detail
	}
	r := &m.Rounds[m.At()]
	if !r.Answered {
		return title + " " + detail + " " + w.Say("It is drawn as: {strokes}.", strokeWords(w, m.Signs[r.Sign].Words)) + score
	}
	return title + ". " + w.Say("It is {sign}.", signWords(w, r.Sign)) + " " + detail + score
}
