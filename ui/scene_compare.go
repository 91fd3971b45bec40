package ui

import (
	"strings"

	"oneshot/engine/prep"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// compareScene shows what every way to compare says about the drawing on the pad, side by side, and lets one
// be chosen. It asks one of them a frame: a way that looks at all examples at once takes its time.
type compareScene struct {
	of       *state.Check // what was taught when it asked: the check is another once that has changed
	query    prep.Input
	fault    string    // why there is no query
	verdicts []Verdict // as many as were asked yet, in the order of the heads
	top      Rect
	cards    []Rect
	note     float64 // the height of the words under a head's name
}

// Measures of the scene, in layout units.
const (
	compareCard = 276 // height of the card of a head
	compareBars = 3
)

func (s *compareScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Ways to compare"), 1232, g.screen)
	const gap = 16.0
	s.top, s.note = Rect{at.X, at.Y, at.W, 84}, 20
	if at.W < tight {
		s.top.H, s.note = 214, 60
	}
	at.Y = s.top.bottom() + gap
	columns := 1
	switch {
	case at.W >= 1000:
		columns = 4
	case at.W >= 520:
		columns = 2
	}
	heads := g.state.Heads()
	w := (at.W - gap*float64(columns-1)) / float64(columns)
	s.cards = s.cards[:0]
	for i, head := range heads {
		h := compareCard - 20 + s.note
		card := Rect{at.X + float64(i%columns)*(w+gap), at.Y + float64(i/columns)*(h+gap), w, h}
		s.cards = append(s.cards, card)
		p := cardPadding(w)
		n := Node{ID: "use:" + head, Name: g.words.Say("Compare by {head}", headName(g.words, head)), Label: g.words.Say("Use this"), Action: Action{Style: StyleButton, Do: func(g *Game) { g.use(head) }}}
		if head == g.state.Head() {
			n.Name, n.Label = g.words.Say("Compares by {head} now", headName(g.words, head)), g.words.Say("In use")
			n.Action.Style, n.Action.Icon = StylePrimary, iconCheck
		}
		n.Rect = Rect{card.X + p, card.bottom() - touch - 14, card.W - 2*p, touch}
		l.action(n)
		l.Content = card.bottom() + 24
	}
	l.Sheet.Cards = append(append(l.Sheet.Cards, s.top), s.cards...)
	return l
}

// use makes a way to compare the one in use.
func (g *Game) use(head string) {
	if head == g.state.Head() {
		return
	}
	g.done(g.state.SetHead(head))
}

func (s *compareScene) step(g *Game, _ float64) string {
	query, err := g.state.Query()
	fault := ""
	if err != nil {
		fault = err.Error()
	}
	if of := g.state.Check(); s.of != of || s.query != query || s.fault != fault {
		s.of, s.query, s.fault, s.verdicts = of, query, fault, nil
		g.stale = true
	}
	heads := g.state.Heads()
	if n := len(s.verdicts); n < len(heads) {
		a, err := g.state.AskBy(heads[n])
		v := judge(g.words, g.state, a, err)
		s.verdicts = append(s.verdicts, v)
		g.stale = true
		if v.Kind != Answered {
			return v.Spoken // and so would the others
		}
		if n+1 < len(heads) {
			Wake()
			return g.words.Say("Comparing.")
		}
	}
	return s.spoken(g.words, heads)
}

// spoken is what all of them say.
func (s *compareScene) spoken(w *words.Catalogue, heads []string) string {
	if s.verdicts[0].Kind != Answered {
		return s.verdicts[0].Spoken
	}
	words := make([]string, len(heads))
	for i, head := range heads {
		words[i] = upper(headName(w, head)) + ": " + s.verdicts[i].Title + ", " + s.verdicts[i].Detail + "."
	}
	return strings.Join(words, " ")
}

// headName is what a way to compare is called.
func headName(w *words.Catalogue, head string) string {
	switch head {
	case "prototype":
		return w.Say("prototype")
	case "siamese":
		return w.Say("siamese")
	case "relation":
		return w.Say("relation")
	case "matching":
		return w.Say("matching")
	}
	return head
}

// headWords say how a head compares.
func headWords(w *words.Catalogue, head string) string {
	switch head {
	case "prototype":
		return w.Say("with the middle of all examples of a class")
	case "siamese":
		return w.Say("with each example, trait by trait")
	case "relation":
		return w.Say("a small network judges each pair")
	case "matching":
		return w.Say("with each example, in the light of all")
	}
	return ""
}

func (s *compareScene) draw(g *Game) {
	l, p, t := g.layout, g.paint, g.theme
	if len(s.verdicts) == 0 {
		return
	}
	answers := s.verdicts[0].Kind == Answered
	top := l.onScreen(s.top, g.scroll)
	if p.shows(top) {
		pad := cardPadding(top.W)
		box := Rect{top.X + pad, top.Y + 12, 60, 60}
		g.thumb(box, g.query(), t.Line)
		words := Rect{box.right() + 16, top.Y + 12, 0, top.H - 16}
		if top.W < tight {
			words = Rect{box.X, box.bottom() + 8, 0, top.H - 92}
		}
		words.W = top.right() - pad - words.X
		title, note := g.words.Say("The drawing on the pad"), g.words.Say("asked in every way at once")
		if !answers {
			title, note = s.verdicts[0].Title, s.verdicts[0].Detail
		}
		h := p.Paragraph(title, fontStrong, Rect{words.X, words.Y, words.W, words.H / 2}, Left, t.Text)
		p.Paragraph(note, fontSmall, Rect{words.X, words.Y + h, words.W, words.H - h}, Left, t.Muted)
	}
	for i, head := range g.state.Heads() {
		card := l.onScreen(s.cards[i], g.scroll)
		if !p.shows(card) {
			continue
		}
		pad := cardPadding(card.W)
		in := Rect{card.X + pad, card.Y + 14, card.W - 2*pad, card.H - touch - 42}
		p.Text(upper(headName(g.words, head)), fontTitle, Rect{in.X, in.Y, in.W, 26}, Left, t.Text)
		p.Paragraph(headWords(g.words, head), fontTiny, Rect{in.X, in.Y + 27, in.W, s.note}, Left, t.Muted)
		in.Y += s.note - 20
		if !answers || i >= len(s.verdicts) {
			continue
		}
		v := &s.verdicts[i]
		ink := t.Text
		if v.Lead == 0 {
			ink = t.Muted
		}
		p.Text(v.Title, fontHeading, Rect{in.X, in.Y + 56, in.W, 30}, Left, ink)
		p.Text(v.Detail, fontLabel, Rect{in.X, in.Y + 86, in.W, 20}, Left, t.OnTint)
		g.ranking(v, Rect{in.X, in.Y + 114, in.W, 24}, compareBars)
	}
}

// ranking draws the first classes of a verdict as bars, one under the other.
func (g *Game) ranking(v *Verdict, row Rect, most int) {
	p, t := g.paint, g.theme
	name := row.W * 0.4
	for i, b := range v.Bars[:min(most, len(v.Bars))] {
		ink, fill, f := t.Muted, t.Bar, fontSmall
		if i == 0 && v.Lead != 0 {
			ink, fill, f = t.Text, t.Accent, fontLabel
		}
		p.Text(b.Name, f, Rect{row.X, row.Y, name - 8, row.H}, Left, ink)
		if b.Note != "" {
			p.Text(b.Note, f, Rect{row.X + name, row.Y, row.W - name, row.H}, Right, ink)
		} else {
			g.bar(Rect{row.X + name, row.Y + (row.H-10)/2, row.W - name - 52, 10}, b.Share, fill)
			p.Text(percent(b.Share), f, Rect{row.right() - 50, row.Y, 50, row.H}, Right, ink)
		}
		row.Y += row.H
	}
}
