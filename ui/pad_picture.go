package ui

import (
	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// seenInk is ink as a texture that is made anew when the ink is other than before.
type seenInk struct {
	of    *uint8 // its first pixel, which says which ink it is
	image *ebiten.Image
}

// texture returns ink in white, as wide as high.
func (s *seenInk) texture(ink []uint8) *ebiten.Image {
	side := prep.Side
	if len(ink) == state.InkSide*state.InkSide {
		side = state.InkSide
	}
	if s.image != nil && s.image.Bounds().Dx() != side {
		s.image.Deallocate()
		s.image = nil
	}
	if s.image == nil {
		s.image, s.of = ebiten.NewImage(side, side), nil
	}
	if s.of != &ink[0] {
		s.of = &ink[0]
		s.image.WritePixels(white(ink))
	}
	return s.image
}

// white is ink as premultiplied white pixels.
func white(ink []uint8) []byte {
	pix := make([]byte, 0, 4*len(ink))
	for _, v := range ink {
		pix = append(pix, v, v, v, v)
	}
	return pix
}

// drawSeen draws ink in a box.
func (g *Game) drawSeen(img *ebiten.Image, r Rect) {
	p := g.paint
	options := ebiten.DrawImageOptions{Filter: ebiten.FilterLinear}
	options.ColorScale.ScaleWithColor(g.theme.Ink)
	p.image(img, r.X*p.scale, r.Y*p.scale, r.W*p.scale/float64(img.Bounds().Dx()), options)
}

// padInk is the picture on the pad: large, and as the network sees it.
type padInk struct{ large, small seenInk }

// padTexture is the picture on the pad, or nil if there is none.
func (g *Game) padTexture() *ebiten.Image {
	p := g.state.Picture()
	if p == nil {
		return nil
	}
	if len(p.Ink) == 0 {
		return g.padInk.large.texture(p.Input[:])
	}
	return g.padInk.large.texture(p.Ink)
}

// drawPadPicture draws the picture on the pad, if there is one.
func (g *Game) drawPadPicture() {
	if img := g.padTexture(); img != nil {
		g.drawSeen(img, g.layout.Pad.inset(g.layout.Pad.W*0.06))
	}
}

// asking draws what is asked about as a thumbnail: the drawing on the pad, or the picture there.
func (g *Game) asking(r Rect) {
	g.thumb(r, g.query(), g.theme.Line)
	if p := g.state.Picture(); p != nil {
		g.drawSeen(g.padInk.small.texture(p.Input[:]), r.inset(3)) // as examples are shown beside it
	}
}
