package ui

import (
	"strings"
	"testing"
)

// hintIs fails the test where the hint that is shown is another one; "" is none.
func hintIs(t *testing.T, g *Game, words string) {
	t.Helper()
	n, got := g.layout.node("tip"), ""
	if n != nil {
		got = n.Label
	}
	if got != words {
		t.Fatalf("the hint is %q, want %q", got, words)
	}
}

// lastHint is what the third hint says on a page, and "" where there is no room for it off the drawing.
func lastHint(g *Game) string {
	if _, fits := g.layout.tipNode(tipAnswer); !fits {
		return ""
	}
	return tipAnswer.words(nil)
}

// The last hint is there where there is room, and never lies on the drawing.
func TestLastHintLeavesTheDrawing(t *testing.T) {
	shown := map[bool]int{}
	for _, sc := range screens {
		g, _ := open(t, sc)
		n, fits := g.layout.tipNode(tipAnswer)
		shown[fits]++
		if fits && n.Rect.Overlaps(g.layout.Pad) {
			t.Errorf("%vx%v: the hint at %v lies on the pad %v", sc.W, sc.H, n.Rect, g.layout.Pad)
		}
		if sc == laptop && !fits {
			t.Error("a laptop has no room for it")
		}
	}
	if shown[true] < len(screens)/4 {
		t.Errorf("it fits on %d of %d screens", shown[true], len(screens))
	}
}

// Whoever does what there is to do meets three hints, each once, and is remembered.
func TestTour(t *testing.T) {
	for _, sc := range screens {
		g, b := open(t, sc)
		m := &briefly{}
		g.RememberTour(m)
		b.frame(t, g)
		for range 2 {
			hintIs(t, g, tipPad.words(nil))
			fits(t, "first hint", g.layout)
			if r := g.layout.node("tip").Rect; !g.layout.node("tip").Through || r.Y < g.layout.Pad.Y || r.bottom() > g.layout.Pad.bottom() {
				t.Errorf("%vx%v: the first hint at %v is not on the pad %v", sc.W, sc.H, r, g.layout.Pad)
			}
			b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
			hintIs(t, g, tipTeach.words(nil))
			fits(t, "second hint", g.layout)
			b.frame(t, g, Event{Kind: Activate, Text: "teach:1"})
			hintIs(t, g, "")
			b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
			hintIs(t, g, "")
			b.frame(t, g, Event{Kind: Activate, Text: "teach:2"})
			b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
			hintIs(t, g, lastHint(g))
			fits(t, "third hint", g.layout)
			if m.TourDone() {
				t.Error("it is remembered too early")
			}
			b.stroke(t, g, 0.2, 0.7, 0.8, 0.7) // belongs to the drawing
			hintIs(t, g, lastHint(g))
			b.frame(t, g, Event{Kind: Key, Key: " "})
			hintIs(t, g, "")
			if !m.TourDone() || g.tour.at != tipsOver {
				t.Errorf("%vx%v: the tour is not over", sc.W, sc.H)
			}
			for g.state.CanUndo() {
				b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
			}
			hintIs(t, g, "")
			m.done = false
			g.RememberTour(m)
			b.frame(t, g)
		}
	}
}

// Each hint can be closed: on the pad by a tap, which is no stroke then, elsewhere as any button.
func TestTipsAreClosed(t *testing.T) {
	for _, sc := range []Screen{phone, laptop, {W: 320, H: 568, Density: 2}} {
		closeTips(t, sc)
	}
}

func closeTips(t *testing.T, sc Screen) {
	t.Helper()
	g, b := open(t, sc)
	r := g.layout.node("tip").Rect
	tap := func(k EventKind) Event { return Event{Kind: k, Device: Touch, Pointer: 1, X: r.X + 20, Y: r.Y + 20} }
	b.frame(t, g, tap(PointerDown))
	b.frame(t, g, tap(PointerUp))
	hintIs(t, g, "")
	if g.state.Ink() || g.state.CanUndo() {
		t.Error("closing the hint left a stroke")
	}
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	hintIs(t, g, tipTeach.words(nil))
	b.tap(t, g, "tip")
	hintIs(t, g, "")
	if g.state.Taught() != 0 {
		t.Error("closing the hint taught a class")
	}
	b.frame(t, g, Event{Kind: Activate, Text: "teach:1"})
	b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
	b.frame(t, g, Event{Kind: Activate, Text: "teach:2"})
	b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
	hintIs(t, g, lastHint(g))
	if lastHint(g) == "" {
		return
	}
	strokes := len(g.state.Board().Pad)
	r = g.layout.node("tip").Rect
	b.frame(t, g, tap(PointerDown))
	b.frame(t, g, tap(PointerUp))
	hintIs(t, g, "")
	if n := len(g.state.Board().Pad); n != strokes {
		t.Errorf("closing the hint left %d strokes of %d", n, strokes)
	}
	if !g.tour.memory.TourDone() {
		t.Error("closing the last hint does not end the tour")
	}
}

// A stroke may begin on a hint: it is drawn as if there were none.
func TestDrawingThroughATip(t *testing.T) {
	g, b := open(t, phone)
	r := g.layout.node("tip").Rect
	e := Event{Kind: PointerDown, Device: Touch, Pointer: 1, X: r.X + 20, Y: r.Y + 20}
	b.frame(t, g, e)
	e.Kind, e.X, e.Y = PointerMove, r.X+120, r.Y-100
	b.frame(t, g, e)
	hintIs(t, g, "")
	e.Kind = PointerUp
	b.frame(t, g, e)
	if s := g.state.Board().Pad; len(s) != 1 {
		t.Fatalf("%d strokes, want the one that began on the hint", len(s))
	}
	for _, tw := range b.mirror.Twins {
		if tw.ID == "tip" && !strings.Contains(tw.Name, "Teach") {
			t.Errorf("the mirror still has %q", tw.Name)
		}
	}
}

// Asked for in the menu, the hints are shown whatever is taught.
func TestTourAgain(t *testing.T) {
	for _, sc := range screens {
		g, b := open(t, sc)
		g.RememberTour(&briefly{done: true})
		b.frame(t, g)
		hintIs(t, g, "")
		b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
		b.frame(t, g, Event{Kind: Activate, Text: "teach:1"})
		b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
		b.frame(t, g, Event{Kind: Activate, Text: "teach:2"})
		b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
		hintIs(t, g, "")
		b.menu(t, g, "tour")
		for _, want := range []string{tipPad.words(nil), tipTeach.words(nil), lastHint(g)} {
			hintIs(t, g, want)
			fits(t, want, g.layout)
			b.frame(t, g, Event{Kind: Activate, Text: "tip"})
		}
		hintIs(t, g, "")
	}
}
