package bridge

import (
	"runtime"
	"syscall/js"
	"time"

	"oneshot/ui"
	"oneshot/ui/kiosk"
)

// Attendant looks after the machine where the page stands in a public place. It implements ui.Attendant.
type Attendant struct {
	page  *Page
	store *Store   // for its clock
	eager bool     // the next gesture fills the screen
	lit   js.Value // the lock on the screen's light, or undefined
}

var _ ui.Attendant = (*Attendant)(nil)

// Kiosk reads from the address whether the page stands in a public place, and how it is to behave there.
func (p *Page) Kiosk() (kiosk.Options, bool) {
	given := p.window.Get("URLSearchParams").New(p.window.Get("location").Get("search"))
	return kiosk.Read(func(name string) (string, bool) {
		if v := given.Call("get", name); v.Type() == js.TypeString {
			return v.String(), true
		}
		return "", false
	})
}

// Attend looks after the machine from now on.
func (p *Page) Attend(s *Store) *Attendant {
	a := &Attendant{page: p, store: s}
	gesture := func(js.Value) { a.fill() }
	p.on(p.document, "pointerup", gesture) // with a finger, browsers take no earlier event for a gesture
	p.on(p.document, "keydown", func(e js.Value) {
		if key := e.Get("key").String(); key != "Escape" && key != "F11" { // which leave it
			a.fill()
		}
		// What is typed into a field, and Tab, are not told to the page otherwise.
		if e.Get("key").String() == "Tab" || e.Get("target").Equal(p.field.element) {
			p.push(ui.Event{Kind: ui.Stirred})
		}
	})
	p.on(p.document, "input", func(js.Value) { p.push(ui.Event{Kind: ui.Stirred}) })
	p.on(p.document, "contextmenu", func(e js.Value) { e.Call("preventDefault") })
	p.on(p.document, "visibilitychange", func(js.Value) { a.stayLit() })
	return a
}

// Welcome implements ui.Attendant. What the last visitor left is collected while nobody waits for anything: then no heap rises as far
// as it would between two collections of its own, and a page that stands for weeks, whose memory only grows, stays as it is.
func (a *Attendant) Welcome() {
	runtime.GC()
	a.eager = true
	a.page.leaveFocus() // where the last visitor left the keyboard
	a.stayLit()
}

// fill lets the page fill the screen. Browsers allow that only inside a gesture; one that refuses it does so each time.
func (a *Attendant) fill() {
	d := a.page.document
	if !a.eager || d.Get("fullscreenElement").Truthy() {
		return
	}
	a.eager = false
	_ = attempt(func() {
		if filled := a.page.root.Call("requestFullscreen", map[string]any{"navigationUI": "hide"}); filled.Truthy() {
			settle(filled, func(js.Value, error) {})
		}
	})
}

// stayLit asks that the screen does not go out. The browser takes that back whenever the page is hidden, and some
// know no such thing.
func (a *Attendant) stayLit() {
	if a.page.document.Get("visibilityState").String() != "visible" || a.lit.Truthy() && !a.lit.Get("released").Bool() {
		return
	}
	_ = attempt(func() {
		if lock := a.page.window.Get("navigator").Get("wakeLock"); lock.Truthy() {
			settle(lock.Call("request", "screen"), func(lit js.Value, err error) {
				if err == nil {
					a.lit = lit
				}
			})
		}
	})
}

// After implements ui.Attendant.
func (a *Attendant) After(d time.Duration, f func()) { a.store.After(d, f) }
