package ui

import (
	"image/color"
	"math"
	"testing"
	"unicode/utf8"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// bench is a host without a screen: text is half as wide as it is high, and events are what the test
// puts in.
type bench struct {
	screen   Screen
	queue    []Event
	now      float64
	mirror   *Mirror
	mirrors  int // how often it was shown one
	edit     *EditBox
	focus    string
	depth    int     // scenes over the pad
	wider    float64 // than half an em is a letter, in em
	saved    []byte
	camera   Rect // zero while it is off
	nexts    int  // changes of the camera
	picks    int
	pictures []state.ClassID // that pictures were picked for
}

func (b *bench) Measure(f Font, s string) Extent {
	return Extent{Width: float64(utf8.RuneCountInString(s)) * f.Size * (0.5 + b.wider), Ascent: f.Size * 0.8, Descent: f.Size * 0.2}
}
func (b *bench) Raster(Font, string, color.RGBA, float64) Raster { return Raster{} }
func (b *bench) Screen() Screen                                  { return b.screen }
func (b *bench) Mirror(m *Mirror)                                { b.mirror = m; b.mirrors++ }
func (b *bench) Edit(box EditBox)                                { b.edit = &box }
func (b *bench) MoveEdit(r Rect)                                 { b.edit.Rect = r }
func (b *bench) Focus(id string)                                 { b.focus = id }
func (b *bench) Depth(scenes int)                                { b.depth = scenes }
func (b *bench) Save(_ string, content []byte)                   { b.saved = content }
func (b *bench) Pick()                                           { b.picks++ }
func (b *bench) Camera(box Rect)                                 { b.camera = box }
func (b *bench) NextCamera()                                     { b.nexts++ }
func (b *bench) CameraOff()                                      { b.camera = Rect{} }
func (b *bench) PickPictures(to state.ClassID)                   { b.pictures = append(b.pictures, to) }
func (b *bench) Answered(float64)                                {}
func (b *bench) Ready()                                          {}
func (b *bench) Now() float64                                    { return b.now }

func (b *bench) Events(dst []Event) []Event {
	dst = append(dst, b.queue...)
	b.queue = nil
	return dst
}

// slopes is a learner that compares only how ink is spread: enough to tell a level line from an
// upright one. Its other head takes everything for none of the classes.
type slopes struct {
	shots  map[state.ShotID]state.ClassID
	wide   map[state.ShotID]bool
	strict bool
	step   int // strictness; above 0 it takes everything for none of the classes
}

func spread(in *prep.Input) bool {
	rows := 0
	for y := range prep.Side {
		for x := range prep.Side {
			if in[y*prep.Side+x] > 127 {
				rows++
				break
			}
		}
	}
	return rows < prep.Side/2
}

func (l *slopes) Learn(c state.ClassID, s state.ShotID, in *prep.Input) error {
	l.shots[s], l.wide[s] = c, spread(in)
	return nil
}

func (l *slopes) Forget(s state.ShotID) error {
	delete(l.shots, s)
	delete(l.wide, s)
	return nil
}

func (l *slopes) Classify(q *prep.Input) (state.Answer, error) { return l.without(0, spread(q)), nil }

func (l *slopes) LeaveOut(s state.ShotID) (state.Answer, error) { return l.without(s, l.wide[s]), nil }

// without answers a drawing that is wide or not, from all shots but one.
func (l *slopes) without(out state.ShotID, wide bool) state.Answer {
	a := state.Answer{None: l.strict || l.step > 0}
	seen := map[state.ClassID]bool{}
	for s := state.ShotID(1); s < 100; s++ { // in a fixed order
		c, ok := l.shots[s]
		if !ok || s == out || seen[c] {
			continue
		}
		seen[c] = true // by its first shot
		if l.wide[s] == wide {
			a.Nearest = s
			a.Ranking = append([]state.Rank{{Class: c, Logit: 0.9, Score: 0.9, Confidence: 0.8}}, a.Ranking...)
		} else {
			a.Ranking = append(a.Ranking, state.Rank{Class: c, Logit: 0.3, Score: 0.3, Confidence: 0.2})
		}
	}
	return a
}

func (l *slopes) Study(func() bool) (int, error) { return 0, nil }
func (l *slopes) Strictness() int                { return l.step }
func (l *slopes) OwnStrictness() int             { return 0 }
func (l *slopes) SetStrictness(s int)            { l.step = s }

func (l *slopes) Threshold() float64 {
	if l.strict || l.step > 0 {
		return 1
	}
	return math.Inf(-1)
}

func (l *slopes) Heads() []string { return []string{"slope", "strict"} }

func (l *slopes) Head() string {
	if l.strict {
		return "strict"
	}
	return "slope"
}

func (l *slopes) SetHead(name string) error {
	l.strict = name == "strict"
	return nil
}

// open starts the page on a screen.
func open(t *testing.T, sc Screen) (*Game, *bench) {
	t.Helper()
	b := &bench{screen: sc}
	g, err := New(b, state.New(&slopes{shots: map[state.ShotID]state.ClassID{}, wide: map[state.ShotID]bool{}}))
	if err != nil {
		t.Fatal(err)
	}
	b.frame(t, g)
	return g, b
}

// frame lets 16 ms pass and the page update, after the given events.
func (b *bench) frame(t *testing.T, g *Game, events ...Event) {
	t.Helper()
	b.now += 16
	for i := range events {
		events[i].Time = b.now
	}
	b.queue = append(b.queue, events...)
	if err := g.Update(); err != nil {
		t.Fatal(err)
	}
	if g.frame < g.askFrom { // it has asked for the next one
		if err := g.Update(); err != nil {
			t.Fatal(err)
		}
	}
}

// menu opens the menu and activates one of its controls.
func (b *bench) menu(t *testing.T, g *Game, id string) {
	t.Helper()
	b.frame(t, g, Event{Kind: Activate, Text: "menu"})
	b.frame(t, g, Event{Kind: Activate, Text: id})
}

// stroke draws a line on the pad, given in its own coordinates.
func (b *bench) stroke(t *testing.T, g *Game, x0, y0, x1, y1 float64) {
	t.Helper()
	pad := g.layout.Pad
	at := func(k EventKind, s float64) Event {
		return Event{Kind: k, X: pad.X + (x0+(x1-x0)*s)*pad.W, Y: pad.Y + (y0+(y1-y0)*s)*pad.H, Pressure: 0.5}
	}
	b.frame(t, g, at(PointerDown, 0))
	b.frame(t, g, at(PointerMove, 0.3), at(PointerMove, 0.7))
	b.frame(t, g, at(PointerUp, 1))
}

// tap presses a control with a finger.
func (b *bench) tap(t *testing.T, g *Game, id string) {
	t.Helper()
	n := g.layout.node(id)
	if n == nil {
		t.Fatalf("no control %q", id)
	}
	r := n.Rect
	if n.InList {
		r = g.layout.onScreen(r, g.scroll)
	}
	down := Event{Kind: PointerDown, Device: Touch, Pointer: 7, X: r.X + r.W/2, Y: r.Y + r.H/2}
	up := down
	up.Kind = PointerUp
	b.frame(t, g, down)
	b.frame(t, g, up)
}
