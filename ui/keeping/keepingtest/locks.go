package keepingtest

import (
	"slices"

	"oneshot/ui/keeping"
)

// Locks is the lock of all pages on one store.
type Locks struct {
	holder  *Lock
	waiting []*Lock
}

// NewLocks returns a lock that nobody holds.
func NewLocks() *Locks { return &Locks{} }

// Lock is one page's view of the lock.
type Lock struct {
	all        *Locks
	held, busy func()
	lost       func(func())
}

var _ keeping.Lock = (*Lock)(nil)

// Page returns the lock as another page sees it.
func (l *Locks) Page() *Lock { return &Lock{all: l} }

// Claim implements keeping.Lock.
func (p *Lock) Claim(held, busy func(), lost func(func())) {
	p.held, p.busy, p.lost = held, busy, lost
	p.all.waiting = append(p.all.waiting, p)
	p.all.next()
	if p.all.holder != p {
		busy()
	}
}

// Take implements keeping.Lock.
func (p *Lock) Take() {
	was := p.all.holder
	was.lost(func() {
		others := slices.DeleteFunc(p.all.waiting, func(o *Lock) bool { return o == p })
		p.all.waiting = append([]*Lock{p}, others...)
		p.all.holder = nil
		p.all.next()
		p.all.waiting = append(p.all.waiting, was)
	})
}

// Steal takes the lock from a page that does not answer.
func (p *Lock) Steal() {
	was := p.all.holder
	p.all.waiting = slices.DeleteFunc(p.all.waiting, func(o *Lock) bool { return o == p })
	p.all.holder, p.all.waiting = p, append(p.all.waiting, was)
	was.lost(nil)
	p.held()
}

// Close is the end of the page.
func (p *Lock) Close() {
	if p.all.holder == p {
		p.all.holder = nil
		p.all.next()
	}
}

func (l *Locks) next() {
	if l.holder == nil && len(l.waiting) > 0 {
		l.holder, l.waiting = l.waiting[0], l.waiting[1:]
		l.holder.held()
	}
}
