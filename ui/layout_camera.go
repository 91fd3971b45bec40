package ui

import "slices"

// camera places the button of the camera: after the tools under the pad, or before those in the header. Where
// there is no room it stands in the menu alone.
func (l *Layout) camera() {
	n := Node{ID: "camera", Kind: KindAction, Name: l.Screen.Words.Say("Camera"), Action: Action{Icon: iconCamera, Do: func(g *Game) { g.openCamera("camera") }}}
	tool := l.node("clear").Rect
	if l.Wide {
		x := tool.right()
		for _, m := range l.Nodes {
			if m.Rect.Y == tool.Y && m.Rect.X < l.PadCard.right() {
				x = max(x, m.Rect.right())
			}
		}
		n.Rect = Rect{x + 4, tool.Y, touch, touch}
		if n.Rect.right() > l.PadCard.right()-4 {
			return
		}
		if l.Hint.W > 0 {
			l.Hint = Rect{n.Rect.right() + 8, l.Hint.Y, l.Hint.right() - n.Rect.right() - 8, l.Hint.H}
		}
	} else {
		x := tool.X
		for _, m := range l.Nodes {
			if m.Rect.Y == tool.Y {
				x = min(x, m.Rect.X)
			}
		}
		n.Rect = Rect{x - 8 - touch, tool.Y, touch, touch}
		if n.Rect.X < l.Header.X+40 {
			return
		}
	}
	at := slices.IndexFunc(l.Nodes, func(m Node) bool { return m.Kind == KindUndo })
	l.Nodes = slices.Insert(l.Nodes, max(at, 0), n)
}

// padAction draws a control that stands beside Undo and Clear as an icon.
func (g *Game) padAction(n *Node) {
	t := g.theme
	if n.InList {
		return
	}
	if !g.layout.Wide {
		g.paint.Framed(n.Rect, radiusCtl, 1, t.Line, t.Surface)
	}
	g.iconButton(n.Rect, n.Action.Icon, g.look(n), t.Sunken, t.Text)
}

// firstTool is where the tools in the header begin.
func (l *Layout) firstTool() float64 {
	if n := l.node("camera"); n != nil {
		return n.Rect.X
	}
	return l.node("undo").Rect.X
}
