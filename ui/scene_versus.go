package ui

import (
	"strconv"

	"oneshot/ui/state"
	"oneshot/ui/versus"
)

// versusScene is a game of twenty signs.
type versusScene struct {
	match *versus.Match
	at    *versusLayout
	err   error // why there is none
}

// showVersus opens the scene with a new game.
func (g *Game) showVersus(from string) { g.show(&versusScene{}, from) }

// begin draws new signs.
func (s *versusScene) begin(g *Game) {
	var machine state.Learner
	if machine, s.err = g.lab.learner(); s.err == nil {
		s.match, s.err = versus.New(g.dice(), machine)
	}
}

func (s *versusScene) arrange(g *Game) *Layout {
	var l *Layout
	switch {
	case s.match == nil:
		l, s.at = arrangeVersusEnd(g.screen, func(float64) float64 { return 290 })
		l.Nodes = l.Nodes[:1] // the way back
	case s.match.Over():
		l, s.at = arrangeVersusEnd(g.screen, s.resultHeight(g))
	default:
		var names [versus.Signs]string
		for i, sign := range s.match.Signs {
			names[i] = signWords(g.words, i) + ": " + sign.Words
		}
		at := s.match.At()
		l, s.at = arrangeVersus(g.screen, names, s.match.Rounds[at].Answered, at == versus.Rounds-1)
	}
	return l
}

// answerRound takes the person's answer, and the machine's.
func (g *Game) answerRound(sign int) {
	s, ok := g.scene().(*versusScene)
	if !ok {
		return
	}
	if err := s.match.Answer(sign); err != nil {
		s.match, s.err = nil, err
	}
	g.turnPage("next")
}

func (g *Game) nextRound() {
	s, ok := g.scene().(*versusScene)
	if !ok {
		return
	}
	s.match.Next()
	if s.match.Over() {
		g.turnPage("again")
		return
	}
	g.turnPage("sign:1")
}

func (g *Game) playAgain() {
	if s, ok := g.scene().(*versusScene); ok {
		s.begin(g)
		g.turnPage("sign:1")
	}
}

// turnPage lays out a scene that shows something else now, from its top, and gives a control of it the keyboard.
func (g *Game) turnPage(id string) {
	g.spoken = g.scene().step(g, g.host.Now())
	g.relayout()
	g.scrollBy(-g.scroll)
	g.focus(id)
}

func (s *versusScene) step(g *Game, _ float64) string {
	if s.match == nil && s.err == nil {
		s.begin(g)
	}
	if s.err != nil {
		return g.words.Say("The game could not begin. {error}", s.err)
	}
	return versusSpoken(g.words, s.match)
}

func (s *versusScene) draw(g *Game) {
	switch {
	case s.match == nil:
		g.paint.Paragraph(g.spoken, fontBody, g.layout.onScreen(s.at.Words, g.scroll), Left, g.theme.Text)
	case s.match.Over():
		s.drawEnd(g)
	default:
		s.drawRound(g)
	}
}

func (s *versusScene) drawRound(g *Game) {
	p, t, at := g.paint, g.theme, s.at
	on := func(r Rect) Rect { return g.layout.onScreen(r, g.scroll) }
	r := &s.match.Rounds[s.match.At()]
	g.thumb(on(at.Query), r.Query, t.Line)
	title, detail := versusTitle(g.words, s.match)
	p.Paragraph(title, fontTitle, on(at.Title), Left, t.Text)
	p.Paragraph(detail, fontSmall, on(at.Words), Left, t.Muted)
	person, machine := s.match.Score()
	line := on(at.Score)
	line.H /= 2
	you, it := g.words.Say("You {n}", person), g.words.Say("Machine {n}", machine)
	f := g.fitting(it, line.W, fontStrong, fontTiny)
	p.Text(you, f, line, Left, t.OnTint)
	p.Text(it, f, line.moved(0, line.H), Left, t.Muted)
	for i, tile := range at.Tiles {
		if tile = on(tile); p.shows(tile) {
			s.drawTile(g, i, tile, r)
		}
	}
}

// drawTile draws a sign to choose, and once that is done who has chosen it.
func (s *versusScene) drawTile(g *Game, i int, tile Rect, r *versus.Round) {
	p, t := g.paint, g.theme
	line := t.Line
	if n := g.layout.node("sign:" + strconv.Itoa(i+1)); n != nil && !n.Disabled {
		if lk := g.look(n); lk.hover || lk.pressed {
			line = t.Accent
		}
	}
	person, machine := r.Answered && r.Person == i, r.Answered && r.Machine == i
	right := r.Answered && r.Sign == i
	switch {
	case right:
		line = t.Accent
	case person:
		line = t.Danger
	}
	g.thumb(tile, s.match.Signs[i].Drawing, line)
	if !right && !person && !machine {
		return
	}
	by := ""
	switch {
	case person && machine:
		by = g.words.Say("both")
	case person:
		by = g.words.Say("you")
	case machine:
		by = g.words.Say("machine")
	}
	icon, fill, ink := iconCross, t.Warn, t.Danger
	if right {
		icon, fill, ink = iconCheck, t.Tint, t.OnTint
	}
	h := 20.0
	w := 22.0
	if by != "" {
		w += g.texts.Measure(fontTiny, by).Width + 6
	}
	w = min(w, tile.W-4)
	chip := Rect{tile.X + (tile.W-w)/2, tile.bottom() - 11, w, h}
	p.Box(chip, h/2, fill)
	words := Rect{chip.X + 20, chip.Y, chip.W - 22, h}
	if words.W < 30 && by != "" { // its colour tells too
		words.X, words.W = chip.X+4, chip.W-8
	} else {
		p.Icon(icon, Rect{chip.X + 3, chip.Y, 18, h}, 14, 2.6, ink)
	}
	p.Label(by, fontTiny, words, Left, ink)
}

// resultHeight is how high the words of the result are.
func (s *versusScene) resultHeight(g *Game) func(width float64) float64 {
	return func(width float64) float64 {
		title, detail := versusTitle(g.words, s.match)
		return 4 + g.texts.height(fontTitle, title, width) + 4 + g.texts.height(fontSmall, detail, width) + 12 + g.texts.height(fontTiny, g.words.Say("Y is you, M the machine"), width)
	}
}

func (s *versusScene) drawEnd(g *Game) {
	p, t, at := g.paint, g.theme, s.at
	on := func(r Rect) Rect { return g.layout.onScreen(r, g.scroll) }
	person, machine := s.match.Score()
	score := on(at.Score)
	for i, side := range []struct {
		name  string
		score int
	}{{g.words.Say("You"), person}, {g.words.Say("The machine"), machine}} {
		box := Rect{score.X + float64(i)*(score.W+12)/2, score.Y, (score.W - 12) / 2, score.H}
		fill, ink := t.Sunken, t.Text
		if i == 0 {
			fill, ink = t.Tint, t.OnTint
		}
		p.Box(box, radiusCtl, fill)
		p.Label(side.name, fontLabel, Rect{box.X + 8, box.Y + 12, box.W - 16, 20}, Centre, ink)
		p.Label(g.words.Say("{n} of {all}", side.score, versus.Rounds), fontHeading, Rect{box.X + 4, box.Y + 38, box.W - 8, 36}, Centre, ink)
	}
	words := on(at.Words)
	title, detail := versusTitle(g.words, s.match)
	h := 4 + p.Paragraph(title, fontTitle, Rect{words.X, words.Y + 4, words.W, words.H}, Left, t.Text) + 4
	h += p.Paragraph(detail, fontSmall, Rect{words.X, words.Y + h, words.W, words.H - h}, Left, t.Muted) + 12
	p.Paragraph(g.words.Say("Y is you, M the machine"), fontTiny, Rect{words.X, words.Y + h, words.W, words.H - h}, Left, t.Muted)
	for i, box := range at.Rounds {
		r := &s.match.Rounds[i]
		if box = on(box); !p.shows(box) {
			continue
		}
		g.thumb(box, r.Query, t.Line)
		for k, right := range [...]bool{r.Person == r.Sign, r.Machine == r.Sign} {
			icon, ink := iconCross, t.Danger
			if right {
				icon, ink = iconCheck, t.OnTint
			}
			half := Rect{box.X + float64(k)*box.W/2, box.bottom() + 3, box.W / 2, 22}
			p.Text([...]string{g.words.Say("Y"), g.words.Say("M")}[k], fontTiny, Rect{half.X, half.Y, half.W / 2, half.H}, Right, t.Muted)
			p.Icon(icon, Rect{half.X + half.W/2, half.Y, half.W / 2, half.H}, 14, 2.6, ink)
		}
	}
}
