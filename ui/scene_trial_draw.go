package ui

import (
	"image/color"

	"oneshot/ui/state"
	"oneshot/ui/words"
)

func (s *trialScene) draw(g *Game) {
	l, p := g.layout, g.paint
	at := func(r Rect) (Rect, bool) {
		r = l.onScreen(r, g.scroll)
		return r, r.W > 0 && p.shows(r)
	}
	if r, ok := at(s.intro); ok {
		s.drawIntro(g, r)
	}
	if s.trial == nil {
		return
	}
	if r, ok := at(s.figure); ok {
		s.drawFigure(g, r)
	}
	if r, ok := at(s.wrong); ok {
		s.drawWrong(g, r)
	}
	if r, ok := at(l.Check.Matrix); ok {
		g.drawMatrix(&s.trial.Check, r, s.open)
	}
}

// passage is a paragraph of several.
type passage struct {
	text  string
	font  Font
	ink   color.RGBA
	below float64 // room under it
}

// introduction says what can be tested on.
func (s *trialScene) introduction(g *Game) []passage {
	t := g.theme
	all := []passage{{g.words.Say("Drawings it has not seen"), fontTitle, t.Text, 6}}
	if s.note != "" {
		all = append(all, passage{s.note, fontLabel, t.Danger, 8})
	}
	all = append(all, passage{g.words.Say("Choose or drop a zip with a folder of pictures for each class, or a set that was saved here. Each drawing is asked about; nothing of it is learned."), fontSmall, t.Muted, 8})
	var taught []string
	for _, c := range g.state.Board().Classes {
		if len(c.Shots) > 0 {
			taught = append(taught, c.Name)
		}
	}
	if len(taught) > 0 {
		all = append(all, passage{g.words.Say("Folders count that are named like yours: {names}.", some(g.words, taught, 6)), fontTiny, t.Muted, 8})
	}
	all[len(all)-1].below = 16 // the button
	return all
}

func (s *trialScene) drawIntro(g *Game, r Rect) {
	pad := cardPadding(r.W)
	in := Rect{r.X + pad, r.Y + 16, r.W - 2*pad, r.H - touch - 32}
	for _, words := range s.introduction(g) {
		h := g.paint.Paragraph(words.text, words.font, in, Left, words.ink) + words.below
		in.Y, in.H = in.Y+h, in.H-h
	}
}

func (s *trialScene) drawFigure(g *Game, r Rect) {
	p, t, c := g.paint, g.theme, s.trial
	pad := cardPadding(r.W)
	in := Rect{r.X + pad, r.Y + 14, r.W - 2*pad, r.H - 28}
	if !c.Whole() {
		p.Text(g.words.Say("Testing"), fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
		p.Text(g.words.Say("{n} {of}", c.Done, g.words.Count(len(c.Drawings), "of {n} drawing|of {n} drawings")), fontSmall, Rect{in.X, in.Y + 32, in.W, 22}, Left, t.Muted)
		g.bar(Rect{in.X, in.Y + 70, in.W, 10}, float64(c.Done)/float64(len(c.Drawings)), t.Accent)
		return
	}
	share := float64(c.Right) / float64(c.Asked)
	y := g.figure(in, share, estimated{g.words.Say("{n} {of} recognised", c.Right, g.words.Count(c.Asked, "of {n} drawing|of {n} drawings")), shortWords(g.words, &c.Check), intervalWords(g.words, &c.Check), briefInterval(g.words, &c.Check), c.Accuracy.Low, c.Accuracy.High})
	note := ""
	if c.Refused > 0 {
		note = g.words.Count(c.Refused, "{n} taken for none of these.|{n} taken for none of these.")
	}
	if len(c.Passed) > 0 {
		note += " " + g.words.Say("Passed over: {names}.", some(g.words, c.Passed, 2))
	}
	p.Label(note, fontTiny, Rect{in.X, y + 6, in.W, 20}, Left, t.Muted)
}

func (s *trialScene) drawWrong(g *Game, r Rect) {
	p, t, l, b := g.paint, g.theme, g.layout, g.state.Board()
	pad := cardPadding(r.W)
	title := g.words.Say("Answered wrong")
	if s.open != (behind{}) {
		title = behindWords(g.words, b, s.open)
	}
	room := r.W - 2*pad
	if s.open != (behind{}) {
		room -= 110 // for the button beside it
	}
	g.heading(title, Rect{r.X + pad, r.Y + 8, room, 40})
	if len(l.Check.Rows) == 0 {
		p.Text(g.words.Say("None of them."), fontSmall, Rect{r.X + pad, r.Y + 50, r.W - 2*pad, 22}, Left, t.Muted)
		return
	}
	for _, row := range l.Check.Rows {
		at := l.onScreen(row.Rect, g.scroll)
		if !p.shows(at) {
			continue
		}
		d := &s.trial.Drawings[row.Trial]
		g.example(Rect{at.X, at.Y + 6, 52, 52}, &d.Shot, t.Line)
		words := Rect{at.X + 66, at.Y + 12, at.W - 66, at.H/2 - 8}
		words.Y += p.Paragraph(saidWords(g.words, b, d), fontLabel, words, Left, t.Text)
		p.Paragraph(g.words.Say("is {class}, {file}", nameOf(g.words, b, d.Class), s.file(d)), fontTiny, words, Left, t.Muted)
	}
	if n := len(s.shownWrong()); n > trialWrongs {
		p.Text(g.words.Say("and {n} more, all in the CSV", n-trialWrongs), fontSmall, Rect{r.X + pad, r.bottom() - 36, r.W - 2*pad, 22}, Left, t.Muted)
	}
}

// saidWords is what was said about a drawing of a trial.
func saidWords(w *words.Catalogue, b state.Board, d *state.Tried) string {
	if d.None {
		return w.Say("None of these, most like {class}", nameOf(w, b, d.Answer))
	}
	return w.Say("{class}, {percent} sure", nameOf(w, b, d.Answer), percent(float64(d.Confidence)))
}
