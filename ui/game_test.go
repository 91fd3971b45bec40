package ui

import (
	"strings"
	"testing"
)

var laptop, phone = Screen{W: 1280, H: 800, Density: 1}, Screen{W: 390, H: 844, Density: 3}

// A new user draws, teaches twice and asks, and the page says at each step what to do.
func TestFirstMinute(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			says := func(want string) {
				t.Helper()
				if got := b.mirror.Status.Text; !strings.HasPrefix(got, want) {
					t.Fatalf("status %q, want %q", got, want)
				}
			}
			says("Teach it with one drawing.")
			b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
			says("Now give it a name.")
			b.tap(t, g, "teach:1")
			says("Now something different.")
			b.stroke(t, g, 0.1, 0.45, 0.9, 0.5)
			says("Class A, the only class taught so far, closest to example 1 of Class A")
			b.tap(t, g, "clear")
			b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
			b.tap(t, g, "teach:2")
			says("Ready.")
			b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
			says("Class A, 80 % sure, closest to example 1 of Class A")
			if g.strokeEnd == 0 {
				t.Error("the time of the stroke's end is not kept for the answer")
			}
			b.tap(t, g, "undo")
			says("Ready.")
		})
	}
}

// The way to compare changes live: what was taught stays, and what is on the pad is answered anew.
func TestHeadChangesLive(t *testing.T) {
	g, b := open(t, phone)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.tap(t, g, "teach:1")
	b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
	b.tap(t, g, "teach:2")
	b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
	for range 2 {
		for _, step := range [][2]string{
			{"Compares by: slope", "Class A, 80 % sure, closest to example 1 of Class A"},
			{"Compares by: strict", "None of these, most like Class A, closest to example 1 of Class A"},
		} {
			if n := g.layout.node("head"); n == nil || n.Name != step[0] {
				t.Fatalf("the control is %+v, want %q", n, step[0])
			}
			if got := b.mirror.Status.Text; got != step[1] {
				t.Errorf("%s: status %q, want %q", step[0], got, step[1])
			}
			g.activate(g.layout.node("head"))
			b.frame(t, g)
		}
	}
	if !g.state.CanUndo() {
		t.Fatal("nothing to undo")
	}
	b.tap(t, g, "undo")
	if got := g.layout.node("head").Name; got != "Compares by: slope" {
		t.Errorf("undo changed the way to compare: %q", got)
	}
}

func TestTeachOnABlankPadExplains(t *testing.T) {
	g, b := open(t, laptop)
	b.tap(t, g, "teach:2")
	if !strings.HasPrefix(b.mirror.Status.Text, "Draw something first") {
		t.Errorf("status %q", b.mirror.Status.Text)
	}
	b.stroke(t, g, 0.5, 0.5, 0.501, 0.5)
	if !strings.HasPrefix(b.mirror.Status.Text, "A little larger") {
		t.Errorf("a speck says %q", b.mirror.Status.Text)
	}
}

// A palm beside the pen draws nothing and presses nothing.
func TestOnePointerAtATime(t *testing.T) {
	g, b := open(t, laptop)
	pad := g.layout.Pad
	pen := Event{Kind: PointerDown, Device: Pen, Pointer: 1, X: pad.X + 50, Y: pad.Y + 50, Pressure: 0.7}
	palm := Event{Kind: PointerDown, Device: Touch, Pointer: 2, X: pad.X + 300, Y: pad.Y + 300, Pressure: 0.5}
	b.frame(t, g, pen, palm)
	palm.Kind = PointerMove
	pen.Kind, pen.X = PointerMove, pad.X+250
	b.frame(t, g, palm, pen)
	palm.Kind = PointerUp
	b.frame(t, g, palm)
	if !g.state.Drawing() {
		t.Fatal("the palm lifted the pen")
	}
	pen.Kind = PointerUp
	b.frame(t, g, pen)
	if s := g.state.Board().Pad; len(s) != 1 || len(s[0]) != 2 || s[0][0].Pressure != 0.7 {
		t.Fatalf("pad %+v, want the pen's two points", s)
	}
}

// What the system takes away stays if it is a stroke, and goes if it was a touch.
func TestPointerCancel(t *testing.T) {
	g, b := open(t, phone)
	pad := g.layout.Pad
	for _, c := range []struct {
		far  float64
		want int
	}{{2, 0}, {200, 1}} {
		e := Event{Kind: PointerDown, Device: Touch, Pointer: 1, X: pad.X + 20, Y: pad.Y + 20}
		b.frame(t, g, e)
		e.Kind, e.X = PointerMove, e.X+c.far
		b.frame(t, g, e)
		e.Kind = PointerCancel
		b.frame(t, g, e)
		if got := len(g.state.Board().Pad); got != c.want || g.state.Drawing() {
			t.Fatalf("cancelled after %v units: %d strokes, pen down %v; want %d", c.far, got, g.state.Drawing(), c.want)
		}
	}
}

// A finger that moves on a button scrolls the list and does not press it.
func TestDragScrolls(t *testing.T) {
	g, b := open(t, phone)
	for range 6 {
		if _, err := g.state.AddClass(); err != nil {
			t.Fatal(err)
		}
	}
	g.stale = true
	b.stroke(t, g, 0.2, 0.2, 0.8, 0.8)
	r := g.layout.onScreen(g.layout.node("teach:2").Rect, g.scroll)
	e := Event{Kind: PointerDown, Device: Touch, Pointer: 3, X: r.X + 10, Y: r.Y + 10}
	b.frame(t, g, e)
	for range 4 {
		e.Kind, e.Y = PointerMove, e.Y-15
		b.frame(t, g, e)
	}
	e.Kind = PointerUp
	b.frame(t, g, e)
	if g.scroll < 30 {
		t.Errorf("scrolled by %v, want about 45", g.scroll)
	}
	if g.state.Taught() != 0 {
		t.Error("dragging taught a class")
	}
	before := g.scroll
	b.frame(t, g)
	if g.scroll <= before {
		t.Errorf("the flick does not coast: %v after %v", g.scroll, before)
	}
	b.frame(t, g, Event{Kind: Wheel, X: r.X, Y: r.Y, DeltaY: 1e6})
	if g.scroll != g.layout.maxScroll() || b.mirror.Scroll != g.scroll {
		t.Errorf("scrolled to %v, mirror %v, want the end %v", g.scroll, b.mirror.Scroll, g.layout.maxScroll())
	}
}

func TestKeys(t *testing.T) {
	g, b := open(t, laptop)
	b.stroke(t, g, 0.2, 0.2, 0.8, 0.8)
	b.frame(t, g, Event{Kind: Key, Key: "2"})
	if c, _ := g.state.Class(2); len(c.Shots) != 1 {
		t.Fatal("key 2 did not teach the second class")
	}
	b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
	if g.state.Taught() != 0 || !g.state.Ink() {
		t.Fatal("Ctrl+Z did not bring the drawing back")
	}
	b.frame(t, g, Event{Kind: Key, Key: "Z", Command: true, Shift: true})
	if g.state.Taught() != 1 {
		t.Fatal("Ctrl+Shift+Z did not redo")
	}
	b.stroke(t, g, 0.2, 0.2, 0.8, 0.8)
	b.frame(t, g, Event{Kind: Key, Key: " "})
	if g.state.Ink() {
		t.Fatal("Space did not clear the pad")
	}
	b.frame(t, g, Event{Kind: Key, Key: "9"})
	if g.state.Taught() != 1 {
		t.Fatal("a key without a class taught something")
	}
	b.stroke(t, g, 0.2, 0.2, 0.8, 0.8)
	b.frame(t, g, Event{Kind: Key, Key: "1", Text: "more:2"}, Event{Kind: Key, Key: " ", Text: "strict"})
	if g.state.Taught() != 1 || !g.state.Ink() {
		t.Fatal("a key of the pad acted at another control")
	}
	b.frame(t, g, Event{Kind: Key, Key: "1", Text: "pad"})
	if g.state.Taught() != 2 {
		t.Fatal("key 1 did not teach the first class from the pad")
	}
}

// Ctrl+Z changes nothing that is not seen: the menu has no Undo, the page of a class has.
func TestUndoByKeyNeedsTheControl(t *testing.T) {
	g, b := open(t, laptop)
	b.stroke(t, g, 0.2, 0.2, 0.8, 0.8)
	b.frame(t, g, Event{Kind: Key, Key: "2"})
	undo := Event{Kind: Key, Key: "z", Command: true}
	b.frame(t, g, Event{Kind: Activate, Text: "menu"})
	b.frame(t, g, undo)
	if g.state.Taught() != 1 {
		t.Fatal("Ctrl+Z undid what the menu hides")
	}
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	b.frame(t, g, Event{Kind: Activate, Text: "more:2"})
	b.frame(t, g, undo)
	if g.state.Taught() != 0 {
		t.Fatal("Ctrl+Z did not undo on the page of the class")
	}
	b.frame(t, g, Event{Kind: Key, Key: "y", Command: true})
	if g.state.Taught() != 1 {
		t.Fatal("Ctrl+Y did not redo on the page of the class")
	}
}

// The keyboard works through the twins: focus scrolls into view, a press acts, a name is edited.
func TestTwins(t *testing.T) {
	g, b := open(t, laptop)
	for range 5 {
		b.frame(t, g, Event{Kind: Activate, Text: "add"})
		b.frame(t, g, Event{Kind: EditDone, Text: b.edit.Value})
	}
	if n := len(g.state.Board().Classes); n != 8 {
		t.Fatalf("%d classes, want 8", n)
	}
	b.frame(t, g, Event{Kind: Focused, Text: "teach:1"})
	top := g.scroll
	b.frame(t, g, Event{Kind: Focused, Text: "teach:8"})
	n := g.layout.node("teach:8")
	if r := g.layout.onScreen(n.Rect, g.scroll); g.scroll <= top || r.bottom() > g.screen.H {
		t.Errorf("focused control at %v after scrolling from %v to %v", r, top, g.scroll)
	}
	b.frame(t, g, Event{Kind: Activate, Text: "rename:8"})
	if b.edit == nil || b.edit.Value != "Class H" {
		t.Fatalf("field %+v, want the name Class H", b.edit)
	}
	b.frame(t, g, Event{Kind: EditDone, Text: " 물고기 "})
	if c, _ := g.state.Class(8); c.Name != "물고기" {
		t.Errorf("renamed to %q", c.Name)
	}
	b.frame(t, g, Event{Kind: Activate, Text: "more:8"})
	b.frame(t, g, Event{Kind: Activate, Text: "delete"}, Event{Kind: Activate, Text: "delete"})
	if n := len(g.state.Board().Classes); n != 7 {
		t.Errorf("%d classes after one was deleted twice, want 7", n)
	}
	if !strings.Contains(g.toast, "물고기") {
		t.Errorf("toast %q does not name what was deleted", g.toast)
	}
}

// While nothing happens nothing is drawn.
func TestIdleDrawsNothing(t *testing.T) {
	g, b := open(t, laptop)
	g.damage.take()
	b.frame(t, g)
	b.frame(t, g, Event{Kind: PointerMove, X: 200, Y: 200}) // over the pad
	if got := g.damage.take(); len(got) != 0 {
		t.Errorf("an idle page draws %v", got)
	}
}
