package ui

import "strconv"

// stillScene asks whether anybody is still there, while the seconds are counted. Anything that anybody does is a yes.
type stillScene struct {
	left          int
	number, words Rect // in the list's coordinates
	bar           Rect
	whole         float64 // seconds that are counted in all
}

func (s *stillScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Still there?"), 460, g.screen)
	const p = 24.0
	in := Rect{at.X + p, at.Y + p, at.W - 2*p, 0}
	words := g.texts.height(fontBody, s.line(g), in.W)
	height := p + 48 + 18 + words + 22 + 6 + 22 + touch + 8 + p
	at.Y = max(at.Y, (l.List.H-height)/2-30) // in the middle of the screen
	in.Y = at.Y + p
	s.number = Rect{in.X, in.Y, in.W, 48}
	s.words = Rect{in.X, s.number.bottom() + 18, in.W, words}
	s.bar = Rect{in.X, s.words.bottom() + 22, in.W, 6}
	stay := Node{ID: "stay", Name: g.words.Say("I am still here"), Label: g.words.Say("I am still here"), Rect: Rect{in.X, s.bar.bottom() + 22, in.W, touch + 8},
		Action: Action{Style: StylePrimary, Do: (*Game).back}}
	l.action(stay)
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{at.X, at.Y, at.W, stay.Rect.bottom() + p - at.Y})
	l.Content = stay.Rect.bottom() + p + 16
	return l
}

func (s *stillScene) line(g *Game) string {
	return g.words.Count(s.left, "second, then a fresh board for the next visitor. Touch anywhere to go on.|seconds, then a fresh board for the next visitor. Touch anywhere to go on.")
}

func (s *stillScene) draw(g *Game) {
	p, t := g.paint, g.theme
	at := func(r Rect) Rect { return g.layout.onScreen(r, g.scroll) }
	p.Text(strconv.Itoa(s.left), fontDisplay, at(s.number), Centre, t.Text)
	bar := at(s.bar)
	p.Box(bar, 3, t.Sunken)
	bar.W *= min(float64(s.left)/max(s.whole, 1), 1)
	p.Box(bar, 3, t.Accent)
	p.Paragraph(s.line(g), fontBody, at(s.words), Centre, t.Muted)
}

// step says the same all the time: a screen reader that counts would not let anybody answer.
func (s *stillScene) step(g *Game, now float64) string {
	if left := g.kiosk.watch.Left(now); left != s.left {
		s.left = left
		s.whole = max(s.whole, float64(left))
		g.damageAll()
	}
	return g.words.Say("Still there? Touch or press anything to go on. Otherwise the board is made fresh.")
}
