package ui

import (
	"fmt"
	"testing"
)

// inside fails the test for every control of a scene that leaves the screen, is too small to be touched,
// or lies on another.
func inside(t *testing.T, what string, l *Layout) {
	t.Helper()
	name := fmt.Sprintf("%s at %vx%v", what, l.Screen.W, l.Screen.H)
	for i, n := range l.Nodes {
		if n.Rect.X < 0 || n.Rect.right() > l.Screen.W+0.01 || n.InList && n.Rect.bottom() > l.Content {
			t.Errorf("%s: %s at %v leaves the screen", name, n.Name, n.Rect)
		}
		if n.Rect.W < touch-0.01 || n.Rect.H < touch-0.01 {
			t.Errorf("%s: %s is %v by %v, want at least %d", name, n.Name, n.Rect.W, n.Rect.H, touch)
		}
		if n.Name == "" {
			t.Errorf("%s: %s has no name", name, n.ID)
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
}

// The scenes behind the answers fit every screen.
func TestInsightScenesFitEveryScreen(t *testing.T) {
	for _, sc := range screens {
		g, b := open(t, sc)
		teachFive(t, g, b)
		b.stroke(t, g, 0.1, 0.6, 0.9, 0.6)
		for _, row := range insightRows(nil) {
			b.menu(t, g, row.ID)
			if g.layout.Sheet == nil || g.layout.Sheet.Name == "Menu" {
				t.Fatalf("%s does not open", row.ID)
			}
			b.settle(t, g)
			inside(t, row.ID, g.layout)
			b.frame(t, g, Event{Kind: Key, Key: "Escape"})
			inside(t, "the menu", g.layout)
			b.frame(t, g, Event{Kind: Key, Key: "Escape"})
		}
	}
}

// settle lets frames pass until a scene has nothing more to say.
func (b *bench) settle(t *testing.T, g *Game) {
	t.Helper()
	for range 2000 {
		was := g.spoken
		b.frame(t, g)
		b.frame(t, g)
		if g.spoken == was {
			return
		}
	}
	t.Fatalf("it does not come to an end: %q", g.spoken)
}
