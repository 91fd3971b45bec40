package ui

import (
	"image/color"
	"testing"

	"github.com/hajimehoshi/ebiten/v2"
)

// Shapes wait for each other over images that lie elsewhere, and not over one that they would cover.
func TestPainterWaits(t *testing.T) {
	p, err := newPainter(nil)
	if err != nil {
		t.Fatal(err)
	}
	ink := color.RGBA{A: 255}
	paper := color.RGBA{255, 255, 255, 255}
	p.begin(ebiten.NewImage(200, 200), 2, ink, paper)
	img := ebiten.NewImage(10, 10)
	waiting := func(boxes, strokes, images int) {
		t.Helper()
		if b, s, i := len(p.shapes.indices)/6, len(p.strokes.indices)/6, len(p.images); b != boxes || s != strokes || i != images {
			t.Errorf("%d boxes, %d strokes, %d images wait; want %d, %d, %d", b, s, i, boxes, strokes, images)
		}
	}
	line := []bead{{60, 60, 2}, {70, 60, 2}}
	p.Box(Rect{0, 0, 30, 30}, 4, ink)
	p.image(img, 10, 10, 1, ebiten.DrawImageOptions{}) // on the box, in pixels
	p.Ink(line, ink)
	p.Box(Rect{30, 0, 30, 30}, 4, ink) // beside both
	waiting(2, 1, 1)
	p.image(img, 120, 120, 1, ebiten.DrawImageOptions{}) // on the ink
	waiting(2, 1, 2)
	p.Ink(line, ink) // over that image
	waiting(0, 1, 0)
	p.Line(line, ink) // over the ink
	waiting(1, 0, 0)
	p.Box(Rect{50, 50, 30, 30}, 0, ink) // over the line, which is a shape too
	waiting(2, 0, 0)
	p.flush()
	waiting(0, 0, 0)

	for range mostWaiting {
		p.image(img, 0, 0, 1, ebiten.DrawImageOptions{})
	}
	waiting(0, 0, mostWaiting)
	p.Box(Rect{50, 50, 30, 30}, 0, ink)
	waiting(1, 0, 0)

	long := make([]bead, 20_000)
	for i := range long {
		long[i] = bead{float64(i % 100), float64(i / 100 % 100), 1}
	}
	p.Ink(long, ink)
	if n := len(p.strokes.vertices); n > 1<<16 || len(p.inked) != 1 {
		t.Errorf("%d vertices and %d strokes wait", n, len(p.inked))
	}
}
