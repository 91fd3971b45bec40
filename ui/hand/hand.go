package hand

import (
	"math"
	"math/rand/v2"

	"oneshot/ui/state"
)

// Hand is how somebody draws at the moment.
type Hand struct {
	turn, lean float64 // radians, and how far the top leans over
	wide, tall float64
	miss       float64 // how far the pen misses the points that were meant
	tremble    float64 // how far it strays between them
}

// New returns a hand whose drawings differ from what was meant: at 0 not at all, at 1 as much as one
// person's from another's.
func New(r *rand.Rand, loose float64) Hand {
	return Hand{
		turn: 0.07 * loose * r.NormFloat64(), lean: 0.10 * loose * r.NormFloat64(),
		wide: 0.92 * math.Exp(0.08*loose*r.NormFloat64()), tall: 0.92 * math.Exp(0.08*loose*r.NormFloat64()),
		miss: 2.4 * loose, tremble: 0.4 * loose,
	}
}

// Draw draws a sign on a pad of side 1.
func (h Hand) Draw(r *rand.Rand, s Sign) []state.Stroke {
	out := make([]state.Stroke, 0, len(s))
	for _, p := range s {
		out = append(out, h.stroke(h.missed(r, p).follow(), h.wave(r), h.wave(r)))
	}
	return out
}

// missed is the path with its points where the pen comes by. The two of a corner stay together.
func (h Hand) missed(r *rand.Rand, p Path) Path {
	out := make(Path, len(p))
	for i, at := range p {
		if i > 0 && at == p[i-1] {
			out[i] = out[i-1]
			continue
		}
		out[i] = Point{at.X + h.miss*r.NormFloat64(), at.Y + h.miss*r.NormFloat64()}
	}
	return out
}

// wave is how the pen strays along its way: two slow swings.
func (h Hand) wave(r *rand.Rand) func(along float64) float64 {
	a, b := 2*math.Pi*r.Float64(), 2*math.Pi*r.Float64()
	long, short := 30+14*r.Float64(), 13+5*r.Float64()
	return func(along float64) float64 {
		return h.tremble * (math.Sin(along/long*math.Pi+a) + 0.25*math.Sin(along/short*math.Pi+b))
	}
}

// stroke is the samples as this hand puts them on the pad, pressing less where it begins and ends.
func (h Hand) stroke(samples []Point, straysX, straysY func(float64) float64) state.Stroke {
	sin, cos := math.Sincos(h.turn)
	out := make(state.Stroke, len(samples))
	along := 0.0
	for i, at := range samples {
		if i > 0 {
			along += math.Hypot(at.X-samples[i-1].X, at.Y-samples[i-1].Y)
		}
		x := (at.X + straysX(along) - Side/2) * h.wide
		y := (at.Y + straysY(along) - Side/2) * h.tall
		x -= h.lean * y
		x, y = x*cos-y*sin, x*sin+y*cos
		ends := min(float64(i), float64(len(samples)-1-i)) / 4
		out[i] = state.Point{X: onPad(x), Y: onPad(y), Pressure: float32(0.3 + 0.3*min(ends, 1))}
	}
	return out
}

// onPad is where a coordinate from the middle of the frame lies on the pad, a pen's width from its edge
// at least.
func onPad(v float64) float32 { return float32(min(max(v/Side+0.5, 0.02), 0.98)) }
