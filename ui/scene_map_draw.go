package ui

import (
	"image/color"
	"strconv"

	"oneshot/ui/state"
)

func (s *mapScene) draw(g *Game) {
	l, p, t := g.layout, g.paint, g.theme
	at := func(r Rect) Rect { return l.onScreen(r, g.scroll) }
	if s.empty.W > 0 {
		g.drawEmpty(at(s.empty), iconMap, g.words.Say("Nothing to map yet"), g.words.Say("Teach two drawings. The map then shows which of all look alike to the network."))
		return
	}
	if r := at(s.board); p.shows(r) {
		if s.found {
			s.drawField(g)
		} else {
			in := r.inset(cardPadding(r.W))
			y := r.Y + r.H/2 - 24
			p.Text(g.words.Say("Placing the drawings"), fontTitle, Rect{in.X, y - 14, in.W, 28}, Centre, t.Text)
			g.bar(Rect{in.X + in.W*0.2, y + 30, in.W * 0.6, 10}, s.plane.Done(), t.Accent)
		}
	}
	if r := at(s.details); p.shows(r) {
		s.drawDetails(g, r)
	}
	if r := at(s.pairs); r.W > 0 && p.shows(r) {
		s.drawPairs(g, r)
	}
}

// drawEmpty says why there is nothing to see yet, and what to do about it.
func (g *Game) drawEmpty(r Rect, icon Icon, title, note string) {
	p, t := g.paint, g.theme
	disc := Rect{r.X + (r.W-64)/2, r.Y + 24, 64, 64}
	p.Box(disc, 32, t.Tint)
	p.Icon(icon, disc, 40, 1.9, t.OnTint)
	in := r.inset(16)
	y := disc.bottom() + 12
	y += p.Paragraph(title, fontTitle, Rect{in.X, y, in.W, 84}, Centre, t.Text) + 4
	p.Paragraph(note, fontSmall, Rect{in.X, y, in.W, in.bottom() - y}, Centre, t.Muted)
}

// emptyHeight is how high the card is that drawEmpty fills.
func emptyHeight(width float64) float64 {
	if width < tight {
		return 324
	}
	return 214
}

// drawField draws the map itself.
func (s *mapScene) drawField(g *Game) {
	p, t, b := g.paint, g.theme, g.state.Board()
	field := g.layout.onScreen(s.field, g.scroll)
	point := func(x, y float64) (float64, float64) { return field.X + x*field.W, field.Y + y*field.H }
	side := s.side()
	mark := func(i int) {
		sp := &s.spots[i]
		x, y := point(sp.x, sp.y)
		hue := g.hueOf(sp.class)
		if side > 0 {
			g.example(Rect{x - side/2, y - side/2, side, side}, shotAt(b, sp), hue)
			return
		}
		p.Box(Rect{x - 4, y - 4, 8, 8}, 4, hue)
	}
	if side == 0 { // names would hide the dots
		s.drawLabels(g)
	}
	for i := range s.spots {
		mark(i)
	}
	if side > 0 {
		s.drawLabels(g)
	}
	if s.chosen >= 0 {
		a := &s.spots[s.chosen]
		x, y := point(a.x, a.y)
		if s.like >= 0 {
			to := &s.spots[s.like]
			u, v := point(to.x, to.y)
			p.Line([]bead{{x, y, 1}, {u, v, 1}}, t.Accent)
			mark(s.like)
		}
		ring := side/2 + 4
		if side == 0 {
			ring = 9
		}
		p.Box(Rect{x - ring, y - ring, 2 * ring, 2 * ring}, min(ring, radiusCtl+4), t.Accent)
		mark(s.chosen)
	}
	if s.query != nil {
		box, tag := s.queryBoxes(g)
		box, tag = g.layout.onScreen(box, g.scroll), g.layout.onScreen(tag, g.scroll)
		p.Box(box.inset(-3), radiusCtl+3, t.Accent)
		g.thumb(box, g.query(), t.Accent)
		p.Box(tag, 8, t.Accent)
		p.Text(g.words.Say("on the pad"), fontTiny, tag, Centre, t.OnFill)
	}
}

// drawLabels draws the names of the classes.
func (s *mapScene) drawLabels(g *Game) {
	p, t, f := g.paint, g.theme, s.labelFont()
	for _, name := range s.labels {
		if name.rect.W == 0 {
			continue
		}
		box, hue := g.layout.onScreen(name.rect, g.scroll), g.hueOf(name.class)
		if f == fontTiny {
			p.Text(name.text, f, box, Centre, hue)
			continue
		}
		p.Framed(box, 8, 1, hue, t.Surface)
		p.Text(name.text, f, box.inset(2), Centre, t.Text)
	}
}

// drawDetails shows the drawing that is chosen beside the one that is nearest to it.
func (s *mapScene) drawDetails(g *Game, r Rect) {
	p, t, b := g.paint, g.theme, g.state.Board()
	pad := cardPadding(r.W)
	in := Rect{r.X + pad, r.Y + 14, r.W - 2*pad, r.H - touch - 34}
	if s.chosen < 0 {
		p.Label(g.words.Say("Near is alike"), fontTitle, Rect{in.X, in.Y, in.W, 26}, Left, t.Text)
		note := g.words.Say("What the network takes for alike lies near each other. Press a drawing to see it.")
		if s.found {
			note += " " + g.words.Say("The plane shows {percent} of the differences.", percent(s.plane.Share()))
		}
		p.Paragraph(note, fontSmall, Rect{in.X, in.Y + 30, in.W, in.H - 30}, Left, t.Muted)
		return
	}
	size := min(in.H-4, in.W*0.26, 88)
	box := Rect{in.X, in.Y + 2, size, size}
	g.example(box, shotAt(b, &s.spots[s.chosen]), t.Accent)
	if s.like >= 0 {
		box = box.moved(size+8, 0)
		g.example(box, shotAt(b, &s.spots[s.like]), g.hueOf(s.spots[s.like].class))
	}
	x := box.right() + 14
	h := p.Paragraph(s.chosenWords(g.words, b), fontLabel, Rect{x, in.Y, in.right() - x, 40}, Left, t.Text)
	p.Paragraph(s.likeWords(g.words, b), fontTiny, Rect{x, in.Y + h + 4, in.right() - x, in.H - h - 4}, Left, t.Muted)
}

// drawPairs lists where classes meet.
func (s *mapScene) drawPairs(g *Game, r Rect) {
	p, t, l, b := g.paint, g.theme, g.layout, g.state.Board()
	pad := cardPadding(r.W)
	p.Label(g.words.Say("Where classes meet"), fontTitle, Rect{r.X + pad, r.Y + 12, r.W - 2*pad, 28}, Left, t.Text)
	for i, n := range s.close {
		node := l.node("close:" + strconv.Itoa(i))
		if node == nil {
			continue
		}
		row := l.onScreen(node.Rect, g.scroll)
		if lk := g.look(node); lk.hover || lk.pressed {
			p.Box(row, radiusCtl, t.Sunken)
		}
		side := 44.0
		if row.W < tight {
			side = 30
		}
		box := Rect{row.X + pad/2, row.Y + (row.H-side)/2, side, side}
		first, second := &s.spots[n.A], &s.spots[n.B]
		g.example(box, shotAt(b, first), g.hueOf(first.class))
		box = box.moved(side+6, 0)
		g.example(box, shotAt(b, second), g.hueOf(second.class))
		x := box.right() + 12
		w := row.right() - x - 8
		names := g.words.Say("{class} and {other}", b.Classes[first.class].Name, b.Classes[second.class].Name)
		if g.texts.Measure(fontLabel, names).Width > w { // as much of both as fits
			half := (w - g.texts.Measure(fontLabel, g.words.Say("{class} and {other}", "", "")).Width) / 2
			names = g.words.Say("{class} and {other}", g.texts.cut(fontLabel, b.Classes[first.class].Name, half), g.texts.cut(fontLabel, b.Classes[second.class].Name, half))
		}
		p.Label(names, fontLabel, Rect{x, row.Y + 12, w, 20}, Left, t.Text)
		p.Label(g.words.Say("{percent} alike", percent(n.Cosine)), fontTiny, Rect{x, row.Y + 32, row.right() - x - 8, 20}, Left, t.Muted)
	}
}

// shotAt is the shot of a spot.
func shotAt(b state.Board, sp *spot) *state.Shot {
	c := &b.Classes[sp.class]
	for i := range c.Shots {
		if c.Shots[i].ID == sp.shot {
			return &c.Shots[i]
		}
	}
	return &state.Shot{}
}

// hueOf is the colour of the class at a place of the board.
func (g *Game) hueOf(place int) color.RGBA {
	return g.theme.dye(g.state.Board().Classes[place].Colour).Fill
}
