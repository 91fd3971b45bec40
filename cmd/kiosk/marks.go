//go:build unix

package main

import (
	"image/color"

	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/ui"
)

// marks is what is drawn with over the page.
type marks struct {
	dot  *ebiten.Image // one white pixel
	text *ebiten.Image // what is typed
	key  string        // of it
	last over          // what was drawn over the page
}

// over is what there is to draw over the page.
type over struct {
	box         ui.Rect // of the control with the keyboard
	focused     bool
	field       ui.Rect
	open, whole bool
	text        string
}

// touch makes the engine show a frame in which nothing has changed but what lies over the page: it leaves out those in
// which nothing was drawn on the page itself.
func (h *host) touch(page *ebiten.Image) {
	now := over{field: h.field.Rect, open: h.field.open, whole: h.field.whole, text: string(h.field.text)}
	now.box, now.focused = h.focused()
	if now == h.marks.last {
		return
	}
	h.marks.last = now
	op := &ebiten.DrawImageOptions{}
	op.ColorScale.ScaleAlpha(0)
	page.DrawImage(h.dot(), op)
}

// accent is the colour of marks: that of the page in both its themes is near it.
var accent = color.RGBA{0x6a, 0x63, 0xf0, 0xff}

// drawOver draws the frame around the control with the keyboard, and the text field. geoM takes pixels of the page to the
// screen.
func (h *host) drawOver(screen ebiten.FinalScreen, geoM ebiten.GeoM) {
	if r, ok := h.focused(); ok {
		h.frame(screen, geoM, ui.Rect{X: r.X - 4, Y: r.Y - 4, W: r.W + 8, H: r.H + 8}, 3)
	}
	if !h.field.open {
		return
	}
	r := h.field.Rect
	paper, ink := color.RGBA{0xff, 0xff, 0xff, 0xff}, color.RGBA{0x1b, 0x1c, 0x22, 0xff}
	if h.screen.Dark {
		paper, ink = color.RGBA{0x1c, 0x1d, 0x24, 0xff}, color.RGBA{0xec, 0xed, 0xf2, 0xff}
	}
	h.box(screen, geoM, r, paper)
	h.frame(screen, geoM, r, 2)
	text := string(h.field.text)
	raster := h.Raster(h.field.Font, text, ink, h.screen.Density)
	m := h.Measure(h.field.Font, text)
	base := r.Y + (r.H+m.Ascent-m.Descent)/2
	if h.field.whole {
		h.box(screen, geoM, ui.Rect{X: r.X + 7, Y: base - m.Ascent, W: m.Width + 2, H: m.Ascent + m.Descent}, h.selected())
	}
	h.box(screen, geoM, ui.Rect{X: r.X + 8 + m.Width + 1, Y: base - m.Ascent, W: 2, H: m.Ascent + m.Descent}, accent) // the caret
	if raster.W == 0 {
		return
	}
	if h.marks.key != text || h.marks.text == nil {
		if h.marks.text != nil {
			h.marks.text.Deallocate()
		}
		h.marks.text, h.marks.key = ebiten.NewImage(raster.W, raster.H), text
		h.marks.text.WritePixels(raster.Pix)
	}
	op := &ebiten.DrawImageOptions{}
	op.GeoM.Translate((r.X+8)*h.screen.Density-float64(raster.OriginX), base*h.screen.Density-float64(raster.Baseline))
	op.GeoM.Concat(geoM)
	screen.DrawImage(h.marks.text, op)
}

// selected is the colour behind text that will be replaced.
func (h *host) selected() color.RGBA {
	if h.screen.Dark {
		return color.RGBA{0x45, 0x42, 0x7a, 0xff}
	}
	return color.RGBA{0xd9, 0xd7, 0xfb, 0xff}
}

// frame draws the edge of a box.
func (h *host) frame(screen ebiten.FinalScreen, geoM ebiten.GeoM, r ui.Rect, width float64) {
	for _, edge := range [...]ui.Rect{
		{X: r.X, Y: r.Y, W: r.W, H: width}, {X: r.X, Y: r.Y + r.H - width, W: r.W, H: width},
		{X: r.X, Y: r.Y, W: width, H: r.H}, {X: r.X + r.W - width, Y: r.Y, W: width, H: r.H},
	} {
		h.box(screen, geoM, edge, accent)
	}
}

// box fills a box.
func (h *host) box(screen ebiten.FinalScreen, geoM ebiten.GeoM, r ui.Rect, c color.RGBA) {
	op := &ebiten.DrawImageOptions{}
	op.GeoM.Scale(r.W*h.screen.Density, r.H*h.screen.Density)
	op.GeoM.Translate(r.X*h.screen.Density, r.Y*h.screen.Density)
	op.GeoM.Concat(geoM)
	op.ColorScale.ScaleWithColor(c)
	screen.DrawImage(h.dot(), op)
}

// dot is one white pixel.
func (h *host) dot() *ebiten.Image {
	if h.marks.dot == nil {
		h.marks.dot = ebiten.NewImage(1, 1)
		h.marks.dot.Fill(color.White)
	}
	return h.marks.dot
}
