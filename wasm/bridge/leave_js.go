package bridge

import "syscall/js"

// Leaving calls f when the page may be about to go: when it is hidden, left, or has lost the graphics card, in
// which case the loader waits for f's done before it loads the page anew. No frame comes after that, so f does
// at once what cannot wait.
func (p *Page) Leaving(f func(done func())) {
	p.on(p.document, "visibilitychange", func(js.Value) {
		if p.document.Get("visibilityState").String() == "hidden" {
			f(func() {})
		}
	})
	p.on(p.window, "pagehide", func(js.Value) { f(func() {}) })
	p.on(p.document, "oneshot:leaving", func(e js.Value) {
		e.Call("preventDefault")
		detail := e.Get("detail")
		f(func() { detail.Call("done") })
	})
}
