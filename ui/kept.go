package ui

import (
	"errors"
	"strings"
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/words"
)

// kept is how what is on the page stands to what is kept on this machine.
type kept struct {
	*keeping.Keeper
	now   func() time.Time
	shown keeping.Status
}

// Keep saves the page in a store from now on: after every act, and when Leave is called. It puts what was there at the
// last visit on the page and then calls ready; until then the page must not run.
func (g *Game) Keep(store keeping.Store, lock keeping.Lock, now func() time.Time, ready func()) {
	k := keeping.New(store, now, Wake)
	k.CallSets(g.words.Say("My set"))
	k.Begin(lock, func(f keeping.Found) {
		g.kept = &kept{Keeper: k, now: now}
		set := f.Classes
		if set == nil {
			set = g.state.Blank()
		}
		if err := g.state.Restore(f.ID, set); err != nil {
			f = keeping.Found{ID: k.NewID(), Err: err}
			if err := g.state.Restore(f.ID, g.state.Blank()); err != nil {
				g.tell(refusal(g.words, err).Spoken)
			}
		}
		k.Opened(f, g.state.Board().Classes)
		g.kept.shown.Phase = keeping.Fresh // what is worse is told with the first frame
		g.refresh()
		g.tell(restored(g.words, f))
		ready()
	}, g.savedElsewhere)
}

// savedElsewhere puts what another tab has saved on the page, now that this one saves. What was taught here meanwhile
// becomes a set of its own, and so does what the page shows if the other's cannot be read. If the other has erased everything,
// what this one shows and has not changed goes too.
func (g *Game) savedElsewhere(f keeping.Found) {
	if !g.keeps() {
		return
	}
	keep := g.kept.Unsaved() || f.Classes == nil && (f.Err != nil || f.Damaged > 0)
	if id := g.kept.Rehome(); keep {
		g.state.Rehome(id)
		g.tell(g.words.Say("This is kept as a set of its own. The other tab's is under Your sets"))
	} else {
		g.beginAnew(f)
		g.tell(g.words.Say("This tab saves now"))
	}
	Wake()
}

// restored says what went wrong when a set was read, or nothing.
func restored(w *words.Catalogue, f keeping.Found) string {
	switch {
	case f.Err != nil:
		return w.Say("Not saved: {why}", whyNotKept(w, f.Err))
	case f.Damaged == 0:
		return ""
	case f.Classes == nil:
		return w.Say("What was saved here is damaged. It was set aside, not deleted")
	}
	return w.Say("The last change was damaged. This is how it was before")
}

// Leave saves what is not saved yet, at once, and calls done when that has been answered. What the user did since the
// last frame counts.
func (g *Game) Leave(done func()) {
	if !g.keeps() || g.layout == nil {
		done()
		return
	}
	g.takeEvents()
	b := g.state.Board()
	g.kept.Changed(b.Set, b.Classes)
	g.kept.Flush(done)
}

// keepUp saves what has changed and shows how that goes.
func (g *Game) keepUp() {
	if !g.keeps() {
		return
	}
	b := g.state.Board()
	g.kept.Changed(b.Set, b.Classes)
	st := g.kept.Status()
	if st.Phase == keeping.Saved && g.gesture {
		g.kept.Persist()
	}
	if st == g.kept.shown {
		return
	}
	if st.Phase == keeping.Failed && g.kept.shown.Phase != keeping.Failed {
		g.tell(g.words.Say("Not saved: {why}", whyNotKept(g.words, st.Why)))
	}
	if st.Phase == keeping.Elsewhere {
		g.tell(g.words.Say("oneshot is open in another tab, so this one does not save"))
	}
	g.kept.shown = st
	if g.scene() != nil || g.layout == nil {
		g.stale = true
		return
	}
	g.markKept()
	g.damageNode("kept")
	g.damageNode("menu")
	g.mirror()
}

// keptLabel says in a word or two how things stand.
func keptLabel(w *words.Catalogue, p keeping.Phase) string {
	switch p {
	case keeping.Saved:
		return w.Say("Saved")
	case keeping.Saving:
		return w.Say("Saving\u2026")
	case keeping.Failed:
		return w.Say("Not saved")
	case keeping.Elsewhere:
		return w.Say("Not saved here")
	}
	return w.Say("Saves by itself")
}

// keptDetail is a sentence to keptLabel, where saving does not fail.
func keptDetail(w *words.Catalogue, p keeping.Phase) string {
	switch p {
	case keeping.Elsewhere:
		return w.Say("oneshot is open in another tab")
	case keeping.Fresh:
		return w.Say("What you teach is kept in this browser")
	}
	return w.Say("Kept in this browser, on this device")
}

// whyNotKept says why nothing could be saved, short enough for a phone.
func whyNotKept(w *words.Catalogue, err error) string {
	switch {
	case errors.Is(err, keeping.ErrDenied):
		return w.Say("this browser keeps nothing here")
	case errors.Is(err, keeping.ErrFull):
		return w.Say("this device has no room left")
	case errors.Is(err, keeping.ErrSlow):
		return w.Say("the browser's storage is not answering")
	case errors.Is(err, keeping.ErrNewer):
		return w.Say("a newer oneshot saved here. Please reload")
	case errors.Is(err, keeping.ErrReader):
		return w.Say("another tab saves")
	case errors.Is(err, keeping.ErrTooMany):
		return w.Say("there are too many sets. Delete some")
	}
	return w.Say("the browser's storage failed ({error})", err)
}

// keptRows are what the menu says about saving.
func (g *Game) keptRows() []Node {
	if g.kept == nil {
		return nil
	}
	st := g.kept.Status()
	sets := Node{ID: "sets", Name: g.words.Say("Your sets"), Label: g.words.Say("Your sets"), Action: Action{Icon: iconSets, Detail: keptDetail(g.words, st.Phase),
		Do: func(g *Game) { g.show(&setsScene{}, "sets") }}}
	if e, ok := g.kept.Set(g.state.Board().Set); ok && st.Phase != keeping.Failed {
		sets.Action.Detail = e.Name + " \u00b7 " + strings.ToLower(keptLabel(g.words, st.Phase))
	}
	if !g.keeps() {
		sets.Action.Detail = g.words.Say("This kiosk changes them only from here")
	}
	row := Node{ID: "kept"}
	if st.Phase == keeping.Failed {
		row.Name = g.words.Say("Not saved. Try again")
		row.Label, row.Action.Icon = g.words.Say("Not saved. Press to try again"), iconAlert
		why := whyNotKept(g.words, st.Why)
		row.Action.Detail = upper(why)
		sets.Action.Detail = g.words.Say("What was saved before")
		row.Action.Do = func(g *Game) { g.kept.Retry() }
	}
	if st.Phase == keeping.Elsewhere {
		row.Name, row.Label = g.words.Say("Use here"), g.words.Say("Use here")
		row.Action.Icon, row.Action.Detail = iconAlert, g.words.Say("Another tab saves. Press to save in this one")
		row.Action.Do = func(g *Game) { g.kept.TakeOver() }
	}
	if row.Action.Do == nil {
		return []Node{sets}
	}
	return []Node{row, sets}
}
