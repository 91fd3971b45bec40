package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"oneshot/ui/state"
)

func TestClassScenesFitEveryScreen(t *testing.T) {
	for _, sc := range screens {
		g, b := open(t, sc)
		teachFive(t, g, b)
		name := fmt.Sprintf("%vx%v", sc.W, sc.H)
		b.frame(t, g, Event{Kind: Activate, Text: "more:3"})
		fits(t, name+", an empty class", g.layout)
		b.frame(t, g, Event{Kind: Activate, Text: "back"}, Event{Kind: Activate, Text: "more:1"})
		fits(t, name+", a class", g.layout)
		shot := "shot:" + strconv.Itoa(int(g.state.Board().Classes[0].Shots[0].ID))
		b.frame(t, g, Event{Kind: Activate, Text: shot})
		fits(t, name+", an example", g.layout)
		s := g.scene().(*shotScene)
		if s.drawn.W < 60 || s.drawn.W != s.seen.W || s.drawn.Overlaps(s.seen) || s.seen.right() > sc.W {
			t.Errorf("%s: the drawing at %v, what is seen of it at %v", name, s.drawn, s.seen)
		}
		b.frame(t, g, Event{Kind: Activate, Text: "move"})
		fits(t, name+", where to", g.layout)
	}
}

// press brings a control into view, as a finger or the keyboard does, and taps it.
func (b *bench) press(t *testing.T, g *Game, id string) {
	t.Helper()
	b.frame(t, g, Event{Kind: Focused, Text: id})
	b.tap(t, g, id)
}

func order(g *Game) string {
	var names []string
	for _, c := range g.state.Board().Classes {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// All that can be done to a class is done on its page, by keyboard as by touch, and undone there.
func TestClassPage(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			teachFive(t, g, b)
			says := func(want string) {
				t.Helper()
				if got := b.mirror.Status.Text; got != want {
					t.Errorf("status %q, want %q", got, want)
				}
			}
			b.press(t, g, "more:1")
			says("Class A, number 1 of 3, indigo, 3 examples")
			if g.layout.node("up").Disabled != true || b.focus != "back" {
				t.Errorf("the first class can be moved up, or the keyboard is at %q", b.focus)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "down"})
			says("Class A, number 2 of 3, indigo, 3 examples")
			b.press(t, g, "down")
			if order(g) != "Class B, Class C, Class A" || !g.layout.node("down").Disabled {
				t.Errorf("order %s", order(g))
			}
			b.press(t, g, "undo")
			says("Class A, number 2 of 3, indigo, 3 examples")
			b.press(t, g, "redo")
			says("Class A, number 3 of 3, indigo, 3 examples")
			b.press(t, g, "colour:5")
			says("Class A, number 3 of 3, blue, 3 examples")
			if n := g.layout.node("colour:5").Name; n != "Colour blue, chosen" {
				t.Errorf("the colour is called %q", n)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "rename:1"})
			if b.edit == nil || b.edit.Value != "Class A" {
				t.Fatalf("field %+v", b.edit)
			}
			b.frame(t, g, Event{Kind: EditDone, Text: "Réglisse"})
			says("Réglisse, number 3 of 3, blue, 3 examples")
			b.frame(t, g, Event{Kind: Activate, Text: "duplicate"})
			if order(g) != "Class B, Class C, Réglisse, Réglisse 2" || g.toast != "Copied as Réglisse 2" {
				t.Errorf("order %s, toast %q", order(g), g.toast)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "delete"})
			if order(g) != "Class B, Class C, Réglisse 2" || g.scene() != nil || b.focus != "add" {
				t.Errorf("order %s, keyboard at %q", order(g), b.focus)
			}
			if g.toast != "Réglisse deleted. Undo brings it back" {
				t.Errorf("toast %q", g.toast)
			}
			b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
			if order(g) != "Class B, Class C, Réglisse, Réglisse 2" {
				t.Errorf("after Undo the order is %s", order(g))
			}
		})
	}
}

// Pressing a thumbnail shows the example and deletes nothing; moving and deleting are one more press, and
// the keyboard never falls into nothing.
func TestShotPage(t *testing.T) {
	g, b := open(t, phone)
	teachFive(t, g, b)
	shots := g.state.Board().Classes[0].Shots
	id := func(s state.Shot) string { return "shot:" + strconv.Itoa(int(s.ID)) }
	b.press(t, g, id(shots[1]))
	if got := b.mirror.Title; got != "Example 2 of Class A" || len(g.state.Board().Classes[0].Shots) != len(shots) {
		t.Fatalf("the page is %q", got)
	}
	if got := b.mirror.Status.Text; got != "If it were new: Class A. It would be recognised, 80 % sure." {
		t.Errorf("status %q", got)
	}
	b.press(t, g, "move")
	if g.layout.node("to:1") != nil || g.layout.node("to:2").Name != "Move to Class B" {
		t.Error("it can be moved to where it is")
	}
	b.press(t, g, "to:2")
	if c, _ := g.state.Class(2); g.scene() != nil || len(c.Shots) != 3 || b.focus != "more:1" || !strings.HasPrefix(g.toast, "Moved to Class B.") {
		t.Errorf("Class B has %d examples, keyboard at %q, toast %q", len(c.Shots), b.focus, g.toast)
	}
	b.press(t, g, "undo")

	// From the page of the class, to which it leads back.
	b.press(t, g, "more:1")
	b.frame(t, g, Event{Kind: Activate, Text: id(shots[0])})
	b.press(t, g, "delete")
	if _, ok := g.scene().(*classScene); !ok || b.focus != "back" {
		t.Errorf("scene %T, keyboard at %q", g.scene(), b.focus)
	}
	if c, _ := g.state.Class(1); len(c.Shots) != len(shots)-1 || !strings.HasPrefix(g.toast, "Example deleted.") {
		t.Errorf("%d examples, toast %q", len(c.Shots), g.toast)
	}
	b.frame(t, g, Event{Kind: Key, Key: "z", Command: true})
	if n := g.layout.node(id(shots[0])); n == nil {
		t.Error("Undo on the page of the class does not bring the example back")
	}
}

// What Undo takes away while its page is open is said to be gone, and Redo brings it back.
func TestPageOfWhatIsGone(t *testing.T) {
	g, b := open(t, laptop)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.press(t, g, "teach:1")
	shot := "shot:" + strconv.Itoa(int(g.state.Board().Classes[0].Shots[0].ID))
	b.frame(t, g, Event{Kind: Activate, Text: shot})
	if got := b.mirror.Status.Text; !strings.HasPrefix(got, "The only example so far.") {
		t.Errorf("status %q", got)
	}
	for range 2 {
		b.press(t, g, "undo")
		if got := b.mirror.Status.Text; !strings.HasPrefix(got, "This example is not here any more") || g.layout.node("delete") != nil {
			t.Errorf("status %q", got)
		}
		b.press(t, g, "redo")
		if g.layout.node("delete") == nil {
			t.Fatal("Redo does not bring it back")
		}
	}
	b.press(t, g, "back")
	b.frame(t, g, Event{Kind: Activate, Text: "add"}, Event{Kind: EditCancelled}, Event{Kind: Activate, Text: "more:4"})
	b.press(t, g, "undo")
	if got := b.mirror.Status.Text; got != "This class is not here any more" {
		t.Errorf("status %q", got)
	}
	b.press(t, g, "back")
	if g.scene() != nil || len(g.state.Board().Classes) != 3 {
		t.Error("there is no way back")
	}
}

// A shot that would be taken for another class says so.
func TestShotInTheWrongClass(t *testing.T) {
	g, b := open(t, laptop)
	teachFive(t, g, b)
	for _, c := range g.state.Board().Classes {
		for _, sh := range c.Shots {
			b.frame(t, g, Event{Kind: Activate, Text: "shot:" + strconv.Itoa(int(sh.ID))})
			s := g.scene().(*shotScene)
			if wrong := s.as != c.ID; strings.Contains(s.detail, "not for "+c.Name) != wrong {
				t.Errorf("an example of %s: %q, %q", c.Name, s.title, s.detail)
			}
			b.frame(t, g, Event{Kind: Key, Key: "Escape"})
		}
	}
	g.state.SetStrictness(1)
	b.frame(t, g, Event{Kind: Activate, Text: "shot:1"})
	if got := b.mirror.Status.Text; !strings.HasPrefix(got, "If it were new: none of these.") {
		t.Errorf("status %q", got)
	}
}

// Keys that teach, clear and answer work as before once a page has been left, and do nothing on it.
func TestKeysAroundScenes(t *testing.T) {
	g, b := open(t, laptop)
	teachFive(t, g, b)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	before := g.state.Board()
	for _, path := range [][]string{{"more:1"}, {"shot:1"}, {"shot:1", "move"}, {"menu"}, {"check"}} {
		for _, id := range path {
			b.frame(t, g, Event{Kind: Activate, Text: id})
		}
		for _, k := range []string{"1", " ", "Enter"} {
			b.frame(t, g, Event{Kind: Key, Key: k})
		}
		if now := g.state.Board(); len(now.Pad) != len(before.Pad) || len(now.Classes[0].Shots) != len(before.Classes[0].Shots) {
			t.Errorf("%v: a key changed what cannot be seen", path)
		}
		for range path {
			b.frame(t, g, Event{Kind: Key, Key: "Escape"})
		}
		if g.scene() != nil {
			t.Fatalf("%v: Escape does not lead back", path)
		}
	}
	b.frame(t, g, Event{Kind: Activate, Text: "more:1"})
	b.frame(t, g, Event{Kind: Activate, Text: "down"})
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	b.frame(t, g, Event{Kind: Key, Key: "2"})
	if c, _ := g.state.Class(1); len(c.Shots) != len(before.Classes[0].Shots)+1 {
		t.Error("key 2 does not teach the class that stands second now")
	}
	b.frame(t, g, Event{Kind: Key, Key: "y", Command: true}, Event{Kind: Key, Key: "z", Command: true})
	if !g.state.Ink() {
		t.Error("Ctrl+Z did not bring the drawing back")
	}
	if n := g.layout.node("redo"); n == nil || n.Disabled {
		t.Fatal("Redo is not offered")
	}
	b.press(t, g, "redo")
	if g.state.Ink() || !g.layout.node("redo").Disabled {
		t.Error("Redo did not teach again")
	}
}

// A new stroke after Undo leaves nothing to redo, and Redo says so at once.
func TestRedoEndsWithTheNextStroke(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone, "small": {W: 320, H: 568, Density: 1}} {
		g, b := open(t, sc)
		b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
		b.press(t, g, "undo")
		if g.layout.node("redo").Disabled {
			t.Errorf("%s: Redo is not offered", name)
		}
		b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
		i := slices.IndexFunc(b.mirror.Twins, func(tw Twin) bool { return tw.ID == "redo" })
		if i < 0 || !b.mirror.Twins[i].Disabled {
			t.Errorf("%s: Redo is offered", name)
		}
	}
}

// In the first minute there is one thing to press: the next class without an example stands out while there
// is ink, and the answer offers it in one tap.
func TestFirstMinuteHasOneThingToPress(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone, "small": {W: 390, H: 664, Density: 1}} {
		g, b := open(t, sc)
		invited := func() string {
			s := ""
			for _, c := range g.state.Board().Classes {
				if g.invites(c.ID) {
					s += c.Name[len("Class "):]
				}
			}
			return s
		}
		b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
		if invited() != "A" {
			t.Errorf("%s: at first %q stand out, want A", name, invited())
		}
		b.press(t, g, "teach:1")
		b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
		if invited() != "B" {
			t.Errorf("%s: with one class taught %q stand out, want B", name, invited())
		}
		n := g.layout.node("was:0")
		if n == nil || n.Name != "It was Class B" {
			t.Fatalf("%s: the answer offers %+v, want Class B", name, n)
		}
		if r := n.Rect; n.InList && g.layout.onScreen(r, g.scroll).bottom() > sc.H || !n.InList && r.bottom() > sc.H {
			t.Errorf("%s: %q at %v is out of sight", name, n.Name, r)
		}
		b.tap(t, g, "was:0")
		if c, _ := g.state.Class(2); len(c.Shots) != 1 || invited() != "ABC" {
			t.Errorf("%s: Class B has %d examples, and %q stand out", name, len(c.Shots), invited())
		}
		b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
		if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Class A, 80 % sure") {
			t.Errorf("%s: status %q", name, got)
		}
		if invited() != "" {
			t.Errorf("%s: beside an answer that is sure %q stand out", name, invited())
		}
	}
}
