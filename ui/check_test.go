package ui

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/ui/state"
)

// found is a finished check of a board: every shot is right, but for the first of each class, which is
// taken for the next, and the second, which is taken for none.
func found(b state.Board) *state.Check {
	c := &state.Check{}
	for _, k := range b.Classes {
		if len(k.Shots) > 0 {
			c.Classes = append(c.Classes, k.ID)
		}
	}
	n := len(c.Classes)
	class := 0
	for _, k := range b.Classes {
		for i, sh := range k.Shots {
			t := fewshot.Held{Class: class, Logits: make([]float64, n), Confidences: make([]float64, n)}
			switch {
			case len(k.Shots) == 1:
				t.Logits[class] = math.Inf(-1)
			case i == 0:
				t.Logits[(class+1)%n], t.Confidences[(class+1)%n] = 2, 0.9
			case i > 1:
				t.Logits[class], t.Confidences[class] = 2, 0.9
			}
			c.Shots, c.Trials = append(c.Shots, sh.ID), append(c.Trials, t)
		}
		if len(k.Shots) > 0 {
			class++
		}
	}
	c.Done = len(c.Shots)
	c.SelfCheck = fewshot.CheckSelf(n, c.Trials, 1)
	return c
}

// The check fits every screen: nothing leaves it or overlaps, everything can be touched.
func TestCheckFitsEveryScreen(t *testing.T) {
	many := make([]int, 30)
	for i := range many {
		many[i] = 3
	}
	for _, sc := range screens {
		for _, b := range []state.Board{board(), board(1, 1), board(2, 0, 3, 3), board(3, 4, 5, 3, 3, 1, 9), board(many...)} {
			c := found(b)
			for _, open := range []behind{{}, {Class: 1, As: 3}, {Class: 1, As: 1}, {Class: 1, As: 2, Both: true}} {
				l := arrangeCheck(checkInput{board: b, check: c, strictness: 3, open: open}, sc)
				name := fmt.Sprintf("%vx%v with %d classes, open %v", sc.W, sc.H, len(b.Classes), open)
				for i, n := range l.Nodes {
					if n.Rect.X < 0 || n.Rect.right() > sc.W+0.01 || n.InList && n.Rect.bottom() > l.Content {
						t.Errorf("%s: %s at %v leaves the screen", name, n.Name, n.Rect)
					}
					if n.Rect.W < touch-0.01 || n.Rect.H < touch-0.01 {
						t.Errorf("%s: %s is %v by %v, want at least %d", name, n.Name, n.Rect.W, n.Rect.H, touch)
					}
					for _, m := range l.Nodes[:i] {
						if m.InList == n.InList && m.Rect.Overlaps(n.Rect) {
							t.Errorf("%s: %s at %v overlaps %s at %v", name, n.Name, n.Rect, m.Name, m.Rect)
						}
						if m.ID == n.ID {
							t.Errorf("%s: two controls are called %q", name, n.ID)
						}
					}
				}
				if r := l.Check.Grid; r.right() > sc.W {
					t.Errorf("%s: matrix at %v leaves the screen", name, r)
				}
			}
		}
	}
}

// teachFive teaches two level lines and two upright ones to their classes, and an upright one to that of
// the level ones.
func teachFive(t *testing.T, g *Game, b *bench) {
	t.Helper()
	for _, line := range []struct {
		id             string
		x0, y0, x1, y1 float64
	}{
		{"teach:1", 0.1, 0.5, 0.9, 0.5}, {"teach:1", 0.1, 0.4, 0.9, 0.5},
		{"teach:2", 0.5, 0.1, 0.5, 0.9}, {"teach:2", 0.4, 0.1, 0.5, 0.9}, {"teach:1", 0.6, 0.1, 0.5, 0.9},
	} {
		b.stroke(t, g, line.x0, line.y0, line.x1, line.y1)
		b.frame(t, g, Event{Kind: Activate, Text: line.id})
	}
}

// The check names the drawing that is wrong; opened, it can be moved to where it belongs, and Undo takes
// that back. Escape leaves for the pad, with what was on it.
func TestCheckStory(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			b.frame(t, g, Event{Kind: Focused, Text: "check"}) // scrolls to it
			b.tap(t, g, "check")
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Nothing to check yet.") || b.focus != "back" {
				t.Errorf("with nothing taught it says %q, focus on %q", got, b.focus)
			}
			b.tap(t, g, "back")
			if !strings.HasPrefix(b.mirror.Status.Text, "Teach it with one drawing.") || b.focus != "check" {
				t.Errorf("back at the pad it says %q, focus on %q", b.mirror.Status.Text, b.focus)
			}
			teachFive(t, g, b)
			b.stroke(t, g, 0.1, 0.6, 0.9, 0.6)
			b.frame(t, g, Event{Kind: Activate, Text: "check"})
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "4 of 5 examples recognised, 95 % interval: 38 % to 96 %. 0 of 5 examples refused.") {
				t.Fatalf("the check says %q", got)
			}
			b.frame(t, g, Event{Kind: Key, Key: " "}, Event{Kind: Key, Key: "1"})
			if g.state.Taught() != 2 || !g.state.Ink() {
				t.Error("keys of the pad work in the check")
			}
			wrong := ""
			for _, n := range g.layout.Nodes {
				if n.Kind == KindOpen && strings.HasSuffix(n.Name, "looks like Class B") {
					wrong = n.ID
				}
			}
			b.frame(t, g, Event{Kind: Activate, Text: wrong})
			rows := g.layout.Check.Rows
			if len(rows) != 1 {
				t.Fatalf("%d drawings behind %q, want one", len(rows), wrong)
			}
			move := g.layout.node(fmt.Sprintf("move:%d", rows[0].Shot))
			if move.Name != "Move example 3 of Class A to Class B" {
				t.Errorf("it can be moved by %q", move.Name)
			}
			b.frame(t, g, Event{Kind: Activate, Text: move.ID})
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "5 of 5 examples recognised") {
				t.Errorf("after the move it says %q", got)
			}
			b.tap(t, g, "undo")
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "4 of 5 examples recognised") {
				t.Errorf("after undo it says %q", got)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "cell:1:1"})
			if n := len(g.layout.Check.Rows); n != 2 {
				t.Errorf("%d drawings of Class A are right, want 2", n)
			}
			drop := fmt.Sprintf("drop:%d", g.layout.Check.Rows[0].Shot)
			b.frame(t, g, Event{Kind: Activate, Text: drop}, Event{Kind: Activate, Text: drop})
			if c, _ := g.state.Class(1); len(c.Shots) != 2 {
				t.Errorf("%d examples left, want 2", len(c.Shots))
			}
			b.frame(t, g, Event{Kind: Key, Key: "Escape"})
			if g.layout.node("pad") == nil || !strings.HasPrefix(b.mirror.Status.Text, "Class A, 80 % sure") {
				t.Errorf("Escape leads to %q", b.mirror.Status.Text)
			}
		})
	}
}

// The slider follows the mouse, a finger, and the keys of its twin; its effect on the taught set and on
// the drawing on the pad is seen at once, and Reset takes it back.
func TestStrictSlider(t *testing.T) {
	g, b := open(t, phone)
	teachFive(t, g, b)
	b.stroke(t, g, 0.1, 0.6, 0.9, 0.6)
	b.frame(t, g, Event{Kind: Activate, Text: "check"})
	track := g.layout.onScreen(g.layout.Check.Track, g.scroll)
	at := func(k EventKind, d Device, part, dy float64) Event {
		return Event{Kind: k, Device: d, X: track.X + part*track.W, Y: track.Y + track.H/2 + dy}
	}
	b.frame(t, g, at(PointerDown, Mouse, 0.97, 0))
	b.frame(t, g, at(PointerMove, Mouse, 0.75, 0), at(PointerUp, Mouse, 0.75, 0))
	if got := g.state.Strictness(); got < 8 || got > 12 {
		t.Errorf("strictness %d at three quarters, want about 10", got)
	}
	if got := b.mirror.Status.Text; !strings.Contains(got, "5 of 5 examples refused") {
		t.Errorf("the status says %q", got)
	}
	if g.verdict.Title != "None of these" {
		t.Errorf("the drawing on the pad is %q, want none of these", g.verdict.Title)
	}
	b.tap(t, g, "reset")
	if got := g.state.Strictness(); got != 0 || g.layout.node("reset").Disabled != true {
		t.Errorf("strictness %d after Reset", got)
	}
	b.frame(t, g, at(PointerDown, Touch, 0.5, 0))
	b.frame(t, g, at(PointerMove, Touch, 0.5, -30), at(PointerMove, Touch, 0.5, -60), at(PointerUp, Touch, 0.5, -60))
	if got := g.state.Strictness(); got != 0 || g.scroll == 0 {
		t.Errorf("a finger that scrolls leaves strictness %d, scrolled by %v", got, g.scroll)
	}
	b.frame(t, g, Event{Kind: Slid, Text: "strict", Value: 20})
	for _, tw := range b.mirror.Twins {
		if tw.ID == "strict" && (tw.Role != RoleSlider || tw.Value != 20 || tw.Least != -20 || tw.Most != 20 || tw.Words != "strict +20") {
			t.Errorf("twin %+v", tw)
		}
	}
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	if got := b.mirror.Status.Text; !strings.HasPrefix(got, "None of these, most like Class A") {
		t.Errorf("back at the pad it says %q", got)
	}
}

// A wrong answer is put right in one tap, and Undo takes that back.
func TestWrongItWas(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone, "small": {W: 320, H: 568}} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			teachFive(t, g, b)
			if n := g.layout.node("was:0"); n != nil {
				t.Errorf("a blank pad offers %q", n.Name)
			}
			b.stroke(t, g, 0.1, 0.6, 0.9, 0.6)
			n := g.layout.node("was:0")
			if n == nil || n.Name != "It was Class B" {
				t.Fatalf("offered is %+v, want Class B", n)
			}
			if n := g.layout.node("was:1"); n == nil || n.Name != "It was Class C" || g.layout.node("was:2") != nil {
				t.Errorf("offered behind it is %+v, want Class C, which has no example yet, alone", n)
			}
			b.tap(t, g, "was:0")
			if c, _ := g.state.Class(2); len(c.Shots) != 3 || g.state.Ink() {
				t.Errorf("Class B has %d examples, want 3, and the pad has ink: %v", len(c.Shots), g.state.Ink())
			}
			if !strings.Contains(g.toast, "Class B") || !strings.Contains(g.toast, "Undo") {
				t.Errorf("toast %q", g.toast)
			}
			b.tap(t, g, "undo")
			if c, _ := g.state.Class(2); len(c.Shots) != 2 || !g.state.Ink() || g.layout.node("was:0") == nil {
				t.Errorf("after undo Class B has %d examples", len(c.Shots))
			}
			b.frame(t, g, Event{Kind: Activate, Text: "clear"})
			if g.layout.node("was:0") != nil {
				t.Error("a cleared pad still offers a class")
			}
		})
	}
}
