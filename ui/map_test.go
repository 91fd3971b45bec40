package ui

import (
	"fmt"
	"strings"
	"testing"
)

// The map names where classes meet; a drawing is chosen with a finger or with the keyboard, and read out.
func TestMapStory(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			b.menu(t, g, "map")
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Nothing to map yet.") {
				t.Errorf("with nothing taught it says %q", got)
			}
			b.frame(t, g, Event{Kind: Key, Key: "Escape"}, Event{Kind: Key, Key: "Escape"})
			teachFive(t, g, b)
			b.stroke(t, g, 0.1, 0.6, 0.9, 0.6)
			b.menu(t, g, "map")
			b.settle(t, g)
			got := b.mirror.Status.Text
			if !strings.HasPrefix(got, "5 drawings on the map. Nearest of different classes: example 3 of Class A and example 1 of Class B, 100 % alike.") ||
				!strings.HasSuffix(got, "The drawing on the pad is nearest to example 1 of Class A.") {
				t.Errorf("it says %q", got)
			}
			s := g.scene().(*mapScene)
			if s.query == nil || s.query[0] != s.spots[0].x || s.query[1] != s.spots[0].y || s.spots[0].x == s.spots[2].x && s.spots[0].y == s.spots[2].y {
				t.Errorf("query at %v, spots %+v", s.query, s.spots)
			}
			field := g.layout.onScreen(s.field, g.scroll)
			at := Event{Device: Touch, X: field.X + s.spots[2].x*field.W + 3, Y: field.Y + s.spots[2].y*field.H - 2}
			down, up := at, at
			down.Kind, up.Kind = PointerDown, PointerUp
			b.frame(t, g, down, up)
			if got := b.mirror.Status.Text; got != "Example 3 of Class A, most like example 1 of Class B, 100 %" {
				t.Errorf("a drawing pressed on says %q", got)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "after"}, Event{Kind: Activate, Text: "after"})
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Example 2 of Class B, most like example 3 of Class A") {
				t.Errorf("two further it says %q", got)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "map"}, Event{Kind: Activate, Text: "before"})
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Example 2 of Class B") {
				t.Errorf("one on and one back it says %q", got)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "close:0"})
			if s.chosen != 2 || s.like != 3 {
				t.Errorf("the nearest pair shows %d and %d", s.chosen, s.like)
			}
			b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
			if b.frame(t, g); s.query != nil {
				t.Error("what was undone on the pad is still on the map")
			}
			b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
			if b.settle(t, g); len(s.spots) != 4 || s.chosen != -1 {
				t.Errorf("after Undo there are %d drawings, %d is chosen", len(s.spots), s.chosen)
			}
		})
	}
}

// Names on the map stay inside it and off each other, as many as there is room for.
func TestPlaceLabels(t *testing.T) {
	frame, pad := Rect{10, 20, 300, 300}, Rect{150, 160, 40, 40}
	for _, n := range []int{1, 5, 20, 100} {
		anchors, sizes := make([][2]float64, n), make([]Extent, n)
		for i := range anchors {
			anchors[i] = [2]float64{150 + float64(i%3), 160 + float64(i%5)}
			sizes[i].Width = 60 + float64(i%4)*10
		}
		placed := placeLabels(frame, []Rect{pad}, []Rect{{140, 150, 30, 30}}, anchors, sizes)
		shown := 0
		for i, r := range placed {
			if r.W == 0 {
				continue
			}
			shown++
			if r.X < frame.X || r.Y < frame.Y || r.right() > frame.right() || r.bottom() > frame.bottom() {
				t.Errorf("%d of %d: %v leaves the map", i, n, r)
			}
			if r.Overlaps(pad) {
				t.Errorf("%d of %d: %v overlaps what is on the pad", i, n, r)
			}
			for j, q := range placed[:i] {
				if q.W > 0 && q.Overlaps(r) {
					t.Errorf("%d of %d: %v overlaps %d at %v", i, n, r, j, q)
				}
			}
		}
		if shown < min(n, 8) {
			t.Errorf("%d of %d names are shown", shown, n)
		}
	}
}

// Points fill the map in their own proportions, and equal ones lie in its middle.
func TestSpreadOut(t *testing.T) {
	got := spreadOut([][2]float64{{1, 1}, {3, 2}, {2, 1.5}})
	if want := [][2]float64{{0, 0.25}, {1, 0.75}, {0.5, 0.5}}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := spreadOut([][2]float64{{7, 7}, {7, 7}}); got[0] != [2]float64{0.5, 0.5} {
		t.Errorf("equal points lie at %v", got)
	}
}

func TestOneFarDrawingDoesNotMoveAName(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{{[]float64{5}, 5}, {[]float64{4, 2}, 3}, {[]float64{1, 900, 3}, 3}, {[]float64{-900, 2, 4, 3}, 2.5}} {
		if got := middle(c.values); got != c.want {
			t.Errorf("the middle of %v is %v, want %v", c.values, got, c.want)
		}
	}
}
