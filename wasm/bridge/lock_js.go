package bridge

import (
	"syscall/js"
	"time"

	"oneshot/ui/keeping"
)

// Times of the lock: after which a page that has crashed, and holds it for a few seconds more, is taken for one that is
// open; and how long a page may take to save before the lock is taken from it.
const (
	lockPatience = 15 * time.Second
	takePatience = 3 * time.Second
)

// Lock is a Web Lock that one page of the site holds at a time, and a channel on which the pages talk about it.
type Lock struct {
	store      *Store
	channel    js.Value
	held, busy func()
	lost       func(func())
	let        func()   // gives the lock back; nil while another page has it
	asking     js.Value // ends the request that waits for it; undefined if none does
	wanted     bool     // the user wants it here, and it has not come yet
}

var _ keeping.Lock = (*Lock)(nil)

// Lock returns the lock on a store.
func (s *Store) Lock() *Lock { return &Lock{store: s} }

// Claim implements keeping.Lock. A browser without locks lets every page write.
func (l *Lock) Claim(held, busy func(), lost func(func())) {
	l.held, l.busy, l.lost = held, busy, lost
	w := l.store.page.window
	locks := w.Get("navigator").Get("locks")
	if !locks.Truthy() || !w.Get("BroadcastChannel").Truthy() {
		held()
		return
	}
	l.channel = w.Get("BroadcastChannel").New(databaseName)
	l.store.page.on(l.channel, "message", func(e js.Value) { l.hear(e.Get("data")) })
	l.wait()
	l.say("who")
	l.store.After(lockPatience, func() {
		if l.let == nil {
			busy()
		}
	})
}

// say tells the other pages one word.
func (l *Lock) say(word string) { l.channel.Call("postMessage", word) }

// hear takes in a word of another page. What is none of the three is another program's.
func (l *Lock) hear(word js.Value) {
	if word.Type() != js.TypeString {
		return
	}
	switch word.String() {
	case "who":
		if l.let != nil {
			l.say("here")
		}
	case "here":
		if l.let == nil {
			l.busy()
		}
	case "take":
		if l.let != nil {
			l.lost(l.giveUp)
		}
	}
}

// giveUp lets the next page have the lock and waits for it again.
func (l *Lock) giveUp() {
	if let := l.let; let != nil {
		l.let = nil
		let()
		l.wait()
	}
}

// wait asks for the lock when no other page has it any more. Where locks are not allowed, as storage is not, this page
// goes on as if it had it.
func (l *Lock) wait() {
	abort := l.store.page.window.Get("AbortController").New()
	l.asking = abort
	l.request(map[string]any{"signal": abort.Get("signal")}, func() {
		if l.let == nil && l.asking.Equal(abort) {
			l.asking = js.Undefined()
			l.held()
		}
	})
}

// request asks for the lock, and holds it until giveUp or until another page takes it. It calls refused if it never gets
// it.
func (l *Lock) request(options map[string]any, refused func()) {
	w := l.store.page.window
	got := false
	granted := js.FuncOf(func(js.Value, []js.Value) any {
		got = true
		var resolve js.Value
		executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
			resolve = args[0]
			return nil
		})
		until := w.Get("Promise").New(executor)
		executor.Release()
		l.let, l.asking, l.wanted = func() { resolve.Invoke() }, js.Undefined(), false
		l.held()
		return until
	})
	err := attempt(func() {
		settle(w.Get("navigator").Get("locks").Call("request", databaseName, options, granted), func(_ js.Value, err error) {
			granted.Release()
			switch {
			case err == nil: // this page has let it go
			case !got:
				refused()
			case l.let != nil: // another page has taken it
				l.let = nil
				l.lost(nil)
				l.wait()
			}
		})
	})
	if err != nil {
		granted.Release()
		refused()
	}
}

// Take implements keeping.Lock.
func (l *Lock) Take() {
	l.say("take")
	l.wanted = true
	l.store.After(takePatience, func() {
		if !l.wanted {
			return
		}
		l.wanted = false
		if l.asking.Truthy() { // else this page would be granted it twice
			asking := l.asking
			l.asking = js.Undefined()
			asking.Call("abort")
		}
		l.request(map[string]any{"steal": true}, l.wait)
	})
}
