package ui

import (
	"errors"
	"strings"
	"testing"

	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/state"
)

// bar is an address bar.
type bar struct {
	fragment string
	cleared  int
	fault    error
}

func (b *bar) CopyLink(fragment string, done func(error)) { b.fragment = fragment; done(b.fault) }
func (b *bar) ClearFragment()                             { b.cleared++ }

// copied is the link of the set on a page.
func copied(t *testing.T, g *Game, b *bench, a *bar) string {
	t.Helper()
	b.menu(t, g, "link")
	if !strings.HasPrefix(a.fragment, "s=") || !strings.HasPrefix(g.toast, "Link copied, ") {
		t.Fatalf("fragment %q, toast %q", a.fragment, g.toast)
	}
	return a.fragment
}

// On an empty page the set of a link is opened at once, as one act, and answers as where it comes from.
func TestLinkOpens(t *testing.T) {
	g, b := open(t, laptop)
	a := &bar{}
	g.Share(a)
	b.menu(t, g, "link")
	if a.fragment != "" {
		t.Error("an empty set was put into a link")
	}
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	teachTwo(t, g, b)
	fragment := copied(t, g, b, a)
	a.fault = errors.New("refused")
	b.frame(t, g, Event{Kind: Activate, Text: "link"})
	if g.toast != "The browser did not let oneshot copy the link" {
		t.Errorf("toast %q", g.toast)
	}

	store := keepingtest.New()
	g2, b2 := visit(t, store, phone)
	g2.Share(a)
	b2.frame(t, g2, Event{Kind: Arrived, Text: fragment})
	if g2.scene() != nil || g2.state.Taught() != 2 || a.cleared != 1 || !strings.HasPrefix(g2.toast, "Opened 3 classes from a link.") {
		t.Fatalf("%d classes taught, toast %q", g2.state.Taught(), g2.toast)
	}
	b2.stroke(t, g2, 0.2, 0.6, 0.8, 0.6)
	if got := b2.mirror.Status.Text; !strings.HasPrefix(got, "Class A,") {
		t.Errorf("status %q", got)
	}
	b2.frame(t, g2, Event{Kind: Activate, Text: "undo"})
	b2.frame(t, g2, Event{Kind: Activate, Text: "undo"})
	if g2.state.Taught() != 0 {
		t.Error("Undo does not bring back the empty page")
	}
}

// Where something is taught it asks first, and then keeps both.
func TestLinkAsks(t *testing.T) {
	g, b := open(t, laptop)
	a := &bar{}
	g.Share(a)
	teachTwo(t, g, b)
	fragment := copied(t, g, b, a)

	store := keepingtest.New()
	g2, b2 := visit(t, store, phone)
	g2.Share(a)
	b2.stroke(t, g2, 0.1, 0.5, 0.9, 0.5)
	b2.frame(t, g2, Event{Kind: Activate, Text: g2.nodeOf(KindTeach, g2.state.Board().Classes[0].ID)})
	b2.rest(t, g2, store)
	b2.frame(t, g2, Event{Kind: Arrived, Text: fragment})
	if got := b2.mirror.Status.Text; got != "Someone shared 3 classes. Open this link?" || g2.state.Taught() != 1 {
		t.Fatalf("status %q", got)
	}
	checkScreens(t, "the question", g2.scene().arrange, g2)
	g2.screen = phone
	g2.relayout()
	b2.tap(t, g2, "notnow")
	if g2.scene() != nil || g2.state.Taught() != 1 {
		t.Fatal("Not now opens it")
	}
	b2.frame(t, g2, Event{Kind: Arrived, Text: fragment})
	b2.tap(t, g2, "openlink")
	b2.rest(t, g2, store)
	if g2.state.Taught() != 2 {
		t.Errorf("%d classes taught, want 2", g2.state.Taught())
	}
	if sets := g2.kept.Sets(); len(sets) != 2 || sets[0].Name != "Shared set" || sets[1].Examples != 1 {
		t.Errorf("sets %+v", sets)
	}
}

// A link that is damaged is explained, and what is behind the # sign and no link is left alone.
func TestBadLinks(t *testing.T) {
	g, b := open(t, laptop)
	a := &bar{}
	g.Share(a)
	teachTwo(t, g, b)
	b.frame(t, g, Event{Kind: Arrived, Text: "kiosk"})
	if a.cleared != 0 || g.scene() != nil {
		t.Error("what is no link was taken for one")
	}
	b.frame(t, g, Event{Kind: Activate, Text: "menu"})
	b.frame(t, g, Event{Kind: Arrived, Text: "s=abc"})
	if got := b.mirror.Status.Text; got != "That link was not opened. It is damaged, or only a part of it. Nothing on the page has changed." || a.cleared != 1 {
		t.Errorf("status %q", got)
	}
	if g.state.Taught() != 2 || g.scene() != nil {
		t.Error("a bad link changed the page")
	}
}

func TestTooMuchForALink(t *testing.T) {
	g, b := open(t, laptop)
	a := &bar{}
	g.Share(a)
	seed := uint32(1)
	var set []state.Class
	for range 40 {
		c := state.Class{Name: "Noise"}
		for range 4 {
			var s state.Stroke
			for range 30 {
				seed = seed*1664525 + 1013904223
				s = append(s, state.Point{X: float32(seed>>24) / 255, Y: float32(seed>>16&255) / 255, Pressure: 0.5})
			}
			in, err := state.Input([]state.Stroke{s})
			if err != nil {
				t.Fatal(err)
			}
			c.Shots = append(c.Shots, state.Shot{Strokes: []state.Stroke{s}, Input: in})
		}
		set = append(set, c)
	}
	if err := g.state.Open(set); err != nil {
		t.Fatal(err)
	}
	b.menu(t, g, "link")
	if g.toast != "Too much for a link. Save a copy and send that" || a.fragment != "" {
		t.Errorf("toast %q", g.toast)
	}
}
