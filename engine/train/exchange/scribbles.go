package exchange

import (
	"math"
	"math/rand/v2"
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
)

// Ranges of activations hardly move beyond this many drawings.
const (
	calibrationClasses  = 64
	calibrationDrawings = 3
	calibrationSeed     = 1
)

// Scribbles are classes of drawings for networks whose makers left none: some strokes that wander, and each drawing
// of a class is a shaky copy.
func Scribbles(classes, drawings int, seed uint64) (*fewshot.Set, error) {
	set := &fewshot.Set{}
	for c := range classes {
		class := fewshot.Class{Name: "scribble" + strconv.Itoa(c), Alphabet: "scribbles"}
		r := rand.New(rand.NewPCG(seed, uint64(c)))
		strokes := scribble(r)
		for range drawings {
			in, err := prep.FromStrokes(shaken(strokes, r), 1)
			if err != nil {
				return nil, err
			}
			class.Drawings = append(class.Drawings, &fewshot.Drawing{Input: in})
		}
		set.Classes = append(set.Classes, class)
	}
	return set, nil
}

// scribble draws one to four strokes in a frame of side 1.
func scribble(r *rand.Rand) (strokes []prep.Stroke) {
	for range 1 + r.IntN(4) {
		x, y, heading := 0.2+0.6*r.Float64(), 0.2+0.6*r.Float64(), 2*math.Pi*r.Float64()
		bend := 0.3 * r.NormFloat64()
		var s prep.Stroke
		for range 8 + r.IntN(25) {
			s = append(s, prep.Point{X: float32(x), Y: float32(y)})
			heading += bend + 0.2*r.NormFloat64()
			x = min(max(x+0.04*math.Cos(heading), 0), 1)
			y = min(max(y+0.04*math.Sin(heading), 0), 1)
		}
		strokes = append(strokes, s)
	}
	return strokes
}

// shaken moves every point a little.
func shaken(strokes []prep.Stroke, r *rand.Rand) []prep.Stroke {
	var copies []prep.Stroke
	for _, s := range strokes {
		var c prep.Stroke
		for _, p := range s {
			c = append(c, prep.Point{X: p.X + float32(0.01*r.NormFloat64()), Y: p.Y + float32(0.01*r.NormFloat64())})
		}
		copies = append(copies, c)
	}
	return copies
}
