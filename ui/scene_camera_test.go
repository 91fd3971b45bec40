package ui

import (
	"errors"
	"fmt"
	"image"
	"strings"
	"testing"
)

// sees is the camera with a bar before it, or blank paper.
func sees(img image.Image) Event {
	return Event{Kind: CameraFrame, Snapshot: &Snapshot{Image: img, Cameras: 2}}
}

// Two drawings are held before the camera and taught, a third is answered while the camera runs and put on the pad.
func TestTeachAndAskByCamera(t *testing.T) {
	g, b := open(t, phone)
	b.tap(t, g, "camera")
	if b.camera.W < 120 || b.camera != g.scene().(*cameraScene).video {
		t.Fatalf("the camera is shown at %v", b.camera)
	}
	if n := g.layout.node("camera:teach:1"); !n.Disabled {
		t.Error("nothing is seen, and it can be taught")
	}
	b.frame(t, g, sees(stripe(true)))
	b.tap(t, g, "camera:teach:1")
	b.frame(t, g, sees(stripe(false)))
	b.tap(t, g, "camera:teach:2")
	if c, _ := g.state.Class(2); g.state.Taught() != 2 || len(c.Shots) != 1 {
		t.Fatalf("%d classes taught, want 2", g.state.Taught())
	}
	if !strings.HasPrefix(g.toast, "Example 1 of Class B.") {
		t.Errorf("toast %q", g.toast)
	}
	b.now += 2600
	b.frame(t, g, sees(stripe(false)))
	if g.toast != "" {
		t.Error("the toast lies over the next button for ever")
	}
	b.frame(t, g, sees(stripe(true)))
	b.frame(t, g, sees(stripe(true)))
	if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Class A,") {
		t.Fatalf("live, the page says %q, want Class A", got)
	}
	b.tap(t, g, "undo")
	if g.state.Taught() != 1 || g.scene() == nil {
		t.Fatal("undo does not take the last lesson back, or leaves the camera")
	}
	b.tap(t, g, "camera:pad")
	if g.state.Picture() == nil || g.scene() != nil {
		t.Fatal("what is seen is not on the pad")
	}
	if b.camera.W != 0 {
		t.Error("the camera runs on")
	}
	b.frame(t, g, sees(stripe(true))) // one that was under way
}

// A number key teaches what the camera sees, as it teaches what is on the pad, and Ctrl+Z takes it back.
func TestKeysTeachByCamera(t *testing.T) {
	g, b := open(t, laptop)
	b.tap(t, g, "camera")
	b.frame(t, g, Event{Kind: Key, Key: "2"})
	if g.state.Taught() != 0 {
		t.Error("nothing is seen, and it was taught")
	}
	b.frame(t, g, sees(stripe(true)), Event{Kind: Key, Key: "2"}, Event{Kind: Key, Key: "9"})
	if c, _ := g.state.Class(2); len(c.Shots) != 1 {
		t.Errorf("key 2 taught class B %d examples, want 1", len(c.Shots))
	}
	b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
	if g.state.Taught() != 0 || g.scene() == nil {
		t.Error("Ctrl+Z does not take it back, or leaves the camera")
	}
}

// Holding a button teaches several examples, and lifting it none more.
func TestHoldToCapture(t *testing.T) {
	g, b := open(t, laptop)
	b.tap(t, g, "camera")
	b.frame(t, g, sees(stripe(true)))
	r := g.layout.onScreen(g.layout.node("camera:teach:3").Rect, g.scroll)
	e := Event{Kind: PointerDown, X: r.X + 30, Y: r.Y + 20}
	b.frame(t, g, e)
	for range 20 {
		b.now += 84 // and 16 a frame
		b.frame(t, g, sees(stripe(true)))
	}
	e.Kind = PointerUp
	b.frame(t, g, e)
	if c, _ := g.state.Class(3); len(c.Shots) != 3 {
		t.Fatalf("held for two seconds: %d examples, want 3", len(c.Shots))
	}
	b.frame(t, g, sees(stripe(true)))
	b.tap(t, g, "camera:teach:3")
	if c, _ := g.state.Class(3); len(c.Shots) != 4 {
		t.Fatalf("then pressed once: %d examples, want 4", len(c.Shots))
	}
}

// A tap teaches once, even where the page looks at it late.
func TestATapIsNoHold(t *testing.T) {
	g, b := open(t, phone)
	b.tap(t, g, "camera")
	b.frame(t, g, sees(stripe(true)))
	r := g.layout.onScreen(g.layout.node("camera:teach:1").Rect, g.scroll)
	down := Event{Kind: PointerDown, Device: Touch, X: r.X + 30, Y: r.Y + 20}
	up := down
	up.Kind = PointerUp
	shot := sees(stripe(true))
	b.now += 3000
	down.Time, shot.Time, up.Time = b.now-2900, b.now-2880, b.now-2860
	b.queue = []Event{down, shot, up}
	b.frame(t, g)
	if c, _ := g.state.Class(1); len(c.Shots) != 1 {
		t.Errorf("one tap taught %d examples", len(c.Shots))
	}
}

// Blank paper is no example, and is not answered.
func TestCameraSeesNothing(t *testing.T) {
	g, b := open(t, laptop)
	b.tap(t, g, "camera")
	blank := image.NewGray(image.Rect(0, 0, 60, 60))
	b.frame(t, g, sees(stripe(true)))
	b.frame(t, g, sees(blank))
	b.frame(t, g, sees(blank))
	if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Show it a drawing.") {
		t.Errorf("status %q", got)
	}
	if n := g.layout.node("camera:teach:1"); !n.Disabled {
		t.Error("blank paper can be taught")
	}
	b.frame(t, g, Event{Kind: Activate, Text: "camera:teach:1"})
	if g.state.Taught() != 0 {
		t.Error("blank paper was taught")
	}
}

// A camera that is refused or unplugged is explained, can be tried again, and all else works on.
func TestCameraTrouble(t *testing.T) {
	for err, want := range map[error]string{
		ErrCameraRefused:        "Camera not allowed.",
		ErrCameraMissing:        "No camera was found.",
		ErrCameraBusy:           "The camera is taken.",
		ErrCameraEnded:          "The camera has gone.",
		ErrCameraMuted:          "The camera is paused.",
		ErrCameraUnsafe:         "No camera over http.",
		errors.New("out of it"): "The camera failed. The browser says: out of it",
	} {
		g, b := open(t, phone)
		b.menu(t, g, "menu:camera")
		b.frame(t, g, sees(stripe(true)))
		b.frame(t, g, Event{Kind: CameraGone, Err: err})
		if got := b.mirror.Status.Text; !strings.HasPrefix(got, want) {
			t.Errorf("%v: status %q, want %q", err, got, want)
		}
		if !g.layout.node("camera:teach:1").Disabled || !g.layout.node("camera:pad").Disabled {
			t.Errorf("%v: what was seen last can still be taught", err)
		}
		b.tap(t, g, "camera:again")
		if b.camera.W == 0 || g.layout.node("camera:again") != nil {
			t.Errorf("%v: it is not tried again", err)
		}
		b.frame(t, g, Event{Kind: Activate, Text: "back"}, Event{Kind: Activate, Text: "back"})
		b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
		b.tap(t, g, "teach:1")
		if g.state.Taught() != 1 {
			t.Errorf("%v: the pad does not work any more", err)
		}
	}
}

func TestOtherCamera(t *testing.T) {
	g, b := open(t, phone)
	b.tap(t, g, "camera")
	one := sees(stripe(true))
	one.Snapshot.Cameras = 1
	b.frame(t, g, one)
	if g.layout.node("camera:other") != nil {
		t.Error("there is one camera, and another is offered")
	}
	b.frame(t, g, sees(stripe(true)))
	b.tap(t, g, "camera:other")
	if b.nexts != 1 {
		t.Error("the camera is not changed")
	}
}

func TestCameraSceneFitsEveryScreen(t *testing.T) {
	for _, sc := range screens {
		g, b := open(t, sc)
		b.menu(t, g, "menu:camera")
		for _, e := range []Event{sees(stripe(true)), {Kind: CameraGone, Err: ErrCameraEnded}} {
			b.frame(t, g, e)
			name := fmt.Sprintf("camera at %vx%v", sc.W, sc.H)
			fits(t, name, g.layout)
			s := g.scene().(*cameraScene)
			if v := s.video; v.W < 120 || v.X < 0 || v.right() > sc.W || v.bottom() > sc.H {
				t.Errorf("%s: the picture stands at %v", name, v)
			}
			for _, n := range g.layout.Nodes {
				r := n.Rect
				if n.InList {
					r = g.layout.List
				}
				if r.Overlaps(s.video) {
					t.Errorf("%s: %s lies under the picture", name, n.Name)
				}
			}
			if g.layout.List.H < 44 {
				t.Errorf("%s: the list is %v", name, g.layout.List)
			}
		}
	}
}

// What the camera's card says in large letters fits on a phone.
func TestCameraTitlesFit(t *testing.T) {
	g, b := open(t, phone)
	b.menu(t, g, "menu:camera")
	s := g.scene().(*cameraScene)
	say := func() {
		t.Helper()
		room := s.answer.W - 64 - 36
		if w := g.texts.Measure(fontTitle, s.verdict.Title).Width; w > room {
			t.Errorf("%q is %v wide, there is room for %v", s.verdict.Title, w, room)
		}
	}
	say()
	for _, e := range []Event{sees(image.NewGray(image.Rect(0, 0, 60, 60))), sees(stripe(true)),
		{Kind: CameraGone, Err: ErrCameraRefused}, {Kind: CameraGone, Err: ErrCameraMissing}, {Kind: CameraGone, Err: ErrCameraBusy},
		{Kind: CameraGone, Err: ErrCameraEnded}, {Kind: CameraGone, Err: ErrCameraMuted}, {Kind: CameraGone, Err: ErrCameraUnsafe},
		{Kind: CameraGone, Err: errors.New("another")},
	} {
		b.frame(t, g, e)
		say()
	}
}
