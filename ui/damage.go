package ui

import (
	"image"
	"math"
)

// damage is the part of the screen that must be drawn anew.
type damage struct {
	rects []Rect // to draw, disjoint or nearly so
	drawn []Rect // drawn in this frame, to copy to the screen
	whole int    // frames that are still copied whole
}

// Bounds of damage: margin is how far shadows, badges and focus marks stand out of their boxes, and
// mistrust how many frames are copied whole after the screen may have lost what it shows.
const (
	damageMargin = 24
	maxDamage    = 6
	mistrust     = 10
)

// add marks a box.
func (d *damage) add(r Rect) {
	if r.W <= 0 || r.H <= 0 {
		return
	}
	d.rects = join(d.rects, r.inset(-damageMargin))
}

// join adds a box to a list, as one with those that it overlaps.
func join(list []Rect, r Rect) []Rect {
	for i := 0; i < len(list); {
		if q := list[i]; q.Overlaps(r) || len(list) >= maxDamage {
			r = union(q, r)
			list = append(list[:i], list[i+1:]...)
			i = 0
			continue
		}
		i++
	}
	return append(list, r)
}

func union(a, b Rect) Rect {
	x, y := min(a.X, b.X), min(a.Y, b.Y)
	return Rect{x, y, max(a.right(), b.right()) - x, max(a.bottom(), b.bottom()) - y}
}

// take returns what must be drawn, and notes that it is.
func (d *damage) take() []Rect {
	rects := d.rects
	d.rects = nil
	for _, r := range rects {
		d.mark(r)
	}
	return rects
}

// mark notes that a box was drawn.
func (d *damage) mark(r Rect) { d.drawn = join(d.drawn, r) }

// distrust makes the next frames be copied whole.
func (d *damage) distrust() { d.whole = mistrust }

// copies returns the parts of the picture to copy to the screen in this frame: those that were
// drawn, or all of it where the screen does not keep what it shows or the engine asks for a frame
// of its own.
func (d *damage) copies(bounds image.Rectangle, sc Screen) []image.Rectangle {
	drawn := d.drawn
	d.drawn = d.drawn[:0]
	d.whole--
	if sc.Keeps == 0 || d.whole >= 0 || len(drawn) == 0 {
		return []image.Rectangle{bounds}
	}
	var parts []image.Rectangle
	for _, r := range drawn {
		part := image.Rect(
			int(math.Floor(r.X*sc.Density)), int(math.Floor(r.Y*sc.Density)),
			int(math.Ceil(r.right()*sc.Density)), int(math.Ceil(r.bottom()*sc.Density)),
		).Intersect(bounds)
		if !part.Empty() {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return []image.Rectangle{bounds}
	}
	return parts
}
