package prep

import (
	"math"
	"strconv"
)

// penWidth is the width of the pen as a part of the crop's side. Measured on the 2,720 drawings of
// Omniglot's strokes_background_small1.zip against FromImage of the published pictures of the same
// drawings: the mean absolute difference of a pixel is 8.9 of 255 at 0.05, 7.0 at 0.06, 6.96 at
// 0.0625 and 7.7 at 0.07.
const penWidth = 0.0625

// minStrokeSpan is the least extent of a drawing's points, as a part of the frame: 4 pixels of a pad
// of 400. A tap that does not move is a speck, for it is what an accident looks like; a dot made on
// purpose, with a small turn of the pen, is drawn. Taps that lie apart, as in Braille, are a drawing.
const minStrokeSpan = 0.01

// maxReach is how far from the frame's corner a point may lie, in frames: a pen that was held down
// may leave the drawing area.
const maxReach = 16

// FromStrokes draws strokes with a round pen and returns the network's view of them. The crop is that
// of Ink.Box, and the pen's width follows it. Frame is the side of the drawing area in the unit of
// the points; it decides what is a speck and what a small drawing.
//
// Errors are ErrBlank if there is no point, ErrSpeck, ErrPoint if a coordinate or the frame is not
// a usable number, and ErrSize if there are more than MaxPoints points.
func FromStrokes(strokes []Stroke, frame float32) (Input, error) {
	var g grid
	if err := g.strokes(strokes, frame); err != nil {
		return Input{}, err
	}
	return g.average(), nil
}

// InkOfStrokes is FromStrokes before the last step: the ink in the crop, four times as fine as an Input. Training
// distorts it. Errors are those of FromStrokes.
func InkOfStrokes(strokes []Stroke, frame float32) (*Ink, error) {
	g := new(grid)
	if err := g.strokes(strokes, frame); err != nil {
		return nil, err
	}
	return &Ink{W: gridSide, H: gridSide, Pix: g[:]}, nil
}

// strokes draws strokes into their crop.
func (g *grid) strokes(strokes []Stroke, frame float32) error {
	side, x0, y0, err := strokeCrop(strokes, float64(frame))
	if err != nil {
		return err
	}
	toGrid := gridSide / side
	for _, s := range strokes {
		for i := range s {
			a, b := s[max(0, i-1)], s[i]
			if i == 0 && len(s) > 1 {
				continue // a single point is a segment without length
			}
			g.line((float64(a.X)-x0)*toGrid, (float64(a.Y)-y0)*toGrid,
				(float64(b.X)-x0)*toGrid, (float64(b.Y)-y0)*toGrid)
		}
	}
	return nil
}

// strokeCrop returns the crop of the strokes, pen included, in the unit of the points.
func strokeCrop(strokes []Stroke, frame float64) (side, x0, y0 float64, err error) {
	if !(frame > 0 && frame <= math.MaxFloat32) {
		return 0, 0, 0, detailed{ErrPoint, "frame " + number(frame)}
	}
	minX, minY := math.Inf(1), math.Inf(1)
	maxX, maxY := math.Inf(-1), math.Inf(-1)
	points := 0
	for _, s := range strokes {
		if points += len(s); points > MaxPoints {
			return 0, 0, 0, detailed{ErrSize, "more than " + strconv.Itoa(MaxPoints) + " points"}
		}
		for _, p := range s {
			x, y := float64(p.X), float64(p.Y)
			// Written so that a NaN fails.
			if !(math.Abs(x) <= maxReach*frame && math.Abs(y) <= maxReach*frame) {
				return 0, 0, 0, detailed{ErrPoint, "point (" + number(x) + ", " + number(y) +
					") in a frame of " + number(frame)}
			}
			minX, maxX = min(minX, x), max(maxX, x)
			minY, maxY = min(minY, y), max(maxY, y)
		}
	}
	if points == 0 {
		return 0, 0, 0, ErrBlank
	}
	span := max(maxX-minX, maxY-minY)
	if span < minStrokeSpan*frame {
		return 0, 0, 0, detailed{ErrSpeck, "the pen moved " + number(span) + ", at least " +
			number(minStrokeSpan*frame)}
	}
	// The box holds the pen: side = Margin*(span + penWidth*side).
	side = max(Margin*span/(1-Margin*penWidth), MinCrop*frame)
	return side, (minX + maxX - side) / 2, (minY + maxY - side) / 2, nil
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', 4, 32) }

// samples is how many cells of the grid stand on one side of a pixel of the Input.
const samples = 4

const gridSide = Side * samples

// grid is the crop at samples times the resolution of the Input, row-major, 0 to 255.
type grid [gridSide * gridSide]uint8

// line draws the segment from (ax, ay) to (bx, by) with round ends. A cell's coverage falls from
// full to none over one cell across the edge of the pen. Coordinates are in cells; each product
// stands in a conversion of its own so that no machine fuses it with the sum.
func (g *grid) line(ax, ay, bx, by float64) {
	const radius = penWidth * gridSide / 2
	dx, dy := bx-ax, by-ay
	length2 := float64(dx*dx) + float64(dy*dy)
	xFrom, xTo := cellsBetween(min(ax, bx)-radius-1, max(ax, bx)+radius+1)
	yFrom, yTo := cellsBetween(min(ay, by)-radius-1, max(ay, by)+radius+1)
	for y := yFrom; y < yTo; y++ {
		py := float64(y) + 0.5 - ay
		for x := xFrom; x < xTo; x++ {
			px := float64(x) + 0.5 - ax
			along := 0.0 // where on the segment the nearest point lies, 0 to 1
			if length2 > 0 {
				along = min(1, max(0, (float64(px*dx)+float64(py*dy))/length2))
			}
			ex, ey := px-float64(along*dx), py-float64(along*dy)
			edge := radius + 0.5 - math.Sqrt(float64(ex*ex)+float64(ey*ey))
			if edge <= 0 {
				continue
			}
			cell := &g[y*gridSide+x]
			*cell = max(*cell, uint8(float64(min(1, edge)*255)+0.5))
		}
	}
}

// cellsBetween is the range of cells, from included to excluded, that the span touches.
func cellsBetween(lo, hi float64) (from, to int) {
	return max(0, int(math.Floor(lo))), min(gridSide, int(math.Ceil(hi)))
}

// average is the mean of the cells of each pixel.
func (g *grid) average() Input {
	var in Input
	for i := range in {
		cells := g[i/Side*samples*gridSide+i%Side*samples:]
		sum := 0
		for y := range samples {
			for x := range samples {
				sum += int(cells[y*gridSide+x])
			}
		}
		in[i] = uint8((sum + samples*samples/2) / (samples * samples))
	}
	return in
}
