package ui

import (
	"strconv"

	"oneshot/ui/state"
)

// card draws one class, without its controls.
func (g *Game) card(c *Card, r Rect) {
	p, t := g.paint, g.theme
	dy := r.Y - c.Rect.Y
	if g.dropOn == c.Class {
		p.raised(r, t, 2, t.Accent)
	} else if g.verdict.Kind == Answered && g.verdict.Lead == c.Class {
		p.raised(r, t, 2, t.dye(c.Dye).Fill)
	} else {
		p.Card(r, t)
	}
	title := c.Title.moved(0, dy)
	lk := look{}
	if n := g.layout.node("rename:" + strconv.Itoa(int(c.Class))); n != nil {
		lk = g.look(n)
	}
	if lk.hover || lk.pressed {
		p.Box(Rect{title.X - 5, title.Y + 3, title.W + 5, title.H - 6}, radiusCtl, t.Sunken)
	}
	g.numbered(Rect{title.X, title.Y + (title.H-24)/2, 24, 24}, c.Place, t.dye(c.Dye))
	if g.editing == c.Class {
		return // the text field stands here
	}
	const pencil = 16
	name := Rect{title.X + 34, title.Y, title.W - 34 - pencil - 8, title.H}
	if c.Empty.W == 0 && c.Shots == 0 {
		p.Text(g.words.Say("no example"), fontTiny, Rect{name.X, name.Y + 23, name.W, 18}, Left, t.Muted)
		name.Y, name.H = name.Y+2, 22
	}
	w := g.texts.Measure(fontStrong, c.Name).Width
	if w > name.W {
		name.W += pencil + 8 // the name says more than the pencil
	}
	p.Text(c.Name, fontStrong, name, Left, t.Text)
	if end := name.X + w; !g.locked() && end+6+pencil <= title.right() {
		p.Icon(iconPencil, Rect{end + 6, name.Y, pencil, name.H}, pencil, 1.7, t.Muted)
	}
	if c.Empty.W > 0 {
		empty := c.Empty.moved(0, dy)
		p.Box(empty, radiusCtl, t.Sunken)
		p.Text(g.words.Say("No example yet"), fontSmall, empty, Centre, t.Muted)
	}
}

// teachButton draws the button that teaches a class: filled once there is something to teach.
func (g *Game) teachButton(n *Node, r Rect) {
	t := g.theme
	if g.state.Ink() && g.invites(n.Class) {
		g.button(r, g.words.Say("Teach"), nil, g.look(n), t.Accent, t.Hover, t.OnFill)
		return
	}
	g.button(r, g.words.Say("Teach"), nil, g.look(n), t.Tint, blend(t.Tint, t.Accent, 0.15), t.OnTint)
}

// numbered draws the number of a class on its colour.
func (g *Game) numbered(r Rect, place int, d Dye) {
	g.paint.Box(r, r.W*0.3, d.Fill)
	if r.W >= 18 {
		n := strconv.Itoa(place + 1)
		g.paint.Text(n, g.fitting(n, r.W, fontLabel, fontTiny), r.inset(-2), Centre, d.On)
	}
}

// moreButton draws the button that opens the page of a class.
func (g *Game) moreButton(r Rect, lk look) {
	if lk.hover || lk.pressed {
		g.paint.Box(r.centred(36, 36), radiusCtl, g.theme.Sunken)
	}
	g.paint.Icon(iconDots, r, 22, 3.4, g.theme.Muted)
}

// invites reports whether a class's Teach button stands out while there is ink. In the first minute it is
// that of the next class without an example alone, so that there is one thing to press; later it is none beside a sure
// answer, which is what there is to see then.
func (g *Game) invites(id state.ClassID) bool {
	if g.state.Taught() > 1 {
		return !g.verdict.sure()
	}
	for _, c := range g.state.Board().Classes {
		if len(c.Shots) == 0 {
			return c.ID == id
		}
	}
	return true
}
