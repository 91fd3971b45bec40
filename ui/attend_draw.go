package ui

import "image/color"

// veil is what lies over a page that is dimmed: black, 60 %.
var veil = color.RGBA{0, 0, 0, 0x99}

// drawLit draws the page as bright as it is at the moment.
func (g *Game) drawLit() {
	g.drawScene()
	if g.dark() {
		g.paint.Box(Rect{0, 0, g.screen.W + 1, g.screen.H + 1}, 0, veil)
	}
}
