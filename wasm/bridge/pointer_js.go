package bridge

import (
	"syscall/js"

	"oneshot/ui"
)

// press is where a finger went down, to know a tap when it is lifted.
type press struct{ x, y float64 }

// listenPointers queues what pointers do on the canvas. Ebitengine looks at the pointer once a frame,
// which makes corners of curves, loses touches shorter than a frame, and does not hear of
// pointercancel; so it hears nothing at all and this queue has every sample.
func (p *Page) listenPointers() {
	for event, kind := range map[string]ui.EventKind{
		"pointerdown": ui.PointerDown, "pointermove": ui.PointerMove,
		"pointerup": ui.PointerUp, "pointercancel": ui.PointerCancel,
	} {
		p.on(p.document, event, func(e js.Value) {
			if p.onCanvas(e) {
				p.pointer(kind, e)
			}
		})
	}
	p.on(p.root, "pointerleave", func(e js.Value) {
		if e.Get("target").Equal(p.root) {
			p.push(ui.Event{Kind: ui.PointerLeave})
		}
	})
	p.on(p.document, "wheel", func(e js.Value) {
		if !p.onCanvas(e) {
			return
		}
		e.Call("stopPropagation")
		if e.Get("ctrlKey").Bool() {
			return // the browser zooms
		}
		e.Call("preventDefault")
		x, y := p.at(e)
		p.push(ui.Event{Kind: ui.Wheel, X: x, Y: y, DeltaY: e.Get("deltaY").Float() * wheelStep(e.Get("deltaMode").Int()) / p.zoom()})
	})
	for _, event := range []string{"mousedown", "mouseup", "mousemove", "touchstart", "touchmove", "touchend", "touchcancel"} {
		p.on(p.document, event, func(e js.Value) {
			if p.onCanvas(e) {
				e.Call("stopPropagation")
				if !e.Get("cancelable").Bool() {
					return // while the page changes to the full screen, say
				}
				e.Call("preventDefault") // no focus for the canvas, no selection, no page scroll
			}
		})
	}
}

// wheelStep is the CSS pixels in one unit of a wheel event's deltaMode.
func wheelStep(mode int) float64 {
	switch mode {
	case 1: // lines
		return 18
	case 2: // pages
		return 400
	}
	return 1
}

func (p *Page) onCanvas(e js.Value) bool { return e.Get("target").Equal(p.canvas) }

// at is the place of an event in layout units.
func (p *Page) at(e js.Value) (x, y float64) {
	z := p.zoom()
	return e.Get("clientX").Float() / z, e.Get("clientY").Float() / z
}

func (p *Page) pointer(kind ui.EventKind, e js.Value) {
	ev := ui.Event{Kind: kind, Pointer: e.Get("pointerId").Int()}
	switch e.Get("pointerType").String() {
	case "pen":
		ev.Device = ui.Pen
	case "touch":
		ev.Device = ui.Touch
	}
	switch kind {
	case ui.PointerDown:
		if e.Get("button").Int() != 0 {
			return
		}
		p.root.Call("toggleAttribute", "data-pointer", true)
		p.leaveFocus()
		_ = attempt(func() { p.canvas.Call("setPointerCapture", ev.Pointer) }) // the pointer may be gone by now
		p.press.x, p.press.y = p.at(e)
	case ui.PointerMove:
		if all := e.Get("getCoalescedEvents"); all.Truthy() {
			samples := e.Call("getCoalescedEvents")
			if n := samples.Length(); n > 1 {
				for i := range n {
					p.sample(ev, samples.Index(i))
				}
				return
			}
		}
	case ui.PointerUp:
		if x, y := p.at(e); ev.Device == ui.Touch && p.mirror.edits(p.press.x, p.press.y) && p.mirror.edits(x, y) {
			p.field.prepare(p) // only here, inside the gesture, may a phone open its keyboard
		}
	}
	p.sample(ev, e)
}

func (p *Page) sample(ev ui.Event, e js.Value) {
	ev.Time = e.Get("timeStamp").Float()
	ev.X, ev.Y = p.at(e)
	ev.Pressure = 0.5
	if ev.Device == ui.Pen {
		if v := e.Get("pressure").Float(); v > 0 {
			ev.Pressure = v
		}
	}
	p.push(ev)
}

// leaveFocus ends an edit and takes the keyboard focus off a twin, since the user turned to the
// canvas.
func (p *Page) leaveFocus() {
	if a := p.document.Get("activeElement"); a.Truthy() && !a.Equal(p.document.Get("body")) {
		a.Call("blur")
	}
}
