package keeping_test

import (
	"slices"
	"testing"
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
)

// Where there is no room for what was drawn, sets can still be renamed and deleted; and what was said to be saved is there
// again, however often both happen.
func TestEditsBesideAFullStore(t *testing.T) {
	s, k, cats, dogs := twoSets(t)
	s.Full = true
	for i, name := range []string{"Hounds", "Puppies", "Wolves"} {
		k.Changed(dogs, drawn(t, "Dog", 2+i))
		k.Rename(dogs, name, must(t))
		s.Settle()
		wantPhase(t, k, keeping.Failed)
	}
	k.Delete(cats, must(t))
	s.Settle()
	if got := names(k); !slices.Equal(got, []string{"Wolves"}) {
		t.Errorf("sets %q", got)
	}
	wantSet(t, s.Crash(), "Dog", 1)
	s.Full = false
	s.Pass(time.Minute)
	wantPhase(t, k, keeping.Saved)
	wantSet(t, s, "Dog", 4)
}

// A save that is on its way when another is handed over may fail: the other one does not count on it. So it is when the page
// is left while a set is saved, and when two sets are saved at once.
func TestSaveBesideAFailedOne(t *testing.T) {
	for what, second := range map[string]func(t *testing.T, k *keeping.Keeper, cats string){
		"the same set": func(t *testing.T, k *keeping.Keeper, cats string) { k.Changed(cats, drawn(t, "Cat", 4)) },
		"another set":  func(t *testing.T, k *keeping.Keeper, _ string) { k.Changed(k.NewID(), drawn(t, "Cow", 1)) },
		"a name":       func(t *testing.T, k *keeping.Keeper, cats string) { k.Rename(cats, "Lions", func(error) {}) },
	} {
		t.Run(what, func(t *testing.T) {
			s, k, cats, _ := twoSets(t)
			s.Full = true
			k.Changed(cats, drawn(t, "Cat", 3))
			k.Flush(func() {})
			s.Full = false
			second(t, k, cats)
			k.Flush(func() {})
			left := s.Crash() // before the store has answered anything
			s.Pass(time.Minute)
			wantPhase(t, k, keeping.Saved)
			examples := 3
			if what == "the same set" {
				examples = 4
			}
			wantLoaded(t, left, cats, "Cat", examples)
			wantLoaded(t, s, cats, "Cat", examples)
		})
	}
}

// A set that was deleted because it could not be saved does not come back when there is room again.
func TestDeletedWhileItCannotBeSaved(t *testing.T) {
	s, k, _, dogs := twoSets(t)
	s.Full = true
	k.Changed(dogs, drawn(t, "Dog", 2))
	s.Pass(time.Second)
	k.Delete(dogs, must(t))
	s.Settle()
	s.Full = false
	s.Pass(time.Minute)
	if got := names(k); !slices.Equal(got, []string{"My set"}) {
		t.Errorf("sets %q after one was deleted", got)
	}
	wantPhase(t, k, keeping.Saved)
}

// What is the same again as what is on its way is not saved before that is.
func TestTheSameAgainBehindAFailure(t *testing.T) {
	s, k, cats, _ := twoSets(t)
	s.Full = true
	k.Changed(cats, drawn(t, "Cat", 3))
	k.Flush(func() {})
	k.Changed(cats, drawn(t, "Cat", 3))
	k.Flush(func() {})
	s.Settle()
	wantPhase(t, k, keeping.Failed)
	s.Full = false
	s.Pass(time.Minute)
	wantPhase(t, k, keeping.Saved)
	wantLoaded(t, s, cats, "Cat", 3)
}

// narrow is a store with room for sets up to a size.
type narrow struct {
	*keepingtest.Store
	most int
}

func (n *narrow) Put(changes []keeping.Change, done func(error)) {
	n.Full = slices.ContainsFunc(changes, func(c keeping.Change) bool { return len(c.Value) > n.most })
	n.Store.Put(changes, done)
	n.Full = false
}

// A set for which there is no room keeps no other from being saved.
func TestSetThatDoesNotFit(t *testing.T) {
	s := &narrow{Store: keepingtest.New(), most: 4000}
	k := keeping.New(s, s.Now, func() {})
	k.Begin(keepingtest.NewLocks().Page(), func(keeping.Found) {}, func(keeping.Found) {})
	s.Settle()
	large, small := k.NewID(), k.NewID()
	k.Changed(large, drawn(t, "Whale", 100))
	s.Pass(time.Second)
	wantPhase(t, k, keeping.Failed)
	k.Changed(small, drawn(t, "Mouse", 1))
	s.Pass(2 * time.Minute)
	wantPhase(t, k, keeping.Failed)
	wantLoaded(t, s.Store, small, "Mouse", 1)
	s.most = 1 << 20
	s.Pass(time.Minute)
	wantPhase(t, k, keeping.Saved)
	wantLoaded(t, s.Store, large, "Whale", 100)
}

// A set that is on the page again before it is deleted is not.
func TestUndoneBeforeItIsDeleted(t *testing.T) {
	s, k, cats, dogs := twoSets(t)
	k.Changed(dogs, drawn(t, "Dog", 2))
	k.Flush(func() {}) // on its way
	k.Delete(cats, func(error) {})
	k.Changed(cats, drawn(t, "Cat", 2))
	s.Settle()
	k.Flush(func() {})
	s.Pass(time.Minute)
	wantPhase(t, k, keeping.Saved)
	wantSet(t, s, "Cat", 2)
}
