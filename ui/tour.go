package ui

import (
	"oneshot/ui/state"

	"oneshot/ui/words"
)

// TourMemory remembers that somebody has been shown around, for as long as it can.
type TourMemory interface {
	TourDone() bool
	SetTourDone(done bool)
}

// briefly remembers it until the page is closed.
type briefly struct{ done bool }

func (b *briefly) TourDone() bool        { return b.done }
func (b *briefly) SetTourDone(done bool) { b.done = done }

// tip is a hint of the tour.
type tip uint8

const (
	tipPad tip = iota
	tipTeach
	tipAnswer
	tipsOver
)

// words is what a tip says.
func (t tip) words(w *words.Catalogue) string {
	return [...]string{
		tipPad:    w.Say("Start here: draw anything"),
		tipTeach:  w.Say("Now press Teach"),
		tipAnswer: w.Say("Wrong? Press what it was"),
		tipsOver:  "",
	}[t]
}

// tour is three hints, one after the other, each when it is of use. Nobody has to follow it: what a hint is
// about may be done without it, and then the hint has gone.
type tour struct {
	memory TourMemory
	at     tip
	again  bool // it was asked for: the hints wait for nothing but to be read
	shots  int  // that were taught when at began
	inked  bool // the last hint was shown beside a drawing
	tapped bool // the pen came down on the hint
}

// RememberTour keeps in m whether somebody has been shown around.
func (g *Game) RememberTour(m TourMemory) {
	g.tour = tour{memory: m}
	if m.TourDone() {
		g.tour.at = tipsOver
	}
	g.stale = true
}

// next goes on to the next hint.
func (t *tour) next(s *state.State) {
	if t.at == tipsOver {
		return
	}
	t.at++
	t.shots, t.inked = shots(s), false
	if t.at == tipsOver {
		t.again = false
		t.memory.SetTourDone(true)
	}
}

// follow passes over the hints whose moment has gone, and returns the one to show now, or tipsOver for none.
func (t *tour) follow(s *state.State, v *Verdict) tip {
	if t.at == tipPad && !t.again && (s.Ink() || shots(s) > 0) {
		t.next(s)
		t.shots = 0
	}
	if t.at == tipTeach && shots(s) > t.shots || t.at == tipAnswer && t.inked && !s.Ink() {
		t.next(s)
	}
	switch {
	case s.Drawing():
	case t.again,
		t.at == tipPad,
		t.at == tipTeach && s.Ink() && v.Kind != Hint && v.Kind != Trouble,
		t.at == tipAnswer && v.Kind == Answered && s.Taught() > 1:
		t.inked = s.Ink()
		return t.at
	}
	return tipsOver
}

// shots counts all examples.
func shots(s *state.State) int {
	n := 0
	for _, c := range s.Board().Classes {
		n += len(c.Shots)
	}
	return n
}

// startTour shows the hints from the first, whether or not they were seen.
func (g *Game) startTour() {
	g.tour = tour{memory: g.tour.memory, again: true}
	g.tour.memory.SetTourDone(false)
	g.showPad()
	g.stale = true
}

// closeTip goes on from the hint that is shown.
func (g *Game) closeTip() {
	g.tour.next(g.state)
	g.stale = true
}

// tipPenDown takes a hint off the pad that the pen comes down on: one draws through it.
func (g *Game) tipPenDown(x, y float64) {
	n := g.layout.node("tip")
	g.tour.tapped = false
	if n == nil || !n.Through {
		return
	}
	g.tour.tapped = n.Rect.Contains(x, y)
	if g.tour.at == tipPad {
		g.tour.next(g.state)
	}
	g.stale = true
}

// closeTipByTap closes a hint on the pad that the pen has but tapped, and reports whether it was that: then
// it is no stroke.
func (g *Game) closeTipByTap() bool {
	if !g.tour.tapped || span(g.state.Pen()) >= 0.03 {
		return false
	}
	g.tour.tapped = false
	if g.tour.at == tipAnswer {
		g.closeTip()
	}
	return true
}
