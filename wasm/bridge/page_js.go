package bridge

import (
	"syscall/js"

	"oneshot/ui"
)

// Page is the document that the app runs in. It implements ui.Host.
type Page struct {
	wake     func()
	window   js.Value
	document js.Value
	root     js.Value // the html element
	canvas   js.Value // Ebitengine's; it exists before New is called

	queue   []ui.Event
	display display
	brush   brush
	mirror  mirror
	field   field
	press   press
	picker  js.Value // the input for files
	gallery gallery
	camera  camera
	past    past
}

var _ ui.Host = (*Page)(nil)

// New listens to the document. Wake is called whenever an event has been queued.
func New(wake func()) *Page {
	p := &Page{wake: wake, window: js.Global(), document: js.Global().Get("document")}
	p.root = p.document.Get("documentElement")
	p.canvas = p.document.Call("querySelector", "canvas")
	// Assistive technology reads the mirror; the canvas has nothing to say and takes no focus.
	p.canvas.Call("setAttribute", "aria-hidden", "true")
	p.canvas.Set("tabIndex", -1)
	p.watchScreen()
	p.openBrush()
	p.openMirror()
	p.openField()
	p.openFiles()
	p.openGallery()
	p.openCamera()
	p.listenPointers()
	p.listenKeys()
	p.openHistory()
	return p
}

// Events implements ui.Host.
func (p *Page) Events(dst []ui.Event) []ui.Event {
	dst = append(dst, p.queue...)
	p.queue = p.queue[:0]
	return dst
}

func (p *Page) push(e ui.Event) {
	p.queue = append(p.queue, e)
	p.wake()
}

// on calls f for every event of a type on target, before anybody else hears of it. The listener may
// prevent the default action.
func (p *Page) on(target js.Value, event string, f func(e js.Value)) {
	options := map[string]any{"capture": true, "passive": false}
	target.Call("addEventListener", event, js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	}), options)
}

func (p *Page) element(id string) js.Value { return p.document.Call("getElementById", id) }
