package keeping_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/state"
)

// names are the names of the sets, the one changed last first.
func names(k *keeping.Keeper) []string {
	var out []string
	for _, e := range k.Sets() {
		out = append(out, e.Name)
	}
	return out
}

// twoSets keeps a set called My set and, changed later, one called Dogs.
func twoSets(t *testing.T) (s *keepingtest.Store, k *keeping.Keeper, cats, dogs string) {
	t.Helper()
	s = keepingtest.New()
	k, f := begin(t, s)
	k.Changed(f.ID, drawn(t, "Cat", 2))
	s.Pass(time.Minute)
	dogs = k.NewID()
	k.Name(dogs, "Dogs\u202e ")
	k.Changed(dogs, drawn(t, "Dog", 1))
	s.Pass(time.Minute)
	return s, k, f.ID, dogs
}

func must(t *testing.T) func(error) {
	t.Helper()
	return func(err error) {
		t.Helper()
		if err != nil {
			t.Errorf("it failed: %v", err)
		}
	}
}

func TestSets(t *testing.T) {
	s, k, cats, dogs := twoSets(t)
	if got := names(k); !slices.Equal(got, []string{"Dogs", "My set"}) {
		t.Fatalf("sets %q", got)
	}
	if e, ok := k.Set(cats); !ok || e.Classes != 1 || e.Examples != 2 || e.Revision != 1 {
		t.Errorf("entry %+v", e)
	}
	k.Rename(cats, " Cats\n", must(t))
	k.Rename(cats, " ", must(t))
	k.Duplicate(dogs, must(t))
	s.Settle()
	if got := names(k); !slices.Equal(got, []string{"Dogs 2", "Dogs", "Cats"}) {
		t.Errorf("sets %q after a copy of one", got)
	}
	wantSet(t, s.Crash(), "Dog", 1)
	k.Delete(dogs, must(t))
	k.Delete(cats, must(t))
	k.Undelete(cats, must(t))
	s.Settle()
	if got := names(k); !slices.Equal(got, []string{"Dogs 2", "Cats"}) {
		t.Errorf("sets %q after one was deleted and one brought back", got)
	}
	for _, id := range []string{"none", ""} {
		for name, act := range map[string]func(string, func(error)){
			"Delete": k.Delete, "Undelete": k.Undelete, "Duplicate": k.Duplicate,
			"Rename": func(id string, done func(error)) { k.Rename(id, "x", done) },
		} {
			var got error
			act(id, func(err error) { got = err })
			if s.Settle(); !errors.Is(got, keeping.ErrNoSet) {
				t.Errorf("%s of set %q: %v", name, id, got)
			}
		}
	}
	k2, _ := begin(t, s)
	if got := names(k2); !slices.Equal(got, []string{"Dogs 2", "Cats"}) {
		t.Errorf("sets %q at the next visit", got)
	}
	for key := range s.Values {
		if strings.Contains(key, dogs) {
			t.Errorf("%s of the deleted set is left", key)
		}
	}
}

// What belongs to a set that is changed in the list is saved first, and a store that fails changes nothing.
func TestSetsAfterUnsavedActs(t *testing.T) {
	s, k, _, dogs := twoSets(t)
	k.Changed(dogs, drawn(t, "Dog", 2))
	k.Duplicate(dogs, must(t))
	s.Settle()
	if e := k.Sets()[0]; e.Name != "Dogs 2" || e.Examples != 2 {
		t.Errorf("the copy is %+v, want 2 examples", e)
	}
	before := names(k)
	s.Fault = keeping.ErrFull
	var got error
	k.Rename(dogs, "x", func(err error) { got = err })
	s.Settle()
	if !errors.Is(got, keeping.ErrFull) || !slices.Equal(names(k), before) {
		t.Errorf("error %v, sets %q, want %q", got, names(k), before)
	}
}

// A set that is deleted and changed after all, as by Undo, is back.
func TestDeletedAndChanged(t *testing.T) {
	s, k, _, dogs := twoSets(t)
	k.Delete(dogs, must(t))
	s.Settle()
	k.Changed(dogs, drawn(t, "Dog", 3))
	s.Pass(time.Second)
	wantSet(t, s, "Dog", 3)
}

func TestTooManySets(t *testing.T) {
	s := keepingtest.New()
	k, _ := begin(t, s)
	for range keeping.MaxSets + 1 {
		k.Changed(k.NewID(), drawn(t, "Cat", 1))
		k.Flush(func() {})
		s.Settle()
	}
	if st := k.Status(); !errors.Is(st.Why, keeping.ErrTooMany) {
		t.Errorf("status %+v", st)
	}
	k.Delete(k.Sets()[7].ID, must(t))
	s.Settle()
	if n := len(k.Sets()); n != keeping.MaxSets-1 {
		t.Errorf("%d sets, want %d", n, keeping.MaxSets-1)
	}
}

// However the index is changed, opening neither panics nor fails, and the content of the sets stays.
func FuzzIndex(f *testing.F) {
	f.Add([]byte(`{"format":"oneshot shelf","version":1,"current":"a","sets":[{"id":"a","name":"A","revision":3,"classes":1,"examples":1,"changed":1}]}`))
	f.Add([]byte(`{"format":"oneshot shelf","version":1,"asked":true,"sets":[{"id":"b","name":"A","revision":9223372036854775807,"deleted":true}]}`))
	f.Add([]byte("null"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := keepingtest.New()
		s.Values["index"] = b
		s.Values["set/a/3"] = []byte("not a set")
		k, found := begin(t, s)
		if found.ID == "" {
			t.Fatal("no id")
		}
		var held []string
		for key, v := range s.Values {
			if string(v) == "not a set" {
				held = append(held, key)
			}
		}
		if gone := len(held) == 0; gone && !strings.Contains(string(b), "deleted") {
			t.Fatalf("the set is gone after the index %q", b)
		}
		for _, e := range k.Sets() {
			if e.Name == "" || e.Name != state.CleanName(e.Name) {
				t.Fatalf("a set is called %q", e.Name)
			}
		}
	})
}
