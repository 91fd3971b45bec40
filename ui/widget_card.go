package ui

import "strconv"

// card draws one class, without its controls.
func (g *Game) card(c *Card, r Rect) {
	p, t := g.paint, g.theme
	dy := r.Y - c.Rect.Y
	if g.dropOn == c.Class || g.verdict.Kind == Answered && g.verdict.Lead == c.Class {
		p.raised(r, t, 2, t.Accent)
	} else {
		p.Card(r, t)
	}
	title := c.Title.moved(0, dy)
	badge := Rect{title.X, title.Y + (title.H-24)/2, 24, 24}
	p.Box(badge, 7, t.Tint)
	p.Text(strconv.Itoa(c.Place+1), fontLabel, badge, Centre, t.OnTint)
	if g.editing == c.Class {
		return // the text field stands here
	}
	name := Rect{title.X + 34, title.Y, title.W - 34, title.H}
	if c.Empty.W > 0 || c.Shots > 0 {
		p.Text(c.Name, fontStrong, name, Left, t.Text)
	} else {
		p.Text(c.Name, fontStrong, Rect{name.X, name.Y + 2, name.W, 22}, Left, t.Text)
		p.Text("no example", fontTiny, Rect{name.X, name.Y + 23, name.W, 18}, Left, t.Muted)
	}
	if c.Empty.W > 0 {
		empty := c.Empty.moved(0, dy)
		p.Box(empty, radiusCtl, t.Sunken)
		p.Text("No example yet", fontSmall, empty, Centre, t.Muted)
	}
}

// teachButton draws the button that teaches a class: filled once there is something to teach.
func (g *Game) teachButton(n *Node, r Rect) {
	t := g.theme
	if g.state.Ink() {
		g.button(r, "Teach", nil, g.look(n), t.Accent, t.Hover, t.OnFill)
		return
	}
	g.button(r, "Teach", nil, g.look(n), t.Tint, blend(t.Tint, t.Accent, 0.15), t.OnTint)
}
