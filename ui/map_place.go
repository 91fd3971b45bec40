package ui

import (
	"math"
	"slices"

	"oneshot/ui/state"
)

// spot is a drawing on the map, in parts of its side: (0, 0) is the upper left corner, (1, 1) the lower right.
type spot struct {
	shot  state.ShotID
	class int // place on the board
	x, y  float64
}

// spreadOut puts points where the largest square that holds them fills the map, in its middle. The query, if there
// is one, comes last and is held as well.
func spreadOut(points [][2]float64) [][2]float64 {
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		for k := range p {
			lo[k], hi[k] = min(lo[k], p[k]), max(hi[k], p[k])
		}
	}
	side := 1e-6
	for k := range lo {
		side = max(side, hi[k]-lo[k])
	}
	out := make([][2]float64, len(points))
	for i, p := range points {
		for k := range p {
			out[i][k] = 0.5 + (p[k]-(lo[k]+hi[k])/2)/side
		}
	}
	return out
}

// label is the name of a class on the map.
type label struct {
	class int
	text  string
	rect  Rect
}

// labelHeight is the height of a label.
const labelHeight = 22

// placeLabels puts a label of each size as near as it can to its anchor, inside the frame, on no other and on
// nothing that is taken; on what would better be seen only where there is no room beside it. One that finds no
// room at all is left out. Those that come first choose first.
func placeLabels(frame Rect, taken, better []Rect, anchors [][2]float64, sizes []Extent) []Rect {
	placed := make([]Rect, len(anchors))
	taken = slices.Clone(taken)
	for i, at := range anchors {
		w := min(sizes[i].Width, frame.W)
		for _, avoid := range [][]Rect{append(taken[:len(taken):len(taken)], better...), taken} {
			if placed[i] = placeLabel(frame, avoid, at, w); placed[i].W > 0 {
				taken = append(taken, placed[i])
				break
			}
		}
	}
	return placed
}

// placeLabel looks for room in rings around a point, below it first.
func placeLabel(frame Rect, avoid []Rect, at [2]float64, w float64) Rect {
	for ring := range 8 {
		for turn := range 8 {
			far, angle := float64(ring), float64(turn)*math.Pi/4+math.Pi/2
			r := Rect{at[0] - w/2 + math.Cos(angle)*far*w/4, at[1] - labelHeight/2 + math.Sin(angle)*far*labelHeight*0.7, w, labelHeight}
			r.X = min(max(r.X, frame.X), frame.right()-w)
			r.Y = min(max(r.Y, frame.Y), frame.bottom()-labelHeight)
			if !slices.ContainsFunc(avoid, r.Overlaps) {
				return r
			}
			if ring == 0 {
				break
			}
		}
	}
	return Rect{}
}

// nearestSpot is the place of the spot that is nearest to a point of the map, or -1 if none lies within reach.
func nearestSpot(spots []spot, x, y, reach float64) int {
	best, found := reach, -1
	for i := range spots {
		if d := math.Hypot(spots[i].x-x, spots[i].y-y); d < best {
			best, found = d, i
		}
	}
	return found
}
