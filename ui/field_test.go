package ui

import "testing"

// The text field stays over its control when the phone is turned or its keyboard takes half of the screen.
func TestFieldFollowsItsControl(t *testing.T) {
	turned, typing := Screen{W: 844, H: 390, Density: 3}, Screen{W: 390, H: 420, Density: 3}
	for _, scene := range []string{"", "more:3"} {
		for name, sc := range map[string]Screen{"turned": turned, "typing": typing} {
			g, b := open(t, phone)
			if scene != "" {
				b.frame(t, g, Event{Kind: Activate, Text: scene})
			}
			b.frame(t, g, Event{Kind: Activate, Text: "rename:3"})
			b.screen = sc
			b.frame(t, g, Event{Kind: Changed})
			n := g.layout.node("rename:3")
			at := g.layout.onScreen(n.Rect, g.scroll)
			if f := b.edit.Rect; !at.Overlaps(f) || f.Y < at.Y || f.bottom() > at.bottom() || f.bottom() > sc.H {
				t.Errorf("%s, scene %q: the field is at %v, its control at %v of %vx%v", name, scene, f, at, sc.W, sc.H)
			}
			b.frame(t, g, Event{Kind: EditDone, Text: "Cat"})
			b.edit = nil
			b.frame(t, g, Event{Kind: Changed}) // no field is there to be moved
			if c, _ := g.state.Class(3); c.Name != "Cat" {
				t.Errorf("%s, scene %q: the class is called %q", name, scene, c.Name)
			}
		}
	}
}
