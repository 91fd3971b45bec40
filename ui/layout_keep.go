package ui

import (
	"slices"

	"oneshot/ui/state"
)

// keepWidth is the width of Open and of Save where they have labels.
const keepWidth = 92

// keep places Open and Save side by side.
func (l *Layout) keep(r Rect) {
	w := (r.W - 8) / 2
	l.button(KindLoad, "open", "Open", Rect{r.X, r.Y, w, r.H}, false)
	l.button(KindSave, "save", "Save", Rect{r.right() - w, r.Y, w, r.H}, !l.taught)
}

// keepInList places them at the end of the list, where the header has no room or there is none.
func (l *Layout) keepInList(at Rect) {
	n := len(l.Nodes)
	l.keep(Rect{at.X, l.Content - 12, at.W, touch})
	for i := range l.Nodes[n:] {
		l.Nodes[n+i].InList = true
	}
	l.Content += touch + 10
}

// taught reports whether there is anything to save.
func taught(b state.Board) bool {
	return slices.ContainsFunc(b.Classes, func(c state.Class) bool { return len(c.Shots) > 0 })
}
