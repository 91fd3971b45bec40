package ui

import (
	"strings"

	"oneshot/ui/session"
)

// linkScene asks before the set of a link takes the place of what is on the page.
type linkScene struct {
	set   session.Set
	words Rect // in the list's coordinates
}

// Measures of the question, in layout units.
const (
	linkPad  = 20.0
	linkLine = 24.0
)

func (s *linkScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Open this link?"), 560, g.screen)
	w := at.W - 2*linkPad
	s.words = Rect{at.X + linkPad, at.Y + linkPad, w, linkLine * float64(len(s.lines(g, w)))}
	y := s.words.bottom() + linkPad
	for _, n := range []Node{
		{ID: "openlink", Name: g.words.Say("Open it"), Action: Action{Style: StylePrimary, Icon: iconOpen, Do: func(g *Game) { g.openLink(s.set) }}},
		{ID: "notnow", Name: g.words.Say("Not now"), Action: Action{Style: StyleButton, Icon: iconBack, Do: (*Game).back}},
	} {
		n.Label, n.Rect = n.Name, Rect{at.X + linkPad, y, w, touch + 4}
		l.action(n)
		y = n.Rect.bottom() + 12
	}
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{at.X, at.Y, at.W, y + linkPad - 12 - at.Y})
	l.Content = y + linkPad
	return l
}

// lines says what is in the link and what becomes of what is on the page.
func (s *linkScene) lines(g *Game, width float64) []string {
	examples := 0
	var names []string
	for _, c := range s.set.Classes {
		examples += len(c.Shots)
		names = append(names, c.Name)
	}
	lines := g.texts.wrap(fontStrong, g.words.Say("{classes} and {examples}: {names}", g.words.Count(len(names), "{n} class|{n} classes"), g.words.Count(examples, "{n} example|{n} examples"), strings.Join(names, ", ")), width, 6)
	rest := g.words.Say("Undo brings back what is on the page now.")
	if g.kept != nil {
		rest = g.words.Say("What is on the page now stays under Your sets.")
	}
	lines = append(lines, "")
	return append(lines, g.texts.wrap(fontStrong, rest, width, 8)...)
}

func (s *linkScene) draw(g *Game) {
	r := g.layout.onScreen(s.words, g.scroll)
	for i, line := range s.lines(g, r.W) {
		g.paint.Text(line, fontBody, Rect{r.X, r.Y + linkLine*float64(i), r.W + 8, linkLine}, Left, g.theme.Text)
	}
}

func (s *linkScene) step(g *Game, _ float64) string {
	return g.words.Count(len(s.set.Classes), "Someone shared {n} class. Open this link?|Someone shared {n} classes. Open this link?")
}
