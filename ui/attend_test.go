package ui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/kiosk"
)

// porter is an attendant whose time passes with the store's.
type porter struct {
	store    *keepingtest.Store
	welcomes int
	alarms   []time.Duration
}

func (p *porter) After(d time.Duration, f func()) {
	p.alarms = append(p.alarms, d)
	p.store.After(d, f)
}
func (p *porter) Welcome() { p.welcomes++ }

// museum is as an address without further wishes has it.
var museum = kiosk.Times{Idle: 120_000, Count: 10_000, Dim: 60_000}

// visitKiosk opens the page in a public place, on a store.
func visitKiosk(t *testing.T, store *keepingtest.Store, sc Screen, set string) (*Game, *bench, *porter) {
	t.Helper()
	g, b := visit(t, store, sc)
	p := &porter{store: store}
	ready := 0
	g.Attend(kiosk.Options{Set: set, Times: museum}, p, store, func() { ready++ })
	store.Pass(5 * time.Second)
	if ready != 1 {
		t.Fatalf("the page was ready %d times", ready)
	}
	b.frame(t, g)
	return g, b, p
}

// wait lets time pass in which nobody does anything, with a frame each second.
func (b *bench) wait(t *testing.T, g *Game, seconds int) {
	t.Helper()
	for range seconds {
		b.now += 1000 - 16
		b.frame(t, g)
	}
}

// A visitor teaches and walks away. The next one begins with the same board, and can't undo to the first one's.
func TestKioskBoardIsMadeFresh(t *testing.T) {
	store := keepingtest.New()
	g, b, p := visitKiosk(t, store, laptop, "shapes")
	first := g.state.Board().Classes
	if len(first) != 10 || first[0].Name != "Circle" || p.welcomes != 1 {
		t.Fatalf("the board begins with %d classes, %q first, and the machine was made ready %d times", len(first), first[0].Name, p.welcomes)
	}
	before := shots(g.state)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.frame(t, g, Event{Kind: Activate, Text: g.nodeOf(KindTeach, first[0].ID)})
	b.frame(t, g, Event{Kind: Activate, Text: "add"})
	if b.edit != nil {
		t.Error("a new class can be given a name")
	}
	if shots(g.state) != before+1 || len(g.state.Board().Classes) != 11 {
		t.Fatalf("%d examples and %d classes after teaching one and adding one", shots(g.state), len(g.state.Board().Classes))
	}
	b.stroke(t, g, 0.1, 0.1, 0.9, 0.9)
	b.wait(t, g, 111)
	if _, ok := g.scene().(*stillScene); !ok {
		t.Fatalf("after 111 s the scene is %T, want the countdown", g.scene())
	}
	b.wait(t, g, 9)
	if g.scene() != nil || shots(g.state) != before || len(g.state.Board().Classes) != 10 || g.state.Ink() || g.state.CanUndo() || g.state.CanRedo() {
		t.Errorf("the fresh board: scene %T, %d examples, ink %v, can undo %v", g.scene(), shots(g.state), g.state.Ink(), g.state.CanUndo())
	}
	if p.welcomes != 2 {
		t.Errorf("the machine was made ready %d times, want 2", p.welcomes)
	}
	if g.dark() {
		t.Error("the screen is dark at once")
	}
	b.wait(t, g, 60)
	if !g.dark() {
		t.Error("after a minute more the screen is not dark")
	}
	if store.Puts != 0 || len(store.Values) != 0 {
		t.Errorf("%d changes were kept: %d values", store.Puts, len(store.Values))
	}
}

// A touch stops the countdown, and one lights the screen; neither is a stroke nor a press, on whatever it falls.
func TestKioskTouchThatWakesDoesNothingElse(t *testing.T) {
	g, b, _ := visitKiosk(t, keepingtest.New(), phone, "runes")
	pad := g.layout.Pad
	touch := func(k EventKind) Event {
		return Event{Kind: k, Device: Touch, Pointer: 3, X: pad.X + pad.W/2, Y: pad.Y + pad.H/2, Pressure: 0.5}
	}
	b.frame(t, g, touch(PointerDown))
	b.frame(t, g, touch(PointerUp))
	b.frame(t, g, Event{Kind: Activate, Text: "clear"})
	for _, idle := range []int{115, 185} {
		b.wait(t, g, idle)
		if still, dark := g.scene() != nil, g.dark(); still == dark {
			t.Fatalf("after %d s: countdown %v, dark %v", idle, still, dark)
		}
		b.frame(t, g, touch(PointerDown))
		b.frame(t, g, touch(PointerMove), touch(PointerUp))
		if g.scene() != nil || g.dark() || g.state.Ink() {
			t.Errorf("after %d s and a touch: scene %T, dark %v, ink %v", idle, g.scene(), g.dark(), g.state.Ink())
		}
	}
	b.wait(t, g, 185)
	b.frame(t, g, Event{Kind: Activate, Text: "menu"})
	if g.scene() != nil || g.dark() {
		t.Errorf("the press that lights the screen opened %T", g.scene())
	}
	b.frame(t, g, Event{Kind: Activate, Text: "menu"})
	if g.scene() == nil {
		t.Error("the next press does nothing")
	}
	b.wait(t, g, 5)
	b.frame(t, g, Event{Kind: Focused, Text: "back"}, Event{Kind: PointerMove, X: g.kiosk.x, Y: g.kiosk.y + 1})
	b.wait(t, g, 106)
	if _, ok := g.scene().(*stillScene); !ok {
		t.Errorf("what the machine did by itself was taken for a visitor: %T", g.scene())
	}
	b.frame(t, g, Event{Kind: Stirred})
	if _, ok := g.scene().(*pinScene); !ok {
		t.Errorf("after the countdown was stopped the scene is %T, want the one before", g.scene())
	}
}

// The page asks to be woken when the countdown begins, and each second of it, and otherwise draws nothing.
func TestKioskIsWokenInTime(t *testing.T) {
	g, b, p := visitKiosk(t, keepingtest.New(), laptop, "")
	p.alarms = nil
	b.frame(t, g, Event{Kind: Wheel, X: 1, Y: 1})
	b.frame(t, g, Event{Kind: Wheel, X: 1, Y: 1})
	if len(p.alarms) != 1 || p.alarms[0] != 110*time.Second {
		t.Fatalf("after two turns of a wheel it wants to be woken in %v, want once in 1m50s", p.alarms)
	}
	b.now += 110_000 - 16
	p.store.Pass(110 * time.Second)
	b.frame(t, g)
	if _, ok := g.scene().(*stillScene); !ok {
		t.Fatalf("woken, it shows %T, want the countdown", g.scene())
	}
	for range 3 {
		p.alarms = nil
		b.now += 1000 - 16
		p.store.Pass(time.Second)
		b.frame(t, g)
		if len(p.alarms) != 1 || p.alarms[0] > time.Second {
			t.Errorf("while the seconds are counted it wants to be woken in %v", p.alarms)
		}
	}
}

// A set of the user's own is the fresh board, and stays in the store as it was.
func TestKioskWithOwnSet(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, laptop)
	teachTwo(t, g, b)
	b.rest(t, g, store)
	was := slices.Clone(store.Values["index"])
	g, b, _ = visitKiosk(t, store.Crash(), laptop, "MY SET")
	if g.state.Taught() != 2 || g.toast != "" {
		t.Fatalf("%d classes are taught, want the 2 of the set; toast %q", g.state.Taught(), g.toast)
	}
	store = g.kiosk.store.(*keepingtest.Store)
	puts := store.Puts
	id := g.state.Board().Classes[2].ID
	b.stroke(t, g, 0.1, 0.1, 0.9, 0.9)
	b.frame(t, g, Event{Kind: Activate, Text: g.nodeOf(KindTeach, id)})
	b.rest(t, g, store)
	left := 0
	g.Leave(func() { left++ })
	store.Pass(time.Minute)
	if store.Puts != puts || left != 1 || !slices.Equal(store.Values["index"], was) {
		t.Errorf("%d changes were kept, the page could leave %d times", store.Puts-puts, left)
	}
	if n := g.layout.node("kept"); n != nil {
		t.Errorf("the page says %q of what it does not keep", n.Label)
	}
	b.wait(t, g, 120)
	if g.state.Taught() != 2 {
		t.Errorf("the fresh board has %d classes that are taught, want 2", g.state.Taught())
	}
	g, _, _ = visitKiosk(t, keepingtest.New(), laptop, "Old\u202e things")
	if want := "There is no set called Old things. This is Shapes"; g.toast != want || g.state.Taught() != 10 {
		t.Errorf("without such a set: toast %q, %d classes taught", g.toast, g.state.Taught())
	}
}

// Each visitor finds the page comparing as it does at first.
func TestKioskForgetsHowItWasSet(t *testing.T) {
	g, b, _ := visitKiosk(t, keepingtest.New(), laptop, "music")
	b.frame(t, g, Event{Kind: Activate, Text: "head"})
	g.setStrictness(3)
	b.frame(t, g, Event{Kind: Activate, Text: "menu"})
	g.freshBoard()
	if g.state.Head() != "slope" || g.state.Strictness() != 0 || g.scene() != nil {
		t.Errorf("the fresh page compares by %s, strictness %d, scene %T", g.state.Head(), g.state.Strictness(), g.scene())
	}
}

// What a visitor brings along takes nobody's place.
func TestKioskTakesNoFiles(t *testing.T) {
	g, b, _ := visitKiosk(t, keepingtest.New(), laptop, "shapes")
	address := &bar{}
	g.Share(address)
	batch := &Batch{Files: 1}
	b.frame(t, g, Event{Kind: FilesOver, X: 700, Y: 400}, Event{Kind: FileChosen, Text: "a.zip", Data: []byte("no zip")},
		Event{Kind: PicturesReading, Batch: batch}, Event{Kind: PicturesRead, Batch: batch}, Event{Kind: Arrived, Text: "s=AAAA"})
	if g.toast != "" || g.dropOn != 0 || g.scene() != nil || g.verdict.Title == "That file was not opened" {
		t.Errorf("toast %q, verdict %q, scene %T", g.toast, g.verdict.Title, g.scene())
	}
	if address.cleared != 1 {
		t.Error("the link stays in the address")
	}
}

// While a board is locked its layout has no control that would change more than a visit may.
func TestKioskLayouts(t *testing.T) {
	for _, sc := range screens {
		store := keepingtest.New()
		g, b, _ := visitKiosk(t, store, sc, "shapes")
		fits(t, "board", g.layout)
		for i := range g.layout.Nodes {
			if n := &g.layout.Nodes[i]; n.Kind == KindRename || n.Kind == KindMore {
				t.Errorf("%vx%v: there is %s", sc.W, sc.H, n.Name)
			}
		}
		id := g.state.Board().Classes[0].Shots[0].ID
		g.show(&shotScene{shot: id}, "pad")
		if g.layout.node("delete") != nil || g.layout.node("move") != nil {
			t.Error("an example can be deleted or moved")
		}
		g.showPad()
		for _, s := range []scene{visitorScene{}, &stillScene{}, &pinScene{}, &pinScene{ask: choosePIN}, &pinScene{ask: repeatPIN}} {
			g.show(s, "menu")
			fits(t, fmt.Sprintf("%T", s), g.layout)
			g.back()
		}
		g.kiosk.unread = kiosk.ErrRecord
		g.show(&pinScene{}, "menu")
		fits(t, "no PIN", g.layout)
		g.kiosk.staff = true
		g.show(menuScene{}, "menu")
		fits(t, "menu", g.layout)
		b.frame(t, g)
	}
}
