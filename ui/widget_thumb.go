package ui

import (
	"image/color"

	"oneshot/ui/state"
)

// thumb draws a drawing, as large as fits, on a small sunken square.
func (g *Game) thumb(r Rect, drawing []state.Stroke, line color.RGBA) {
	t := g.theme
	border := 1.0
	if line != t.Line {
		border = 2
	}
	g.paint.Framed(r, radiusCtl, border, line, t.Surface)
	f := fit(drawing, r.inset(r.W*0.16))
	for _, s := range drawing {
		g.paint.Ink(curve(nil, s, 0, f, max(r.W*0.05, 1.6)), t.Ink)
	}
}

// example draws an example as thumb does: its strokes, or the picture that it came as.
func (g *Game) example(r Rect, s *state.Shot, line color.RGBA) {
	g.thumb(r, s.Strokes, line)
	if len(s.Strokes) == 0 && s.ID != 0 {
		g.picture(s, r.inset(3))
	}
}

// shot draws a thumbnail that opens the page of its shot. The one that is nearest to the drawing on the pad
// has a frame in the colour of its class.
func (g *Game) shot(n *Node, r Rect) {
	t, lk := g.theme, g.look(n)
	line := t.Line
	if g.verdict.Kind == Answered && g.verdict.Nearest.ID == n.Shot {
		line = g.dyeOf(n.Class).Fill
	}
	if lk.hover || lk.pressed {
		line = t.Text
	}
	g.example(r, n.Example, line)
}
