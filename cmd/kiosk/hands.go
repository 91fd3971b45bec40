//go:build unix

package main

import (
	"strings"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"oneshot/ui"
)

// hands is what the mouse, fingers and the keyboard did at the last look.
type hands struct {
	x, y    float64 // of the mouse
	down    bool
	away    bool // the mouse was left out of the window
	fingers map[ebiten.TouchID][2]float64
	touched []ebiten.TouchID
	keys    []ebiten.Key
}

// The mouse is pointer 1, fingers count from 2.
const mouseID, firstFinger = 1, 2

// poll looks at mouse, fingers and keyboard, once a frame.
func (h *host) poll() {
	h.pollMouse()
	h.pollFingers()
	h.pollKeys()
	h.takeDropped()
}

// units is a pixel of the page in layout units.
func (h *host) units(x, y int) (float64, float64) {
	return float64(x) / h.screen.Density, float64(y) / h.screen.Density
}

func (h *host) pollMouse() {
	m := &h.hands
	x, y := h.units(ebiten.CursorPosition())
	if inside := x >= 0 && y >= 0 && x < h.screen.W && y < h.screen.H; !inside && !m.down {
		if !m.away {
			h.push(ui.Event{Kind: ui.PointerLeave})
		}
		m.away = true
		return
	}
	m.away = false
	if x != m.x || y != m.y {
		m.x, m.y = x, y
		h.push(ui.Event{Kind: ui.PointerMove, Pointer: mouseID, X: x, Y: y, Pressure: 0.5})
	}
	if down := ebiten.IsMouseButtonPressed(ebiten.MouseButtonLeft); down != m.down {
		m.down = down
		e := ui.Event{Kind: ui.PointerUp, Pointer: mouseID, X: x, Y: y, Pressure: 0.5}
		if down {
			e.Kind = ui.PointerDown
			h.turnTo(x, y)
		}
		h.push(e)
	}
	const line = 54 // units that a notch of the wheel scrolls
	if _, dy := ebiten.Wheel(); dy != 0 {
		h.push(ui.Event{Kind: ui.Wheel, X: x, Y: y, DeltaY: -dy * line})
	}
}

func (h *host) pollFingers() {
	m := &h.hands
	if m.fingers == nil {
		m.fingers = map[ebiten.TouchID][2]float64{}
	}
	m.touched = ebiten.AppendTouchIDs(m.touched[:0])
	there := map[ebiten.TouchID]bool{}
	event := func(k ui.EventKind, id ebiten.TouchID, at [2]float64) {
		h.push(ui.Event{Kind: k, Pointer: firstFinger + int(id), Device: ui.Touch, X: at[0], Y: at[1], Pressure: 0.5})
	}
	for _, id := range m.touched {
		there[id] = true
		x, y := h.units(ebiten.TouchPosition(id))
		at := [2]float64{x, y}
		was, known := m.fingers[id]
		switch {
		case !known:
			h.turnTo(x, y)
			event(ui.PointerDown, id, at)
		case was != at:
			event(ui.PointerMove, id, at)
		}
		m.fingers[id] = at
	}
	for id, at := range m.fingers {
		if !there[id] {
			delete(m.fingers, id)
			event(ui.PointerUp, id, at)
		}
	}
}

// turnTo is a press somewhere on the page: it ends an edit and takes the mark off the keyboard's control.
func (h *host) turnTo(x, y float64) {
	h.marked = false
	if h.field.open && !h.field.Rect.Contains(x, y) {
		h.field.close(h, ui.EditDone)
	}
}

func (h *host) pollKeys() {
	m := &h.hands
	m.keys = inpututil.AppendJustPressedKeys(m.keys[:0])
	shift := ebiten.IsKeyPressed(ebiten.KeyShift)
	command := ebiten.IsKeyPressed(ebiten.KeyControl) || ebiten.IsKeyPressed(ebiten.KeyMeta)
	if h.field.open {
		h.field.typed(h, m.keys, command)
		return
	}
	for _, k := range m.keys {
		name := keyName(k)
		switch {
		case k == ebiten.KeyTab:
			h.tab(shift)
		case (name == "Enter" || name == " ") && h.press():
		case name != "":
			h.push(ui.Event{Kind: ui.Key, Key: name, Command: command, Shift: shift, Text: h.focus})
		}
	}
}

// keyName is the key as a browser calls it, or empty for one that means nothing to the page.
func keyName(k ebiten.Key) string {
	switch k {
	case ebiten.KeyEnter, ebiten.KeyNumpadEnter:
		return "Enter"
	case ebiten.KeySpace:
		return " "
	case ebiten.KeyEscape:
		return "Escape"
	case ebiten.KeyBackspace:
		return "Backspace"
	case ebiten.KeyZ, ebiten.KeyY:
		name := ebiten.KeyName(k)
		if name == "" {
			name = k.String()
		}
		return strings.ToLower(name)
	}
	for _, first := range [...]ebiten.Key{ebiten.KeyDigit0, ebiten.KeyNumpad0} {
		if k >= first && k <= first+9 {
			return string(rune('0' + k - first))
		}
	}
	return ""
}
