package keeping

import "time"

// Lock is what the one page holds that may write; all others only read. Calls return at once.
type Lock interface {
	// Claim asks for the lock and goes on waiting for it. held is called each time that this page gets it, and
	// busy when another page is known to have it. lost is called when another page wants it or has taken it:
	// this one saves, and then calls let.
	Claim(held, busy func(), lost func(let func()))
	// Take asks the page that holds the lock to let it go, and takes it if that does not answer.
	Take()
}

// grace is how long the page waits at its start to hear who holds the lock. A page that has crashed holds it for a few
// seconds more; then this one begins without, and gets it later.
const grace = 500 * time.Millisecond

// Begin claims the lock and reads the set that was open last: found is called once. From then on, again is called when
// this page has got the lock back and another has written meanwhile.
func (k *Keeper) Begin(l Lock, found, again func(Found)) {
	k.lock = l
	begun := false
	begin := func() {
		if !begun {
			begun = true
			k.Open(found)
		}
	}
	l.Claim(func() {
		k.elsewhere, k.writer = false, true
		if begun {
			k.regain(again)
		}
		begin()
		k.wake()
	}, func() {
		k.elsewhere = !k.writer
		begin()
		k.wake()
	}, func(let func()) {
		k.Flush(func() {
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

// regain reads anew what another page may have written.
func (k *Keeper) regain(again func(Found)) {
	var before Entry
	if k.sent != nil {
		if i := k.ahead.at(k.sent.id); i >= 0 {
			before = k.ahead.Sets[i]
		}
	}
	k.writer = false // until it is known what is there
	k.readIndex(func(err error) {
		k.writer = true
		if err != nil {
			k.fail(err)
			return
		}
		if i := k.ahead.at(k.ahead.Current); i < 0 || k.ahead.Sets[i] == before {
			k.soon(0)
			k.wake()
			return // nobody has written
		}
		k.Load(k.ahead.Current, again)
	})
}
