// Package hand draws signs as a hand does: a sign is what was meant, and every drawing of it is a little
// different, as people's are. The signs are written down (see package starters) or invented here. The
// package knows neither a screen nor a network, and whoever draws brings the random numbers.
package hand

import "math"

// Side is the side of the frame that signs lie in, y down.
const Side = 100

// Point is a point of the frame.
type Point struct{ X, Y float64 }

// Path is the way of the pen, from touching down to lifting off: a smooth curve through its points.
// It has a corner at a point that stands twice in a row.
type Path []Point

// Sign is the paths of a sign in the order in which they are drawn.
type Sign []Path

// Curve is a path through points given as x, y, x, y.
func Curve(xy ...float64) Path {
	p := make(Path, 0, len(xy)/2)
	for i := 0; i+1 < len(xy); i += 2 {
		p = append(p, Point{xy[i], xy[i+1]})
	}
	return p
}

// Line is a path that is straight from each of its points to the next.
func Line(xy ...float64) Path {
	var p Path
	for i := 0; i+1 < len(xy); i += 2 {
		at := Point{xy[i], xy[i+1]}
		if p = append(p, at); i > 0 && i+3 < len(xy) {
			p = append(p, at)
		}
	}
	return p
}

// spacing is the distance between two samples of the pen.
const spacing = 2.0

// follow samples the path as the pen goes.
func (p Path) follow() []Point {
	var out []Point
	from := 0
	for i := 1; i <= len(p); i++ {
		if i == len(p) || p[i] == p[i-1] {
			out = smooth(out, p[from:i])
			from = i
		}
	}
	return out
}

// smooth appends samples of a curve through all points, a Catmull-Rom spline. What out ends with is the
// first point of a part that begins at a corner, and is not sampled twice.
func smooth(out []Point, p []Point) []Point {
	if len(p) == 0 {
		return out
	}
	if len(out) == 0 || out[len(out)-1] != p[0] {
		out = append(out, p[0])
	}
	for i := 1; i < len(p); i++ {
		before, a, b, after := p[max(i-2, 0)], p[i-1], p[i], p[min(i+1, len(p)-1)]
		n := max(int(math.Ceil(math.Hypot(b.X-a.X, b.Y-a.Y)/spacing)), 1)
		for k := 1; k < n; k++ {
			t := float64(k) / float64(n)
			out = append(out, Point{spline(before.X, a.X, b.X, after.X, t), spline(before.Y, a.Y, b.Y, after.Y, t)})
		}
		out = append(out, b)
	}
	return out
}

// spline is the value at t between b and c of the cubic that has there the slopes of the chords beside.
func spline(a, b, c, d, t float64) float64 {
	return b + t*((c-a)/2+t*(a-2.5*b+2*c-d/2+t*(1.5*(b-c)+(d-a)/2)))
}
