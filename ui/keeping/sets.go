package keeping

import (
	"cmp"
	"fmt"
	"slices"

	"oneshot/ui/state"
)

// Sets lists the sets that are kept, the one that was changed last first.
func (k *Keeper) Sets() []Entry {
	var sets []Entry
	for _, e := range k.ahead.Sets {
		if !e.Deleted {
			sets = append(sets, e)
		}
	}
	slices.Reverse(sets) // of those that were changed in one second, the younger
	slices.SortStableFunc(sets, func(a, b Entry) int { return cmp.Compare(b.Changed, a.Changed) })
	return sets
}

// Set returns the entry of a set, deleted or not.
func (k *Keeper) Set(id string) (Entry, bool) {
	if i := k.ahead.at(id); i >= 0 {
		return k.ahead.Sets[i], true
	}
	return Entry{}, false
}

// Name says what a set is to be called when it is first saved.
func (k *Keeper) Name(id, name string) {
	if name = state.CleanName(name); name != "" {
		k.names[id] = name
	}
}

// CallSets says what sets are called that nobody has given a name.
func (k *Keeper) CallSets(untitled string) { k.untitled = untitled }

// Rename gives a set another name. One that is empty after cleaning changes nothing.
func (k *Keeper) Rename(id, name string, done func(error)) {
	name = state.CleanName(name)
	k.edit(id, done, func(e *Entry) {
		if name != "" {
			e.Name = name
		}
	})
}

// Delete takes a set off the list, with what is not saved yet of it. Until the page is opened anew, Undelete brings it back, and
// so does putting it on the page.
func (k *Keeper) Delete(id string, done func(error)) {
	for _, s := range k.pending() {
		s.deleted = s.deleted || s.id == id
	}
	for _, j := range k.jobs {
		if j.content != nil {
			j.content.deleted = j.content.deleted || j.content.id == id
		}
	}
	k.deleting[id] = true
	k.edit(id, done, func(e *Entry) { e.Deleted = k.deleting[id] })
}

// Undelete puts a deleted set back on the list.
func (k *Keeper) Undelete(id string, done func(error)) {
	k.edit(id, done, func(e *Entry) { e.Deleted = false })
}

// edit changes the entry of a set, after what is not saved yet. It does not share the fate of that: where there is no room
// for what was drawn, a set can still be deleted.
func (k *Keeper) edit(id string, done func(error), f func(*Entry)) {
	if !k.mayWrite(done) {
		return
	}
	k.edits = append(k.edits, &job{done: done, change: func(x index) (index, []Change, error) {
		i := x.at(id)
		if i < 0 {
			return x, nil, fmt.Errorf("%w: %s", ErrNoSet, id)
		}
		e := x.Sets[i]
		f(&e)
		return x.with(e), nil, nil
	}})
	k.idle()
}

// submitEdits hands the edits to the store.
func (k *Keeper) submitEdits() {
	edits := k.edits
	k.edits = nil
	for _, j := range edits {
		k.submit(j)
	}
}

// mayWrite saves what is not saved yet, and reports whether more may be written.
func (k *Keeper) mayWrite(done func(error)) bool {
	switch {
	case !k.writer:
		done(ErrReader)
	case !k.read:
		done(ErrSlow)
	default:
		k.save(k.pending())
		return true
	}
	return false
}

// Duplicate makes another set of a set, under a name and an id of its own.
func (k *Keeper) Duplicate(id string, done func(error)) {
	if !k.mayWrite(done) {
		return
	}
	e, ok := k.Set(id)
	if !ok {
		done(fmt.Errorf("%w: %s", ErrNoSet, id))
		return
	}
	k.store.Get([]string{setKey(id, e.Revision)}, func(values [][]byte, err error) {
		if err == nil && (len(values) != 1 || values[0] == nil) {
			err = fmt.Errorf("%w: %s has no content", ErrNoSet, id)
		}
		if err != nil {
			done(err)
			return
		}
		k.submit(&job{done: done, change: func(x index) (index, []Change, error) {
			c := e
			c.ID, c.Revision, c.Deleted = k.NewID(), 1, false
			c.Name, c.Changed = x.freshName(e.Name), k.now().Unix()
			return x.with(c), []Change{{setKey(c.ID, 1), values[0]}}, nil
		}})
	})
}

// purge removes what was deleted at an earlier visit.
func (k *Keeper) purge() {
	deleted := func(e Entry) bool { return e.Deleted }
	if !k.writer || !k.read || !slices.ContainsFunc(k.ahead.Sets, deleted) {
		return
	}
	k.submit(&job{change: func(x index) (index, []Change, error) {
		var changes []Change
		for _, e := range x.Sets {
			if e.Deleted {
				changes = append(changes, Change{Key: setKey(e.ID, e.Revision)}, Change{Key: setKey(e.ID, e.Revision-1)})
			}
		}
		x.Sets = slices.DeleteFunc(slices.Clone(x.Sets), deleted)
		return x, changes, nil
	}})
}
