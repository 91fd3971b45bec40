package ui

import "image/color"

// look is how a control stands now.
type look struct {
	hover, pressed bool
}

// button draws a labelled button. fill, over and ink are its colours at rest, under the pointer and
// of its label; an icon stands before the label if there is one.
func (g *Game) button(r Rect, label string, icon Icon, lk look, fill, over, ink color.RGBA) {
	f := g.fitting(label, r.W-12, fontStrong, fontLabel, fontTiny)
	if icon != nil && g.texts.Measure(fontTiny, label).Width > r.W-34 {
		icon, f = nil, fontTiny // the words say more than the icon
	} else if icon != nil {
		f = g.fitting(label, r.W-34, fontLabel, fontTiny)
	}
	g.buttonIn(f, r, label, icon, lk, fill, over, ink)
}

// buttonIn draws it with its label in a font.
func (g *Game) buttonIn(f Font, r Rect, label string, icon Icon, lk look, fill, over, ink color.RGBA) {
	p := g.paint
	if lk.hover || lk.pressed {
		fill = over
	}
	if lk.pressed {
		r = r.inset(1)
	}
	if fill.A > 0 {
		p.Box(r, radiusCtl, fill)
	}
	if icon == nil {
		p.Block(label, f, r.inset(4), Centre, ink)
		return
	}
	w := g.texts.Measure(f, label).Width
	left := r.X + max((r.W-w-26)/2, 4)
	p.Icon(icon, Rect{left, r.Y, 20, r.H}, 20, 1.9, ink)
	p.Text(label, f, Rect{left + 26, r.Y, r.right() - left - 28, r.H}, Left, ink)
}

// iconButton draws a button without a label; its name is in the mirror.
func (g *Game) iconButton(r Rect, icon Icon, lk look, over, ink color.RGBA) {
	if lk.hover || lk.pressed {
		g.paint.Box(r.centred(36, 36), radiusCtl, over)
	}
	g.paint.Icon(icon, r, 20, 1.7, ink)
}

// toolButton draws Undo and Clear: with a label on a wide screen, as an icon on a narrow one.
func (g *Game) toolButton(n *Node, icon Icon) {
	t, lk, ink := g.theme, g.look(n), g.theme.Text
	if n.Disabled {
		lk, ink = look{}, blend(t.Page, t.Muted, 0.5)
	}
	if g.layout.Wide {
		f, ok := g.toolFont()
		if n.Rect.W < 80 || !ok {
			g.iconButton(n.Rect, icon, lk, t.Sunken, ink)
			return
		}
		g.buttonIn(f, n.Rect.inset(2), n.Label, icon, lk, color.RGBA{}, t.Sunken, ink)
		return
	}
	g.paint.Framed(n.Rect, radiusCtl, 1, t.Line, t.Surface)
	g.iconButton(n.Rect, icon, lk, t.Sunken, ink)
}

// toolFont is the font for the labels of all tools beside each other, and whether there is one: some with and some without
// would look like a fault.
func (g *Game) toolFont() (f Font, ok bool) {
	f = fontLabel
	for _, id := range [...]string{"undo", "redo", "clear"} {
		n := g.layout.node(id)
		if n == nil {
			continue
		}
		if g.fitting(n.Label, n.Rect.W-38, fontLabel, fontTiny) == fontTiny {
			f = fontTiny
		}
		if g.texts.Measure(fontTiny, n.Label).Width > n.Rect.W-32 {
			return f, false
		}
	}
	return f, true
}

// fitting is the first of some fonts, from large to small, in which a text fits, or the last.
func (g *Game) fitting(text string, width float64, fonts ...Font) Font {
	for _, f := range fonts {
		if g.texts.Measure(f, text).Width <= width {
			return f
		}
	}
	return fonts[len(fonts)-1]
}

// blend is a with a share of b.
func blend(a, b color.RGBA, share float64) color.RGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + 0.5) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}
