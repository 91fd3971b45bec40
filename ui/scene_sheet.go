package ui

import "image/color"

// drawSheet draws a scene: its head, what it draws itself, and its actions.
func (g *Game) drawSheet(s scene) {
	l, p, t := g.layout, g.paint, g.theme
	if n := l.node("back"); n != nil && p.shows(n.Rect) {
		label := n.Label
		if n.Rect.W < 80 {
			label = ""
		}
		p.Framed(n.Rect, radiusCtl, 1, t.Line, t.Surface)
		g.button(n.Rect.inset(1), label, iconBack, g.look(n), t.Surface, t.Sunken, t.Text)
		g.heading(l.Sheet.Name, l.Sheet.Title)
	}
	if n := l.node("undo"); n != nil && p.shows(n.Rect) {
		g.toolButton(n, iconUndo)
	}
	if n := l.node("redo"); n != nil && p.shows(n.Rect) {
		g.toolButton(n, iconRedo)
	}
	if b, ok := s.(interface{ drawBehind(g *Game) }); ok {
		b.drawBehind(g)
	}
	p.clip(Rect{0, l.List.Y, g.screen.W, l.List.H}, func() {
		for _, r := range l.Sheet.Cards {
			if r = l.onScreen(r, g.scroll); p.shows(r) {
				p.Card(r, t)
			}
		}
		s.draw(g)
		for i := range l.Nodes {
			if n := &l.Nodes[i]; n.Kind == KindAction {
				r := n.Rect
				if n.InList {
					r = l.onScreen(r, g.scroll)
				}
				if p.shows(r) {
					g.action(n, r)
				}
			}
		}
	})
	g.drawScrollShade()
}

// heading draws the title of a scene, on two lines where it needs them.
func (g *Game) heading(title string, r Rect) {
	f := g.fitting(title, r.W, fontTitle, fontStrong, fontLabel)
	if g.texts.Measure(f, title).Width > r.W {
		g.paint.Paragraph(title, f, r, Left, g.theme.Text)
		return
	}
	g.paint.Text(title, f, r, Left, g.theme.Text)
}

// action draws a control of a scene.
func (g *Game) action(n *Node, r Rect) {
	p, t, lk := g.paint, g.theme, g.look(n)
	ink := t.Text
	if n.Disabled {
		lk, ink = look{}, blend(t.Page, t.Muted, 0.5)
	}
	switch n.Action.Style {
	case StylePrimary:
		if n.Disabled {
			g.button(r, n.Label, n.Action.Icon, lk, t.Sunken, t.Sunken, ink)
			return
		}
		g.button(r, n.Label, n.Action.Icon, lk, t.Accent, t.Hover, t.OnFill)
	case StyleButton:
		p.Framed(r, radiusCtl, 1, t.Line, t.Surface)
		g.button(r.inset(1), n.Label, n.Action.Icon, lk, t.Surface, t.Sunken, ink)
	case StyleDanger:
		if !n.Disabled {
			ink = t.Danger
		}
		p.Framed(r, radiusCtl, 1, t.Line, t.Surface)
		g.button(r.inset(1), n.Label, n.Action.Icon, lk, t.Surface, t.Warn, ink)
	case StyleRow:
		if lk.hover || lk.pressed {
			p.Box(r, radiusCtl, t.Sunken)
		}
		p.Icon(n.Action.Icon, Rect{r.X + 8, r.Y, 32, r.H}, 24, 1.8, ink)
		muted := t.Muted
		if n.Disabled {
			muted = ink
		}
		g.rowWords(n, Rect{r.X + 52, r.Y, r.W - 64, r.H}, ink, muted)
	}
}

// rowWords draws the label of a row and the detail below it, on as many lines as there is room for.
func (g *Game) rowWords(n *Node, r Rect, ink, muted color.RGBA) {
	high := fontStrong.leading()
	if r.H == tallRow {
		high = g.texts.height(fontStrong, n.Label, r.W)
	}
	below := min(g.texts.height(fontSmall, n.Action.Detail, r.W), r.H-high-2)
	label := Rect{r.X, r.Y + (r.H-high-below)/2, r.W, high}
	g.paint.Paragraph(n.Label, fontStrong, label, Left, ink)
	g.paint.Paragraph(n.Action.Detail, fontSmall, Rect{r.X, label.bottom(), r.W, below}, Left, muted)
}
