package ui

import (
	"errors"
	"strings"
	"testing"

	"oneshot/ui/session"
	"oneshot/ui/state"
)

// teachTwo teaches a level and an upright line.
func teachTwo(t *testing.T, g *Game, b *bench) {
	t.Helper()
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	classes := g.state.Board().Classes
	b.frame(t, g, Event{Kind: Activate, Text: g.nodeOf(KindTeach, classes[0].ID)})
	b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
	b.frame(t, g, Event{Kind: Activate, Text: g.nodeOf(KindTeach, classes[1].ID)})
}

// What was saved and opened again answers as before, and Undo brings back what was there instead.
func TestSaveAndOpen(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone, "small": {W: 195, H: 422, Density: 1}, "low": {W: 844, H: 390, Density: 1}} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			b.menu(t, g, "save")
			if b.saved != nil {
				t.Fatal("an empty set was saved")
			}
			b.frame(t, g, Event{Kind: Key, Key: "Escape"})
			teachTwo(t, g, b)
			b.menu(t, g, "save")
			if b.saved == nil || g.toast != "Saved as oneshot-set.zip" || b.mirror.Toast != g.toast {
				t.Fatalf("%d bytes saved, toast %q, status %q", len(b.saved), g.toast, b.mirror.Toast)
			}

			g2, b2 := open(t, sc)
			b2.menu(t, g2, "open")
			if b2.picks != 1 {
				t.Fatal("Open shows no picker")
			}
			b2.frame(t, g2, Event{Kind: Key, Key: "Escape"})
			b2.stroke(t, g2, 0.2, 0.6, 0.8, 0.6)
			b2.frame(t, g2, Event{Kind: FileChosen, Text: "a.zip", Data: b.saved})
			if want := "Class A, 80 % sure, closest to example 1 of Class A"; b2.mirror.Status.Text != want {
				t.Errorf("status %q, want %q", b2.mirror.Status.Text, want)
			}
			if !strings.HasPrefix(g2.toast, "Opened 3 classes. Undo") {
				t.Errorf("toast %q", g2.toast)
			}
			b2.frame(t, g2, Event{Kind: Activate, Text: "undo"})
			if n := g2.state.Taught(); n != 0 || !g2.state.Ink() {
				t.Errorf("after Undo %d classes are taught and there is ink: %v", n, g2.state.Ink())
			}
		})
	}
}

// A file that cannot be opened leaves everything as it was, and the status says why.
func TestOpenExplains(t *testing.T) {
	g, b := open(t, laptop)
	teachTwo(t, g, b)
	before := len(g.state.Board().Classes)
	fault := func(kind error, part string) error {
		return &session.Fault{Kind: kind, Part: part, Detail: "300 examples, at most 100"}
	}
	for _, c := range []struct {
		data []byte
		err  error
		want string
	}{
		{[]byte("not a zip"), nil, "It is not a zip file, or it is damaged."},
		{nil, fault(session.ErrArchive, "a/b.png"), "A part of it is damaged or locked (a/b.png)."},
		{nil, fault(session.ErrLimit, ""), "It is too large: 300 examples, at most 100."},
		{nil, fault(session.ErrLimit, "Cat"), "It is too large: 300 examples, at most 100 (Cat)."},
		{nil, fault(session.ErrEmpty, ""), "It holds neither a saved set nor folders of PNG pictures."},
		{nil, fault(session.ErrVersion, ""), "It was saved by a newer oneshot: reload this page to get that."},
		{nil, fault(session.ErrMissing, "Cat"), "A picture is missing from it (Cat)."},
		{nil, fault(session.ErrPicture, "Cat"), "A picture in it cannot be read (Cat)."},
		{nil, fault(session.ErrStroke, "Cat"), "It is not as a saved set should be: bad stroke (Cat)."},
		{nil, state.ErrFull, "It holds more than fits on the page."},
		{nil, errors.New("it has gone"), "It could not be read (it has gone)."},
	} {
		b.frame(t, g, Event{Kind: FileChosen, Text: "x.zip", Data: c.data, Err: c.err})
		want := "That file was not opened. " + c.want + " Nothing on the page has changed."
		if got := b.mirror.Status.Text; got != want {
			t.Errorf("%v: status %q, want %q", c.err, got, want)
		}
		if len(g.state.Board().Classes) != before || g.state.Taught() != 2 {
			t.Fatal("a bad file changed the page")
		}
	}
}

// A file that falls on the check is opened too, and seen on the page to draw on.
func TestOpenFromTheCheck(t *testing.T) {
	g, b := open(t, phone)
	teachTwo(t, g, b)
	saved, err := session.Write(g.state.Board().Classes[:1])
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		data []byte
		want string
	}{
		{[]byte("x"), "That file was not opened."},
		{saved, "Now something different."},
	} {
		b.frame(t, g, Event{Kind: Activate, Text: "check"})
		if g.layout.Check == nil {
			t.Fatal("the check is not shown")
		}
		b.frame(t, g, Event{Kind: FileChosen, Data: c.data})
		if g.layout.Check != nil || !strings.HasPrefix(b.mirror.Status.Text, c.want) {
			t.Errorf("the check is shown: %v; status %q, want %q", g.layout.Check != nil, b.mirror.Status.Text, c.want)
		}
	}
	if n := len(g.state.Board().Classes); n != 1 {
		t.Errorf("%d classes, want 1", n)
	}
}

func TestOpenedCounts(t *testing.T) {
	for _, c := range []struct {
		set  session.Set
		want string
	}{
		{session.Set{Classes: make([]state.Class, 1)}, "Opened 1 class"},
		{session.Set{Classes: make([]state.Class, 2), Ignored: 1}, "Opened 2 classes, passed over 1 other file"},
		{session.Set{Ignored: 3}, "Opened 0 classes, passed over 3 other files"},
	} {
		if got := opened(nil, c.set); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
