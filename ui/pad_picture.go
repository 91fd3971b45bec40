package ui

import (
	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/engine/prep"
)

// seenInk is what the network sees of a picture, as a texture that is made anew when it changes.
type seenInk struct {
	of    prep.Input
	image *ebiten.Image
}

// texture returns the ink in white, (prep.Side, prep.Side).
func (s *seenInk) texture(in *prep.Input) *ebiten.Image {
	if s.image != nil && s.of == *in {
		return s.image
	}
	if s.image == nil {
		s.image = ebiten.NewImage(prep.Side, prep.Side)
	}
	s.of = *in
	s.image.WritePixels(white(in))
	return s.image
}

// white is ink as premultiplied white pixels.
func white(in *prep.Input) []byte {
	pix := make([]byte, 0, 4*len(in))
	for _, v := range in {
		pix = append(pix, v, v, v, v)
	}
	return pix
}

// drawSeen draws ink in a box.
func (g *Game) drawSeen(img *ebiten.Image, r Rect) {
	p := g.paint
	p.flush()
	op := &ebiten.DrawImageOptions{Filter: ebiten.FilterLinear}
	op.GeoM.Scale(r.W*p.scale/prep.Side, r.H*p.scale/prep.Side)
	op.GeoM.Translate(r.X*p.scale, r.Y*p.scale)
	op.ColorScale.ScaleWithColor(g.theme.Ink)
	p.dst.DrawImage(img, op)
}

// drawPadPicture draws the picture on the pad, if there is one.
func (g *Game) drawPadPicture() {
	if in := g.state.Picture(); in != nil {
		g.drawSeen(g.onPadSeen.texture(in), g.layout.Pad.inset(g.layout.Pad.W*0.06))
	}
}

// asking draws what is asked about as a thumbnail: the drawing on the pad, or the picture there.
func (g *Game) asking(r Rect) {
	g.thumb(r, g.query(), g.theme.Line)
	if in := g.state.Picture(); in != nil {
		g.drawSeen(g.onPadSeen.texture(in), r.inset(3))
	}
}
