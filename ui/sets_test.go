package ui

import (
	"slices"
	"testing"
	"time"

	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/session"
)

// twoSets is a page on which My set, with two examples, was kept and then an empty set was begun.
func twoSets(t *testing.T, sc Screen) (*Game, *bench, *keepingtest.Store) {
	t.Helper()
	store := keepingtest.New()
	g, b := visit(t, store, sc)
	teachTwo(t, g, b)
	b.rest(t, g, store)
	store.Pass(3 * time.Minute)
	b.menu(t, g, "sets")
	b.tap(t, g, "newset")
	b.rest(t, g, store)
	return g, b, store
}

// setIDs are the ids of the sets, the one changed last first.
func setIDs(g *Game) []string {
	var ids []string
	for _, e := range g.kept.Sets() {
		ids = append(ids, e.ID)
	}
	return ids
}

// A new set is an empty page; the one before stays in the list and is opened from there, or brought back by Undo.
func TestNewSetAndBack(t *testing.T) {
	g, b, store := twoSets(t, phone)
	if g.state.Taught() != 0 || g.scene() != nil || len(setIDs(g)) != 1 {
		t.Fatalf("%d classes taught, %d sets", g.state.Taught(), len(setIDs(g)))
	}
	b.frame(t, g, Event{Kind: Activate, Text: "undo"})
	if b.rest(t, g, store); g.state.Taught() != 2 {
		t.Fatal("Undo does not bring the set back")
	}
	if len(setIDs(g)) != 1 {
		t.Errorf("%d sets, want one", len(setIDs(g)))
	}
	b.menu(t, g, "sets")
	b.tap(t, g, "newset")
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.frame(t, g, Event{Kind: Activate, Text: g.nodeOf(KindTeach, g.state.Board().Classes[0].ID)})
	b.rest(t, g, store)
	ids := setIDs(g)
	if len(ids) != 2 {
		t.Fatalf("%d sets, want two", len(ids))
	}
	b.menu(t, g, "sets")
	if got := g.layout.node("set:" + ids[0]); got.Label != "My set 2" || got.Action.Detail != "3 classes, 1 example \u00b7 open now" {
		t.Errorf("the first row says %q, %q", got.Label, got.Action.Detail)
	}
	b.tap(t, g, "set:"+ids[1])
	store.Settle()
	if b.rest(t, g, store); g.state.Taught() != 2 || g.scene() != nil || g.toast != "Opened My set. Undo brings back what was here" {
		t.Errorf("%d classes taught, toast %q", g.state.Taught(), g.toast)
	}
	if g2, _ := visit(t, store, phone); g2.state.Taught() != 2 {
		t.Error("the set that was opened last is not what is found at the next visit")
	}
}

func TestRenameDuplicateDelete(t *testing.T) {
	g, b, store := twoSets(t, laptop)
	id := setIDs(g)[0]
	act := func(ids ...string) {
		for _, control := range ids {
			if g.layout.node(control) == nil {
				t.Fatalf("no control %q", control)
			}
			b.frame(t, g, Event{Kind: Activate, Text: control})
			b.rest(t, g, store)
		}
	}
	names := func() []string {
		var out []string
		for _, e := range g.kept.Sets() {
			out = append(out, e.Name)
		}
		return out
	}
	act("menu", "sets", "more:"+id, "renameset")
	if b.edit == nil || b.edit.Value != "My set" {
		t.Fatal("no text field for the name")
	}
	b.frame(t, g, Event{Kind: EditDone, Text: " Runes "})
	b.rest(t, g, store)
	if g.layout.Sheet.Name != "Runes" || g.toast != "Renamed" {
		t.Errorf("title %q, toast %q", g.layout.Sheet.Name, g.toast)
	}
	act("duplicate")
	if got := names(); !slices.Equal(got, []string{"Runes 2", "Runes"}) || g.layout.Sheet.Name != "Your sets" {
		t.Errorf("sets %q on %q", got, g.layout.Sheet.Name)
	}
	act("more:"+id, "deleteset")
	if got := names(); !slices.Equal(got, []string{"Runes 2"}) || b.focus != "undelete" {
		t.Errorf("sets %q, the keyboard is at %q", got, b.focus)
	}
	act("undelete")
	if got := names(); len(got) != 2 || g.layout.node("undelete") != nil {
		t.Errorf("sets %q after it was brought back", got)
	}
	act("set:"+id, "menu", "sets", "more:"+id, "deleteset", "back", "back")
	if g.state.Taught() != 0 || !slices.Equal(names(), []string{"Runes 2"}) {
		t.Errorf("the set on the page was deleted; %d classes are taught, sets %q", g.state.Taught(), names())
	}
	act("undo")
	if g.state.Taught() != 2 || len(names()) != 2 {
		t.Errorf("after Undo %d classes are taught, sets %q", g.state.Taught(), names())
	}
	store.Fault = errOf("x")
	act("menu", "sets", "more:"+id, "duplicate")
	if g.toast != "That did not work: the browser's storage failed (x)" {
		t.Errorf("toast %q", g.toast)
	}
	act("openset")
	if g.toast != "That set could not be read: the browser's storage failed (x)" || g.state.Taught() != 2 {
		t.Errorf("toast %q", g.toast)
	}
}

type errOf string

func (e errOf) Error() string { return string(e) }

// A file that is opened over something becomes a set of its own.
func TestOpenedFileIsASet(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, laptop)
	teachTwo(t, g, b)
	file, err := session.Write(g.state.Board().Classes[:1])
	if err != nil {
		t.Fatal(err)
	}
	b.frame(t, g, Event{Kind: FileChosen, Text: "Cats.zip", Data: file})
	b.rest(t, g, store)
	sets := g.kept.Sets()
	if len(sets) != 2 || sets[0].Name != "Cats" || sets[1].Examples != 2 {
		t.Fatalf("sets %+v", sets)
	}
	if g2, _ := visit(t, store, laptop); len(g2.state.Board().Classes) != 1 {
		t.Error("the file is not what is found at the next visit")
	}
}

func TestAgo(t *testing.T) {
	for seconds, want := range map[int64]string{
		-5: "just now", 59: "just now", 60: "1 minute ago", 7199: "119 minutes ago", 7200: "2 hours ago", 172800: "2 days ago",
	} {
		if got := ago(nil, seconds); got != want {
			t.Errorf("%d s: %q, want %q", seconds, got, want)
		}
	}
}
