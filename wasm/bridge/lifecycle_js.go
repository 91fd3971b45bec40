package bridge

import (
	"math"
	"syscall/js"

	"oneshot/ui"
)

// display is the screen as it was when the page last asked. Asking makes the browser lay the page out, so the page asks
// again only when it has heard that something is different.
type display struct {
	dark, still js.Value // live media queries
	known       bool
	zoom        float64
	screen      ui.Screen
}

func (p *Page) watchScreen() {
	query := func(q string) js.Value { return p.window.Call("matchMedia", q) }
	d := &p.display
	d.dark, d.still = query("(prefers-color-scheme: dark)"), query("(prefers-reduced-motion: reduce)")
	changed := func(js.Value) {
		d.known = false
		p.push(ui.Event{Kind: ui.Changed})
	}
	p.on(d.dark, "change", changed)
	p.on(d.still, "change", changed)
	p.on(p.window, "resize", changed)
	p.on(p.document, "visibilitychange", changed)
	if fonts := p.document.Get("fonts"); fonts.Truthy() {
		p.on(fonts, "loadingdone", changed)
	}
	p.watchSizes(changed)
}

// watchSizes calls changed when the page is of another size, or its text: a browser tells of the text size in its settings
// through the size of what is measured in it.
func (p *Page) watchSizes(changed func(js.Value)) {
	text := p.document.Call("createElement", "div")
	text.Call("setAttribute", "aria-hidden", "true")
	style := text.Get("style")
	for name, value := range map[string]string{"position": "absolute", "width": "1rem", "height": "1rem", "visibility": "hidden", "pointerEvents": "none"} {
		style.Set(name, value)
	}
	p.document.Get("body").Call("append", text)
	observer := p.window.Get("ResizeObserver").New(js.FuncOf(func(js.Value, []js.Value) any {
		changed(js.Undefined())
		return nil
	}))
	observer.Call("observe", p.root)
	observer.Call("observe", text)
}

// zoom is the size of a layout unit in CSS pixels: text set twice as large in the browser's
// settings makes everything twice as large, and so does a screen twice as large as most.
func (p *Page) zoom() float64 {
	p.look()
	return p.display.zoom
}

// density is how many device pixels there are to a unit of the page.
func (p *Page) density() float64 {
	p.look()
	return p.display.screen.Density
}

// Screen implements ui.Host.
func (p *Page) Screen() ui.Screen {
	p.look()
	s := p.display.screen
	s.Keeps = p.keeps()
	return s
}

// look measures the screen, if it may be another than before. The loader makes the body report its size in device pixels.
func (p *Page) look() {
	d := &p.display
	if d.known {
		return
	}
	d.known, d.zoom = true, 1
	size := js.Global().Get("parseFloat").Invoke(p.window.Call("getComputedStyle", p.root).Get("fontSize")).Float()
	if size > 0 {
		d.zoom = min(max(size/16, 0.5), 4)
	}
	w, h := p.root.Get("clientWidth").Float(), p.root.Get("clientHeight").Float()
	d.zoom *= ui.Afar(w/d.zoom, h/d.zoom)
	density := p.document.Get("body").Get("clientWidth").Float() / max(w, 1)
	d.screen = ui.Screen{
		W: w / d.zoom, H: h / d.zoom,
		Density: density * d.zoom,
		Dark:    d.dark.Get("matches").Bool(),
		Still:   d.still.Get("matches").Bool(),
	}
}

// keeps is the loader's count of how often the canvas was emptied, 0 if nobody counts.
func (p *Page) keeps() int {
	if v := p.canvas.Get("keeps"); v.Type() == js.TypeNumber {
		return v.Int()
	}
	return 0
}

// Now implements ui.Host.
func (p *Page) Now() float64 { return p.window.Get("performance").Call("now").Float() }

// Ready implements ui.Host: the page's first words give way to the app.
func (p *Page) Ready() { p.root.Call("setAttribute", "data-ready", "true") }

// Answered implements ui.Host: it notes how long the answer took, up to the frame after the one that
// shows it.
func (p *Page) Answered(strokeEnd float64) {
	var after js.Func
	after = js.FuncOf(func(js.Value, []js.Value) any {
		after.Release()
		p.mirror.status.Call("setAttribute", "data-answer-ms", math.Round(10*(p.Now()-strokeEnd))/10)
		return nil
	})
	p.window.Call("requestAnimationFrame", after)
}

// Fail has the loader say that the app cannot start without its network, and offer what it can.
func (p *Page) Fail(err error) {
	p.document.Call("dispatchEvent", p.window.Get("CustomEvent").New("oneshot:failed", map[string]any{"detail": err.Error()}))
}
