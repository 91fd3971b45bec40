package ui

import "slices"

// offers makes controls of what the answer's card offers to press and of the tour's hint, and reports whether anything is
// different from before.
func (g *Game) offers(v *Verdict) bool {
	l := g.layout
	was, starter, tip := l.offer(v.others()), l.starter(v), l.tip(g.tour.follow(g.state, v))
	if tip {
		g.damageAll()
	}
	return was || starter || tip
}

// starter places the way to the starter sets in the answer's card while it guides through the first step,
// and reports whether anything is different from before. A card may be too narrow for it: the menu has it too.
func (l *Layout) starter(v *Verdict) bool {
	r := l.starterSlot()
	wanted := l.Sheet == nil && v.Kind == Guide && v.Step == 0 && r.W >= 84
	at := slices.IndexFunc(l.Nodes, func(n Node) bool { return n.ID == "starter" })
	switch {
	case wanted == (at >= 0):
		return false
	case !wanted:
		l.Nodes = slices.Delete(l.Nodes, at, at+1)
		return true
	}
	after := slices.IndexFunc(l.Nodes, func(n Node) bool { return n.Kind == KindClear }) + 1
	l.Nodes = slices.Insert(l.Nodes, after, Node{
		ID: "starter", Kind: KindAction, Name: l.Screen.Words.Say("Try a starter set"), Label: l.Screen.Words.Say("Try a starter set"), Rect: r, InList: l.Compact,
		Action: Action{Style: StyleButton, Icon: iconStar, Do: func(g *Game) { g.showStarters("starter") }},
	})
	return true
}

// starterSlot is where it stands: above the steps on a wide card, in place of the last one on a narrow one.
func (l *Layout) starterSlot() Rect {
	r := l.Answer
	if r.H == answerHigh {
		in := Rect{r.X + 22, r.Y + 18, r.W - 44, r.H - 38}
		return Rect{in.X, in.bottom() - 60 - 12 - touch, min(in.W, 190), touch}
	}
	in := r.inset(14)
	w := (in.W - 16) / 3
	if r.H == answerTall {
		w = in.W
	}
	return Rect{in.right() - w, in.bottom() - touch + 2, w, touch}
}

// drawStarter draws it and reports whether it is there.
func (g *Game) drawStarter(wide bool) bool {
	n := g.layout.node("starter")
	if n == nil || g.verdict.Step != 0 {
		return false
	}
	r := n.Rect
	if n.InList {
		r = g.layout.onScreen(r, g.scroll)
	}
	if wide {
		g.action(n, r)
		return true
	}
	t, lk, fill := g.theme, g.look(n), g.theme.Surface
	if lk.hover || lk.pressed {
		fill = t.Sunken
	}
	r = Rect{r.X, r.Y + 2, r.W, r.H - 4}
	g.paint.Framed(r, 12, 1, t.Line, fill)
	words := g.words.Say("Starter set")
	g.paint.Text(words, g.fitting(words, r.W-8, fontLabel, fontTiny), r.inset(4), Centre, t.Text)
	return true
}
