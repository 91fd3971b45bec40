package ui

import (
	"strings"
	"testing"
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/kiosk"
)

// enter presses the keys of a PIN on the screen, and OK.
func (b *bench) enter(t *testing.T, g *Game, pin string) {
	t.Helper()
	for _, digit := range pin {
		b.tap(t, g, "pin:"+string(digit))
	}
	b.tap(t, g, "pin:Enter")
}

// type types on a keyboard.
func (b *bench) typed(t *testing.T, g *Game, keys ...string) {
	t.Helper()
	for _, k := range keys {
		b.frame(t, g, Event{Kind: Key, Key: k})
	}
}

// Whoever opens the menu first chooses the PIN. From the next visitor on it opens with that alone, at the next visit of
// the page too.
func TestPINIsChosenAndAsked(t *testing.T) {
	store := keepingtest.New()
	g, b, _ := visitKiosk(t, store, phone, "shapes")
	b.tap(t, g, "menu")
	s, ok := g.scene().(*pinScene)
	if !ok || s.ask != choosePIN || b.focus != "pin:Enter" {
		t.Fatalf("Menu opens %T, the keyboard is at %q", g.scene(), b.focus)
	}
	b.enter(t, g, "123") // is too short: nothing happens
	if s.ask != choosePIN {
		t.Fatal("three digits were taken")
	}
	b.tap(t, g, "pin:4")
	b.tap(t, g, "pin:Enter")
	b.enter(t, g, "1235")
	if s.ask != choosePIN || s.said != "Those were not the same. Choose one again." {
		t.Fatalf("another PIN the second time: asks %d, says %q", s.ask, s.said)
	}
	b.enter(t, g, "8046")
	b.typed(t, g, "8", "0", "4", "7", "Backspace", "6", "Enter")
	if _, ok := g.scene().(menuScene); !ok || g.toast != "The PIN is set. Keep it well" {
		t.Fatalf("the PIN opens %T, toast %q", g.scene(), g.toast)
	}
	store.Settle()
	if v := string(store.Values[lockKey]); v == "" || strings.Contains(v, "8046") {
		t.Fatalf("%q is kept", v)
	}
	b.frame(t, g, Event{Kind: Activate, Text: "lock"})
	if g.scene() != nil || !g.locked() {
		t.Fatalf("Lock leads to %T, locked %v", g.scene(), g.locked())
	}

	g, b, _ = visitKiosk(t, store.Crash(), laptop, "shapes")
	b.menu(t, g, "staff")
	for _, key := range []string{"save", "open", "sets", "erase", "pictures", "link", "test"} {
		if g.layout.node(key) != nil {
			t.Errorf("the menu of visitors has %q", key)
		}
	}
	b.enter(t, g, "8047")
	if s := g.scene().(*pinScene); s.said != "That is not the PIN. 4 tries left." || b.mirror.Status.Text != "For the staff. "+s.said {
		t.Errorf("it says %q, and aloud %q", s.said, b.mirror.Status.Text)
	}
	b.enter(t, g, "8046")
	if _, ok := g.scene().(menuScene); !ok {
		t.Fatalf("the PIN opens %T", g.scene())
	}
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	if g.layout.node("rename:"+idOf(g)) == nil {
		t.Error("with the PIN, names can't be edited")
	}
	b.wait(t, g, 120)
	if !g.locked() {
		t.Error("after the staff has gone it stands open")
	}
}

// idOf is the number of the first class.
func idOf(g *Game) string {
	_, id, _ := strings.Cut(g.nodeOf(KindTeach, g.state.Board().Classes[0].ID), ":")
	return id
}

// Five wrong tries shut the keys for half a minute, and the page is woken to count it.
func TestWrongPINWaits(t *testing.T) {
	store := keepingtest.New()
	g, b, p := visitKiosk(t, store, laptop, "shapes")
	if err := g.kiosk.lock.SetPIN("2468"); err != nil {
		t.Fatal(err)
	}
	b.menu(t, g, "staff")
	for range kiosk.MaxWrong {
		b.enter(t, g, "1111")
	}
	s := g.scene().(*pinScene)
	b.frame(t, g)
	if s.left != 30 || !g.layout.node("pin:2").Disabled {
		t.Fatalf("%d s are left, the keys are shut: %v", s.left, g.layout.node("pin:2").Disabled)
	}
	if got := s.line(g); got != "Too many wrong tries. Again in 30 seconds." {
		t.Errorf("it says %q", got)
	}
	p.alarms = nil
	b.now += 1000
	store.Pass(time.Second)
	b.frame(t, g)
	if len(p.alarms) != 1 || p.alarms[0] > time.Second || s.left != 29 {
		t.Errorf("a second later: woken in %v, %d s left", p.alarms, s.left)
	}
	b.typed(t, g, "2", "4", "6", "8", "Enter")
	if g.locked() == false || s.pin != "" {
		t.Error("keys are taken while one must wait")
	}
	b.wait(t, g, 29)
	b.enter(t, g, "2468")
	if g.locked() {
		t.Error("after the wait the PIN does not open")
	}
}

// A PIN that can't be read lets nobody in, and nobody choose another; it is read again when it is asked for.
func TestPINThatCannotBeRead(t *testing.T) {
	store := keepingtest.New()
	g, b, _ := visitKiosk(t, store, phone, "shapes")
	b.tap(t, g, "menu")
	b.enter(t, g, "1234")
	b.enter(t, g, "1234")
	kept := store.Crash()
	kept.Fault = keeping.ErrSlow
	g, b, _ = visitKiosk(t, kept, phone, "shapes")
	b.menu(t, g, "staff")
	s, ok := g.scene().(*pinScene)
	if !ok || s.ask != givePIN || !g.layout.node("pin:1").Disabled || !strings.Contains(s.line(g), "could not be read") {
		t.Fatalf("the staff finds %T", g.scene())
	}
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	kept.Fault = nil
	b.frame(t, g, Event{Kind: Activate, Text: "staff"})
	kept.Settle()
	b.frame(t, g)
	b.enter(t, g, "1234")
	if g.locked() {
		t.Error("once it can be read, the PIN does not open")
	}
	kept = kept.Crash()
	kept.Values[lockKey] = kept.Values[lockKey][:20]
	g, b, _ = visitKiosk(t, kept, phone, "shapes")
	b.menu(t, g, "staff")
	if s, ok := g.scene().(*pinScene); !ok || !s.shut(g) {
		t.Errorf("with a damaged record, the staff finds %T", g.scene())
	}
}

// Where nothing can be kept, the PIN holds as long as the page.
func TestPINThatCannotBeKept(t *testing.T) {
	store := keepingtest.New()
	g, b, _ := visitKiosk(t, store, phone, "shapes")
	b.tap(t, g, "menu")
	store.Fault = keeping.ErrFull
	b.enter(t, g, "1234")
	b.enter(t, g, "1234")
	store.Settle()
	if want := "The PIN holds only until this page is closed: this device has no room left"; g.toast != want || g.locked() {
		t.Errorf("toast %q, locked %v", g.toast, g.locked())
	}
}
