package ui

// keepButton draws Open and Save: framed, with a label where there is room for one.
func (g *Game) keepButton(n *Node, r Rect) {
	t, lk, ink := g.theme, g.look(n), g.theme.Text
	icon := iconOpen
	if n.Kind == KindSave {
		icon = iconSave
	}
	if n.Disabled {
		lk, ink = look{}, blend(t.Page, t.Muted, 0.5)
	}
	g.paint.Framed(r, radiusCtl, 1, t.Line, t.Surface)
	if r.W <= touch {
		g.iconButton(r, icon, lk, t.Sunken, ink)
		return
	}
	g.button(r.inset(1), n.Label, icon, lk, t.Surface, t.Sunken, ink)
}
