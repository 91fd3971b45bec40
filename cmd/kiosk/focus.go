//go:build unix

package main

import (
	"slices"

	"oneshot/ui"
)

// twin is the place of a control in the reading order, or -1.
func (h *host) twin(id string) int {
	return slices.IndexFunc(h.twins, func(t ui.Twin) bool { return t.ID == id })
}

// tab gives the next control the keyboard, or the one before.
func (h *host) tab(back bool) {
	if len(h.twins) == 0 {
		return
	}
	step, at := 1, h.twin(h.focus)
	if back {
		step = -1
		at = max(at, 0)
	}
	at = (at + step + len(h.twins)) % len(h.twins)
	h.focus, h.marked = h.twins[at].ID, true
	h.push(ui.Event{Kind: ui.Focused, Text: h.focus})
	h.push(ui.Event{Kind: ui.Stirred})
}

// press presses the control that has the keyboard, if one has.
func (h *host) press() bool {
	at := h.twin(h.focus)
	if at < 0 || h.twins[at].Role != ui.RoleButton {
		return false
	}
	h.push(ui.Event{Kind: ui.Activate, Text: h.focus})
	return true
}

// focused is where the control with the keyboard stands on the screen. ok is false where none is to be marked.
func (h *host) focused() (r ui.Rect, ok bool) {
	at := h.twin(h.focus)
	if at < 0 || !h.marked {
		return r, false
	}
	t := h.twins[at]
	r = t.Rect
	if t.InList {
		r.X, r.Y = r.X+h.list.X, r.Y+h.list.Y-h.scroll
	}
	return r, true
}
