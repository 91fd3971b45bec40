package ui

import (
	"slices"

	"oneshot/ui/keeping"
	"oneshot/ui/kiosk"
)

// lockKey is where the PIN is kept, beside the sets.
const lockKey = "kiosk/pin"

// readLock reads the PIN and calls done. Until it has been read, nobody gets in: a store that is slow for once must not
// let a visitor choose another.
func (g *Game) readLock(k *attended, done func()) {
	k.store.Get([]string{lockKey}, func(values [][]byte, err error) {
		k.unread = err
		if err == nil && len(values) == 1 && values[0] != nil {
			k.lock, k.unread = kiosk.ReadLock(values[0], g.host.Now())
		}
		done()
	})
}

// writeLock keeps the PIN and how often it was missed.
func (g *Game) writeLock() {
	k := g.kiosk
	k.store.Put([]keeping.Change{{Key: lockKey, Value: k.lock.Record(g.host.Now())}}, func(err error) {
		if err != nil {
			g.tell(g.words.Say("The PIN holds only until this page is closed: {why}", whyNotKept(g.words, err)))
			Wake()
		}
	})
}

// enforce takes what changes more than the board off a page that is locked.
func (g *Game) enforce() {
	if !g.locked() {
		return
	}
	l := g.layout
	l.Nodes = slices.DeleteFunc(l.Nodes, func(n Node) bool {
		switch n.Kind {
		case KindRename, KindMore, KindMove, KindDrop:
			return true
		case KindAction:
			return n.ID == "move" || n.ID == "delete" // of a drawing
		}
		return false
	})
}

// openMenu opens what a press on Menu opens: in a kiosk, that of the visitors, unless a PIN was given or is to be
// chosen.
func (g *Game) openMenu(from string) {
	switch k := g.kiosk; {
	case !g.locked():
		g.show(menuScene{}, from)
	case k.unread == nil && !k.lock.Set():
		g.showPIN(&pinScene{ask: choosePIN}, from)
	default:
		g.show(visitorScene{}, from)
	}
}

// kioskRows are what the menu of the staff has besides.
func (g *Game) kioskRows() []Node {
	return []Node{
		{ID: "lock", Name: g.words.Say("Lock"), Label: g.words.Say("Lock"), Action: Action{Icon: iconLock, Detail: g.words.Say("A fresh board, for the next visitor"),
			Do: func(g *Game) { g.freshBoard() }}},
		{ID: "newpin", Name: g.words.Say("Change the PIN"), Label: g.words.Say("Change the PIN"), Action: Action{Icon: iconPencil, Detail: g.words.Say("What staff opens this menu with"),
			Do: func(g *Game) { g.showPIN(&pinScene{ask: choosePIN}, "newpin") }}},
	}
}

var iconLock = Icon{{6, 11, 18, 11, 18, 19.5, 6, 19.5, 6, 11}, {8.5, 11, 8.5, 7.6, 9.6, 5.4, 12, 4.4, 14.4, 5.4, 15.5, 7.6, 15.5, 11}, {12, 14.4, 12, 16.2}}
