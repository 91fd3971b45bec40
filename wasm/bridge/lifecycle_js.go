package bridge

import (
	"math"
	"strconv"
	"syscall/js"

	"oneshot/ui"
)

// media is what the user prefers, as live media queries.
type media struct{ dark, still js.Value }

func (p *Page) watchScreen() {
	query := func(q string) js.Value { return p.window.Call("matchMedia", q) }
	p.media = media{query("(prefers-color-scheme: dark)"), query("(prefers-reduced-motion: reduce)")}
	changed := func(js.Value) { p.push(ui.Event{Kind: ui.Changed}) }
	p.on(p.media.dark, "change", changed)
	p.on(p.media.still, "change", changed)
	p.on(p.window, "resize", changed)
	p.on(p.document, "visibilitychange", changed)
	if fonts := p.document.Get("fonts"); fonts.Truthy() {
		p.on(fonts, "loadingdone", changed)
	}
}

// zoom is the size of a layout unit in CSS pixels: text set twice as large in the browser's
// settings makes everything twice as large.
func (p *Page) zoom() float64 {
	size := js.Global().Get("parseFloat").Invoke(p.window.Call("getComputedStyle", p.root).Get("fontSize")).Float()
	if math.IsNaN(size) || size <= 0 {
		return 1
	}
	return min(max(size/16, 0.5), 4)
}

// Screen implements ui.Host. The loader makes the body report its size in device pixels.
func (p *Page) Screen() ui.Screen {
	zoom := p.zoom()
	w, h := p.root.Get("clientWidth").Float(), p.root.Get("clientHeight").Float()
	density := p.document.Get("body").Get("clientWidth").Float() / max(w, 1)
	return ui.Screen{
		W: w / zoom, H: h / zoom,
		Density: density * zoom,
		Dark:    p.media.dark.Get("matches").Bool(),
		Still:   p.media.still.Get("matches").Bool(),
		Keeps:   p.keeps(),
	}
}

// keeps is the loader's count of how often the canvas was emptied, 0 if nobody counts.
func (p *Page) keeps() int {
	v := p.canvas.Get("dataset").Get("keeps")
	if !v.Truthy() {
		return 0
	}
	n, err := strconv.Atoi(v.String())
	if err != nil {
		return 0
	}
	return n
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

// Fail shows that the app cannot run, in one sentence.
func (p *Page) Fail(err error) {
	p.window.Get("console").Call("error", err.Error())
	p.element("message").Set("textContent", p.loaderWords("oneshot cannot start: its network could not be loaded. Reloading the page may help.")+" ("+err.Error()+")")
	p.root.Call("setAttribute", "data-failed", "true")
}
