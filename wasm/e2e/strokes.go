//go:build !js

package e2e

import (
	"math"

	"oneshot/engine/prep"
)

// Frame is the side of the square that the drawings of Symbols lie in; y is down.
const Frame = 100

// Symbol is a shape and ways to draw it.
type Symbol struct {
	Name     string
	Drawings [][]prep.Stroke
}

// Symbols returns five shapes, each drawn in five hands. They stand in for people's drawings where
// there are none, and are easier: one program drew them all.
func Symbols() []Symbol {
	shapes := []struct {
		name    string
		strokes []prep.Stroke
	}{
		{"House", []prep.Stroke{
			{{X: 20, Y: 85}, {X: 20, Y: 45}, {X: 80, Y: 45}, {X: 80, Y: 85}, {X: 20, Y: 85}},
			{{X: 14, Y: 46}, {X: 50, Y: 14}, {X: 86, Y: 46}},
		}},
		{"Snail", []prep.Stroke{spiral(50, 50, 38, 2.4)}},
		{"Bolt", []prep.Stroke{
			{{X: 62, Y: 10}, {X: 28, Y: 52}, {X: 56, Y: 48}, {X: 34, Y: 90}},
		}},
		{"Tree", []prep.Stroke{
			{{X: 50, Y: 90}, {X: 50, Y: 12}},
			{{X: 20, Y: 30}, {X: 50, Y: 52}, {X: 80, Y: 28}},
			{{X: 26, Y: 56}, {X: 50, Y: 74}, {X: 76, Y: 54}},
		}},
		{"Planet", []prep.Stroke{
			ellipse(50, 50, 24, 24),
			ellipse(50, 52, 44, 9),
		}},
	}
	symbols := make([]Symbol, len(shapes))
	for i, s := range shapes {
		symbols[i].Name = s.name
		for _, h := range hands {
			symbols[i].Drawings = append(symbols[i].Drawings, h.draw(s.strokes))
		}
	}
	return symbols
}

// hand is a way of drawing: how a shape is turned (radians), leant, stretched, and how far the pen
// strays from it (in the unit of Frame).
type hand struct{ turn, lean, wide, tall, stray, phase float64 }

var hands = []hand{
	{0, 0, 1, 1, 0.6, 0},
	{0.10, 0.06, 0.86, 1.02, 1.4, 1.1},
	{-0.12, 0.02, 1.04, 0.84, 1.8, 2.3},
	{0.05, -0.14, 0.92, 0.96, 2.2, 3.9},
	{-0.06, 0.15, 0.78, 0.80, 1.6, 5.2},
}

// step is the distance between two samples of the pen, in the unit of Frame.
const step = 2.5

// draw follows the strokes with this hand, sampled as a pen is.
func (h hand) draw(strokes []prep.Stroke) []prep.Stroke {
	sin, cos := math.Sincos(h.turn)
	out := make([]prep.Stroke, len(strokes))
	for i, s := range strokes {
		var far float64 // along the stroke
		for j := range s {
			from, to := s[max(0, j-1)], s[j]
			dx, dy := float64(to.X-from.X), float64(to.Y-from.Y)
			length := math.Hypot(dx, dy)
			for n := math.Ceil(length / step); n >= 0; n-- {
				if j > 0 && n == math.Ceil(length/step) {
					continue // the end of the segment before
				}
				back := 0.0
				if length > 0 {
					back = min(n*step/length, 1)
				}
				x, y := float64(to.X)-back*dx, float64(to.Y)-back*dy
				at := far + length*(1-back)
				x += h.stray * math.Sin(at/9+h.phase+float64(i))
				y += h.stray * math.Sin(at/13+2*h.phase+float64(i))
				x, y = (x-Frame/2)*h.wide, (y-Frame/2)*h.tall
				x += h.lean * y
				x, y = x*cos-y*sin, x*sin+y*cos
				out[i] = append(out[i], prep.Point{X: clip(x + Frame/2), Y: clip(y + Frame/2)})
			}
			far += length
		}
	}
	return out
}

// clip keeps a coordinate inside the frame.
func clip(v float64) float32 { return float32(min(max(v, 1), Frame-1)) }

func ellipse(x, y, rx, ry float64) prep.Stroke {
	var s prep.Stroke
	for i := range 37 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 36)
		s = append(s, prep.Point{X: float32(x + rx*sin), Y: float32(y - ry*cos)})
	}
	return s
}

// spiral winds outwards from (x, y) to radius r in the given number of turns.
func spiral(x, y, r, turns float64) prep.Stroke {
	var s prep.Stroke
	const n = 80
	for i := range n + 1 {
		part := float64(i) / n
		sin, cos := math.Sincos(2 * math.Pi * turns * part)
		s = append(s, prep.Point{X: float32(x + r*part*cos), Y: float32(y + r*part*sin)})
	}
	return s
}
