package ui

import "math"

// ringGap is how far the ring around what a hint is about stands off.
const ringGap = 4

// drawTip draws the hint of the tour, and a ring around what it is about.
func (g *Game) drawTip() {
	n := g.layout.node("tip")
	if n == nil {
		return
	}
	p, t := g.paint, g.theme
	if r, radius, inList := g.layout.tipAnchor(g.tour.at); r.W > 0 {
		r, radius = r.inset(-ringGap), radius+ringGap
		if inList {
			r = g.layout.onScreen(r, g.scroll)
			p.clip(Rect{0, g.layout.List.Y, g.screen.W, g.layout.List.H}, func() { p.Line(ring(r, radius, 3), t.Accent) })
		} else {
			p.Line(ring(r, radius, 3), t.Accent)
		}
	}
	if n.InList {
		p.clip(Rect{0, g.layout.List.Y, g.screen.W, g.layout.List.H}, func() { g.tipPill(n, g.layout.onScreen(n.Rect, g.scroll)) })
		return
	}
	g.tipPill(n, n.Rect)
}

func (g *Game) tipPill(n *Node, r Rect) {
	p, t := g.paint, g.theme
	fill := t.Toast
	if lk := g.look(n); lk.hover || lk.pressed {
		fill = blend(t.Toast, t.Accent, 0.35)
	}
	p.Box(r, 12, fill)
	p.Icon(iconCross, Rect{r.right() - 36, r.Y, 28, r.H}, 18, 2.2, t.OnToast)
	in := Rect{r.X + 14, r.Y, r.W - 54, r.H}
	p.Block(n.Label, fontLabel, in, Left, t.OnToast)
}

// ring is a line around a box with round corners.
func ring(r Rect, radius, width float64) []bead {
	const steps = 6
	var out []bead
	for i, c := range [...][2]float64{
		{r.right() - radius, r.bottom() - radius}, {r.X + radius, r.bottom() - radius},
		{r.X + radius, r.Y + radius}, {r.right() - radius, r.Y + radius},
	} {
		for k := range steps + 1 {
			sin, cos := math.Sincos((float64(i) + float64(k)/steps) * math.Pi / 2)
			out = append(out, bead{c[0] + radius*cos, c[1] + radius*sin, width / 2})
		}
	}
	return append(out, out[0])
}
