package ui

import (
	"math"
	"strconv"

	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// shotScene is the page of one example: the drawing, what the network sees of it, and what it would be taken
// for if it were new.
type shotScene struct {
	shot          state.ShotID
	title, detail string // what it would be taken for
	as            state.ClassID
	drawn, seen   Rect // in the list's coordinates
	words         Rect
}

func (s *shotScene) arrange(g *Game) *Layout {
	c, at, ok := g.state.FindShot(s.shot)
	if !ok {
		return arrangeGone(g)
	}
	s.ask(g)
	l, col := sheet(exampleName(g.words, c, at), 640, g.screen)
	if col.W < tight {
		l.Sheet.Name = strconv.Itoa(at+1) + " \u00b7 " + c.Name
	}
	l.history(g)
	pad := cardPadding(col.W)
	in := Rect{col.X + pad, col.Y + pad, col.W - 2*pad, 0}
	const gap, caption = 16.0, 26.0
	side := (in.W - gap) / 2
	s.drawn = Rect{in.X, in.Y, side, side}
	s.seen = s.drawn.moved(side+gap, 0)
	y := in.Y + side + caption + 16
	s.words = Rect{in.X, y, in.W, 0}
	s.words.H = s.titleHeight(g) + 2 + g.texts.height(fontSmall, s.detail, in.W-28) + 22
	y = l.grid(Rect{in.X, s.words.bottom() + 12, in.W, 0}, 2,
		Node{ID: "move", Name: g.words.Say("Move to another class"), Label: g.words.Say("Move to\u2026"), Disabled: len(g.state.Board().Classes) < 2,
			Action: Action{Style: StyleButton, Icon: iconMove, Do: func(g *Game) { g.show(&moveScene{s.shot}, "move") }}},
		Node{ID: "delete", Name: g.words.Say("Delete"), Label: g.words.Say("Delete"),
			Action: Action{Style: StyleDanger, Icon: iconTrash, Do: func(g *Game) {
				g.gone(1, c.ID, g.state.DeleteShot(s.shot), g.words.Say("Example deleted. Undo brings it back"))
			}}},
	)
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{col.X, col.Y, col.W, y + pad - col.Y})
	l.Content = y + pad + 24
	return l
}

// gone ends an act that took a shot from its class: its page is left, through so many scenes.
func (g *Game) gone(scenes int, from state.ClassID, err error, toast string) {
	if err != nil {
		g.judged(err, "")
		return
	}
	g.done(nil)
	g.leave(scenes, "more:"+strconv.Itoa(int(from)))
	g.tell(toast)
}

// ask puts into words what the example would be taken for if it were new.
func (s *shotScene) ask(g *Game) {
	c, _, ok := g.state.FindShot(s.shot)
	if !ok {
		s.title, s.detail, s.as = g.words.Say("This example is not here any more"), "", 0
		return
	}
	s.as = 0
	a, err := g.state.AskWithout(s.shot)
	switch {
	case err != nil || len(a.Ranking) == 0:
		s.title, s.detail = g.words.Say("The only example so far"), g.words.Say("Teach another, and this page says what this one would be taken for if it were new.")
		return
	case len(c.Shots) == 1:
		s.title, s.detail = g.words.Say("The only example of {class}", c.Name), g.words.Say("Teach it a second one, and this page says whether this one would be recognised.")
		return
	}
	best, _ := g.state.Class(a.Ranking[0].Class)
	switch {
	case a.None:
		s.title, s.detail = g.words.Say("If it were new: none of these"), g.words.Say("It is unlike the other examples; the nearest class is {class}.", best.Name)
	case best.ID == c.ID:
		s.as = best.ID
		s.title, s.detail = g.words.Say("If it were new: {class}", best.Name), g.words.Say("It would be recognised, {percent} sure.", percent(float64(a.Ranking[0].Confidence)))
	default:
		s.as = best.ID
		s.title, s.detail = g.words.Say("If it were new: {class}", best.Name), g.words.Say("It would be taken for that and not for {class}. Is it in the right class?", c.Name)
	}
}

// titleHeight is how high what it would be taken for stands in its box, beside the number of that class.
func (s *shotScene) titleHeight(g *Game) float64 {
	w := s.words.W - 28
	if s.as != 0 {
		w -= 34
	}
	return max(g.texts.height(fontStrong, s.title, w), 28)
}

func (s *shotScene) draw(g *Game) {
	p, t, l := g.paint, g.theme, g.layout
	c, at, ok := g.state.FindShot(s.shot)
	if !ok {
		return
	}
	shot := &c.Shots[at]
	drawn, seen := l.onScreen(s.drawn, g.scroll), l.onScreen(s.seen, g.scroll)
	g.example(drawn, shot, t.Line)
	p.Framed(seen, radiusCtl, 1, t.Line, t.Sunken)
	g.pixels(shot, seen.inset(8))
	under := func(r Rect) Rect { return Rect{r.X, r.bottom() + 4, r.W, 22} }
	label, net := g.words.Say("What was drawn"), g.words.Say("What the network sees")
	if len(shot.Strokes) == 0 {
		label = g.words.Say("The picture")
	}
	for _, short := range [...]string{g.words.Say("The network sees"), g.words.Say("Seen")} {
		if max(g.texts.Measure(fontSmall, label).Width, g.texts.Measure(fontSmall, net).Width) > seen.W {
			label, net = g.words.Say("Drawn"), short
		}
	}
	p.Label(label, fontSmall, under(drawn), Centre, t.Muted)
	p.Label(net, fontSmall, under(seen), Centre, t.Muted)

	w := l.onScreen(s.words, g.scroll)
	p.Box(w, radiusCtl, t.Sunken)
	in := Rect{w.X + 14, w.Y + 10, w.W - 28, w.H - 20}
	title := Rect{in.X, in.Y, in.W, 28}
	if s.as != 0 {
		g.badge(Rect{in.X, in.Y + 2, 24, 24}, place(g.state.Board(), s.as))
		title.X, title.W = title.X+34, title.W-34
	}
	title.H = s.titleHeight(g)
	p.Block(s.title, fontStrong, title, Left, t.Text)
	p.Paragraph(s.detail, fontSmall, Rect{in.X, title.bottom() + 2, in.W, in.bottom() - title.bottom()}, Left, t.Muted)
}

func (s *shotScene) step(g *Game, _ float64) string {
	if s.title == "" || g.stale {
		s.ask(g)
	}
	return s.title + ". " + s.detail
}

// pixels draws what the network sees of an example, its pixels as squares with sharp edges.
func (g *Game) pixels(s *state.Shot, r Rect) {
	p := g.paint
	k := r.W * p.scale / prep.Side
	if k > 2 {
		k = math.Floor(k) // so that all squares are alike
	}
	side := k * prep.Side
	options := ebiten.DrawImageOptions{Filter: ebiten.FilterNearest}
	options.ColorScale.ScaleWithColor(g.theme.Ink)
	p.image(g.pictures.of(s), math.Round((r.X+r.W/2)*p.scale-side/2), math.Round((r.Y+r.H/2)*p.scale-side/2), k, options)
}
