package ui

import (
	"strconv"

	"oneshot/ui/versus"
)

func signWords(i int) string { return "Sign " + strconv.Itoa(i+1) }

// versusTitle is what the game says now.
func versusTitle(m *versus.Match) (title, detail string) {
	if m.Over() {
		return versusResult(m)
	}
	r := &m.Rounds[m.At()]
	round := "Drawing " + strconv.Itoa(m.At()+1) + " of " + strconv.Itoa(versus.Rounds)
	if !r.Answered {
		return "Which sign is it?", round + ". Press the sign that it is another drawing of."
	}
	title = "Not this time"
	if r.Person == r.Sign {
		title = "Right"
	}
	switch {
	case r.Machine == r.Sign && r.Person == r.Sign:
		detail = "The machine says so too."
	case r.Machine == r.Sign:
		detail = "The machine found it."
	case r.Person == r.Sign:
		detail = "The machine took it for another."
	case r.Machine == r.Person:
		detail = "The machine took it for the same wrong sign."
	default:
		detail = "The machine was wrong too."
	}
	return title, detail
}

// versusResult is what the game says at its end.
func versusResult(m *versus.Match) (title, detail string) {
	person, machine := m.Score()
	switch {
	case person > machine:
		title = "You were better"
	case person < machine:
		title = "The machine was better"
	default:
		title = "Even"
	}
	return title, "Neither of you had seen these signs before, and both saw one drawing of each. " +
		"In the study that this game comes from, people were wrong about 1 time in 20."
}

// versusSpoken is the game for those who do not see it: what the drawing is made of, as far as words go.
func versusSpoken(m *versus.Match) string {
	title, detail := versusTitle(m)
	person, machine := m.Score()
	score := " You " + strconv.Itoa(person) + ", machine " + strconv.Itoa(machine) + "."
	if m.Over() {
		return title + "." + score + " " + detail
	}
	r := &m.Rounds[m.At()]
	if !r.Answered {
		return title + " " + detail + " It is drawn as: " + m.Signs[r.Sign].Words + "." + score
	}
	return title + ". It is " + signWords(r.Sign) + ". " + detail + score
}
