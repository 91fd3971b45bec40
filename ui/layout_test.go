package ui

import (
	"fmt"
	"math"
	"testing"

	"oneshot/ui/state"
)

// board makes a board with the given number of shots in each class.
func board(shots ...int) state.Board {
	var b state.Board
	id := state.ShotID(0)
	for i, n := range shots {
		c := state.Class{ID: state.ClassID(i + 1), Name: fmt.Sprintf("Class %d", i+1)}
		for range n {
			id++
			c.Shots = append(c.Shots, state.Shot{ID: id})
		}
		b.Classes = append(b.Classes, c)
	}
	return b
}

// screens are the sizes that the page must be usable at; the last ones are others at 200 % zoom.
var screens = []Screen{
	{W: 1280, H: 800}, {W: 1280, H: 650}, {W: 2560, H: 1440}, {W: 1024, H: 768}, {W: 768, H: 1024},
	{W: 390, H: 844}, {W: 390, H: 664}, {W: 844, H: 390}, {W: 360, H: 640}, {W: 320, H: 568},
	{W: 640, H: 400}, {W: 512, H: 384}, {W: 195, H: 422},
}

func TestLayoutFitsEveryScreen(t *testing.T) {
	for _, sc := range screens {
		for _, b := range []state.Board{board(), board(0, 0, 0), board(1, 5, 0, 30, 2, 1, 0)} {
			l := arrange(b, true, true, "prototype", sc)
			l.offer([]Bar{{Class: 1, Name: "A", Share: 0.5}, {Class: 2, Name: "B", Share: 0.3}, {Class: 3, Name: "C", Share: 0.1}, {Class: 4, Name: "D", Share: 0.1}})
			name := fmt.Sprintf("%vx%v with %d classes", sc.W, sc.H, len(b.Classes))
			if l.Pad.W != l.Pad.H || l.Pad.W < 120 {
				t.Errorf("%s: pad %v, want a square of at least 120", name, l.Pad)
			}
			if l.List.H < 60 || l.List.bottom() != sc.H {
				t.Errorf("%s: list window %v, want down to %v", name, l.List, sc.H)
			}
			for i, n := range l.Nodes {
				if n.Rect.X < 0 || n.Rect.right() > sc.W+0.01 {
					t.Errorf("%s: %s at %v leaves the screen", name, n.Name, n.Rect)
				}
				if n.InList && n.Rect.bottom() > l.Content || !n.InList && n.Rect.bottom() > sc.H {
					t.Errorf("%s: %s at %v is below all", name, n.Name, n.Rect)
				}
				if n.Rect.W < touch-0.01 || n.Rect.H < touch-0.01 {
					t.Errorf("%s: %s is %v by %v, want at least %d", name, n.Name, n.Rect.W, n.Rect.H, touch)
				}
				for _, m := range l.Nodes[:i] {
					if m.InList == n.InList && m.Rect.Overlaps(n.Rect) {
						t.Errorf("%s: %s at %v overlaps %s at %v", name, n.Name, n.Rect, m.Name, m.Rect)
					}
				}
			}
		}
	}
}

// Every control can be scrolled into view, and is then what a pointer there meets.
func TestHitFindsEveryControl(t *testing.T) {
	for _, sc := range screens {
		l := arrange(board(2, 0, 12, 1), true, true, "prototype", sc)
		for i := range l.Nodes {
			n := &l.Nodes[i]
			x, y, scroll := n.Rect.X+n.Rect.W/2, n.Rect.Y+n.Rect.H/2, 0.0
			if n.InList {
				scroll = min(max(y-l.List.H/2, 0), l.maxScroll())
				y += l.List.Y - scroll
			}
			if got := l.Hit(x, y, scroll); got != n {
				t.Errorf("%vx%v: hit at the middle of %s, scrolled by %v, finds %+v", sc.W, sc.H, n.Name, scroll, got)
			}
		}
		if got := l.Hit(-5, -5, 0); got != nil {
			t.Errorf("hit outside finds %s", got.Name)
		}
	}
}

func TestMirrorNamesEveryControl(t *testing.T) {
	l := arrange(board(2, 0), false, false, "siamese", Screen{W: 1280, H: 800})
	if !l.offer([]Bar{{Class: 2, Name: "Class 2", Share: 0.1}}) || l.offer([]Bar{{Class: 2, Name: "Class 2", Share: 0.2}}) {
		t.Error("what is offered is not noticed")
	}
	m := l.mirror(0, "ready")
	var names []string
	for _, tw := range m.Twins {
		names = append(names, tw.Name)
		if tw.Disabled != (tw.Name == "Undo" || tw.Name == "Redo" || tw.Name == "Clear") {
			t.Errorf("%s disabled: %v", tw.Name, tw.Disabled)
		}
		if tw.Edits != (tw.Name == "Rename Class 1" || tw.Name == "Rename Class 2") {
			t.Errorf("%s edits: %v", tw.Name, tw.Edits)
		}
	}
	want := []string{
		"Drawing pad", "Camera", "Undo", "Redo", "Clear", "It was Class 2", "Menu", "Check what was taught", "Add class",
		"Rename Class 1", "More about Class 1", "Example 1 of Class 1", "Example 2 of Class 1", "Teach Class 1",
		"Rename Class 2", "More about Class 2", "Teach Class 2", "Compares by: siamese",
	}
	if fmt.Sprint(names) != fmt.Sprint(want) {
		t.Errorf("twins %q, want %q", names, want)
	}
	if n := arrange(board(2, 0), false, false, "", Screen{W: 1280, H: 800}).node("head"); n != nil {
		t.Errorf("without a choice there is %q", n.Name)
	}
	if m.Twins[0].Role != RoleCanvas || m.Twins[0].Rect != l.Pad {
		t.Errorf("pad's twin is %+v, want a canvas at %v", m.Twins[0], l.Pad)
	}
}

// The Teach buttons of a row stand in line however many shots their classes have.
func TestCardsOfARowAreEquallyTall(t *testing.T) {
	l := arrange(board(0, 40), true, true, "", Screen{W: 1280, H: 800})
	if a, b := l.Cards[0].Rect, l.Cards[1].Rect; a.Y != b.Y || a.H != b.H {
		t.Errorf("cards %v and %v, want one row", a, b)
	}
	if a, b := l.node("teach:1").Rect, l.node("teach:2").Rect; math.Abs(a.Y-b.Y) > 1e-9 {
		t.Errorf("Teach at %v and %v, want one line", a.Y, b.Y)
	}
}
