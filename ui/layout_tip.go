package ui

import "slices"

// tipHeight is room for two lines.
const tipHeight = 48

// tip places a hint of the tour in place of the one before, and reports whether anything is different. On
// the pad it lets the pen through; elsewhere it covers nothing that can be pressed.
func (l *Layout) tip(t tip) bool {
	at := slices.IndexFunc(l.Nodes, func(n Node) bool { return n.ID == "tip" })
	next, wanted := l.tipNode(t)
	if at >= 0 && wanted && l.Nodes[at].Label == next.Label && l.Nodes[at].Rect == next.Rect {
		return false
	}
	if at >= 0 {
		l.Nodes = slices.Delete(l.Nodes, at, at+1)
	}
	if wanted {
		l.Nodes = append(l.Nodes, next)
	}
	return at >= 0 || wanted
}

// tipNode is the control that a hint is: pressing it closes it.
func (l *Layout) tipNode(t tip) (Node, bool) {
	n := Node{ID: "tip", Kind: KindAction, Name: l.Screen.Words.Say("Tip: {hint}. Press to close", t.words(l.Screen.Words)), Label: t.words(l.Screen.Words)}
	n.Action = Action{Style: StyleOwn, Do: (*Game).closeTip}
	w := min(l.Pad.W-8, 290)
	onPad := Rect{l.Pad.X + (l.Pad.W-w)/2, l.Pad.bottom() - tipHeight - 12, w, tipHeight}
	switch {
	case l.Sheet != nil || t == tipsOver:
		return n, false
	case t == tipPad:
		n.Rect, n.Through = onPad, true
	case t == tipTeach:
		if len(l.Cards) == 0 {
			return n, false
		}
		c := &l.Cards[0]
		if c.Empty.W > 0 { // in place of the sentence that it has no example
			n.Rect, n.InList = Rect{c.Empty.X, c.Empty.Y + 4, c.Empty.W, tipHeight}, true
			return n, true
		}
		r := l.Answer // at its foot: it only guides now
		w := min(r.W-16, 230)
		n.Rect, n.InList = Rect{r.right() - 8 - w, r.bottom() - tipHeight - 8, w, tipHeight}, l.Compact
		if l.covers(&n) {
			n.Rect, n.InList, n.Through = onPad, false, true
		}
	case t == tipAnswer:
		if room := l.node("check").Rect.X - 12 - l.Heading.X; l.Heading.W > 0 && room >= 150 {
			n.Rect = Rect{l.Heading.X, l.Heading.Y, min(room, 290), tipHeight - 4}
			return n, true
		}
		// On a narrow page it stands beside the tools, if there is room.
		if room := l.toolsLeft() - 8 - l.Header.X; !l.Wide && room >= 150 {
			n.Rect = Rect{l.Header.X, (l.Header.H - tipHeight) / 2, room, tipHeight}
			return n, true
		}
		return n, false // the answer says it too, and on the pad it would cover what was drawn
	}
	return n, true
}

// toolsLeft is where the controls of the header begin.
func (l *Layout) toolsLeft() float64 {
	left := l.Header.right()
	for _, n := range l.Nodes {
		if n.ID != "tip" && !n.InList && n.Rect.Overlaps(l.Header) {
			left = min(left, n.Rect.X)
		}
	}
	return left
}

// covers reports whether a hint would lie on something that can be pressed.
func (l *Layout) covers(n *Node) bool {
	return slices.ContainsFunc(l.Nodes, func(m Node) bool {
		return m.ID != "tip" && m.InList == n.InList && m.Rect.Overlaps(n.Rect)
	})
}

// tipAnchor is what a hint is about, and whether it stands in the list.
func (l *Layout) tipAnchor(t tip) (r Rect, radius float64, inList bool) {
	switch t {
	case tipPad:
		return l.PadCard, radiusCard, false
	case tipTeach:
		for i := range l.Nodes {
			if n := &l.Nodes[i]; n.Kind == KindTeach {
				return n.Rect, radiusCtl, true
			}
		}
	case tipAnswer:
		return l.Answer, radiusCard, l.Compact
	}
	return Rect{}, 0, false
}
