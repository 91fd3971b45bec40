package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/state"
)

// visit opens the page on a store, as when it is loaded.
func visit(t *testing.T, store *keepingtest.Store, sc Screen) (*Game, *bench) {
	t.Helper()
	return visitBeside(t, store, keepingtest.NewLocks().Page(), sc)
}

// visitBeside opens the page while it may be open elsewhere.
func visitBeside(t *testing.T, store *keepingtest.Store, lock keeping.Lock, sc Screen) (*Game, *bench) {
	t.Helper()
	b := &bench{screen: sc}
	g, err := New(b, state.New(&slopes{shots: map[state.ShotID]state.ClassID{}, wide: map[state.ShotID]bool{}}))
	if err != nil {
		t.Fatal(err)
	}
	ready := 0
	g.Keep(store, lock, store.Now, func() { ready++ })
	store.Pass(5 * time.Second)
	if ready != 1 {
		t.Fatalf("the page was ready %d times", ready)
	}
	b.frame(t, g)
	return g, b
}

// rest lets the page save and show it.
func (b *bench) rest(t *testing.T, g *Game, store *keepingtest.Store) {
	t.Helper()
	b.frame(t, g)
	store.Pass(time.Second)
	b.frame(t, g)
	store.Settle()
	b.frame(t, g)
}

// label is what a control says.
func labelOf(t *testing.T, g *Game, id string) string {
	t.Helper()
	n := g.layout.node(id)
	if n == nil {
		t.Fatalf("no control %q", id)
	}
	return n.Label
}

// What was taught is there at the next visit, and there is nothing to undo.
func TestKeptBetweenVisits(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, laptop)
	if got := labelOf(t, g, "kept"); got != "Saves by itself" {
		t.Errorf("the header says %q", got)
	}
	teachTwo(t, g, b)
	if got := labelOf(t, g, "kept"); got != "Saving\u2026" {
		t.Errorf("after an act the header says %q", got)
	}
	b.rest(t, g, store)
	if got := labelOf(t, g, "kept"); got != "Saved" {
		t.Errorf("after a while the header says %q", got)
	}
	g2, b2 := visit(t, store, phone)
	if g2.state.Taught() != 2 || g2.state.CanUndo() || g2.toast != "" {
		t.Errorf("%d classes are taught, can undo: %v, toast %q", g2.state.Taught(), g2.state.CanUndo(), g2.toast)
	}
	b2.stroke(t, g2, 0.2, 0.6, 0.8, 0.6)
	if want := "Class A, 80 % sure, closest to example 1 of Class A"; b2.mirror.Status.Text != want {
		t.Errorf("status %q, want %q", b2.mirror.Status.Text, want)
	}
}

// A page that goes away saves what was pressed since the last frame.
func TestLeaveSavesAtOnce(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, laptop)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.queue = append(b.queue, Event{Kind: Activate, Text: "teach:4"}) // the page began with classes 1 to 3
	left := 0
	g.Leave(func() { left++ })
	if g2, _ := visit(t, store.Crash(), laptop); g2.state.Taught() != 1 {
		t.Errorf("%d classes are taught, want 1", g2.state.Taught())
	}
	if store.Settle(); left != 1 {
		t.Errorf("Leave ended %d times", left)
	}
	g3, _ := open(t, laptop)
	g3.Leave(func() { left++ })
	if left != 2 {
		t.Error("without a store Leave does not end")
	}
}

// Where nothing can be stored the page works, says so, and goes on trying.
func TestStorageDenied(t *testing.T) {
	for want, fault := range map[string]error{
		"Not saved: this browser keeps nothing here":              fmt.Errorf("%w: SecurityError", keeping.ErrDenied),
		"Not saved: this device has no room left":                 keeping.ErrFull,
		"Not saved: the browser's storage failed (it is on fire)": fmt.Errorf("it is on fire"),
		"Not saved: a newer oneshot saved here. Please reload":    keeping.ErrNewer,
		"Not saved: the browser's storage is not answering":       keeping.ErrSlow,
		"Not saved: there are too many sets. Delete some":         keeping.ErrTooMany,
	} {
		store := keepingtest.New()
		store.Fault = fault
		g, b := visit(t, store, laptop)
		if g.toast != want {
			t.Errorf("toast %q, want %q", g.toast, want)
		}
		teachTwo(t, g, b)
		b.rest(t, g, store)
		if got := labelOf(t, g, "kept"); got != "Not saved" || g.state.Taught() != 2 {
			t.Errorf("the header says %q with %d classes taught", got, g.state.Taught())
		}
		b.frame(t, g, Event{Kind: Activate, Text: "kept"})
		if n := g.layout.node("kept"); !strings.EqualFold(strings.TrimPrefix(want, "Not saved: "), n.Action.Detail) {
			t.Errorf("the menu says %q, want %q", n.Action.Detail, want)
		}
		store.Fault = nil
		b.frame(t, g, Event{Kind: Activate, Text: "kept"})
		b.rest(t, g, store)
		b.frame(t, g, Event{Kind: Key, Key: "Escape"})
		if got := labelOf(t, g, "kept"); got != "Saved" {
			t.Errorf("tried again, the header says %q", got)
		}
	}
}

// A failure in between is told once, in the status too.
func TestFullStorage(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, phone)
	teachTwo(t, g, b)
	b.rest(t, g, store)
	store.Fault = keeping.ErrFull
	b.frame(t, g, Event{Kind: Activate, Text: "undo"})
	b.rest(t, g, store)
	if want := "Not saved: this device has no room left"; g.toast != want || b.mirror.Toast != want {
		t.Errorf("toast %q, told %q, want %q", g.toast, b.mirror.Toast, want)
	}
}

// The browser is asked once to keep everything, when the user has just done something.
func TestAsksToPersistOnce(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, laptop)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	if store.Persisted != 0 {
		t.Error("it asks before there is anything to keep")
	}
	b.frame(t, g, Event{Kind: Activate, Text: "teach:4"})
	b.rest(t, g, store)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.rest(t, g, store)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	g2, b2 := visit(t, store, laptop)
	b2.stroke(t, g2, 0.1, 0.5, 0.9, 0.5)
	if store.Persisted != 1 {
		t.Errorf("it asked %d times, want once", store.Persisted)
	}
}

// Erasing asks first, leaves nothing, not even to undo, and the page goes on saving.
func TestEraseEverything(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, phone)
	teachTwo(t, g, b)
	b.rest(t, g, store)
	b.menu(t, g, "erase")
	if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Erase everything?") || len(store.Values) == 0 {
		t.Fatalf("status %q, %d values", got, len(store.Values))
	}
	b.tap(t, g, "keep")
	if g.state.Taught() != 2 || g.layout.node("erase") == nil {
		t.Fatal("Keep everything does not lead back")
	}
	store.Fault = keeping.ErrDenied
	b.frame(t, g, Event{Kind: Activate, Text: "erase"})
	b.frame(t, g, Event{Kind: Activate, Text: "eraseall"})
	b.rest(t, g, store)
	if got := b.mirror.Status.Text; got != "Not everything could be erased" || g.state.Taught() != 2 {
		t.Errorf("status %q with %d classes taught", got, g.state.Taught())
	}
	store.Fault = nil
	b.frame(t, g, Event{Kind: Activate, Text: "eraseall"})
	b.rest(t, g, store)
	if len(store.Values) != 0 || g.state.Taught() != 0 || g.state.CanUndo() || g.scene() != nil {
		t.Errorf("%d values are left, %d classes taught, can undo: %v, a scene: %v", len(store.Values), g.state.Taught(), g.state.CanUndo(), g.scene() != nil)
	}
	if g.toast != "Everything is erased" {
		t.Errorf("toast %q", g.toast)
	}
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.frame(t, g, Event{Kind: Activate, Text: g.nodeOf(KindTeach, g.state.Board().Classes[0].ID)})
	b.rest(t, g, store)
	if g2, _ := visit(t, store, phone); g2.state.Taught() != 1 {
		t.Errorf("%d classes are taught at the next visit, want 1", g2.state.Taught())
	}
}

// checkScreens lays a scene out on screens of all sizes: every control can be reached and touched.
func checkScreens(t *testing.T, name string, arrange func(g *Game) *Layout, g *Game) {
	t.Helper()
	for _, sc := range screens {
		sc.Density = 1
		g.screen = sc
		l := arrange(g)
		name := fmt.Sprintf("%s at %vx%v", name, sc.W, sc.H)
		for i, n := range l.Nodes {
			if n.Name == "" || n.Rect.X < 0 || n.Rect.right() > sc.W+0.01 || n.Rect.W < touch-0.01 || n.Rect.H < touch-0.01 {
				t.Errorf("%s: %q (%s) at %v", name, n.Name, n.ID, n.Rect)
			}
			if n.InList && n.Rect.bottom() > l.Content || !n.InList && n.Rect.bottom() > sc.H {
				t.Errorf("%s: %s at %v is below all", name, n.Name, n.Rect)
			}
			for _, m := range l.Nodes[:i] {
				if m.InList == n.InList && m.Rect.Overlaps(n.Rect) {
					t.Errorf("%s: %s at %v overlaps %s at %v", name, n.Name, n.Rect, m.Name, m.Rect)
				}
			}
		}
	}
}

func TestKeptScenesFitEveryScreen(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, laptop)
	teachTwo(t, g, b)
	b.rest(t, g, store)
	checkScreens(t, "the page", func(g *Game) *Layout { g.relayout(); return g.layout }, g)
	checkScreens(t, "the menu", menuScene{}.arrange, g)
	checkScreens(t, "erase", (&eraseScene{}).arrange, g)
	sets := &setsScene{deleted: g.kept.Sets()[0]}
	checkScreens(t, "the sets", sets.arrange, g)
	checkScreens(t, "a set", (&setScene{id: sets.deleted.ID, list: sets}).arrange, g)
}

// A second tab says that it does not save, until it is used; what was taught in it meanwhile is a set of its own.
func TestTwoTabs(t *testing.T) {
	for _, taught := range []bool{false, true} {
		store, locks := keepingtest.New(), keepingtest.NewLocks()
		g1, b1 := visitBeside(t, store, locks.Page(), laptop)
		teachTwo(t, g1, b1)
		b1.rest(t, g1, store)
		g2, b2 := visitBeside(t, store, locks.Page(), laptop)
		if got := labelOf(t, g2, "kept"); got != "Not saved here" || g2.toast == "" || b2.mirror.Toast != g2.toast {
			t.Fatalf("the second tab says %q, toast %q, told %q", got, g2.toast, b2.mirror.Toast)
		}
		if g2.state.Taught() != 2 {
			t.Errorf("the second tab shows %d classes taught, want 2", g2.state.Taught())
		}
		if taught {
			b2.stroke(t, g2, 0.1, 0.5, 0.9, 0.5)
			b2.frame(t, g2, Event{Kind: Activate, Text: g2.nodeOf(KindTeach, g2.state.Board().Classes[2].ID)})
			b2.rest(t, g2, store)
		}
		b1.frame(t, g1, Event{Kind: Activate, Text: "undo"})
		b2.frame(t, g2, Event{Kind: Activate, Text: "kept"})
		b2.frame(t, g2, Event{Kind: Activate, Text: "kept"})
		b2.rest(t, g2, store)
		b1.rest(t, g1, store)
		if got := labelOf(t, g1, "kept"); got != "Not saved here" {
			t.Errorf("the first tab says %q", got)
		}
		want := 1
		if taught {
			want = 3
		}
		if g2.state.Taught() != want || g2.kept.Status().Phase != keeping.Saved {
			t.Errorf("taught in it: %v: the second tab shows %d classes, phase %d, want %d saved", taught, g2.state.Taught(), g2.kept.Status().Phase, want)
		}
		sets := map[string]bool{}
		for key := range store.Values {
			if rest, ok := strings.CutPrefix(key, "set/"); ok {
				id, _, _ := strings.Cut(rest, "/")
				sets[id] = true
			}
		}
		if len(sets) != 1+want/2 {
			t.Errorf("%d sets are kept, want %d", len(sets), 1+want/2)
		}
	}
}

// What the other tab has erased is not shown on, nor saved again.
func TestErasedInTheOtherTab(t *testing.T) {
	store, locks := keepingtest.New(), keepingtest.NewLocks()
	first := locks.Page()
	g1, b1 := visitBeside(t, store, first, laptop)
	teachTwo(t, g1, b1)
	b1.rest(t, g1, store)
	g2, b2 := visitBeside(t, store, locks.Page(), laptop)
	b2.rest(t, g2, store)
	g1.kept.Erase(func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	store.Settle()
	first.Close()
	store.Pass(5 * time.Second)
	b2.rest(t, g2, store)
	if n := g2.state.Taught(); n != 0 || len(store.Values) != 0 {
		t.Errorf("the second tab shows %d classes, and %d values are kept", n, len(store.Values))
	}
}
