package hand

import (
	"math"
	"math/rand/v2"
	"strings"
)

// Invented is a sign that nobody has seen before, with what it is made of in words.
type Invented struct {
	Sign
	Words string
}

// Alphabet invents signs that look as if they belonged together and yet can be told apart. Like people's
// alphabets, it has a few habits of its own: pieces that come back, and places where they begin and end.
func Alphabet(r *rand.Rand, n int) []Invented {
	habits := r.Perm(len(pieces))[:5]
	var out []Invented
	var before [][]Point
	for tries := 0; len(out) < n; tries++ {
		s := invent(r, habits)
		// The longer the search, the less apart signs must lie: it ends whatever r says.
		points, apart := s.thinned(), 8*math.Pow(0.99, float64(tries)/8)
		if farFromAll(points, before, apart) {
			out, before = append(out, s), append(before, points)
		}
	}
	return out
}

// piece is a way of going from one point to another, given along the straight way and aside of it, both
// in parts of its length.
type piece struct {
	name  string
	along []float64 // x, y pairs between the ends
	sharp bool
}

var pieces = [...]piece{
	{"line", nil, false},
	{"arc", []float64{0.22, 0.3, 0.5, 0.42, 0.78, 0.3}, false},
	{"wave", []float64{0.25, 0.26, 0.5, 0, 0.75, -0.26}, false},
	{"hook", []float64{0.5, 0.02, 0.9, 0.06, 1.16, 0.3, 0.98, 0.5, 0.74, 0.36}, false},
	{"loop", []float64{0.36, 0.04, 0.62, 0.2, 0.62, 0.46, 0.4, 0.46, 0.36, 0.22, 0.6, 0.04}, false},
	{"angle", []float64{0.5, 0.5}, true},
	{"step", []float64{0.45, 0, 0.45, 0.45}, true},
	{"zigzag", []float64{0.3, 0.28, 0.62, -0.28}, true},
}

// anchors are the heights and the widths at which pieces begin and end.
var anchors = [...]float64{14, 38, 62, 86}

// invent makes one sign: one to three pieces, of which the later ones begin on the earlier.
func invent(r *rand.Rand, habits []int) Invented {
	var out Invented
	var words []string
	anchor := func() Point { return Point{anchors[r.IntN(len(anchors))], anchors[r.IntN(len(anchors))]} }
	strokes := 1 + min(r.IntN(5), 3)/2 + r.IntN(2)
	for range strokes {
		from, to := anchor(), anchor()
		if len(out.Sign) > 0 && r.IntN(4) > 0 {
			before := out.Sign[r.IntN(len(out.Sign))].follow()
			from = before[[...]int{0, len(before) / 2, len(before) - 1}[r.IntN(3)]]
		}
		for math.Hypot(to.X-from.X, to.Y-from.Y) < 40 {
			from, to = anchor(), anchor()
		}
		p := pieces[habits[r.IntN(len(habits))]]
		for strokes == 1 && p.along == nil { // a line alone is no sign to tell from others
			p = pieces[habits[r.IntN(len(habits))]]
		}
		side := 1.0
		if r.IntN(2) == 0 {
			side = -1
		}
		out.Sign = append(out.Sign, p.between(from, to, side))
		words = append(words, p.name)
	}
	out.Sign = out.Sign.centred()
	out.Words = strings.Join(words, ", ")
	return out
}

// between is the piece from one point to another, curved to one side or the other.
func (p *piece) between(from, to Point, side float64) Path {
	dx, dy := to.X-from.X, to.Y-from.Y
	out := Path{from}
	for i := 0; i+1 < len(p.along); i += 2 {
		t, s := p.along[i], side*p.along[i+1]
		at := Point{from.X + t*dx - s*dy, from.Y + t*dy + s*dx}
		if out = append(out, at); p.sharp {
			out = append(out, at)
		}
	}
	return append(out, to)
}

// centred is the sign in the middle of the frame, as large as fits with a margin.
func (s Sign) centred() Sign {
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, p := range s {
		for _, at := range p.follow() {
			lo.X, lo.Y, hi.X, hi.Y = min(lo.X, at.X), min(lo.Y, at.Y), max(hi.X, at.X), max(hi.Y, at.Y)
		}
	}
	k := 0.8 * Side / max(hi.X-lo.X, hi.Y-lo.Y, 1)
	out := make(Sign, len(s))
	for i, p := range s {
		out[i] = make(Path, len(p))
		for j, at := range p {
			out[i][j] = Point{Side/2 + k*(at.X-(lo.X+hi.X)/2), Side/2 + k*(at.Y-(lo.Y+hi.Y)/2)}
		}
	}
	return out
}

// thinned is points of the sign, some three samples of the pen apart: enough to compare it by.
func (s Sign) thinned() []Point {
	var out []Point
	for _, p := range s {
		for i, at := range p.follow() {
			if i%3 == 0 {
				out = append(out, at)
			}
		}
	}
	return out
}

// farFromAll reports whether points lie further than apart from those of every other sign.
func farFromAll(s []Point, all [][]Point, apart float64) bool {
	for _, o := range all {
		if (distance(s, o)+distance(o, s))/2 < apart {
			return false
		}
	}
	return true
}

// distance is how far a point of a lies from those of b, on average.
func distance(a, b []Point) float64 {
	sum := 0.0
	for _, at := range a {
		near := math.Inf(1)
		for _, q := range b {
			near = min(near, (at.X-q.X)*(at.X-q.X)+(at.Y-q.Y)*(at.Y-q.Y))
		}
		sum += math.Sqrt(near)
	}
	return sum / float64(len(a))
}
