package ui

import (
	"slices"

	"oneshot/ui/state"
)

// menuWidth is the width of Menu where it has a label.
const menuWidth = 100

// menu places the button that opens the menu.
func (l *Layout) menu(r Rect) { l.button(KindMenu, "menu", l.Screen.Words.Say("Menu"), r, false) }

// menuInList places it at the end of the list, where there is no header.
func (l *Layout) menuInList(at Rect) {
	l.menu(Rect{at.X, l.Content - 12, at.W, touch})
	l.Nodes[len(l.Nodes)-1].InList = true
	l.Content += touch + 10
}

// taught reports whether there is anything to save.
func taught(b state.Board) bool {
	return slices.ContainsFunc(b.Classes, func(c state.Class) bool { return len(c.Shots) > 0 })
}
