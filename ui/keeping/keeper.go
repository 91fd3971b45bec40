package keeping

import (
	"bytes"
	"slices"
	"strconv"
	"time"

	"oneshot/ui/session"
	"oneshot/ui/state"
)

// Times of saving: how long it waits for more to change, how long the store may take before the user is told, and
// how long after a failure it is tried again.
const (
	pause    = 300 * time.Millisecond
	patience = 10 * time.Second
	start    = 4 * time.Second // for the first reading, which the page waits for
	again    = 20 * time.Second
)

// Phase says how what is on the page stands to what is kept.
type Phase uint8

const (
	Fresh     Phase = iota // nothing has been made yet that could be kept
	Saved                  // all of it lies in the store
	Saving                 // a change is on its way
	Failed                 // the last change could not be saved; Status.Why says why
	Elsewhere              // another tab saves; this one only reads
)

// Status is the phase, with the reason for Failed.
type Status struct {
	Phase Phase
	Why   error
}

// Keeper saves what it is shown. It belongs to one goroutine: the store must call back on the same.
type Keeper struct {
	store Store
	now   func() time.Time
	wake  func() // the status has changed

	read      bool // the index is known as it lies in the store, so that it may be written
	reading   bool // it is being read
	lock      Lock
	writer    bool   // this page holds the lock
	term      int    // counts how often this page got or lost it, so that what was meant for one does nothing in another
	index     index  // as it lies in the store
	ahead     index  // as it will lie there when all that was handed over is written
	jobs      []*job // in their order; flying of them are with the store
	flying    int
	edits     []*job // of entries, which wait until nothing flies
	failed    error
	elsewhere bool // another page holds the lock

	page    string      // the set that is on the page
	newest  *snapshot   // what is to be saved of it next
	older   []*snapshot // what is to be saved of sets that were on the page before, one of each
	sent    *snapshot   // what was handed to the store last, or came from it
	aside   []Change    // moves what is damaged out of the way, once this page may write
	tries   int         // how often something was tried again
	erasing bool
	due     time.Time // when a save will start by itself; zero if none will
	after   []func()  // to be called when nothing is left to write

	deleting map[string]bool   // sets that are to be deleted, and have not been on the page since
	names    map[string]string // of sets that are not saved yet
	untitled string            // what the others among them are called
	writes   session.Writer
	lastID   int64
	asked    bool // since the page was opened, that the store keeps everything
}

// snapshot is a set at one time.
type snapshot struct {
	id      string
	classes []state.Class
	content []byte // as Write made it, if it has
	deleted bool   // since it was made
}

// same reports whether two lists of classes are one value. Boards share what an act did not change.
func same(a, b []state.Class) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// New returns a keeper that has read nothing yet; see Open.
func New(store Store, now func() time.Time, wake func()) *Keeper {
	return &Keeper{deleting: map[string]bool{}, names: map[string]string{}, store: store, now: now, wake: wake, index: emptyIndex(), ahead: emptyIndex()}
}

// Status says how things stand.
func (k *Keeper) Status() Status {
	switch {
	case k.elsewhere:
		return Status{Phase: Elsewhere}
	case k.failed != nil:
		return Status{Failed, k.failed}
	case k.newest != nil || len(k.older) > 0 || len(k.jobs) > 0:
		return Status{Phase: Saving}
	case k.sent == nil:
		return Status{Phase: Fresh}
	}
	return Status{Phase: Saved}
}

// NewID is an id that no set bears, and that is given but once.
func (k *Keeper) NewID() string {
	for n := max(k.now().UnixMilli(), k.lastID+1); ; n++ {
		if id := "s" + strconv.FormatInt(n, 36); k.ahead.at(id) < 0 {
			k.lastID = n
			return id
		}
	}
}

// Changed is told after every act what is on the page, and to which set it belongs. It costs nothing if nothing
// has changed.
func (k *Keeper) Changed(id string, classes []state.Class) {
	if k.erasing {
		return
	}
	k.page = id
	delete(k.deleting, id)
	if k.newest != nil && k.newest.id != id {
		k.turn()
	}
	if k.newest != nil && same(k.newest.classes, classes) {
		return
	}
	if e, _ := k.Set(id); k.sent != nil && k.sent.id == id && same(k.sent.classes, classes) && !e.Deleted {
		k.forget() // what was done since is undone
		return
	}
	if k.none(id, classes) && (k.read || k.newest == nil && k.unsaved(id) == nil) {
		k.forget()
		return
	}
	k.older = slices.DeleteFunc(k.older, func(s *snapshot) bool { return s.id == id })
	k.newest = &snapshot{id: id, classes: classes}
	k.wake()
	k.soon(pause)
}

// none reports whether an empty page is no set, rather than one from which everything was taken.
func (k *Keeper) none(id string, classes []state.Class) bool {
	return k.ahead.at(id) < 0 && !taught(classes)
}

// forget drops what was to be saved of the set on the page.
func (k *Keeper) forget() {
	if k.newest == nil {
		return
	}
	k.newest = nil
	k.relent()
	k.wake()
}

// relent takes back that something failed, if nothing is left to be done.
func (k *Keeper) relent() {
	if k.read && k.newest == nil && len(k.older) == 0 && len(k.jobs) == 0 {
		k.failed = nil
	}
}

// turn puts what is not saved yet of the set that was on the page before aside, to be saved first. What has failed waits
// for its next turn.
func (k *Keeper) turn() {
	if k.newest == nil {
		return
	}
	k.older = append(k.older, k.newest)
	k.newest = nil
	if k.failed != nil {
		k.soon(again)
		return
	}
	k.save(k.pending())
}

// pending lists what is to be saved, in the order in which it was made.
func (k *Keeper) pending() []*snapshot {
	all := slices.Clone(k.older)
	if k.newest != nil {
		all = append(all, k.newest)
	}
	return all
}

// unsaved is the newest of a set that does not lie in the store yet, or nil.
func (k *Keeper) unsaved(id string) *snapshot {
	var found *snapshot
	for _, j := range k.jobs {
		if j.content != nil && j.content.id == id {
			found = j.content
		}
	}
	for _, s := range k.pending() {
		if s.id == id {
			found = s
		}
	}
	return found
}

// restore puts back what could not be saved, unless there is something newer of its set.
func (k *Keeper) restore(s *snapshot) {
	if k.sent != nil && k.sent.id == s.id && bytes.Equal(k.sent.content, s.content) {
		k.sent = nil // it, or what is the same
	}
	if k.unsaved(s.id) != nil {
		return
	}
	if s.id == k.page {
		k.newest = s
	} else {
		k.older = append(k.older, s)
	}
}

func taught(classes []state.Class) bool {
	for i := range classes {
		if len(classes[i].Shots) > 0 {
			return true
		}
	}
	return false
}

// Persist asks the store, once ever, to throw nothing away. It wants to be called when the user has just done
// something: browsers listen only then.
func (k *Keeper) Persist() {
	if k.asked || k.ahead.Asked || !k.writer || !k.read {
		return
	}
	k.asked = true
	k.store.Persist(func(bool) { // whatever the answer, a second question would only annoy
		k.submit(&job{change: func(x index) (index, []Change, error) {
			x.Asked = true
			return x, nil, nil
		}})
	})
}
