package keeping_test

import (
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/state"
)

// book is a set as a reader can keep it in mind. What is in it goes by the name of its one class.
type book struct {
	shown []string // what was on the page, the oldest first
	safe  int      // what of it was acknowledged last; -1 if nothing was
	names []string // what it is called is one of these
	gone  []bool   // and whether it is deleted one of these
	acts  int      // that have asked for one or the other
}

func (b *book) last() string { return b.shown[len(b.shown)-1] }

// board is what is on the page.
type board struct {
	set     string
	classes []state.Class
}

// machine is a page with its keeper, and beside it what a reader keeps in mind.
type machine struct {
	t       *rapid.T
	store   *keepingtest.Store
	k       *keeping.Keeper
	page    board
	past    []board // as a person can undo them
	books   map[string]*book
	erasing bool
	copying int // sets whose copies may be there without having been acknowledged
	life    int // counts loads and erasures: an answer from before says nothing any more
	drawn   int
	shot    state.Shot
}

// load loads the page anew on what a store holds.
func (m *machine) load(s *keepingtest.Store) {
	m.life++
	m.store, m.erasing, m.copying, m.past = s, false, 0, nil
	m.k = keeping.New(s, s.Now, func() {})
	s.Pass(time.Second) // as every start takes
	answered := 0
	m.k.Begin(keepingtest.NewLocks().Page(), func(f keeping.Found) {
		answered++
		m.show(f)
	}, func(keeping.Found) { m.t.Fatal("another page has written") })
	s.Pass(5 * time.Second)
	if answered != 1 {
		m.t.Fatalf("Open was answered %d times", answered)
	}
}

// show puts a set that was found on the page.
func (m *machine) show(f keeping.Found) {
	m.page = board{f.ID, slices.Clone(f.Classes)} // as a board makes its own
	m.k.Opened(f, m.page.classes)
}

// turn puts something on the page as an act.
func (m *machine) turn(next board) {
	m.past = append(m.past, m.page)
	m.page = next
}

// changed tells the keeper what is on the page, as every frame does.
func (m *machine) changed() {
	if m.erasing {
		return
	}
	p := m.page
	m.k.Changed(p.set, p.classes)
	b := m.books[p.set]
	if b == nil {
		if len(p.classes) == 0 {
			return // an empty page is no set
		}
		b = &book{safe: -1, names: []string{"My set"}, gone: []bool{false}}
		m.books[p.set] = b
	}
	if now := word(p.classes); len(b.shown) == 0 || b.last() != now {
		b.shown = append(b.shown, now)
	}
}

// empty is the word for a set without classes.
const empty = "nothing"

// word is what a set holds, in a word.
func word(classes []state.Class) string {
	if len(classes) == 0 {
		return empty
	}
	return classes[0].Name
}

// unnumbered is a name without what tells it from others of that name.
func unnumbered(name string) string { return strings.TrimRight(name, " 0123456789") }

// heard takes in that the page says that all is saved.
func (m *machine) heard() {
	if m.k.Status().Phase != keeping.Saved || m.erasing {
		return
	}
	m.acknowledged()
}

// acknowledged notes that all is saved.
func (m *machine) acknowledged() {
	for id, b := range m.books {
		b.safe = len(b.shown) - 1
		if id == m.page.set {
			b.gone = []bool{false}
		}
	}
}

// crash has the page die and another look at what is left.
func (m *machine) crash() *machine {
	next := &machine{t: m.t, books: m.books, shot: m.shot, drawn: m.drawn}
	next.load(m.store.Crash())
	return next
}

// check fails the test if what a page finds now is not what it should be: of every set what was acknowledged last, or
// something later.
func (m *machine) check() {
	next := m.crash()
	entries := map[string]keeping.Entry{}
	for _, e := range next.k.Sets() {
		entries[e.ID] = e
	}
	for id, b := range m.books {
		if _, ok := m.k.Set(id); !ok && b.last() == empty {
			continue // it is none any more, whether the store has heard of it or not
		}
		e, there := entries[id]
		if !there {
			if b.safe >= 0 && !slices.Contains(b.shown[b.safe:], empty) && !slices.Contains(b.gone, true) && !m.erasing {
				m.t.Fatalf("set %s is gone: %q was acknowledged", id, b.shown[b.safe])
			}
			continue
		}
		if !slices.Contains(b.gone, false) {
			m.t.Fatalf("set %s is there though it was deleted", id)
		}
		if !slices.ContainsFunc(b.names, func(name string) bool { return unnumbered(name) == unnumbered(e.Name) }) {
			m.t.Fatalf("set %s is called %q, want one of %q", id, e.Name, b.names)
		}
		found := "nothing"
		next.k.Load(id, func(f keeping.Found) { found = word(f.Classes) })
		next.store.Settle()
		if i := slices.Index(b.shown[max(b.safe, 0):], found); i < 0 {
			m.t.Fatalf("set %s is %q, want one of %q", id, found, b.shown[max(b.safe, 0):])
		}
	}
	for id := range entries {
		if m.books[id] == nil && !m.erasing && m.copying == 0 {
			m.t.Fatalf("set %s was never made", id)
		}
	}
}

// ids are those of the sets on the list.
func (m *machine) ids() []string {
	var ids []string
	for _, e := range m.k.Sets() {
		ids = append(ids, e.ID)
	}
	return ids
}

// learn takes what the page finds of a set for what is kept of it.
func (m *machine) learn(id string, then func(*book)) {
	life := m.life
	m.k.Load(id, func(f keeping.Found) {
		if f.Err == nil && life == m.life {
			b := &book{shown: []string{word(f.Classes)}, names: []string{f.Name}, gone: []bool{false}}
			m.books[id] = b
			then(b)
		}
	})
}

// settled fails the test if a store without faults does not end with all that was on the page.
func (m *machine) settled() {
	m.store.Fault, m.store.Full, m.store.Asleep = nil, false, false
	m.store.Pass(2 * time.Minute)
	m.changed()
	m.store.Pass(2 * time.Minute)
	if st := m.k.Status(); st.Phase != keeping.Saved && st.Phase != keeping.Fresh {
		m.t.Fatalf("with a good store the phase stays %d (%v)", st.Phase, st.Why)
	}
	m.acknowledged()
	m.check()
	live := 0
	for _, b := range m.books {
		if !slices.Contains(b.gone, true) && b.last() != empty {
			live++
		}
	}
	if n := len(m.k.Sets()); n < live {
		m.t.Fatalf("the list has %d sets, want %d", n, live)
	}
}

// wish notes that a set is to be deleted or not, and returns what takes in the answer.
func (m *machine) wish(b *book, gone bool) func(error) {
	b.gone = append(b.gone, gone)
	b.acts++
	act := b.acts
	return func(err error) {
		if act == b.acts && err == nil { // else the store may have done it all the same
			b.gone = []bool{gone}
		}
	}
}

// pick draws one of the sets that are not deleted, and never were.
func (m *machine) pick(deleted bool) string {
	var ids []string
	for id, b := range m.books {
		if _, ok := m.k.Set(id); ok && slices.Equal(b.gone, []bool{deleted}) && id != m.page.set {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 || m.erasing {
		m.t.Skip("no such set")
	}
	slices.Sort(ids)
	return rapid.SampledFrom(ids).Draw(m.t, "set")
}
