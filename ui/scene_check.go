package ui

import (
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/ui/state"
)

// draw draws the check, as much of it as the painter's clip shows.
func (s *checkScene) draw(g *Game) {
	l := g.layout
	k, c := l.Check, g.state.Check()
	at := func(r Rect) Rect { return l.onScreen(r, g.scroll) }
	part := func(r Rect, draw func(c *state.Check, r Rect)) {
		if r = at(r); r.W > 0 && g.paint.shows(r) {
			g.paint.Card(r, g.theme)
			draw(c, r)
		}
	}
	part(k.Empty, g.drawNothingToCheck)
	part(k.Accuracy, g.drawAccuracy)
	part(k.Strict, g.drawStrict)
	part(k.Warnings, func(c *state.Check, r Rect) { s.drawWarnings(g, c, r) })
	part(k.Matrix, func(c *state.Check, r Rect) { g.drawMatrix(c, r, s.open) })
	part(k.Drawings, func(c *state.Check, r Rect) { s.drawDrawings(g, c, r) })
}

func (g *Game) drawNothingToCheck(_ *state.Check, r Rect) {
	g.drawEmpty(r, iconCheck, g.words.Say("Nothing to check yet"), g.words.Say("Teach two classes with two drawings each. Every drawing is then asked about as if it were new."))
}

func (g *Game) drawAccuracy(c *state.Check, r Rect) {
	p, t := g.paint, g.theme
	pad := cardPadding(r.W)
	in := Rect{r.X + pad, r.Y + 14, r.W - 2*pad, r.H - 28}
	switch {
	case !c.Whole():
		p.Text(g.words.Say("Checking"), fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
		p.Text(g.words.Say("{n} {of}", c.Done, g.words.Count(len(c.Shots), "of {n} example|of {n} examples")), fontSmall, Rect{in.X, in.Y + 32, in.W, 22}, Left, t.Muted)
		g.bar(Rect{in.X, in.Y + 66, in.W, 10}, float64(c.Done)/float64(len(c.Shots)), t.Accent)
		return
	case c.Asked == 0:
		p.Label(g.words.Say("One example each"), fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
		p.Paragraph(g.words.Say("Teach a class a second example, to see whether it would be recognised if it were new."),
			fontSmall, Rect{in.X, in.Y + 34, in.W, in.H - 34}, Left, t.Muted)
		return
	}
	share := float64(c.Right) / float64(c.Asked)
	y := g.figure(in, share, estimated{g.words.Say("{n} {of} recognised", c.Right, g.words.Count(c.Asked, "of {n} example|of {n} examples")), shortWords(g.words, c), intervalWords(g.words, c), briefInterval(g.words, c), c.Accuracy.Low, c.Accuracy.High})
	p.Paragraph(g.words.Say("Each is asked about as if it had never been taught. Draw more for a surer figure."),
		fontTiny, Rect{in.X, y + 12, in.W, in.bottom() - y - 8}, Left, t.Muted)
}

func (g *Game) drawStrict(c *state.Check, r Rect) {
	p, t, l := g.paint, g.theme, g.layout
	pad := cardPadding(r.W)
	in := Rect{r.X + pad, r.Y + 12, r.W - 2*pad, r.H - 24}
	step, own := g.state.Strictness(), g.state.OwnStrictness()
	p.Label(g.words.Say("None of these"), fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
	now := Rect{in.X + in.W*0.6, in.Y, in.W * 0.4, 28}
	if in.W < tight {
		now = Rect{in.X, in.Y + 22, in.W, 20}
	}
	p.Text(strictWords(g.words, step, own), fontLabel, now, Right, t.OnTint)
	g.drawSlider(l.node("strict"), l.onScreen(l.Check.Track, g.scroll))

	y := r.Y + 50 + touch + 4
	end := in.W / 2
	if in.W < tight {
		end = in.W // the other one stands below
	}
	p.Text(g.words.Say("always a class"), fontTiny, Rect{in.X, y, end, 18}, Left, t.Muted)
	if in.W < tight {
		y += 18
	}
	p.Text(g.words.Say("only sure ones"), fontTiny, Rect{in.right() - end, y, end, 18}, Right, t.Muted)
	y += 26
	if c.Whole() {
		if c.Asked > 0 {
			y = g.effect(in, y, refusedWords(g.words, c), g.words.Say("although they were taught"), c.Refused, c.Asked)
		}
		if c.Strangers > 0 {
			g.effect(in, y, takenWords(g.words, c), g.words.Say("asked without their own class"), c.Taken, c.Strangers)
		}
	}
	if n := l.node("reset"); n != nil {
		rect := l.onScreen(n.Rect, g.scroll)
		ink := t.OnTint
		lk := g.look(n)
		if n.Disabled {
			ink, lk = blend(t.Page, t.Muted, 0.5), look{}
		}
		g.button(rect.inset(2), n.Label, nil, lk, t.Surface, t.Sunken, ink)
		note := Rect{in.X, rect.Y, rect.X - in.X - 8, rect.H}
		if in.W < tight {
			note = Rect{in.X, rect.Y - 24, in.W, 24}
		}
		if g.state.Ink() && g.verdict.Kind == Answered {
			p.Label(g.words.Say("On the pad: {class}", g.verdict.Title), fontSmall, note, Left, t.Text)
		}
	}
}

// effect draws what the strictness does to a part of the examples, and returns where the next line stands.
func (g *Game) effect(in Rect, y float64, words, note string, n, of int) float64 {
	p, t := g.paint, g.theme
	p.Label(words, fontLabel, Rect{in.X, y, in.W, 22}, Left, t.Text)
	p.Label(note, fontTiny, Rect{in.X, y + 20, in.W, 18}, Left, t.Muted)
	const track = 84
	if g.texts.Measure(fontTiny, note).Width <= in.W-track-8 {
		fill := t.Bar
		if n > 0 {
			fill = t.Accent
		}
		g.bar(Rect{in.right() - track, y + 25, track, 8}, float64(n)/float64(of), fill)
	}
	return y + effectRow
}

func (s *checkScene) drawWarnings(g *Game, c *state.Check, r Rect) {
	p, t, l := g.paint, g.theme, g.layout
	pad := cardPadding(r.W)
	p.Text(g.words.Say("Look at these"), fontTitle, Rect{r.X + pad, r.Y + 12, r.W - 2*pad, 28}, Left, t.Text)
	if len(c.Misfits)+len(c.Close) == 0 {
		line := Rect{r.X + pad, r.Y + 48, r.W - 2*pad, 44}
		p.Icon(iconCheck, Rect{line.X, line.Y, 24, 24}, 24, 2.2, t.OnTint)
		p.Paragraph(g.words.Say("Every example fits its class, and no two classes are too close."), fontSmall,
			Rect{line.X + 34, line.Y + 2, line.W - 34, line.H}, Left, t.Muted)
		return
	}
	b := g.state.Board()
	for i := range l.Nodes {
		n := &l.Nodes[i]
		if n.Kind != KindOpen || n.Label != "" {
			continue
		}
		row := l.onScreen(n.Rect, g.scroll)
		lk := g.look(n)
		switch {
		case lk.hover || lk.pressed:
			p.Box(row, radiusCtl, t.Sunken)
		case n.Behind == s.open:
			p.Box(row, radiusCtl, t.Tint)
		}
		side := 44.0
		if row.W < tight {
			side = 30
		}
		box := Rect{row.X + pad/2, row.Y + (row.H-side)/2, side, side}
		words := g.words.Say("press to see it")
		if n.Behind.Both {
			g.example(box, firstShot(b, n.Behind.Class), t.Line)
			box = box.moved(side+6, 0)
			g.example(box, firstShot(b, n.Behind.As), t.Line)
			words = g.words.Say("press to see them")
		} else {
			g.example(box, g.shotOf(n.Shot), t.Danger)
		}
		x := box.right() + 12
		say := Rect{x, row.Y + 10, row.right() - x - 8, row.H - 20}
		if g.texts.Measure(fontLabel, n.Name).Width > say.W {
			p.Block(n.Name, fontLabel, say, Left, t.Text)
			continue
		}
		p.Text(n.Name, fontLabel, Rect{x, row.Y + 12, say.W, 20}, Left, t.Text)
		p.Label(words, fontTiny, Rect{x, row.Y + 32, say.W, 20}, Left, t.Muted)
	}
}

// noneCell is the width of a column of the matrix from which on "none" stands above it.
const noneCell = 34

// drawMatrix draws the confusion matrix; the cell that is open has a frame.
func (g *Game) drawMatrix(c *state.Check, r Rect, open behind) {
	p, t, l := g.paint, g.theme, g.layout
	k := l.Check
	pad := cardPadding(r.W)
	grid := l.onScreen(k.Grid, g.scroll)
	p.Label(g.words.Say("What is taken for what"), fontTitle, Rect{r.X + pad, r.Y + 12, r.W - 2*pad, 28}, Left, t.Text)
	legend := g.words.Say("rows: what it is, columns: answer")
	if k.Columns > len(c.Classes) && k.Cell < noneCell {
		legend = g.words.Say("rows: what it is, columns: answer, last: none")
	}
	p.Paragraph(legend, fontTiny, Rect{r.X + pad, r.Y + 38, r.W - 2*pad, k.Grid.Y - k.Matrix.Y - 74}, Left, t.Muted)

	b := g.state.Board()
	gap := 4.0
	if k.Cell < 24 {
		gap = 1
	}
	badge := min(k.Cell-gap, 24)
	for column := range k.Columns {
		box := Rect{grid.X + float64(column)*k.Cell, grid.Y - 30, k.Cell, 26}
		switch {
		case column == len(c.Classes) && k.Cell >= noneCell:
			p.Text(g.words.Say("none"), fontTiny, box, Centre, t.Muted)
		case column < len(c.Classes) && k.Cell >= namedCell:
			g.badge(box.centred(badge, min(badge, 24)), place(b, c.Classes[column]))
		}
	}
	for row, id := range c.Classes {
		y := grid.Y + float64(row)*k.Cell
		if k.Cell >= namedCell {
			g.badge(Rect{r.X + pad, y + (k.Cell-badge)/2, badge, badge}, place(b, id))
			if room := grid.X - r.X - pad - badge - 14; room > numberLabel {
				p.Text(nameOf(g.words, b, id), fontSmall, Rect{r.X + pad + badge + 8, y, room, k.Cell}, Left, t.Text)
			}
		}
		for column := range k.Columns {
			p.Box(l.onScreen(k.cell(row, column), g.scroll).inset(gap/2), min(8, k.Cell/6), t.Sunken)
		}
	}
	for _, f := range c.Confusions {
		column := f.As
		if column == fewshot.None {
			column = len(c.Classes)
		}
		cell := l.onScreen(k.cell(f.Class, column), g.scroll)
		fill, ink, edge := t.Warn, t.Danger, t.Danger
		if f.As == f.Class {
			fill, ink, edge = t.Tint, t.OnTint, t.Accent
		}
		at := behind{Class: c.Classes[f.Class], As: classAt(c, f.As)}
		n := l.node("cell:" + strconv.Itoa(int(at.Class)) + ":" + strconv.Itoa(int(at.As)))
		box := cell.inset(gap / 2)
		switch {
		case k.Cell < 24:
			if open == at {
				p.Box(cell.inset(-4), 4, t.Text)
				p.Box(cell.inset(-2), 3, t.Surface)
			}
			p.Box(box, min(8, k.Cell/6), edge) // too small to tell two pale ones apart
		case open == at || n != nil && (g.look(n).hover || g.look(n).pressed):
			p.Framed(box, min(8, k.Cell/6), 2, edge, fill)
		default:
			p.Box(box, min(8, k.Cell/6), fill)
		}
		if k.Cell >= 24 {
			p.Text(strconv.Itoa(len(f.Trials)), fontStrong, cell, Centre, ink)
		}
	}
}

func (s *checkScene) drawDrawings(g *Game, c *state.Check, r Rect) {
	p, t, l := g.paint, g.theme, g.layout
	pad := cardPadding(r.W)
	b := g.state.Board()
	title := Rect{r.X + pad, r.Y + 12, r.W - 2*pad, 28}
	if len(l.Check.Rows) == 0 {
		p.Label(g.words.Say("The drawings behind it"), fontTitle, title, Left, t.Text)
		p.Paragraph(g.words.Say("Press a cell or a warning to see them."), fontSmall, Rect{title.X, title.bottom() + 8, title.W, 66}, Left, t.Muted)
		return
	}
	p.Label(behindWords(g.words, b, s.open), fontTitle, title, Left, t.Text)
	for _, row := range l.Check.Rows {
		at := l.onScreen(row.Rect, g.scroll)
		if !p.shows(at) {
			continue
		}
		side := 56.0
		if at.W < 200 {
			side = 44
		}
		g.example(Rect{at.X, at.Y + (at.H-side)/2, side, side}, g.shotOf(row.Shot), t.Line)
		x := at.X + side + 14
		right := at.right() - touch - 8
		if n := l.node("move:" + strconv.Itoa(int(row.Shot))); n != nil {
			right = n.Rect.X - 8
		}
		p.Label(upper(shotWords(g.words, b, row.Shot)), fontLabel, Rect{x, at.Y + 14, right - x, 22}, Left, t.Text)
		said, own := trialWords(g.words, b, c, row.Trial)
		if both := said + ", " + own; own != "" && g.texts.Measure(fontTiny, both).Width <= right-x {
			said = both
		}
		p.Label(said, fontTiny, Rect{x, at.Y + 36, right - x, 20}, Left, t.Muted)
	}
	for i := range l.Nodes {
		n := &l.Nodes[i]
		at := l.onScreen(n.Rect, g.scroll)
		if !p.shows(at) {
			continue
		}
		switch n.Kind {
		case KindMove:
			if n.Label == "" || g.texts.Measure(fontStrong, n.Label).Width > at.W-18 {
				g.iconButton(at, iconMove, g.look(n), t.Tint, t.OnTint)
				continue
			}
			g.button(at.inset(3), n.Label, nil, g.look(n), t.Tint, blend(t.Tint, t.Accent, 0.15), t.OnTint)
		case KindDrop:
			ink := t.Muted
			if lk := g.look(n); lk.hover || lk.pressed {
				ink = t.Danger
			}
			g.iconButton(at, iconTrash, g.look(n), t.Warn, ink)
		}
	}
}

// badge draws the number of a class, as its card does.
func (g *Game) badge(r Rect, place int) {
	d := Dye{}
	if all := g.state.Board().Classes; place < len(all) {
		d = g.theme.dye(all[place].Colour)
	}
	g.numbered(r, place, d)
}

// place is where a class stands on the board, counted from 0.
func place(b state.Board, id state.ClassID) int {
	for i, c := range b.Classes {
		if c.ID == id {
			return i
		}
	}
	return 0
}

// firstShot and shotOf return an empty shot where there is none.
func firstShot(b state.Board, id state.ClassID) *state.Shot {
	for _, c := range b.Classes {
		if c.ID == id && len(c.Shots) > 0 {
			return &c.Shots[0]
		}
	}
	return &state.Shot{}
}

func (g *Game) shotOf(id state.ShotID) *state.Shot {
	c, at, ok := g.state.FindShot(id)
	if !ok {
		return &state.Shot{}
	}
	return &c.Shots[at]
}
