package ui

import (
	"strconv"

	"oneshot/ui/state"
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

func (s *trialScene) drawIntro(g *Game, r Rect) {
	p, t := g.paint, g.theme
	pad := cardPadding(r.W)
	in := Rect{r.X + pad, r.Y + 16, r.W - 2*pad, r.H - touch - 48}
	p.Text("Drawings it has not seen", fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
	h := 34.0
	if s.note != "" {
		h += p.Paragraph(s.note, fontLabel, Rect{in.X, in.Y + h, in.W, 84}, Left, t.Danger) + 8
	}
	h += p.Paragraph("Choose or drop a zip with a folder of pictures for each class, or a set that was saved here. Each drawing is asked about; nothing of it is learned.",
		fontSmall, Rect{in.X, in.Y + h, in.W, 130}, Left, t.Muted) + 8
	taught := []string{}
	for _, c := range g.state.Board().Classes {
		if len(c.Shots) > 0 {
			taught = append(taught, c.Name)
		}
	}
	if len(taught) > 0 && in.H-h >= 20 {
		p.Paragraph("Folders count that are named like yours: "+some(taught, 6)+".", fontTiny, Rect{in.X, in.Y + h, in.W, in.H - h}, Left, t.Muted)
	}
}

func (s *trialScene) drawFigure(g *Game, r Rect) {
	p, t, c := g.paint, g.theme, s.trial
	pad := cardPadding(r.W)
	in := Rect{r.X + pad, r.Y + 14, r.W - 2*pad, r.H - 28}
	if !c.Whole() {
		p.Text("Testing", fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
		p.Text(strconv.Itoa(c.Done)+" of "+count(len(c.Drawings), "drawing"), fontSmall, Rect{in.X, in.Y + 32, in.W, 22}, Left, t.Muted)
		g.bar(Rect{in.X, in.Y + 70, in.W, 10}, float64(c.Done)/float64(len(c.Drawings)), t.Accent)
		return
	}
	share := float64(c.Right) / float64(c.Asked)
	y := g.figure(in, share, estimated{strconv.Itoa(c.Right) + " of " + count(c.Asked, "drawing") + " recognised", shortWords(&c.Check), intervalWords(&c.Check), c.Accuracy.Low, c.Accuracy.High})
	note := strconv.Itoa(c.Refused) + " taken for none of these."
	if len(c.Passed) > 0 {
		note += " Passed over: " + some(c.Passed, 2) + "."
	}
	p.Text(note, fontTiny, Rect{in.X, y + 6, in.W, 20}, Left, t.Muted)
}

func (s *trialScene) drawWrong(g *Game, r Rect) {
	p, t, l, b := g.paint, g.theme, g.layout, g.state.Board()
	pad := cardPadding(r.W)
	title := "Answered wrong"
	if s.open != (behind{}) {
		title = behindWords(b, s.open)
	}
	p.Text(title, fontTitle, Rect{r.X + pad, r.Y + 14, r.W - 2*pad - 110, 28}, Left, t.Text)
	if len(l.Check.Rows) == 0 {
		p.Text("None of them.", fontSmall, Rect{r.X + pad, r.Y + 50, r.W - 2*pad, 22}, Left, t.Muted)
		return
	}
	for _, row := range l.Check.Rows {
		at := l.onScreen(row.Rect, g.scroll)
		if !p.shows(at) {
			continue
		}
		d := &s.trial.Drawings[row.Trial]
		g.example(Rect{at.X, at.Y + 6, 52, 52}, &d.Shot, t.Line)
		x := at.X + 66
		p.Text(saidWords(b, d), fontLabel, Rect{x, at.Y + 12, at.right() - x, 20}, Left, t.Text)
		p.Text("is "+nameOf(b, d.Class)+", "+s.file(d), fontTiny, Rect{x, at.Y + 33, at.right() - x, 20}, Left, t.Muted)
	}
	if n := len(s.shownWrong()); n > trialWrongs {
		p.Text("and "+strconv.Itoa(n-trialWrongs)+" more, all in the CSV", fontSmall, Rect{r.X + pad, r.bottom() - 36, r.W - 2*pad, 22}, Left, t.Muted)
	}
}

// saidWords is what was said about a drawing of a trial.
func saidWords(b state.Board, d *state.Tried) string {
	if d.None {
		return "None of these, most like " + nameOf(b, d.Answer)
	}
	return nameOf(b, d.Answer) + ", " + percent(float64(d.Confidence)) + " sure"
}
