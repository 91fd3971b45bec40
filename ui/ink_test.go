package ui

import (
	"math"
	"testing"

	"oneshot/ui/session"
	"oneshot/ui/state"
)

func TestCurveStartsAndEndsAtThePen(t *testing.T) {
	s := state.Stroke{{X: 0.1, Y: 0.2, Pressure: 0.5}, {X: 0.5, Y: 0.9, Pressure: 0.5}, {X: 0.9, Y: 0.2, Pressure: 0.5}}
	line := curve(nil, s, 0, frame{10, 20, 100}, 4)
	first, last := line[0], line[len(line)-1]
	if math.Abs(first.x-20) > 1e-4 || math.Abs(first.y-40) > 1e-4 || math.Abs(last.x-100) > 1e-4 || math.Abs(last.y-40) > 1e-4 {
		t.Errorf("line from %+v to %+v, want (20, 40) to (100, 40)", first, last)
	}
	for _, b := range line {
		if math.Abs(b.r-2) > 1e-4 {
			t.Fatalf("half width %v, want 2", b.r)
		}
		if b.y > 20+90 {
			t.Fatalf("%+v is beyond the samples", b)
		}
	}
	if dot := curve(nil, s[:1], 0, frame{0, 0, 100}, 4); len(dot) != 1 {
		t.Errorf("a dot is %v, want one bead", dot)
	}
	if none := curve(nil, nil, 0, frame{0, 0, 100}, 4); none != nil {
		t.Errorf("no stroke is %v", none)
	}
}

// What is drawn as the pen moves, piece by piece, covers the line that is drawn at the end.
func TestCurveContinues(t *testing.T) {
	var s state.Stroke
	for i := range 30 {
		a := float64(i) / 5
		s = append(s, state.Point{X: float32(0.5 + 0.3*math.Cos(a)), Y: float32(0.5 + 0.3*math.Sin(a)), Pressure: 0.5})
	}
	f := frame{0, 0, 300}
	var pieces []bead
	for n := 1; n <= len(s); n++ {
		pieces = append(pieces, curve(nil, s[:n], n-3, f, 5)...)
	}
	for _, b := range curve(nil, s, 0, f, 5) {
		near := math.Inf(1)
		for _, p := range pieces {
			near = min(near, math.Hypot(p.x-b.x, p.y-b.y))
		}
		if near > 1.5 {
			t.Fatalf("%+v of the whole line is %v from the nearest piece", b, near)
		}
	}
}

// What comes out of a link has few points. Its corners are still drawn as corners, and its curves as curves.
func TestCurveKeepsTheCornersOfALink(t *testing.T) {
	var square, circle state.Stroke
	corners := [...]state.Point{{X: 0.2, Y: 0.2}, {X: 0.8, Y: 0.2}, {X: 0.8, Y: 0.8}, {X: 0.2, Y: 0.8}, {X: 0.2, Y: 0.2}}
	for i := range 4 {
		for k := range 20 {
			a, b := corners[i], corners[i+1]
			square = append(square, state.Point{X: a.X + (b.X-a.X)*float32(k)/20, Y: a.Y + (b.Y-a.Y)*float32(k)/20, Pressure: 0.5})
		}
	}
	for i := range 81 {
		a := float64(i) * math.Pi / 40
		circle = append(circle, state.Point{X: float32(0.5 + 0.3*math.Cos(a)), Y: float32(0.5 + 0.3*math.Sin(a)), Pressure: 0.5})
	}
	text, err := session.Link([]state.Class{{Name: "Shapes", Shots: []state.Shot{{Strokes: []state.Stroke{square, circle}}}}})
	if err != nil {
		t.Fatal(err)
	}
	set, err := session.ReadLink(text)
	if err != nil {
		t.Fatal(err)
	}
	read := set.Classes[0].Shots[0].Strokes
	line := curve(nil, read[0], 0, frame{0, 0, 1000}, 5)
	for _, c := range corners {
		near := math.Inf(1)
		for _, b := range line {
			near = min(near, math.Hypot(b.x-1000*float64(c.X), b.y-1000*float64(c.Y)))
		}
		if near > 15 {
			t.Errorf("the line passes %v thousandths of the pad from the corner %+v", near, c)
		}
	}
	for _, b := range curve(nil, read[1], 0, frame{0, 0, 1000}, 5) {
		if r := math.Hypot(b.x-500, b.y-500); math.Abs(r-300) > 8 {
			t.Errorf("the circle passes %v thousandths of the pad from its middle, want 300", r)
		}
	}
}

func TestFitKeepsADotADot(t *testing.T) {
	box := Rect{0, 0, 40, 40}
	dot := []state.Stroke{{{X: 0.8, Y: 0.1}, {X: 0.81, Y: 0.1}}}
	f := fit(dot, box)
	if f.side > 161 {
		t.Errorf("a dot is drawn %v times enlarged", f.side/box.W)
	}
	x, y := f.at(state.Point{X: 0.805, Y: 0.1})
	if math.Abs(x-20) > 0.01 || math.Abs(y-20) > 0.01 {
		t.Errorf("the dot stands at %v, %v, want the middle", x, y)
	}
	whole := fit([]state.Stroke{{{X: 0, Y: 0}, {X: 1, Y: 1}}}, box)
	if whole != (frame{0, 0, 40}) {
		t.Errorf("a drawing as large as the pad has frame %+v", whole)
	}
}

// What was drawn of a stroke while the pen was down is drawn anew when it is lifted: the corners too, which
// the finished line cuts.
func TestReachHoldsTheCorners(t *testing.T) {
	g, _ := open(t, laptop)
	s := state.Stroke{{X: 0.2, Y: 0.8, Pressure: 0.5}, {X: 0.5, Y: 0.1, Pressure: 0.5}, {X: 0.8, Y: 0.8, Pressure: 0.5}}
	whole := g.reach(s)
	for n := 1; n <= len(s); n++ {
		if part := around(g.beads(s[:n], 0)); union(whole, part) != whole {
			t.Errorf("after %d points %v was drawn, which %v does not hold", n, part, whole)
		}
	}
}
