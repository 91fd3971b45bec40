package bridge

import (
	"syscall/js"

	"oneshot/ui"
)

// field is the real text field that lies over the canvas while a name is edited, so that input
// methods and the keyboards of phones work.
type field struct {
	element js.Value
	open    bool
	from    string // the twin that had the focus before
}

func (p *Page) openField() {
	f := &p.field
	f.element = p.element("name")
	p.on(f.element, "keydown", func(e js.Value) {
		if e.Get("isComposing").Truthy() {
			return // the key belongs to the input method
		}
		switch e.Get("key").String() {
		case "Enter":
			p.close(ui.Event{Kind: ui.EditDone, Text: f.element.Get("value").String()})
			e.Call("preventDefault")
		case "Escape":
			p.close(ui.Event{Kind: ui.EditCancelled})
			e.Call("preventDefault")
		}
	})
	p.on(f.element, "blur", func(js.Value) {
		p.close(ui.Event{Kind: ui.EditDone, Text: f.element.Get("value").String()})
	})
}

// Edit implements ui.Host.
func (p *Page) Edit(box ui.EditBox) {
	f := &p.field
	if !f.open {
		f.prepare(p)
	}
	f.open = true
	zoom := p.zoom()
	place(f.element, box.Rect, zoom)
	s := f.element.Get("style")
	s.Set("font", css(box.Font, zoom))
	f.element.Call("setAttribute", "aria-label", box.Label)
	f.element.Set("value", box.Value)
	f.element.Get("classList").Call("add", "open")
	f.element.Call("focus", map[string]any{"preventScroll": true})
	f.element.Call("select")
}

// MoveEdit implements ui.Host.
func (p *Page) MoveEdit(r ui.Rect) {
	if p.field.open {
		place(p.field.element, r, p.zoom())
	}
}

// prepare shows the field, unseen as yet, and gives it the focus: called inside the gesture that
// asked for it, it makes a phone open its keyboard. Edit follows with the next frame.
func (f *field) prepare(p *Page) {
	if f.open {
		return
	}
	f.from = twinOf(p.document.Get("activeElement"))
	f.element.Set("hidden", false)
	f.element.Call("focus", map[string]any{"preventScroll": true})
}

// close hides the field and reports how the edit ended. The focus goes back to where it was.
func (p *Page) close(e ui.Event) {
	f := &p.field
	if f.element.Get("hidden").Bool() {
		return
	}
	wasOpen := f.open
	f.open = false
	f.element.Get("classList").Call("remove", "open")
	focused := p.document.Get("activeElement").Equal(f.element)
	f.element.Set("hidden", true)
	if wasOpen {
		p.push(e)
	}
	if focused && f.from != "" {
		p.focus(f.from)
	}
}
