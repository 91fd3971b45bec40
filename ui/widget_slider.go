package ui

import (
	"math"

	"oneshot/ui/state"
)

// slider is the value of the strictness under a point of its track.
func (l *Layout) slider(x float64) int {
	in := l.Check.Track.inset(sliderKnob / 2)
	part := min(max((x-in.X)/max(in.W, 1), 0), 1)
	return int(math.Round(part*2*state.MaxStrictness)) - state.MaxStrictness
}

const sliderKnob = 26 // in layout units

// drawSlider draws the slider on its track, with a mark where the learner's own value is.
func (g *Game) drawSlider(n *Node, r Rect) {
	p, t := g.paint, g.theme
	in := r.inset(sliderKnob / 2)
	at := func(step int) float64 {
		return in.X + in.W*float64(step+state.MaxStrictness)/(2*state.MaxStrictness)
	}
	middle := r.Y + r.H/2
	p.Box(Rect{r.X, middle - 4, r.W, 8}, 4, t.Sunken)
	p.Box(Rect{r.X, middle - 4, at(n.Value) - r.X, 8}, 4, t.Accent)
	p.Box(Rect{at(g.state.OwnStrictness()) - 1, middle - 12, 2, 24}, 1, t.Muted)
	knob := Rect{at(n.Value) - sliderKnob/2, middle - sliderKnob/2, sliderKnob, sliderKnob}
	ring := 2.0
	if lk := g.look(n); lk.hover || lk.pressed {
		ring = 4
	}
	p.Framed(knob, sliderKnob/2, ring, t.Accent, t.Surface)
}
