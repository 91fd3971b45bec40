//go:build unix

package main

import (
	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/ui"
)

// field is the text field that a name is typed into. There is no input method: what keys write by themselves comes in.
type field struct {
	ui.EditBox
	open  bool
	whole bool // all of it is selected: what is typed takes its place
	text  []rune
	chars []rune
}

// maxField is the length of what can be typed, in runes: as in a browser.
const maxField = 64

// typed takes what was typed since the last frame.
func (f *field) typed(h *host, pressed []ebiten.Key, command bool) {
	before := len(f.text)
	f.chars = ebiten.AppendInputChars(f.chars[:0])
	if !command {
		if f.whole && len(f.chars) > 0 {
			f.text, f.whole = f.text[:0], false
		}
		for _, r := range f.chars {
			if len(f.text) < maxField {
				f.text = append(f.text, r)
			}
		}
	}
	for _, k := range pressed {
		switch k {
		case ebiten.KeyBackspace:
			if f.whole {
				f.text = f.text[:0]
			}
			f.text, f.whole = f.text[:max(len(f.text)-1, 0)], false
		case ebiten.KeyA:
			f.whole = f.whole || command
		case ebiten.KeyEnter, ebiten.KeyNumpadEnter, ebiten.KeyTab:
			f.close(h, ui.EditDone)
			return
		case ebiten.KeyEscape:
			f.close(h, ui.EditCancelled)
			return
		}
	}
	if len(f.text) != before || len(pressed) > 0 {
		h.push(ui.Event{Kind: ui.Stirred})
	}
}

// close ends the edit and tells how.
func (f *field) close(h *host, how ui.EventKind) {
	if !f.open {
		return
	}
	text := string(f.text)
	*f = field{}
	h.push(ui.Event{Kind: how, Text: text})
}
