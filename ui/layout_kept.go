package ui

import (
	"slices"

	"oneshot/ui/keeping"
)

// keptWidth is the width of the word on saving in the header.
const keptWidth = 190

// markKept puts the word on saving beside Menu where the header is wide, or brings it up to date. Elsewhere Menu wears
// a mark.
func (g *Game) markKept() {
	l := g.layout
	menu := l.node("menu")
	if !g.keeps() || l.Sheet != nil || !l.Wide || menu == nil || menu.InList {
		return
	}
	label := keptLabel(g.words, g.kept.shown.Phase)
	if n := l.node("kept"); n != nil {
		n.Label, n.Name = label, label
		return
	}
	r := Rect{menu.Rect.X - 8 - keptWidth, menu.Rect.Y, keptWidth, menu.Rect.H}
	if r.X < l.Header.X+160 {
		return
	}
	at := slices.IndexFunc(l.Nodes, func(n Node) bool { return n.ID == "menu" })
	l.Nodes = slices.Insert(l.Nodes, at, Node{ID: "kept", Kind: KindAction, Name: label, Label: label, Rect: r,
		Action: Action{Do: func(g *Game) { g.show(menuScene{}, "kept") }}})
}

// headerEnd is where the header's words must end.
func (l *Layout) headerEnd() float64 {
	if n := l.node("kept"); n != nil && l.Sheet == nil {
		return n.Rect.X
	}
	return l.node("menu").Rect.X
}

// drawKept draws the word on saving in the header.
func (g *Game) drawKept() {
	n := g.layout.node("kept")
	if n == nil {
		return
	}
	p, t, lk := g.paint, g.theme, g.look(n)
	if lk.hover || lk.pressed {
		p.Box(n.Rect, radiusCtl, t.Sunken)
	}
	icon, ink := keptIcon(g.kept.shown.Phase), t.Muted
	if g.kept.shown.Phase == keeping.Failed {
		ink = t.Danger
	}
	w := g.texts.Measure(fontSmall, n.Label).Width
	x := n.Rect.right() - 12 - w
	p.Text(n.Label, fontSmall, Rect{x, n.Rect.Y, w + 1, n.Rect.H}, Left, ink)
	p.Icon(icon, Rect{x - 26, n.Rect.Y, 22, n.Rect.H}, 20, 1.7, ink)
}

// drawKeptMark draws the mark that Menu wears where there is no room for a word.
func (g *Game) drawKeptMark(menu Rect) {
	if !g.keeps() || g.layout.node("kept") != nil {
		return
	}
	p, t := g.paint, g.theme
	paper, ink := t.Surface, t.OnTint
	switch g.kept.shown.Phase {
	case keeping.Fresh:
		return
	case keeping.Failed:
		paper, ink = t.Danger, t.Surface
	case keeping.Saving:
		ink = t.Muted
	}
	const side = 18
	r := Rect{menu.right() - side + 5, menu.Y - 5, side, side}
	p.Box(r, side/2, t.Line)
	p.Box(r.inset(1), side/2-1, paper)
	p.Icon(keptIcon(g.kept.shown.Phase), r, 13, 2.6, ink)
}

func keptIcon(p keeping.Phase) Icon {
	switch p {
	case keeping.Saving:
		return iconDots
	case keeping.Failed:
		return iconAlert
	case keeping.Elsewhere:
		return iconCross
	}
	return iconCheck
}

var (
	iconDots  = Icon{{6, 12, 6.1, 12}, {12, 12, 12.1, 12}, {18, 12, 18.1, 12}}
	iconLink  = Icon{{10, 14, 14, 10}, {11.5, 7.5, 14, 5, 16, 4.4, 18, 5, 19, 6, 19.6, 8, 19, 10, 16.5, 12.5}, {12.5, 16.5, 10, 19, 8, 19.6, 6, 19, 5, 18, 4.4, 16, 5, 14, 7.5, 11.5}}
	iconSets  = Icon{{4.5, 8.5, 12, 4.5, 19.5, 8.5, 12, 12.5, 4.5, 8.5}, {4.5, 12.3, 12, 16.3, 19.5, 12.3}, {4.5, 16.1, 12, 20.1, 19.5, 16.1}}
	iconAlert = Icon{{12, 5, 12, 13.5}, {12, 18, 12, 18.1}}
)
