package ui

import "math"

// scrollBy moves the list.
func (g *Game) scrollBy(d float64) {
	to := min(max(g.scroll+d, 0), g.layout.maxScroll())
	if to == g.scroll {
		return
	}
	g.scroll = to
	g.mirror()
	g.damage.add(Rect{0, g.layout.List.Y, g.screen.W, g.layout.List.H})
}

// coast lets the list run out after a flick of the finger.
func (g *Game) coast(now float64) {
	if g.velocity == 0 || g.pointer.active {
		return
	}
	dt := min(now-g.lastFrame, 50)
	if dt <= 0 {
		Wake()
		return
	}
	before := g.scroll
	g.scrollBy(g.velocity * dt)
	g.velocity *= math.Pow(0.9965, dt)
	if math.Abs(g.velocity) < 0.02 || g.scroll == before {
		g.velocity = 0
		return
	}
	Wake()
}

// reveal scrolls the list so that the control called id is seen.
func (g *Game) reveal(id string) {
	if n := g.layout.node(id); n != nil && n.InList {
		g.revealRect(n.Rect)
	}
}

// revealRect scrolls the list so that a box of it is seen.
func (g *Game) revealRect(r Rect) {
	g.velocity = 0
	const margin = 16
	if top := r.Y - margin; top < g.scroll {
		g.scrollBy(top - g.scroll)
	} else if bottom := r.bottom() + margin; bottom > g.scroll+g.layout.List.H {
		g.scrollBy(bottom - g.scroll - g.layout.List.H)
	}
}
