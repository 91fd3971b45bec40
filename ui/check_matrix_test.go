package ui

import (
	"strconv"
	"testing"

	"oneshot/ui/state"
)

// Where the cells of the matrix are too small for a finger, the nearest one opens; the keyboard goes through all of
// them.
func TestSmallCellsOpen(t *testing.T) {
	g, b := open(t, phone)
	order := []string{}
	of := map[string][2]int{}
	for i := range 12 {
		name := "Class " + strconv.Itoa(i)
		order = append(order, name)
		of[name] = [2]int{2, 0} // all are alike: taken for the first
	}
	b.frame(t, g, Event{Kind: FileChosen, Data: lines(t, of, order...)})
	b.frame(t, g, Event{Kind: Focused, Text: "check"})
	b.tap(t, g, "check")
	b.settle(t, g)
	k := g.layout.Check
	if k.Cell >= touch || g.layout.node("matrix") == nil {
		t.Fatalf("cells of %v are controls of their own", k.Cell)
	}
	b.frame(t, g, Event{Kind: Focused, Text: "matrix"}) // scrolls to it
	s := g.scene().(*checkScene)
	f := g.state.Check().Confusions[5]
	want := behind{Class: g.state.Check().Classes[f.Class], As: classAt(g.state.Check(), f.As)}
	cell := g.layout.onScreen(k.cell(f.Class, f.As), g.scroll)
	at := Event{Device: Touch, X: cell.X + cell.W/2 + 4, Y: cell.Y + cell.H/2 - 4}
	down, up := at, at
	down.Kind, up.Kind = PointerDown, PointerUp
	b.frame(t, g, down, up)
	if s.open != want || len(g.layout.Check.Rows) != len(f.Trials) {
		t.Errorf("opened %+v with %d drawings, want %+v with %d", s.open, len(g.layout.Check.Rows), want, len(f.Trials))
	}
	seen := map[behind]bool{}
	for range g.state.Check().Confusions {
		b.frame(t, g, Event{Kind: Activate, Text: "matrix"})
		seen[s.open] = true
	}
	if len(seen) != len(g.state.Check().Confusions) {
		t.Errorf("the keyboard opens %d cells of %d", len(seen), len(g.state.Check().Confusions))
	}
	inside(t, "an open cell", g.layout)
	corner := g.layout.onScreen(k.cell(0, 11), g.scroll) // nothing is near
	b.frame(t, g, Event{Kind: PointerDown, X: corner.X + 2, Y: corner.Y + 2}, Event{Kind: PointerUp, X: corner.X + 2, Y: corner.Y + 2})
	if !seen[s.open] {
		t.Errorf("an empty corner opens %+v", s.open)
	}
}

// Sixty classes fit, without names.
func TestManyClassesFit(t *testing.T) {
	var set []state.Class
	for i := range 60 {
		set = append(set, board(3).Classes[0])
		set[i].ID = state.ClassID(i + 1)
		for j := range set[i].Shots {
			set[i].Shots[j].ID = state.ShotID(3*i + j + 1)
		}
	}
	b := state.Board{Classes: set}
	for _, sc := range screens {
		l := arrangeCheck(checkInput{board: b, check: found(b), strictness: 3}, sc)
		inside(t, "sixty classes", l)
		if l.Check.Grid.right() > sc.W || l.Check.Grid.W < 0.6*(l.Check.Matrix.W-40) && l.Check.Cell < namedCell-1 {
			t.Errorf("%vx%v: matrix at %v in %v", sc.W, sc.H, l.Check.Grid, l.Check.Matrix)
		}
	}
}
