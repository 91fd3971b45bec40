package ui

// placeRedo places Redo. It stands where there is room for it; the keyboard has it everywhere.
func (l *Layout) placeRedo(r Rect) { l.button(KindRedo, "redo", l.Screen.Words.Say("Redo"), r, true) }

// redoable says whether there is anything to redo.
func (l *Layout) redoable(can bool) {
	l.canRedo = can
	if n := l.node("redo"); n != nil {
		n.Disabled = !can
	}
}

// underPad places Undo, Redo and Clear under the pad, each as wide as its label needs if all can be, and returns where
// they end. A pad that is too narrow for three has no Redo.
func (l *Layout) underPad(y float64) float64 {
	const gap = 4.0
	w := l.Screen.Words
	undo, redo, clear := toolWidth(w.Say("Undo")), toolWidth(w.Say("Redo")), toolWidth(w.Say("Clear"))
	room := l.Pad.W - 16 - 2*gap
	if undo+redo+clear > room {
		undo = min(96, max(room/3, touch))
		redo, clear = undo, undo
	}
	r := Rect{l.Pad.X + 8, y, undo, touch}
	l.button(KindUndo, "undo", w.Say("Undo"), r, !l.canUndo)
	if room >= 3*touch {
		r.X, r.W = r.right()+gap, redo
		l.placeRedo(r)
	}
	r.X, r.W = r.right()+gap, clear
	l.button(KindClear, "clear", w.Say("Clear"), r, !l.ink)
	return r.right()
}

// history places Undo and Redo in the head of a scene.
func (l *Layout) history(g *Game) {
	w := float64(touch)
	if l.Wide {
		w = max(toolWidth(g.words.Say("Undo")), toolWidth(g.words.Say("Redo")))
	}
	if back := l.node("back"); back != nil && l.Screen.W < 480 {
		// A phone has no room for the word beside a title.
		more := back.Rect.W - touch
		back.Rect.W = touch
		l.Sheet.Title.X -= more
	}
	r := Rect{l.Header.right() - w, 8, w, touch}
	redo := l.Screen.W >= 340
	undo := r
	if redo {
		undo = r.moved(-w-4, 0)
	}
	l.button(KindUndo, "undo", g.words.Say("Undo"), undo, !g.state.CanUndo())
	if redo {
		l.placeRedo(r)
	}
	l.Sheet.Title.W = undo.X - 8 - l.Sheet.Title.X
}
