package ui

// menuButton draws Menu: framed, with a label where there is room for one.
func (g *Game) menuButton(n *Node, r Rect) {
	t := g.theme
	g.paint.Framed(r, radiusCtl, 1, t.Line, t.Surface)
	if r.W <= touch {
		g.iconButton(r, iconMenu, g.look(n), t.Sunken, t.Text)
		return
	}
	g.button(r.inset(1), n.Label, iconMenu, g.look(n), t.Surface, t.Sunken, t.Text)
}
