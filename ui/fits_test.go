package ui

import (
	"fmt"
	"testing"
)

// fits fails the test where a control of a scene leaves the screen or overlaps another, cannot be touched or
// has no name of its own.
func fits(t *testing.T, what string, l *Layout) {
	t.Helper()
	name := fmt.Sprintf("%s, %vx%v", what, l.Screen.W, l.Screen.H)
	for i, n := range l.Nodes {
		if n.Rect.X < 0 || n.Rect.right() > l.Screen.W+0.01 || n.InList && n.Rect.bottom() > l.Content || !n.InList && n.Rect.bottom() > l.Screen.H {
			t.Errorf("%s: %s at %v leaves the screen", name, n.Name, n.Rect)
		}
		if n.Rect.W < touch-0.01 || n.Rect.H < touch-0.01 {
			t.Errorf("%s: %s is %v by %v, want at least %d", name, n.Name, n.Rect.W, n.Rect.H, touch)
		}
		if n.Name == "" || n.ID == "" {
			t.Errorf("%s: a control at %v is called %q, id %q", name, n.Rect, n.Name, n.ID)
		}
		for _, m := range l.Nodes[:i] {
			if m.InList == n.InList && !m.Through && !n.Through && m.Rect.Overlaps(n.Rect) {
				t.Errorf("%s: %s at %v overlaps %s at %v", name, n.Name, n.Rect, m.Name, m.Rect)
			}
			if m.ID == n.ID || m.Name == n.Name {
				t.Errorf("%s: two controls are called %q, %q", name, n.ID, n.Name)
			}
		}
	}
}
