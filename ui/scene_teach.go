package ui

// drawScene draws the page, as much of it as the painter's clip shows.
func (g *Game) drawScene() {
	g.paint.Box(Rect{0, 0, g.screen.W + 1, g.screen.H + 1}, 0, g.theme.Page)
	l := g.layout
	if s := g.scene(); s != nil {
		g.drawSheet(s)
		g.drawToast()
		return
	}
	if g.paint.shows(l.Header) {
		g.drawHeader()
	}
	if g.paint.shows(l.PadCard) {
		g.drawPad()
	}
	if !l.Compact && g.paint.shows(l.Answer) {
		g.drawAnswer(l.Answer)
	}
	if l.Heading.W > 0 && g.paint.shows(l.Heading) {
		g.paint.Text(g.words.Say("Classes"), fontTitle, l.Heading, Left, g.theme.Text)
		g.addButton(l.node("check"), l.node("check").Rect, iconCheck)
		g.addButton(l.node("add"), l.node("add").Rect, iconPlus)
	}
	g.paint.clip(Rect{0, l.List.Y, g.screen.W, l.List.H}, g.drawList)
	g.drawScrollShade()
	g.drawTip()
	g.drawToast()
}

func (g *Game) drawHeader() {
	l, p, t := g.layout, g.paint, g.theme
	if l.Header.H == 0 {
		return
	}
	logo := Rect{l.Header.X, l.Header.Y + (l.Header.H-32)/2, 32, 32}
	if l.Wide || logo.right() < l.firstTool() {
		p.Box(logo, 9, t.Accent)
		p.Icon(iconLogo, logo, 26, 2.6, t.OnFill)
	}
	name := g.texts.Measure(fontTitle, "oneshot").Width
	room := l.Header.right() - logo.right() - 10
	menu := l.node("menu")
	switch {
	case !l.Wide:
		room = l.firstTool() - 8 - logo.right() - 10
	case !menu.InList:
		room = l.headerEnd() - 8 - logo.right() - 10
	}
	if name <= room {
		p.Text("oneshot", fontTitle, Rect{logo.right() + 10, l.Header.Y, name + 1, l.Header.H}, Left, t.Text)
	}
	if !menu.InList {
		g.menuButton(menu, menu.Rect)
		g.drawKeptMark(menu.Rect)
		g.drawKept()
	}
	if !l.Wide {
		return
	}
	x := logo.right() + 10 + name + 16
	note := g.words.Say("Nothing you draw leaves this device")
	w := g.texts.Measure(fontSmall, note).Width
	if right := l.headerEnd() - 24 - w; right > x+240 {
		p.Text(note, fontSmall, Rect{right, l.Header.Y, w + 1, l.Header.H}, Left, t.Muted)
		p.Icon(iconShield, Rect{right - 28, l.Header.Y, 22, l.Header.H}, 20, 1.7, t.Muted)
	}
	p.Text(g.words.Say("It learns from one drawing"), fontSmall, Rect{x, l.Header.Y + 1, 220, l.Header.H}, Left, t.Muted)
}

func (g *Game) drawPad() {
	l, p, t := g.layout, g.paint, g.theme
	p.Card(l.PadCard, t)
	if l.Wide {
		p.Box(Rect{l.Pad.X + 1, l.Pad.bottom() - 1, l.Pad.W - 2, 1}, 0, t.Line)
	}
	for i := range l.Nodes {
		switch n := &l.Nodes[i]; n.Kind {
		case KindUndo:
			g.toolButton(n, iconUndo)
		case KindRedo:
			g.toolButton(n, iconRedo)
		case KindClear:
			g.toolButton(n, iconErase)
		case KindAction:
			g.padAction(n)
		}
	}
	if hint := g.hint(); g.texts.Measure(fontTiny, hint).Width <= l.Hint.W {
		p.Text(hint, fontTiny, l.Hint, Right, t.Muted)
	}
	if !g.state.Ink() {
		g.drawPlaceholder()
	}
	p.clip(l.Pad.inset(1), func() {
		g.drawPadPicture()
		for _, s := range g.state.Board().Pad {
			p.Ink(g.beads(s, 0), t.Ink)
		}
		if pen := g.state.Pen(); pen != nil {
			p.Ink(g.beads(pen, 0), t.Ink)
		}
	})
}

func (g *Game) hint() string {
	keys := "1"
	if n := min(len(g.layout.Cards), 9); n > 1 {
		keys = "1\u2013" + string(rune('0'+n))
	}
	// As much as fits beside the buttons, what helps most first.
	s := g.words.Say("{keys} teach, Space clears", keys)
	for _, more := range [...]string{g.words.Say("{keys} teach, Space clears, Ctrl+Z undoes", keys), g.words.Say("Keys: {keys} teach, Space clears, Ctrl+Z undoes", keys)} {
		if g.texts.Measure(fontTiny, more).Width <= g.layout.Hint.W {
			s = more
		}
	}
	return s
}

func (g *Game) drawPlaceholder() {
	p, t, pad := g.paint, g.theme, g.layout.Pad
	y, h := pad.Y+pad.H/2-62, 94.0
	such := g.words.Say("a letter, a sign, a doodle")
	fits := g.texts.Measure(fontSmall, such).Width <= pad.W
	if fits {
		h += 22
	}
	if tip := g.layout.node("tip"); tip != nil && tip.Rect.Overlaps(pad) {
		y = min(y, tip.Rect.Y-8-h)
	}
	p.Icon(iconScrawl, Rect{pad.X, y, pad.W, 64}, 72, 1.5, t.Bar)
	p.Text(g.words.Say("Draw here"), fontTitle, Rect{pad.X, y + 66, pad.W, 28}, Centre, t.Text)
	if fits {
		p.Text(such, fontSmall, Rect{pad.X, y + 94, pad.W, 22}, Centre, t.Muted)
	}
}

// drawPen draws what the pen has added since the last frame.
func (g *Game) drawPen() {
	pen := g.state.Pen()
	if len(pen) <= g.inked {
		return
	}
	line := g.beads(pen, g.inked-2)
	g.inked = len(pen)
	g.paint.clip(g.layout.Pad.inset(1), func() { g.paint.Ink(line, g.theme.Ink) })
	g.damage.mark(around(line))
}

func (g *Game) drawList() {
	l, t := g.layout, g.theme
	if l.Compact && g.paint.shows(l.onScreen(l.Answer, g.scroll)) {
		g.drawAnswer(l.onScreen(l.Answer, g.scroll))
	}
	for i := range l.Cards {
		if r := l.onScreen(l.Cards[i].Rect, g.scroll); g.paint.shows(r) {
			g.card(&l.Cards[i], r)
		}
	}
	for i := range l.Nodes {
		n := &l.Nodes[i]
		if !n.InList {
			continue
		}
		r := l.onScreen(n.Rect, g.scroll)
		if !g.paint.shows(r) {
			continue
		}
		switch n.Kind {
		case KindCheck:
			g.addButton(n, r, iconCheck)
		case KindAdd:
			g.addButton(n, r, iconPlus)
		case KindMenu:
			g.menuButton(n, r)
			g.drawKeptMark(r)
		case KindHead:
			g.button(r, n.Label, iconScrawl, g.look(n), t.Page, t.Sunken, t.Muted)
		case KindTeach:
			g.teachButton(n, r)
		case KindMore:
			if g.editing != n.Class {
				g.moreButton(r, g.look(n))
			}
		case KindShot:
			g.shot(n, r)
		}
	}
}

func (g *Game) addButton(n *Node, r Rect, icon Icon) {
	t := g.theme
	g.paint.Framed(r, radiusCtl, 1, t.Line, t.Surface)
	g.button(r.inset(1), n.Label, icon, g.look(n), t.Surface, t.Sunken, t.OnTint)
}

// drawScrollShade draws the scroll bar of the list, if it scrolls.
func (g *Game) drawScrollShade() {
	l := g.layout
	limit := l.maxScroll()
	if limit <= 0 {
		return
	}
	h := max(l.List.H*l.List.H/l.Content, 24)
	y := l.List.Y + (l.List.H-h-6)*g.scroll/limit + 3
	x := l.List.right() + 5
	if !l.Wide {
		x = g.screen.W - 6
	}
	g.paint.Box(Rect{x, y, 4, h}, 2, g.theme.Bar)
}
