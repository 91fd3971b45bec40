package ui

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"
)

// bar is a picture of a black bar on white paper, level or upright.
func stripe(wide bool) image.Image {
	img := image.NewGray(image.Rect(0, 0, 60, 60))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for along := 8; along < 52; along++ {
		for across := 28; across < 33; across++ {
			x, y := along, across
			if !wide {
				x, y = y, x
			}
			img.SetGray(x, y, color.Gray{})
		}
	}
	return img
}

// batch is files as the host would have read them: "-" a level bar, "|" an upright one, "0" white paper and "x"
// no picture.
func batch(folder, files string) *Batch {
	b := &Batch{Files: len(files)}
	for _, f := range files {
		switch f {
		case '-', '|':
			b.Add(folder, stripe(f == '-'), nil)
		case '0':
			b.Add(folder, image.NewGray(image.Rect(0, 0, 60, 60)), nil)
		default:
			b.Add(folder, nil, ErrNoPicture)
		}
	}
	return b
}

func given(b *Batch) Event { return Event{Kind: PicturesGiven, Batch: b} }

func read(b *Batch) Event { return Event{Kind: PicturesRead, Batch: b} }

// A picture is dropped on a class, another on another, and a third is pasted: it is answered at once, and taught.
func TestPicturesAreTaughtAndAskedAbout(t *testing.T) {
	g, b := open(t, laptop)
	for i, files := range []string{"-", "|"} {
		p := batch("", files)
		r := g.layout.onScreen(g.layout.Cards[i].Rect, g.scroll)
		p.Dropped, p.X, p.Y = true, r.X+r.W/2, r.Y+10
		b.frame(t, g, given(p), read(p))
		if n := len(g.state.Board().Classes[i].Shots); n != 1 {
			t.Fatalf("dropped on the card of class %d, which has %d examples, want 1", i+1, n)
		}
	}
	if g.toast != "1 picture added to Class B. Undo takes it back" {
		t.Errorf("toast %q", g.toast)
	}
	p := batch("", "-")
	p.OnPad = true
	b.frame(t, g, read(p))
	if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Class A,") {
		t.Fatalf("the pasted picture is answered %q, want Class A", got)
	}
	if n := g.layout.node("clear"); n.Disabled {
		t.Error("a picture cannot be cleared")
	}
	b.tap(t, g, "teach:1")
	if c, _ := g.state.Class(1); len(c.Shots) != 2 || g.state.Ink() {
		t.Fatalf("class A has %d examples and the pad ink: %v; want 2 and none", len(c.Shots), g.state.Ink())
	}
	b.tap(t, g, "undo")
	if g.state.Picture() == nil {
		t.Fatal("undo does not bring the picture back to the pad")
	}
	b.tap(t, g, "clear")
	if g.state.Ink() {
		t.Fatal("clear leaves the picture")
	}
	b.tap(t, g, "undo")
	b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
	if got := b.mirror.Status.Text; g.state.Picture() != nil || !strings.HasPrefix(got, "Class B,") {
		t.Errorf("after an upright stroke on a level picture: %q, want Class B", got)
	}
}

// What is dropped on a class goes there, even if another stands in that place when it has been read, and whoever has
// opened something else meanwhile stays there.
func TestPicturesGoWhereTheyWereDropped(t *testing.T) {
	g, b := open(t, laptop)
	drop := func(files string) *Batch {
		p := batch("", files)
		r := g.layout.onScreen(g.layout.Cards[1].Rect, g.scroll)
		p.Dropped, p.X, p.Y = true, r.X+r.W/2, r.Y+10
		return p
	}
	p, none := drop("--"), drop("x")
	b.frame(t, g, given(p), given(none))
	if err := g.state.MoveClass(2, 0); err != nil {
		t.Fatal(err)
	}
	b.frame(t, g)
	b.menu(t, g, "how")
	how := g.scene()
	b.frame(t, g, Event{Kind: PicturesReading, Batch: p}, read(p))
	if c, _ := g.state.Class(2); len(c.Shots) != 2 {
		t.Errorf("class B has %d examples, want 2", len(c.Shots))
	}
	if g.scene() != how || !strings.HasPrefix(g.toast, "2 pictures added to Class B.") {
		t.Errorf("shown is %T, toast %q", g.scene(), g.toast)
	}
	b.frame(t, g, read(none))
	if g.scene() != how || !strings.HasPrefix(g.toast, "No picture was added.") {
		t.Errorf("shown is %T, toast %q", g.scene(), g.toast)
	}
}

// The card that files are held over is marked as long as they are.
func TestFilesHeldOverACard(t *testing.T) {
	g, b := open(t, laptop)
	r := g.layout.onScreen(g.layout.Cards[1].Rect, g.scroll)
	g.damage.take()
	b.frame(t, g, Event{Kind: FilesOver, X: r.X + 5, Y: r.Y + 5})
	if g.dropOn != 2 || len(g.damage.take()) != 1 {
		t.Fatalf("held over class B, marked is %d", g.dropOn)
	}
	b.frame(t, g, Event{Kind: FilesOver, X: r.X + 15, Y: r.Y + 5})
	if len(g.damage.take()) != 0 {
		t.Error("nothing has changed, and something is drawn")
	}
	b.frame(t, g, Event{Kind: FilesAway})
	if g.dropOn != 0 || len(g.damage.take()) != 1 {
		t.Error("the mark stays")
	}
}

// What was dropped on the pad is asked about if it is one picture, and a new class if there are several.
func TestPicturesOnThePad(t *testing.T) {
	g, b := open(t, phone)
	on := func(p *Batch) *Batch {
		p.Dropped, p.X, p.Y = true, g.layout.Pad.X+20, g.layout.Pad.Y+20
		return p
	}
	one, several := on(batch("", "-")), on(batch("", "|||"))
	b.frame(t, g, given(one), read(one))
	if g.state.Picture() == nil || g.state.Taught() != 0 {
		t.Fatal("one picture on the pad is not asked about")
	}
	b.frame(t, g, given(several), read(several))
	classes := g.state.Board().Classes
	if len(classes) != 4 || len(classes[3].Shots) != 3 || !strings.HasPrefix(g.toast, "3 pictures added to Class D.") {
		t.Fatalf("%d classes, toast %q; want a fourth with three examples", len(classes), g.toast)
	}
	b.tap(t, g, "undo")
	if len(g.state.Board().Classes) != 3 || g.state.Picture() == nil {
		t.Fatal("undo does not take the pictures back and leave the one on the pad")
	}
}

// Two folders, a loose file, and what is no picture among them: one act, one sentence.
func TestFoldersOfPictures(t *testing.T) {
	g, b := open(t, laptop)
	p := batch("levels", "--x")
	for _, wide := range []bool{false, false} {
		p.Add("uprights", stripe(wide), nil)
	}
	p.Add("levels", stripe(true), nil)
	p.Add("uprights", image.NewGray(image.Rect(0, 0, 9, 9)), nil)
	p.Files = 7
	b.frame(t, g, read(p))
	classes := g.state.Board().Classes
	if len(classes) != 5 || classes[3].Name != "levels" || len(classes[3].Shots) != 3 || len(classes[4].Shots) != 2 {
		t.Fatalf("classes %+v, want levels with 3 and uprights with 2", classes)
	}
	want := "5 pictures added to 2 classes. 1 of 7 files was no picture, 1 had nothing drawn on it. Undo takes back what was added."
	if got := b.mirror.Status.Text; got != want {
		t.Errorf("status %q, want %q", got, want)
	}
	b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
	if g.state.Taught() != 0 {
		t.Error("one undo does not take all back")
	}
}

// Files that are all refused change nothing, and are explained.
func TestRefusedPictures(t *testing.T) {
	g, b := open(t, laptop)
	b.frame(t, g, read(batch("", "xxx")))
	if got := b.mirror.Status.Text; got != "No picture was added. 3 of 3 files were no pictures. Nothing on the page has changed." {
		t.Errorf("status %q", got)
	}
	b.frame(t, g, read(batch("", "0")))
	if got := b.mirror.Status.Text; !strings.Contains(got, "1 of 1 file had nothing drawn on it.") {
		t.Errorf("status %q", got)
	}
	if g.state.CanUndo() {
		t.Error("refused files made an act")
	}
	gone := batch("", "--")
	gone.To = 77
	b.frame(t, g, read(gone))
	if got := b.mirror.Status.Text; !strings.Contains(got, "2 of 2 files did not fit.") {
		t.Errorf("for a class that was deleted meanwhile: %q", got)
	}
}

// More files than are looked at are counted.
func TestTooManyPictures(t *testing.T) {
	many := &Batch{Files: 230}
	for range MaxFiles {
		many.Add("", nil, errors.New("no picture"))
	}
	want := "200 of 230 files were no pictures, 30 were left out: 200 at a time."
	if got := many.refused(nil, 0); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	some := &Batch{Files: 20, Read: 2}
	if got := some.progress(nil); got != "Reading picture 3 of 20" {
		t.Errorf("progress %q", got)
	}
}

// Pictures are picked for a class, or for the pad.
func TestPickPictures(t *testing.T) {
	g, b := open(t, phone)
	b.menu(t, g, "pictures")
	b.tap(t, g, "pictures:2")
	b.tap(t, g, "pictures:pad")
	if len(b.pictures) != 2 || b.pictures[0] != 2 || b.pictures[1] != 0 {
		t.Fatalf("picked for %v, want class 2 and the pad", b.pictures)
	}
	p := batch("", "-|")
	p.To = 2
	b.frame(t, g, given(p), Event{Kind: PicturesReading, Batch: p}, read(p))
	if c, _ := g.state.Class(2); len(c.Shots) != 2 || g.scene() != nil {
		t.Fatalf("class B has %d examples, want 2, and a scene %v, want none", len(c.Shots), g.scene())
	}
}

func TestPicturesSceneFitsEveryScreen(t *testing.T) {
	for _, sc := range screens {
		g, b := open(t, sc)
		b.menu(t, g, "pictures")
		fits(t, fmt.Sprintf("pictures at %vx%v", sc.W, sc.H), g.layout)
	}
}
