package fewshot_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"oneshot/engine/fewshot"
)

// whole finds the plane to its end.
func whole(t *testing.T, rows [][]int16) *fewshot.Plane {
	t.Helper()
	p := fewshot.NewPlane(rows)
	before := p.Done()
	for p.Next() {
		if now := p.Done(); now < before || now > 1 {
			t.Fatalf("%v done after %v", now, before)
		}
		before = p.Done()
	}
	if p.Done() != 1 || p.Next() {
		t.Fatal("there is no end")
	}
	return p
}

// clusters makes groups of rows that differ much between groups and little within.
func clusters(groups, each, length int) (rows [][]int16, class []int) {
	r := rand.New(rand.NewPCG(1, 2))
	for g := range groups {
		middle := make([]int16, length)
		for i := range middle {
			middle[i] = int16(r.IntN(200))
		}
		for range each {
			e := make([]int16, length)
			for i := range e {
				e[i] = middle[i] + int16(r.IntN(20))
			}
			rows, class = append(rows, e), append(class, g)
		}
	}
	return rows, class
}

// Three groups lie in three places, whose distances are nearly those of the vectors: three points lie in a
// plane.
func TestPlaneShowsGroups(t *testing.T) {
	rows, class := clusters(3, 40, 64)
	p := whole(t, rows)
	if s := p.Share(); s < 0.8 || s > 1 {
		t.Errorf("the plane shows %v of the differences", s)
	}
	for i := range rows {
		for j := range i {
			a, b := unit(rows[i]), unit(rows[j])
			d2 := 0.0
			for k := range a {
				d2 += (a[k] - b[k]) * (a[k] - b[k])
			}
			xi, yi := p.Place(rows[i])
			xj, yj := p.Place(rows[j])
			seen := math.Hypot(xi-xj, yi-yj)
			if seen > math.Sqrt(d2)+1e-9 {
				t.Fatalf("%d and %d are %v apart, further than %v in space", i, j, seen, math.Sqrt(d2))
			}
			if class[i] != class[j] && seen < 0.8*math.Sqrt(d2) {
				t.Fatalf("%d and %d of two groups are %v apart, in space %v", i, j, seen, math.Sqrt(d2))
			}
		}
	}
	again := whole(t, rows)
	for _, e := range rows {
		x, y := p.Place(e)
		if u, v := again.Place(e); u != x || v != y {
			t.Fatalf("(%v, %v), before (%v, %v)", u, v, x, y)
		}
	}
}

func unit(e []int16) []float64 {
	sum := 0.0
	for _, v := range e {
		sum += float64(v) * float64(v)
	}
	u := make([]float64, len(e))
	for i, v := range e {
		u[i] = float64(v) / math.Sqrt(sum)
	}
	return u
}

// The axes are what they are called: at right angles, and nothing lies more spread in any other direction.
func TestPlaneIsTheFirstTwoComponents(t *testing.T) {
	// Around one direction, with spread 30, 12 and 4 in three others.
	r := rand.New(rand.NewPCG(7, 8))
	var rows [][]int16
	for range 400 {
		rows = append(rows, []int16{4000, 4000, int16(300 + 30*r.NormFloat64()), int16(300 + 12*r.NormFloat64()), int16(300 + 4*r.NormFloat64())})
	}
	p := whole(t, rows)
	var sxx, syy, sxy, mx, my float64
	for _, e := range rows {
		x, y := p.Place(e)
		mx, my, sxx, syy, sxy = mx+x, my+y, sxx+x*x, syy+y*y, sxy+x*y
	}
	if math.Abs(mx) > 1e-9 || math.Abs(my) > 1e-9 {
		t.Errorf("the middle is (%v, %v), want (0, 0)", mx/400, my/400)
	}
	if ratio := math.Sqrt(sxx / syy); ratio < 2.2 || ratio > 2.8 {
		t.Errorf("spreads are as %v to 1, want about 2.5", ratio)
	}
	if c := sxy / math.Sqrt(sxx*syy); math.Abs(c) > 1e-3 {
		t.Errorf("the coordinates correlate by %v", c)
	}
}

// Sets in which nothing differs, or nearly nothing is there, have a plane too.
func TestPlaneOfLittle(t *testing.T) {
	for name, rows := range map[string][][]int16{
		"none": nil, "one": {{1, 2}}, "equal": {{3, 4}, {3, 4}, {6, 8}}, "zero": {{0, 0}, {0, 0}}, "line": {{1, 0}, {0, 1}, {1, 1}}, "with a zero": {{0, 0}, {1, 5}},
	} {
		p := whole(t, rows)
		if s := p.Share(); math.IsNaN(s) || s < 0 || s > 1 {
			t.Errorf("%s: shows %v", name, s)
		}
		for _, e := range append(rows, []int16{5, 1}, []int16{0, 0}, []int16{1, 2, 3}) {
			if x, y := p.Place(e); math.IsNaN(x) || math.IsNaN(y) || math.Hypot(x, y) > 2 {
				t.Errorf("%s: %v is at (%v, %v)", name, e, x, y)
			}
		}
	}
}

// The nearest pairs are of different classes, one for two classes, the nearest first.
func TestNeighbours(t *testing.T) {
	rows := [][]int16{{10, 0, 0}, {10, 1, 0}, {0, 10, 0}, {5, 10, 0}, {0, 0, 10}, {0, 0, 0}}
	class := []int{0, 0, 1, 1, 2, 3}
	n := fewshot.NewNeighbours(rows, class)
	for n.Next() {
	}
	got := n.Nearest(10)
	if len(got) != 6 || got[0].A != 1 || got[0].B != 3 || math.Abs(got[0].Cosine-60/math.Sqrt(101*125)) > 1e-12 {
		t.Errorf("nearest %+v, want 1 and 3 first of six", got)
	}
	if n.Next() {
		t.Error("there is no end")
	}
	if few := n.Nearest(2); len(few) != 2 || few[0] != got[0] {
		t.Errorf("the first two are %+v", few)
	}
	if to, v := n.To(0); to != 1 || v != n.Cosine(1, 0) {
		t.Errorf("0 is nearest to %d, %v", to, v)
	}
	if to, _ := fewshot.NewNeighbours(rows[:1], class[:1]).To(0); to != -1 {
		t.Errorf("the only one is nearest to %d", to)
	}
}
