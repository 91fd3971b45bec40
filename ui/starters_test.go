package ui

import (
	"strings"
	"testing"
)

// From the empty page a starter set is two presses away, and one step of Undo back.
func TestStarterSets(t *testing.T) {
	for _, sc := range screens {
		g, b := open(t, sc)
		from := "starter"
		if g.layout.node(from) == nil {
			if g.layout.Answer.W > 290 {
				t.Errorf("%vx%v: the empty page does not offer a starter set", sc.W, sc.H)
			}
			from = "starters"
			b.menu(t, g, from)
		} else {
			fits(t, "empty page", g.layout)
			b.frame(t, g, Event{Kind: Activate, Text: from})
		}
		fits(t, "starter sets", g.layout)
		if b.focus != "back" || !strings.HasPrefix(b.mirror.Status.Text, "Starter sets.") {
			t.Errorf("%vx%v: focus at %q, status %q", sc.W, sc.H, b.focus, b.mirror.Status.Text)
		}
		b.frame(t, g, Event{Kind: Activate, Text: "starter:music"})
		if g.scene() != nil || !strings.HasPrefix(g.toast, "Opened Musical signs, 10 classes.") {
			t.Fatalf("%vx%v: scene %v, toast %q", sc.W, sc.H, g.scene(), g.toast)
		}
		if c := g.state.Board().Classes; len(c) != 10 || c[2].Name != "Sharp" || len(c[2].Shots) != 3 {
			t.Errorf("opened %d classes, the third is %+v", len(c), c[2].Name)
		}
		if g.layout.node("starter") != nil {
			t.Error("a starter set is still offered")
		}
		b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
		if g.state.Taught() != 0 || len(g.state.Board().Classes) != 3 {
			t.Error("Undo does not bring back what was there")
		}
		if from == "starter" && g.layout.node("starter") == nil {
			t.Error("after Undo it is not offered")
		}
	}
}

// What the answer says comes first: where it no longer guides, the way to the starter sets has gone.
func TestStarterGivesWay(t *testing.T) {
	g, b := open(t, phone)
	b.tap(t, g, "teach:1") // of a blank pad
	if g.layout.node("starter") != nil {
		t.Errorf("beside %q there is a way to the starter sets", g.verdict.Title)
	}
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	if g.layout.node("starter") != nil {
		t.Error("beside a drawing there is a way to the starter sets")
	}
	b.frame(t, g, Event{Kind: Key, Key: " "})
	if g.layout.node("starter") == nil {
		t.Error("on a blank pad there is no way to the starter sets")
	}
	b.tap(t, g, "starter")
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	if b.focus != "starter" || g.scene() != nil {
		t.Errorf("Escape leads to %q", b.focus)
	}
}
