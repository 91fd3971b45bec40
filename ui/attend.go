package ui

import (
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/kiosk"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// Attendant is what the page needs of the machine where it stands in a public place.
type Attendant interface {
	// After calls f after a time.
	After(d time.Duration, f func())
	// Welcome makes the machine ready for a visitor: the page fills the screen with their first gesture, the screen
	// stays lit, and no control has the keyboard.
	Welcome()
}

// attended is a page in a public place. Its rules are those of package kiosk.
type attended struct {
	watch     *kiosk.Watch
	attendant Attendant
	due       float64 // when the page will be woken; 0 if it will not be
	x, y      float64 // where a pointer was last

	fresh []state.Class // what every visitor begins with
	set   string        // which of the user's sets that is; empty for a starter set
	head  string        // how it compares

	store  keeping.Store
	lock   kiosk.Lock
	unread error // why the PIN is not known: then nobody gets in
	staff  bool  // the PIN was given since the last visitor
}

// attendPatience is how long the page waits for its PIN and its set before it begins without.
const attendPatience = 4 * time.Second

// Attend makes the page one for a public place: each visitor begins with the same board, nothing of theirs is kept,
// and what changes more than the board wants a PIN. It calls ready when it knows the board; until then the page must
// not run. Where sets are kept, it is called after Keep is ready.
func (g *Game) Attend(o kiosk.Options, a Attendant, store keeping.Store, ready func()) {
	k := &attended{attendant: a, store: store, unread: keeping.ErrSlow, head: g.state.Head()}
	waiting := true
	begin := func() {
		if !waiting {
			return
		}
		waiting = false
		toast := ""
		if k.fresh == nil {
			toast = g.words.Say("There is no set called {set}. This is {other}", state.CleanName(o.Set), g.words.Say(k.starter(kiosk.DefaultSet)))
		}
		k.watch = kiosk.NewWatch(o.Times, g.host.Now())
		g.kiosk = k
		g.freshBoard()
		g.tell(toast)
		ready()
	}
	a.After(attendPatience, begin)
	g.readLock(k, func() {
		if k.starter(o.Set) != "" {
			begin()
			return
		}
		g.findKept(o.Set, func(f keeping.Found) {
			if waiting && f.Classes != nil {
				k.fresh, k.set = f.Classes, f.ID
			}
			begin()
		})
	})
}

// freshBoard makes everything as it is for a new visitor. There is nothing to undo: what the one before has drawn is
// theirs.
func (g *Game) freshBoard() {
	k := g.kiosk
	g.closeField()
	g.dropOn = 0
	g.showPad()
	g.pointer, g.velocity, g.scroll = pointer{}, 0, 0
	g.state.ClearPad()
	g.state.SetStrictness(g.state.OwnStrictness())
	for first := g.state.Head(); g.state.Head() != k.head; {
		if g.state.NextHead() != nil || g.state.Head() == first {
			break
		}
	}
	k.staff = false
	if g.tongues != nil {
		g.speak(words.Choose(g.tongues.Languages()))
	}
	g.done(g.state.Restore(k.set, g.freshClasses()))
	k.attendant.Welcome()
}

// stepKiosk lets the time of a kiosk pass.
func (g *Game) stepKiosk(now float64) {
	k := g.kiosk
	if k == nil {
		return
	}
	was := k.watch.Phase()
	if k.watch.Step(now) {
		g.freshBoard()
	}
	phase := k.watch.Phase()
	switch {
	case phase == kiosk.Leaving && was != phase:
		from := "pad"
		if g.scene() != nil {
			from = "back"
		}
		g.show(&stillScene{}, from)
		g.focus("stay")
	case phase == kiosk.Dark && was != phase:
		g.damageAll()
	}
}

// alarm has the page woken when there is something to do, if nobody does something before.
func (g *Game) alarm(now float64) {
	k := g.kiosk
	if k == nil {
		return
	}
	at, ok := k.watch.Next(now)
	if s, asks := g.scene().(*pinScene); asks && s.waits(g, now) && (!ok || now+1000 < at) {
		at, ok = now+1000, true
	}
	if !ok || k.due != 0 && k.due <= at {
		return
	}
	k.due = at
	k.attendant.After(time.Duration(max(at-now, 1)*float64(time.Millisecond)), func() {
		if k.due == at {
			k.due = 0
		}
		Wake()
	})
}

// attend takes in an event before the page does, and reports whether the page is to hear nothing of it: it has stopped
// the countdown or lit the screen, or is none of a visitor's business.
func (g *Game) attend(e *Event) bool {
	k := g.kiosk
	if k == nil {
		return false
	}
	if k.stirs(e) && k.watch.Stir(g.host.Now()) {
		if _, ok := g.scene().(*stillScene); ok {
			g.back()
		}
		g.damageAll()
		return true
	}
	switch e.Kind {
	case FileChosen, FilesOver, PicturesGiven, PicturesReading, PicturesRead:
		return !k.staff
	case Arrived:
		if g.address != nil {
			g.address.ClearFragment()
		}
		return true // a link would take the place of the board
	}
	return false
}

// stirs reports whether an event shows that somebody is there. The keyboard moves to another control by itself, and
// what a mouse says without having moved is the machine's own doing.
func (k *attended) stirs(e *Event) bool {
	switch e.Kind {
	case PointerMove:
		const still = 2
		dx, dy := e.X-k.x, e.Y-k.y
		if dx*dx+dy*dy <= still*still {
			return false
		}
		k.x, k.y = e.X, e.Y
		return true
	case PointerDown, PointerUp:
		k.x, k.y = e.X, e.Y
		return true
	case Wheel, Key, Activate, Slid, FilesOver, Stirred:
		return true
	}
	return false
}

// dark reports whether the screen is dimmed.
func (g *Game) dark() bool { return g.kiosk != nil && g.kiosk.watch.Phase() == kiosk.Dark }

// keeps reports whether what is taught is kept: nothing of a visitor's is.
func (g *Game) keeps() bool { return g.kept != nil && g.kiosk == nil }

// locked reports whether only what belongs to a visit is allowed.
func (g *Game) locked() bool { return g.kiosk != nil && !g.kiosk.staff }
