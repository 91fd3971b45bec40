package keeping_test

import (
	"testing"
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/state"
)

// tab is a page on a store that others share.
type tab struct {
	*keeping.Keeper
	lock  *keepingtest.Lock
	shown keeping.Found
	again int
}

func newTab(s *keepingtest.Store, l *keepingtest.Locks) *tab {
	p := &tab{Keeper: keeping.New(s, s.Now, func() {}), lock: l.Page()}
	show := func(f keeping.Found) {
		p.shown = f
		p.Opened(f, f.Classes)
	}
	p.Begin(p.lock, show, func(f keeping.Found) { p.again++; show(f) })
	s.Pass(5 * time.Second)
	return p
}

func (p *tab) change(s *keepingtest.Store, classes []state.Class) {
	p.Changed(p.shown.ID, classes)
	s.Pass(time.Minute)
}

func (p *tab) examples() int {
	n := 0
	for _, c := range p.shown.Classes {
		n += len(c.Shots)
	}
	return n
}

// A second page reads and does not write, until it takes over; then it has what the first saved last.
func TestOneWriter(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first := newTab(s, l)
	first.change(s, drawn(t, "Cat", 1))
	second := newTab(s, l)
	if second.examples() != 1 {
		t.Fatalf("the second page shows %d examples, want 1", second.examples())
	}
	wantPhase(t, second.Keeper, keeping.Elsewhere)
	first.change(s, drawn(t, "Cat", 2))
	puts := s.Puts
	second.Retry()
	second.Persist()
	second.Erase(func(error) {})
	s.Pass(time.Minute)
	if s.Puts != puts || s.Persisted != 0 || len(s.Values) == 0 {
		t.Error("the page that only reads has written")
	}
	first.Changed(first.shown.ID, drawn(t, "Cat", 3)) // not saved yet when the other takes over
	second.TakeOver()
	s.Pass(time.Minute)
	wantPhase(t, first.Keeper, keeping.Elsewhere)
	wantPhase(t, second.Keeper, keeping.Saved)
	if second.examples() != 3 || second.again != 1 {
		t.Errorf("the page that took over shows %d examples, want 3", second.examples())
	}
	second.change(s, drawn(t, "Cat", 4))
	second.lock.Close()
	s.Pass(time.Minute)
	if wantPhase(t, first.Keeper, keeping.Saved); first.examples() != 4 {
		t.Errorf("when the other has closed, the first page shows %d examples, want 4", first.examples())
	}
}

// What was drawn on a page that could not save is told to whoever shows what the other saved.
func TestUnsavedWhileReading(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first, second := newTab(s, l), newTab(s, l)
	first.change(s, drawn(t, "Cat", 1))
	if second.Unsaved() {
		t.Error("nothing was drawn, but something is unsaved")
	}
	second.change(s, drawn(t, "Dog", 1))
	if !second.Unsaved() {
		t.Error("what was drawn is not unsaved")
	}
	second.TakeOver()
	s.Settle()
	if second.again != 1 || second.examples() != 1 {
		t.Errorf("it was shown %d times what the other saved, with %d examples", second.again, second.examples())
	}
}

// A page whose lock nobody fought over in between just goes on.
func TestRegainUnchanged(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first := newTab(s, l)
	first.change(s, drawn(t, "Cat", 1))
	second := newTab(s, l)
	first.lock.Close()
	s.Pass(time.Minute)
	wantPhase(t, second.Keeper, keeping.Saved)
	if second.again != 0 {
		t.Error("what nobody changed was shown anew")
	}
	second.change(s, drawn(t, "Cat", 2))
	wantSet(t, s, "Cat", 2)
}

// What another page has erased is not said to be saved, and nobody is told that it is there.
func TestErasedElsewhere(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first := newTab(s, l)
	first.change(s, drawn(t, "Cat", 1))
	second := newTab(s, l)
	second.TakeOver()
	s.Pass(time.Minute)
	second.Erase(func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	s.Settle()
	second.lock.Close()
	s.Pass(time.Minute)
	if first.again != 1 || first.shown.Classes != nil || first.shown.Err != nil {
		t.Errorf("the first page was told %d times, and shows %d classes (%v)", first.again, len(first.shown.Classes), first.shown.Err)
	}
	wantPhase(t, first.Keeper, keeping.Fresh)
	if len(s.Values) != 0 {
		t.Errorf("%d values lie in the store that was erased", len(s.Values))
	}
}

// A page that was asked for the lock while its store slept, and has lost and got it meanwhile, goes on saving when the store
// wakes.
func TestAskedLongAgo(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first := newTab(s, l)
	second := newTab(s, l)
	s.Asleep = true
	first.Changed(first.shown.ID, drawn(t, "Cat", 1))
	second.TakeOver() // first is to save, and cannot
	second.lock.Steal()
	second.lock.Close()
	s.Asleep = false
	s.Pass(time.Minute)
	first.change(s, drawn(t, "Cat", 2))
	wantPhase(t, first.Keeper, keeping.Saved)
	wantSet(t, s, "Cat", 2)
}

// What could not be saved of a set that is not on the page any more takes the place of nothing that another page has saved
// of it.
func TestRegainAnOlderSet(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first := newTab(s, l)
	first.change(s, drawn(t, "Cat", 1))
	cat, dog, dogs := first.shown.ID, first.NewID(), drawn(t, "Dog", 1)
	first.Changed(dog, dogs)
	s.Pass(time.Minute)
	s.Full = true
	first.Changed(cat, drawn(t, "Cat", 2))
	s.Pass(time.Second)
	first.Opened(keeping.Found{ID: dog, Classes: dogs}, dogs)
	second := newTab(s, l)
	second.lock.Steal()
	s.Full = false
	s.Pass(time.Minute)
	second.Changed(cat, drawn(t, "Cat", 3))
	s.Pass(time.Minute)
	second.Opened(keeping.Found{ID: dog, Classes: dogs}, dogs)
	s.Pass(time.Minute)
	second.lock.Close()
	s.Pass(time.Minute)
	if first.again == 1 {
		first.Rehome()
	}
	s.Pass(time.Minute)
	wantLoaded(t, s, cat, "Cat", 3)
}
