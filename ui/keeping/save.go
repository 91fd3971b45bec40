package keeping

import (
	"bytes"
	"cmp"
	"slices"
	"time"
)

// A save is prepared for so long at a time, and then lets the page breathe.
const (
	stint  = 8 * time.Millisecond
	breath = 4 * time.Millisecond
)

// soon starts a save after a time, unless one is to start before that.
func (k *Keeper) soon(d time.Duration) {
	at := k.now().Add(d)
	if !k.due.IsZero() && !at.Before(k.due) {
		return
	}
	k.due = at
	k.store.After(d, func() {
		if !k.due.Equal(at) {
			return // there was an earlier one
		}
		k.due = time.Time{}
		if k.flying == 0 { // else the next save begins when that has ended
			k.prepare()
		}
	})
}

// Retry tries again what failed.
func (k *Keeper) Retry() {
	if k.flying == 0 {
		k.retry()
	}
}

// retry saves. Where something has failed it hands over one set alone, each in its turn: there may be room for it, though
// there is none for all.
func (k *Keeper) retry() {
	all := k.pending()
	if k.failed == nil || len(all) == 0 {
		k.save(all)
		return
	}
	k.tries++
	k.save(all[k.tries%len(all):][:1])
}

// Flush hands everything to the store at once, as when the page is about to go, and calls done when it has
// answered.
func (k *Keeper) Flush(done func()) {
	k.after = append(k.after, done)
	k.save(k.pending())
	k.submitEdits()
	k.idle()
}

// prepare draws the pictures of what is to be saved, a few at a time, and then saves, after a breath too.
func (k *Keeper) prepare() {
	end, drew := k.now().Add(stint), false
	more := func() bool {
		drew = true
		return k.now().Before(end)
	}
	for _, s := range k.pending() {
		if k.writer && s.content == nil && !k.writes.Draw(s.classes, more) {
			k.soon(breath)
			return
		}
	}
	if !drew {
		k.retry()
		return
	}
	k.store.After(breath, k.Retry)
}

// save hands some of what is not saved yet to the store.
func (k *Keeper) save(some []*snapshot) {
	switch {
	case !k.writer || k.erasing:
		return
	case !k.read:
		if k.flying == 0 {
			k.reread()
		}
		return
	}
	k.flying++ // until all of it is handed over: what fails at once is not the end of it
	for _, s := range some {
		k.handOver(s)
	}
	k.flying--
	if k.flying == 0 && len(k.pending()) > 0 {
		k.soon(again)
	}
	k.idle()
}

// handOver hands what is not saved yet of one set to the store.
func (k *Keeper) handOver(s *snapshot) {
	k.older = slices.DeleteFunc(k.older, func(o *snapshot) bool { return o == s })
	if k.newest == s {
		k.newest = nil
	}
	if k.none(s.id, s.classes) {
		k.relent()
		k.wake()
		return
	}
	if s.content == nil {
		b, err := k.writes.Write(s.classes)
		if err != nil {
			k.restore(s)
			k.fail(err)
			return
		}
		s.content = b
	}
	same := k.sent != nil && k.sent.id == s.id && bytes.Equal(k.sent.content, s.content)
	if e, _ := k.Set(s.id); same && !e.Deleted && k.ahead.Current == s.id {
		k.sent = s // an act and its undoing
		k.failed = nil
		k.wake()
		return
	}
	k.sent = s
	k.submit(&job{content: s, change: func(x index) (index, []Change, error) { return k.revise(x, s) }})
}

// revise puts the next revision of a set into an index. The one before stays, the one before that goes.
func (k *Keeper) revise(x index, s *snapshot) (index, []Change, error) {
	e := Entry{ID: s.id, Name: x.freshName(cmp.Or(k.names[s.id], k.untitled, "My set"))}
	if i := x.at(s.id); i >= 0 {
		e = x.Sets[i]
	}
	e.Deleted = e.Deleted && s.deleted
	e.Revision++
	e.Classes, e.Examples, e.Changed = len(s.classes), 0, k.now().Unix()
	for i := range s.classes {
		e.Examples += len(s.classes[i].Shots)
	}
	if s.id == k.page || x.at(k.page) < 0 {
		x.Current = s.id
	}
	changes := []Change{{setKey(s.id, e.Revision), s.content}}
	if e.Revision > 2 {
		changes = append(changes, Change{Key: setKey(s.id, e.Revision-2)})
	}
	return x.with(e), changes, nil
}
