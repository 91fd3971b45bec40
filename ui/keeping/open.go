package keeping

import (
	"errors"
	"fmt"
	"slices"

	"oneshot/ui/session"
	"oneshot/ui/state"
)

// Found is a set as it was read from the store.
type Found struct {
	ID      string // never empty: if nothing was found, one that is free
	Name    string
	Classes []state.Class // nil if nothing was found
	Damaged int           // revisions that could not be read and were set aside
	Err     error         // why nothing could be read
}

// Open reads the index and the set that was open last. If the store does not answer in time, the page begins without
// it.
func (k *Keeper) Open(found func(Found)) {
	waiting := true
	done := func(f Found) {
		if waiting {
			waiting = false
			found(f)
		}
	}
	k.store.After(start, func() {
		if waiting {
			k.failed = ErrSlow
			done(Found{ID: k.NewID(), Err: ErrSlow})
		}
	})
	k.reading = true
	k.readIndex(func(err error) {
		k.reading = false
		defer k.idle()
		if err != nil {
			k.fail(err)
			done(Found{ID: k.NewID(), Err: err})
			return
		}
		k.failed = nil
		k.wake()
		if len(k.pending()) > 0 { // it took so long that the page began without
			k.soon(0)
		}
		k.purge()
		k.find(k.ahead.Current, done)
	})
}

// reread reads the index where that has failed before, and then saves.
func (k *Keeper) reread() {
	if k.reading {
		return
	}
	k.reading = true
	k.readIndex(func(err error) {
		k.reading = false
		if err != nil {
			k.fail(err)
		} else {
			k.failed = nil
			k.wake()
			k.save(k.pending())
		}
		k.idle()
	})
}

// readIndex reads the index, or makes one anew from what else there is.
func (k *Keeper) readIndex(done func(error)) {
	k.store.Get([]string{indexKey}, func(values [][]byte, err error) {
		if err != nil {
			done(err)
			return
		}
		if len(values) == 1 && values[0] != nil {
			x, err := decodeIndex(values[0])
			if err == nil {
				k.index, k.ahead, k.read = x, x, true
			}
			if err == nil || isNewer(err) {
				done(err)
				return
			}
		}
		k.store.Keys(func(keys []string, err error) {
			if err != nil {
				done(err)
				return
			}
			x := rebuilt(keys, k.now().Unix())
			k.index, k.ahead, k.read = x, x, true
			if len(values) == 1 && values[0] != nil && k.writer {
				k.store.Put([]Change{{damagedKey(indexKey, int(k.now().Unix())), values[0]}}, func(error) {})
			}
			done(nil)
		})
	})
}

// Load reads a set as it was last on the page, saved or not. Found has no classes if there is no such set, or none of it
// can be read.
func (k *Keeper) Load(id string, done func(Found)) {
	if s := k.unsaved(id); s != nil {
		e, _ := k.Set(id)
		done(Found{ID: id, Name: e.Name, Classes: s.classes})
		return
	}
	k.find(id, done)
}

// find reads a set from the store: its newest revision, or the one before if that is damaged, or whatever else lies there of
// it.
func (k *Keeper) find(id string, done func(Found)) {
	i := k.ahead.at(id)
	if i < 0 {
		done(Found{ID: k.NewID()})
		return
	}
	e := k.ahead.Sets[i]
	k.load(Found{ID: id, Name: e.Name}, []int{e.Revision, e.Revision - 1}, func(f Found) {
		if f.Classes != nil || f.Err != nil {
			done(f)
			return
		}
		f.Damaged = max(f.Damaged, 1)
		k.store.Keys(func(keys []string, err error) {
			others := slices.DeleteFunc(revisions(keys, id), func(r int) bool { return r == e.Revision || r == e.Revision-1 })
			if err != nil || len(others) == 0 {
				f.ID = k.NewID() // what is drawn now does not take the place of what was lost
				done(f)
				return
			}
			k.load(f, others, func(f Found) {
				if f.Classes == nil {
					f.ID = k.NewID()
				}
				done(f)
			})
		})
	})
}

// load reads the first of some revisions of a set that can be read. Those before it are set aside.
func (k *Keeper) load(f Found, revisions []int, done func(Found)) {
	keys := make([]string, len(revisions))
	for i, r := range revisions {
		keys[i] = setKey(f.ID, r)
	}
	k.store.Get(keys, func(values [][]byte, err error) {
		if err == nil && len(values) != len(keys) {
			err = fmt.Errorf("%w: %d values of set %s, want %d", ErrUnlike, len(values), f.ID, len(keys))
		}
		if err != nil {
			done(Found{ID: k.NewID(), Err: err})
			return
		}
		var bad []Change
		for i, b := range values {
			if b == nil {
				continue
			}
			set, err := session.Read(b)
			if err == nil {
				f.Classes = set.Classes
				if f.Classes == nil {
					f.Classes = []state.Class{}
				}
				break
			}
			if errors.Is(err, session.ErrVersion) {
				done(Found{ID: k.NewID(), Err: fmt.Errorf("%w: %w", ErrNewer, err)})
				return
			}
			f.Damaged++
			bad = append(bad, Change{damagedKey(f.ID, revisions[i]), b}, Change{Key: keys[i]})
		}
		k.setAside(bad)
		done(f)
	})
}

// setAside moves what is damaged out of the way, at once or as soon as this page may write. It is never thrown away.
func (k *Keeper) setAside(bad []Change) {
	k.aside = append(k.aside, bad...)
	if len(k.aside) == 0 || !k.writer || !k.read {
		return
	}
	all := k.aside
	k.aside = nil
	k.submit(&job{change: func(x index) (index, []Change, error) { return x, slices.Clone(all), nil }})
}

// Opened tells that a set that was found is on the page now, as these classes.
func (k *Keeper) Opened(f Found, classes []state.Class) {
	k.page = f.ID
	unsaved := k.unsaved(f.ID) != nil
	k.turn() // what was on the page before is to be saved all the same
	k.sent = nil
	if f.Classes == nil || f.Damaged > 0 || unsaved {
		return // what lies in the store is not the same
	}
	k.sent = &snapshot{id: f.ID, classes: classes}
	if k.ahead.Current != f.ID && k.writer {
		k.submit(&job{change: func(x index) (index, []Change, error) {
			x.Current = f.ID
			return x, nil, nil
		}})
	}
	k.wake()
}

func isNewer(err error) bool { return errors.Is(err, ErrNewer) }
