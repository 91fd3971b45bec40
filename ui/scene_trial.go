package ui

import (
	"errors"
	"strings"

	"oneshot/ui/session"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// fileTaker is a scene that takes the files that are chosen or dropped while it is shown.
type fileTaker interface{ take(g *Game, e *Event) }

// trialScene asks about the drawings in a file whose folders are named like the classes that were taught.
type trialScene struct {
	name  string // of the file
	set   session.Set
	trial *state.Trial // nil while there is none
	note  string       // why there is none
	open  behind

	intro  Rect
	figure Rect
	wrong  Rect
}

// Measures of the scene, and how much it shows.
const (
	trialWrongs = 100 // drawings in a list
	trialName   = "oneshot-test.csv"
)

func (s *trialScene) take(g *Game, e *Event) {
	set, err := session.Set{}, e.Err
	if err == nil {
		set, err = session.Read(e.Data)
	}
	s.trial, s.name, s.note = nil, e.Text, ""
	g.toast, g.stale = "", true
	g.scrollBy(-g.scroll)
	if err != nil {
		s.note = g.words.Say("That file was not opened") + ". " + sentence(g.words, err)
		return
	}
	s.set = set
	s.begin(g)
}

// begin asks about the drawings of the set from the first on.
func (s *trialScene) begin(g *Game) {
	s.open = behind{}
	for id, img := range g.pictures {
		if id < 0 { // of a trial before this one
			img.Deallocate()
			delete(g.pictures, id)
		}
	}
	var err error
	s.trial, err = g.state.NewTrial(s.set.Classes)
	g.stale = true
	switch {
	case errors.Is(err, state.ErrUntaught):
		s.note = g.words.Say("Nothing is taught yet. Teach the classes first.")
	case errors.Is(err, state.ErrNoMatch):
		s.note = g.words.Say("No folder in it is named like a class that you taught. It has {names}.", some(g.words, names(s.set.Classes), 4))
	case err != nil:
		s.note = refusal(g.words, err).Spoken
	}
}

// names are those of classes.
func names(classes []state.Class) []string {
	var all []string
	for _, c := range classes {
		all = append(all, c.Name)
	}
	return all
}

// some is a list in words, cut off where it gets long.
func some(w *words.Catalogue, all []string, most int) string {
	if len(all) > most {
		return w.Say("{names} and {n} more", strings.Join(all[:most], ", "), len(all)-most)
	}
	return strings.Join(all, ", ")
}

func (s *trialScene) step(g *Game, now float64) string {
	if s.trial == nil {
		if s.note != "" {
			return s.note
		}
		return g.words.Say("Choose a zip with a folder of pictures for each class.")
	}
	if s.trial.Stale() {
		s.begin(g)
		if s.trial == nil {
			return s.note
		}
	}
	for !s.trial.Whole() {
		if _, err := s.trial.Next(); err != nil {
			s.trial, s.note = nil, refusal(g.words, err).Spoken
			g.stale = true
			return s.note
		}
		if s.trial.Whole() {
			g.stale = true
			break
		}
		if g.host.Now()-now >= g.workTime(now) {
			Wake()
			g.damage.add(g.layout.onScreen(s.figure, g.scroll)) // for the bar
			return g.words.Say("Testing.")
		}
	}
	return s.spoken(g)
}

func (s *trialScene) spoken(g *Game) string {
	t := s.trial
	text := g.words.Say("{n} {of} recognised", t.Right, g.words.Count(t.Asked, "of {n} drawing|of {n} drawings")) + ", " + intervalWords(g.words, &t.Check) + ". " +
		g.words.Count(t.Refused, "{n} taken for none of these.|{n} taken for none of these.")
	if worst := s.worst(g.words, g.state.Board()); worst != "" {
		text += " " + g.words.Say("Most often wrong: {what}.", worst)
	}
	if len(t.Passed) > 0 {
		text += " " + g.words.Say("Passed over: {names}.", some(g.words, t.Passed, 4))
	}
	return text
}

// worst is the most frequent mistake in words, or nothing if there is none.
func (s *trialScene) worst(w *words.Catalogue, b state.Board) string {
	t, most, text := s.trial, 0, ""
	for _, f := range t.Confusions {
		if n := len(f.Trials); f.As != f.Class && n > most {
			most = n
			text = cellWords(w, b, behind{Class: t.Classes[f.Class], As: classAt(&t.Check, f.As)}, n)
		}
	}
	return text
}

// cancel ends a test that is not done.
func (s *trialScene) cancel(g *Game) {
	s.note = g.words.Say("Cancelled after {n} {of}.", s.trial.Done, g.words.Count(len(s.trial.Drawings), "of {n} drawing|of {n} drawings"))
	s.trial, g.stale = nil, true
}

// export hands the user the answers as a table.
func (s *trialScene) export(g *Game) {
	g.host.Save(trialName, s.table(g.state.Board()))
	g.tell(g.words.Say("Saved as {file}", trialName))
}

func (s *trialScene) openBehind(b behind) { s.open = b }

// shownWrong are the drawings in the list: those behind the open cell, or all that were answered wrong.
func (s *trialScene) shownWrong() []int {
	if s.open != (behind{}) {
		return trialsBehind(&s.trial.Check, s.open)
	}
	var all []int
	for _, m := range s.trial.Misfits {
		all = append(all, m.Trial)
	}
	return all
}

func (s *trialScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Test on a file"), 1232, g.screen)
	l.Check = &checkLayout{}
	s.intro, s.figure, s.wrong = Rect{}, Rect{}, Rect{}
	const gap = 16.0
	pick := Node{ID: "pick", Name: g.words.Say("Choose a file to test on"), Label: g.words.Say("Choose a file"), Action: Action{Style: StylePrimary, Icon: iconOpen, Do: func(g *Game) { g.host.Pick() }}}
	if s.trial == nil {
		w := min(at.W, 640)
		p := cardPadding(w)
		h := 32.0 + touch
		for _, words := range s.introduction(g) {
			h += g.texts.height(words.font, words.text, w-2*p) + words.below
		}
		s.intro = Rect{at.X + (at.W-w)/2, at.Y, w, h}
		pick.Rect = Rect{s.intro.X + p, s.intro.bottom() - touch - 16, min(w-2*p, 220), touch}
		l.Sheet.Cards = append(l.Sheet.Cards, s.intro)
		l.action(pick)
		l.Content = s.intro.bottom() + 24
		return l
	}
	left := Rect{at.X, at.Y, at.W, 0}
	if l.Wide {
		left.W = max((at.W-gap)*0.42, 380)
	}
	p := cardPadding(left.W)
	h := 196.0
	if left.W < 300 {
		h = 250
	}
	s.figure = Rect{left.X, left.Y, left.W, h}
	l.Sheet.Cards = append(l.Sheet.Cards, s.figure)
	foot := Rect{s.figure.X + p, s.figure.bottom() - touch - 14, min(170, (left.W-2*p-8)/2), touch}
	if !s.trial.Whole() {
		l.action(Node{ID: "cancel", Name: g.words.Say("Cancel the test"), Label: g.words.Say("Cancel"), Rect: foot, Action: Action{Style: StyleButton, Do: s.cancel}})
		l.Content = s.figure.bottom() + 24
		return l
	}
	l.action(Node{ID: "csv", Name: g.words.Say("Save the answers as CSV"), Label: g.words.Say("Save CSV"), Rect: foot, Action: Action{Style: StylePrimary, Icon: iconSave, Do: s.export}})
	pick.Rect, pick.Action.Style, pick.Label = foot.moved(foot.W+8, 0), StyleButton, g.words.Say("Other file")
	l.action(pick)
	y := s.list(l, Rect{left.X, s.figure.bottom() + gap, left.W, 0})
	right := Rect{left.right() + gap, at.Y, at.W - left.W - gap, 0}
	if !l.Wide {
		right = Rect{at.X, y + gap, at.W, 0}
	}
	in := checkInput{board: g.state.Board(), check: &s.trial.Check, strictness: g.state.Strictness(), own: g.state.OwnStrictness(), open: s.open}
	y = max(y, l.confusions(in, right))
	l.Sheet.Cards = append(l.Sheet.Cards, l.Check.Matrix)
	l.Content = y + 24
	return l
}

// list places the drawings that were answered wrong and returns where it ends.
func (s *trialScene) list(l *Layout, at Rect) float64 {
	shown := s.shownWrong()
	p := cardPadding(at.W)
	y := at.Y + 52
	if s.open != (behind{}) {
		l.action(Node{ID: "all", Name: l.Screen.Words.Say("Show all that are wrong"), Label: l.Screen.Words.Say("All wrong"), Rect: Rect{at.right() - p - 100, at.Y + 6, 100, touch}, Action: Action{Style: StyleButton,
			Do: func(g *Game) { s.open = behind{}; g.stale = true }}})
		y += 4
	}
	height := float64(checkRow)
	if at.W < tight {
		height = 116 // words on two or three lines
	}
	for _, i := range shown[:min(len(shown), trialWrongs)] {
		l.Check.Rows = append(l.Check.Rows, drawingRow{Rect: Rect{at.X + p, y, at.W - 2*p, height}, Trial: i})
		y += height
	}
	if len(shown) == 0 || len(shown) > trialWrongs {
		y += 30 // for a sentence
	}
	s.wrong = Rect{at.X, at.Y, at.W, y + 10 - at.Y}
	l.Sheet.Cards = append(l.Sheet.Cards, s.wrong)
	return s.wrong.bottom()
}
