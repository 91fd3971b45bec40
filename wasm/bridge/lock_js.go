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
	let        func() // gives the lock back; nil while another page has it
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
	if l.request(map[string]any{}) != nil {
		held() // it is not allowed, as storage is not
		return
	}
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
		_ = l.request(map[string]any{}) // it was allowed before
	}
}

// request waits for the lock, or takes it, and holds it until giveUp or until another page takes it.
func (l *Lock) request(options map[string]any) error {
	return attempt(func() {
		w := l.store.page.window
		granted := js.FuncOf(func(js.Value, []js.Value) any {
			if l.let != nil {
				return nil // asked for twice, as when it was taken by force
			}
			var resolve js.Value
			executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
				resolve = args[0]
				return nil
			})
			until := w.Get("Promise").New(executor)
			executor.Release()
			l.let = func() { resolve.Invoke() }
			l.held()
			return until
		})
		ended := w.Get("navigator").Get("locks").Call("request", databaseName, options, granted)
		settle(ended, func(_ js.Value, err error) {
			granted.Release()
			if err != nil && l.let != nil { // another page has taken it
				l.let = nil
				l.lost(func() {})
				_ = l.request(map[string]any{})
			}
		})
	})
}

// Take implements keeping.Lock.
func (l *Lock) Take() {
	l.say("take")
	l.store.After(takePatience, func() {
		if l.let == nil {
			_ = l.request(map[string]any{"steal": true})
		}
	})
}
