package ui

import (
	"math"

	"oneshot/ui/state"
)

// bead is one end of a capsule of ink: a point with the half width of the line there.
type bead struct{ x, y, r float64 }

// frame maps the unit square of the pad to the screen.
type frame struct{ x, y, side float64 }

func (f frame) at(p state.Point) (x, y float64) {
	return f.x + float64(p.X)*f.side, f.y + float64(p.Y)*f.side
}

// cornerCut is how far a line may pass from a sample, as a share of the pad: a corner stays one.
const cornerCut = 0.01

// curve appends the beads of a stroke to dst, from point number from on. The line runs through the
// midpoints of its samples, with a quadratic curve around each sample, so that it is smooth however
// few samples there are. Where the samples are far apart and the line turns, the curve is short and
// the rest is straight. Its width follows the pressure a little. The last half segment is straight,
// up to the pen.
func curve(dst []bead, s state.Stroke, from int, f frame, width float64) []bead {
	if len(s) == 0 {
		return dst
	}
	half := func(p state.Point) float64 { return width / 2 * (0.75 + 0.5*float64(p.Pressure)) }
	at := func(i int) bead {
		x, y := f.at(s[i])
		return bead{x, y, half(s[i])}
	}
	from = max(from, 0)
	start := at(from)
	if from > 0 {
		start = between(at(from-1), start, 0.5)
	}
	dst = append(dst, start)
	for i := max(from, 1); i < len(s)-1; i++ {
		before, control, after := at(i-1), at(i), at(i+1)
		// A curve over a share of both sides passes its control point at a quarter of that share of turn.
		turn := math.Hypot(before.x+after.x-2*control.x, before.y+after.y-2*control.y)
		share := min(0.5, 4*cornerCut*f.side/turn)
		if begin := between(control, before, share); dist(dst[len(dst)-1], begin) > 1 {
			dst = append(dst, begin)
		}
		dst = quadratic(dst, dst[len(dst)-1], control, between(control, after, share))
	}
	if len(s) > 1 {
		dst = append(dst, at(len(s)-1))
	}
	return dst
}

// around is a box that holds a line with its soft edge.
func around(line []bead) Rect {
	if len(line) == 0 {
		return Rect{}
	}
	lo, hi := line[0], line[0]
	for _, b := range line {
		lo = bead{min(lo.x, b.x), min(lo.y, b.y), max(lo.r, b.r)}
		hi = bead{max(hi.x, b.x), max(hi.y, b.y), 0}
	}
	m := lo.r + 2
	return Rect{lo.x - m, lo.y - m, hi.x - lo.x + 2*m, hi.y - lo.y + 2*m}
}

// between is the bead at a share of the way from a to b.
func between(a, b bead, share float64) bead {
	return bead{a.x + share*(b.x-a.x), a.y + share*(b.y-a.y), a.r + share*(b.r-a.r)}
}

// quadratic appends points of the curve from a to b with control point c, without a, no further
// apart than about two units.
func quadratic(dst []bead, a, c, b bead) []bead {
	length := dist(a, c) + dist(c, b)
	n := min(max(int(length/2), 1), 24)
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		u, v, w := (1-t)*(1-t), 2*t*(1-t), t*t
		dst = append(dst, bead{u*a.x + v*c.x + w*b.x, u*a.y + v*c.y + w*b.y, u*a.r + v*c.r + w*b.r})
	}
	return dst
}

func dist(a, b bead) float64 {
	dx, dy := a.x-b.x, a.y-b.y
	return max(abs(dx), abs(dy)) + 0.4*min(abs(dx), abs(dy)) // close enough to choose a step
}

func abs(v float64) float64 { return max(v, -v) }

// fit returns the frame that shows a drawing's ink in the middle of box, as large as fits with a
// margin, but no larger than four times its size on a pad that fills the box, so that a dot
// stays a dot.
func fit(drawing []state.Stroke, box Rect) frame {
	minX, minY, maxX, maxY := float32(1), float32(1), float32(0), float32(0)
	for _, s := range drawing {
		for _, p := range s {
			minX, minY = min(minX, p.X), min(minY, p.Y)
			maxX, maxY = max(maxX, p.X), max(maxY, p.Y)
		}
	}
	if maxX < minX {
		return frame{box.X, box.Y, box.W}
	}
	span := max(float64(max(maxX-minX, maxY-minY)), 0.25)
	side := box.W / span
	cx, cy := float64(minX+maxX)/2, float64(minY+maxY)/2
	return frame{box.X + box.W/2 - cx*side, box.Y + box.H/2 - cy*side, side}
}
