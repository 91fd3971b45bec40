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

// placeLabels puts a label of each size as near as it can to its anchor, inside the frame and on no other; one
// that finds no room is left out. Those that come first choose first.
func placeLabels(frame Rect, anchors [][2]float64, sizes []Extent) []Rect {
	const height = 22
	placed := make([]Rect, len(anchors))
	var taken []Rect
	for i, at := range anchors {
		w := min(sizes[i].Width, frame.W)
		for ring := range 7 {
			found := false
			for turn := range 8 {
				if ring == 0 && turn > 0 {
					break
				}
				angle := float64(turn)*math.Pi/4 + math.Pi/2
				r := Rect{at[0] - w/2 + math.Cos(angle)*float64(ring)*w/4, at[1] - height/2 + math.Sin(angle)*float64(ring)*height*0.8, w, height}
				r.X = min(max(r.X, frame.X), frame.right()-w)
				r.Y = min(max(r.Y, frame.Y), frame.bottom()-height)
				if !slices.ContainsFunc(taken, r.Overlaps) {
					placed[i], found = r, true
					taken = append(taken, r)
					break
				}
			}
			if found {
				break
			}
		}
	}
	return placed
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
