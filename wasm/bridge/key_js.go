package bridge

import (
	"strings"
	"syscall/js"

	"oneshot/ui"
)

// keys are the keys that mean something to the page without Control or Command.
const keys = "0123456789 "

// listenKeys queues the page's own keys and leaves all others to the browser. Ebitengine would
// swallow every key that reaches the canvas, Tab, F5 and paste included; so none does. What fills a field in by itself
// may send a plain event by the name of one of a key, which has none of its properties.
func (p *Page) listenKeys() {
	p.on(p.document, "keyup", func(e js.Value) {
		if p.onCanvas(e) {
			e.Call("stopPropagation")
		}
	})
	p.on(p.document, "keydown", func(e js.Value) {
		if p.onCanvas(e) {
			e.Call("stopPropagation")
		}
		target := e.Get("target")
		typing := target.Equal(p.field.element)
		if !typing || e.Get("key").String() == "Tab" {
			p.root.Call("removeAttribute", "data-pointer")
		}
		if typing || e.Get("altKey").Truthy() || e.Get("isComposing").Truthy() {
			return
		}
		key := e.Get("key").String()
		command := e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy()
		switch {
		case command && (key == "z" || key == "Z" || key == "y"):
		case command:
			return
		case key == " " || key == "Enter":
			if target.Get("tagName").String() == "BUTTON" {
				return // it is pressed, and tells by its click
			}
		case key == "Escape", key == "Backspace":
		case len(key) != 1 || !strings.Contains(keys, key):
			return
		}
		if e.Get("repeat").Truthy() && !command {
			return
		}
		e.Call("preventDefault")
		p.push(ui.Event{Kind: ui.Key, Time: e.Get("timeStamp").Float(), Key: key, Command: command, Shift: e.Get("shiftKey").Truthy(), Text: twinOf(target)})
	})
}
