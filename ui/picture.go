package ui

import (
	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// maxPictures bounds the cache of pictures, far above what a screen shows at once.
const maxPictures = 1000

// pictures keeps what the network sees of examples that came without strokes, as textures.
type pictures map[state.ShotID]*ebiten.Image

// of returns the ink of an example in white, (prep.Side, prep.Side).
func (c pictures) of(s *state.Shot) *ebiten.Image {
	if img := c[s.ID]; img != nil {
		return img
	}
	if len(c) >= maxPictures {
		for id, img := range c {
			img.Deallocate()
			delete(c, id)
		}
	}
	img := ebiten.NewImage(prep.Side, prep.Side)
	pix := make([]byte, 0, 4*len(s.Input))
	for _, v := range s.Input {
		pix = append(pix, v, v, v, v)
	}
	img.WritePixels(pix)
	c[s.ID] = img
	return img
}

// picture draws an example that has no strokes in a box.
func (g *Game) picture(s *state.Shot, r Rect) {
	p := g.paint
	p.flush()
	op := &ebiten.DrawImageOptions{Filter: ebiten.FilterLinear}
	op.GeoM.Scale(r.W*p.scale/prep.Side, r.H*p.scale/prep.Side)
	op.GeoM.Translate(r.X*p.scale, r.Y*p.scale)
	op.ColorScale.ScaleWithColor(g.theme.Ink)
	p.dst.DrawImage(g.pictures.of(s), op)
}
