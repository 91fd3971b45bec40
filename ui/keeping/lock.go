package keeping

import (
	"slices"
	"time"
)

// Lock is what the one page holds that may write; all others only read. Calls return at once.
type Lock interface {
	// Claim asks for the lock and goes on waiting for it. held is called each time that this page gets it, and
	// busy when another page is known to have it. lost is called when another page wants it: this one saves, and then
	// calls let. If another page has taken it already, let is nil, and this one may not write any more.
	Claim(held, busy func(), lost func(let func()))
	// Take asks the page that holds the lock to let it go, and takes it if that does not answer.
	Take()
}

// grace is how long the page waits at its start to hear who holds the lock. A page that has crashed holds it for a few
// seconds more; then this one begins without, and gets it later.
const grace = 500 * time.Millisecond

// Begin claims the lock and reads the set that was open last: found is called once. From then on, changed is called
// when this page has got the lock back and another has written meanwhile.
func (k *Keeper) Begin(l Lock, found, changed func(Found)) {
	k.lock = l
	begun := false
	begin := func() {
		if !begun {
			begun = true
			k.Open(found)
		}
	}
	l.Claim(func() {
		k.term++
		k.elsewhere = false
		if begun {
			k.after = append(k.after, func() { k.regain(changed) }) // once nothing of the time before is on its way
			k.idle()
		} else {
			k.writer = true
		}
		begin()
		k.wake()
	}, func() {
		k.elsewhere = !k.writer
		begin()
		k.wake()
	}, func(let func()) {
		k.term++
		if let == nil {
			k.writer, k.elsewhere = false, true
			k.wake()
			return
		}
		term := k.term
		k.Flush(func() {
			if k.term != term {
				return // the lock was taken before that, or is asked for again
			}
			k.writer, k.elsewhere = false, true
			let()
			k.wake()
		})
	})
	k.store.After(grace, begin)
}

// TakeOver makes this page the one that saves.
func (k *Keeper) TakeOver() {
	if k.lock != nil && !k.writer {
		k.lock.Take()
	}
}

// Unsaved reports whether the page shows something that is not handed to the store.
func (k *Keeper) Unsaved() bool { return k.newest != nil }

// Rehome gives what is not saved yet ids of its own, so that it takes the place of nothing that another page has saved, and
// returns that of the set on the page.
func (k *Keeper) Rehome() string {
	moved := func(s *snapshot, id string) *snapshot {
		return &snapshot{id: id, classes: s.classes, content: s.content}
	}
	for i, s := range k.older {
		k.older[i] = moved(s, k.NewID())
	}
	k.page = k.NewID()
	if k.newest != nil {
		k.newest = moved(k.newest, k.page)
	}
	k.sent = nil
	if len(k.pending()) > 0 {
		k.soon(0)
	}
	return k.page
}

// regain reads anew what another page may have written. Until it is known what is there, this page does not write.
func (k *Keeper) regain(changed func(Found)) {
	before := k.index
	k.store.After(patience, func() {
		if !k.writer && !k.elsewhere && k.failed == nil {
			k.failed = ErrSlow
			k.wake()
		}
	})
	k.readIndex(func(err error) {
		if err != nil {
			k.failed = err
			k.wake()
			k.store.After(again, func() {
				if !k.writer && !k.elsewhere {
					k.regain(changed)
				}
			})
			return
		}
		if k.index.Current == before.Current && slices.Equal(k.index.Sets, before.Sets) {
			k.write()
			k.soon(0)
			k.wake()
			return // nobody has written
		}
		k.find(k.ahead.Current, func(f Found) {
			k.write()
			changed(f)
		})
	})
}

// write lets this page write from now on.
func (k *Keeper) write() {
	k.writer, k.failed = true, nil
	k.setAside(nil)
}
