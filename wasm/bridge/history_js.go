package bridge

import (
	"syscall/js"

	"oneshot/ui"
)

// past is the history of the tab, as far as the page has made it: an entry for each scene over the pad, so that the
// system's way back, the only one on some phones, leaves the scene and not the page.
type past struct {
	history js.Value
	at      int  // scenes in the entry where the browser is
	want    int  // scenes that are shown
	going   bool // the browser has been asked to go to another entry, and has not said that it is there
}

func (p *Page) openHistory() {
	h := &p.past
	h.history = p.window.Get("history")
	h.at = depth(h.history.Get("state")) // of before a reload
	p.on(p.window, "popstate", func(e js.Value) {
		h.at = depth(e.Get("state"))
		if !h.going && h.at < h.want {
			p.leaveFocus()
			for range h.want - h.at {
				p.push(ui.Event{Kind: ui.Key, Key: "Escape"})
			}
			return
		}
		h.going = false
		h.settle()
	})
}

// depth is how many scenes an entry of the history stands for. One of another kind, as for a link, stands for none.
func depth(state js.Value) int {
	if state.Type() == js.TypeNumber {
		return state.Int()
	}
	return 0
}

// Depth implements ui.Host.
func (p *Page) Depth(scenes int) {
	p.past.want = scenes
	p.past.settle()
}

// settle brings the browser to the entry of what is shown. Forward leads nowhere.
func (h *past) settle() {
	if h.going {
		return
	}
	for ; h.at < h.want; h.at++ {
		if attempt(func() { h.history.Call("pushState", h.at+1, "") }) != nil {
			return // too often in too short a time
		}
	}
	if h.at > h.want {
		h.going = true
		h.history.Call("go", h.want-h.at)
	}
}
