package ui

import (
	"strings"
	"testing"
)

// All ways to compare are asked about the drawing on the pad, and one of them can be chosen.
func TestCompareStory(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			b.menu(t, g, "compare")
			b.settle(t, g)
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Teach it with one drawing.") {
				t.Errorf("with nothing taught it says %q", got)
			}
			b.frame(t, g, Event{Kind: Key, Key: "Escape"}, Event{Kind: Key, Key: "Escape"})
			teachFive(t, g, b)
			b.stroke(t, g, 0.1, 0.6, 0.9, 0.6)
			b.menu(t, g, "compare")
			b.settle(t, g)
			want := "Slope: Class A, 80 % sure. Strict: None of these, most like Class A."
			if got := b.mirror.Status.Text; got != want {
				t.Errorf("it says %q, want %q", got, want)
			}
			if g.state.Head() != "slope" {
				t.Errorf("asking leaves %q in use", g.state.Head())
			}
			b.frame(t, g, Event{Kind: Activate, Text: "use:strict"})
			b.settle(t, g)
			if g.state.Head() != "strict" || g.layout.node("use:strict").Name != "Compares by strict now" {
				t.Errorf("chosen, but %q is in use", g.state.Head())
			}
			if got := b.mirror.Status.Text; got != want {
				t.Errorf("it now says %q, want %q", got, want)
			}
			b.frame(t, g, Event{Kind: Key, Key: "Escape"}, Event{Kind: Key, Key: "Escape"})
			if g.verdict.Title != "None of these" {
				t.Errorf("on the pad the answer is %q", g.verdict.Title)
			}
		})
	}
}
