package ui

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
		title := fontTitle
		if g.texts.Measure(title, l.Sheet.Name).Width > l.Sheet.Title.W {
			title = fontStrong
		}
		p.Text(l.Sheet.Name, title, l.Sheet.Title, Left, t.Text)
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
		words := Rect{r.X + 52, r.Y + 9, r.W - 64, 22}
		if n.Action.Detail == "" {
			words.Y, words.H = r.Y, r.H
		}
		p.Text(n.Label, fontStrong, words, Left, ink)
		if n.Action.Detail != "" {
			muted := t.Muted
			if n.Disabled {
				muted = ink
			}
			p.Text(n.Action.Detail, fontSmall, Rect{words.X, words.bottom(), words.W, 20}, Left, muted)
		}
	}
}
