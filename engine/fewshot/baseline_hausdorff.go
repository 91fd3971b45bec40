package fewshot

import (
	"math"
	"sort"
)

// Hausdorff is the baseline of the published demo_classification.py: the class of the support drawing
// at the smallest modified Hausdorff distance from the query. M.-P. Dubuisson and A. K. Jain, "A modified Hausdorff distance
// for object matching", ICPR 1994. On the published one-shot runs it is wrong in 38.75 % of the
// trials.
//
// A drawing is the set of its ink pixels, relative to their mean. The zero value is ready to Learn.
type Hausdorff struct {
	examples []inkExample
	logits   []float64
	points   map[*Drawing]inkPoints
}

type inkExample struct {
	class  int
	points inkPoints
}

// inkPoints are the coordinates of ink pixels, row by row from the top. Only rows with ink stand here.
type inkPoints struct {
	rows []inkRow
	n    int // points in all
}

// inkRow is a row of pixels: its y and the x of each, rising.
type inkRow struct {
	y  float64
	xs []float64
}

// inkGrey is the grey level below which a pixel is ink. Omniglot's pictures have two levels only.
const inkGrey = 128

// Learn implements Learner.
func (l *Hausdorff) Learn(support [][]*Drawing) error {
	l.examples, l.logits = l.examples[:0], make([]float64, len(support))
	for class, shots := range support {
		for _, d := range shots {
			p, err := l.pointsOf(d)
			if err != nil {
				return err
			}
			l.examples = append(l.examples, inkExample{class, p})
		}
	}
	if len(l.examples) == 0 {
		return errNothingLearned
	}
	return nil
}

// Answer implements Learner. The logit of a class is the negative of the smallest distance to its shots;
// the first of equals wins.
func (l *Hausdorff) Answer(query *Drawing) (Answer, error) {
	if len(l.examples) == 0 {
		return Answer{}, errNothingLearned
	}
	q, err := l.pointsOf(query)
	if err != nil {
		return Answer{}, err
	}
	fill(l.logits, math.Inf(-1))
	for _, e := range l.examples {
		nearest := -l.logits[e.class]
		if d := modifiedHausdorff(q, e.points, nearest); d < nearest {
			l.logits[e.class] = -d
		}
	}
	return Answer{Class: first(l.logits), Logits: l.logits}, nil
}

// pointsOf returns the drawing's points, from the memory of earlier episodes if it can.
func (l *Hausdorff) pointsOf(d *Drawing) (inkPoints, error) {
	if p, ok := l.points[d]; ok {
		return p, nil
	}
	p := inkPointsOf(d)
	if p.n == 0 {
		return p, errNoInk
	}
	if l.points == nil {
		l.points = map[*Drawing]inkPoints{}
	}
	l.points[d] = p
	return p, nil
}

func inkPointsOf(d *Drawing) inkPoints {
	var p inkPoints
	var sumX, sumY float64
	r := d.Image.Rect
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := inkRow{y: float64(y)}
		for x := r.Min.X; x < r.Max.X; x++ {
			if d.Image.GrayAt(x, y).Y < inkGrey {
				row.xs = append(row.xs, float64(x))
				sumX += float64(x)
			}
		}
		if len(row.xs) > 0 {
			sumY += row.y * float64(len(row.xs))
			p.rows = append(p.rows, row)
			p.n += len(row.xs)
		}
	}
	for i := range p.rows {
		p.rows[i].y -= sumY / float64(p.n)
		for j := range p.rows[i].xs {
			p.rows[i].xs[j] -= sumX / float64(p.n)
		}
	}
	return p
}

// modifiedHausdorff is max(mean over a of the distance to the nearest of b, mean over b of the
// distance to the nearest of a). It may stop early, at any number not below bound, once the distance
// cannot be below bound.
func modifiedHausdorff(a, b inkPoints, bound float64) float64 {
	d := meanNearest(a, b, bound)
	if d >= bound {
		return d
	}
	return max(d, meanNearest(b, a, bound))
}

func meanNearest(from, to inkPoints, bound float64) float64 {
	n := float64(from.n)
	enough := bound * n * (1 + 1e-9) // a sum above this is above bound however it is rounded
	var sum float64
	for _, row := range from.rows {
		below := sort.Search(len(to.rows), func(i int) bool { return to.rows[i].y >= row.y })
		for _, x := range row.xs {
			if sum += math.Sqrt(to.nearest(x, row.y, below)); sum > enough {
				return sum / n
			}
		}
	}
	return sum / n
}

// nearest is the squared distance from (x, y) to the nearest point. It goes from row below, the first
// that is not above y, outwards in both directions until no further row can hold a nearer point.
func (p inkPoints) nearest(x, y float64, below int) float64 {
	best := math.Inf(1)
	for _, row := range p.rows[below:] {
		if dy := row.y - y; dy*dy < best {
			best = min(best, dy*dy+row.nearest(x))
		} else {
			break
		}
	}
	for i := below - 1; i >= 0; i-- {
		if dy := y - p.rows[i].y; dy*dy < best {
			best = min(best, dy*dy+p.rows[i].nearest(x))
		} else {
			break
		}
	}
	return best
}

// nearest is the squared distance along the row from x to its nearest point.
func (r inkRow) nearest(x float64) float64 {
	lo, hi := 0, len(r.xs) // r.xs[lo-1] < x <= r.xs[hi]
	for lo < hi {
		if mid := (lo + hi) / 2; r.xs[mid] < x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	best := math.Inf(1)
	if lo < len(r.xs) {
		best = (r.xs[lo] - x) * (r.xs[lo] - x)
	}
	if lo > 0 {
		best = min(best, (x-r.xs[lo-1])*(x-r.xs[lo-1]))
	}
	return best
}
