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
	img := ebiten.NewImage(prep.Side, prep.Side)
	img.WritePixels(white(s.Input[:]))
	c[s.ID] = img
	return img
}

// trim forgets all pictures, if there are too many. It wants to be called when nothing waits to be drawn.
func (c pictures) trim() {
	if len(c) <= maxPictures {
		return
	}
	for id, img := range c {
		img.Deallocate()
		delete(c, id)
	}
}

// picture draws an example that has no strokes in a box.
func (g *Game) picture(s *state.Shot, r Rect) { g.drawSeen(g.pictures.of(s), r) }
