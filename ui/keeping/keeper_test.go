package keeping_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/session"
	"oneshot/ui/state"
)

// drawn is a set of one class with so many examples.
func drawn(t *testing.T, name string, examples int) []state.Class {
	t.Helper()
	strokes := []state.Stroke{{{X: 0.1, Y: 0.5, Pressure: 0.5}, {X: 0.9, Y: 0.4, Pressure: 0.5}}}
	in, err := state.Input(strokes)
	if err != nil {
		t.Fatal(err)
	}
	c := state.Class{Name: name}
	for range examples {
		c.Shots = append(c.Shots, state.Shot{Strokes: strokes, Input: in})
	}
	return []state.Class{c}
}

// begin opens a keeper on a store, as a page that is loaded does.
func begin(t *testing.T, s *keepingtest.Store) (*keeping.Keeper, keeping.Found) {
	t.Helper()
	k := keeping.New(s, s.Now, func() {})
	var found []keeping.Found
	k.Begin(keepingtest.NewLocks().Page(), func(f keeping.Found) { found = append(found, f) }, func(keeping.Found) {})
	s.Settle()
	if len(found) != 1 {
		t.Fatalf("Open was answered %d times", len(found))
	}
	k.Opened(found[0], found[0].Classes)
	s.Settle()
	return k, found[0]
}

func wantPhase(t *testing.T, k *keeping.Keeper, want keeping.Phase) {
	t.Helper()
	if got := k.Status(); got.Phase != want {
		t.Errorf("phase %d (%v), want %d", got.Phase, got.Why, want)
	}
}

// wantSet fails the test unless a page that is loaded now finds this set.
func wantSet(t *testing.T, s *keepingtest.Store, name string, examples int) keeping.Found {
	t.Helper()
	_, f := begin(t, s)
	if len(f.Classes) != 1 || f.Classes[0].Name != name || len(f.Classes[0].Shots) != examples {
		t.Fatalf("found %d classes (%v), want %s with %d examples", len(f.Classes), f.Err, name, examples)
	}
	return f
}

func TestSavesAfterAPauseAndReadsBack(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	wantPhase(t, k, keeping.Fresh)
	k.Changed(f.ID, drawn(t, "Cat", 0))
	s.Pass(time.Second)
	if wantPhase(t, k, keeping.Fresh); len(s.Values) != 0 {
		t.Errorf("an empty page was saved: %v", s.Values)
	}
	k.Changed(f.ID, drawn(t, "Cat", 1))
	k.Changed(f.ID, drawn(t, "Cat", 2))
	wantPhase(t, k, keeping.Saving)
	s.Pass(time.Second)
	wantPhase(t, k, keeping.Saved)
	if s.Puts != 1 {
		t.Errorf("two quick acts made %d saves, want one", s.Puts)
	}
	wantSet(t, s, "Cat", 2)
}

// The same classes again are no change, and neither is an act with its undoing.
func TestSavesOnlyWhatChanged(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	one, two := drawn(t, "Cat", 1), drawn(t, "Cat", 2)
	k.Changed(f.ID, one)
	k.Flush(func() {})
	k.Changed(f.ID, one) // while it is on its way
	s.Pass(time.Second)
	k.Changed(f.ID, one)
	k.Changed(f.ID, two)
	k.Changed(f.ID, one)
	s.Pass(time.Second)
	if wantPhase(t, k, keeping.Saved); s.Puts != 1 {
		t.Errorf("%d saves, want one", s.Puts)
	}
}

// A page that goes away hands over at once what is not saved yet, even while a save is on its way.
func TestFlush(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	done := 0
	k.Flush(func() { done++ })
	if done != 1 {
		t.Error("with nothing to save, Flush does not end")
	}
	k.Changed(f.ID, drawn(t, "Cat", 1))
	k.Flush(func() { done++ })
	k.Changed(f.ID, drawn(t, "Cat", 2))
	k.Flush(func() { done++ })
	if done != 1 {
		t.Error("Flush ended before the store has answered")
	}
	wantSet(t, s.Crash(), "Cat", 2)
	s.Settle()
	if done != 3 {
		t.Errorf("%d calls of Flush ended, want 3", done)
	}
	wantPhase(t, k, keeping.Saved)
}

func TestFailsAndTriesAgain(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	k.Changed(f.ID, drawn(t, "Cat", 1))
	s.Pass(time.Second)
	s.Fault = keeping.ErrFull
	k.Changed(f.ID, drawn(t, "Cat", 2))
	s.Pass(time.Second)
	if st := k.Status(); st.Phase != keeping.Failed || !errors.Is(st.Why, keeping.ErrFull) {
		t.Errorf("status %+v, want a failure for want of room", st)
	}
	s.Fault = nil
	wantSet(t, s, "Cat", 1)
	s.Pass(time.Minute)
	wantPhase(t, k, keeping.Saved)
	wantSet(t, s, "Cat", 2)

	s.Fault = keeping.ErrFull
	k.Changed(f.ID, drawn(t, "Cat", 3))
	s.Pass(time.Second)
	s.Fault = nil
	k.Retry()
	s.Settle()
	wantSet(t, s, "Cat", 3)

	s.Lossy = true
	k.Changed(f.ID, drawn(t, "Cat", 4))
	s.Pass(time.Second)
	if st := k.Status(); !errors.Is(st.Why, keeping.ErrUnlike) {
		t.Errorf("a store that writes nothing has the status %+v", st)
	}
}

// A store that does not answer is told of, and what it does in the end is good.
func TestSlowStore(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	s.Asleep = true
	k.Changed(f.ID, drawn(t, "Cat", 1))
	s.Pass(20 * time.Second)
	if st := k.Status(); !errors.Is(st.Why, keeping.ErrSlow) {
		t.Errorf("status %+v, want a slow store", st)
	}
	s.Asleep = false
	s.Settle()
	wantPhase(t, k, keeping.Saved)
	wantSet(t, s, "Cat", 1)
}

// A store that cannot be read is not written to until it can; then nothing in it is written over.
func TestNothingIsWrittenBeforeItIsRead(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	k.Changed(f.ID, drawn(t, "Cat", 3))
	s.Pass(time.Second)

	s.Fault = keeping.ErrDenied
	k, f = begin(t, s)
	if !errors.Is(f.Err, keeping.ErrDenied) || f.ID == "" || f.Classes != nil {
		t.Fatalf("found %+v", f)
	}
	wantPhase(t, k, keeping.Failed)
	k.Changed(f.ID, drawn(t, "Dog", 1))
	s.Pass(time.Second)
	wantPhase(t, k, keeping.Failed)
	s.Fault = nil
	wantSet(t, s, "Cat", 3)
	k.Retry()
	s.Settle()
	wantPhase(t, k, keeping.Saved)
	wantSet(t, s, "Dog", 1)
	if n := len(sets(s)); n != 2 {
		t.Errorf("%d sets, want both", n)
	}
}

// sets are the ids of the sets with content in a store.
func sets(s *keepingtest.Store) []string {
	var ids []string
	for key := range s.Values {
		if rest, ok := strings.CutPrefix(key, "set/"); ok {
			id, _, _ := strings.Cut(rest, "/")
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// key returns the one key with a beginning and an end.
func key(t *testing.T, s *keepingtest.Store, prefix, suffix string) string {
	t.Helper()
	var found []string
	for k := range s.Values {
		if strings.HasPrefix(k, prefix) && strings.HasSuffix(k, suffix) {
			found = append(found, k)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%q begin with %s and end with %s, want one", found, prefix, suffix)
	}
	return found[0]
}

// threeRevisions saves a set three times.
func threeRevisions(t *testing.T) *keepingtest.Store {
	t.Helper()
	s := keepingtest.New()
	k, f := begin(t, s)
	for n := range 3 {
		k.Changed(f.ID, drawn(t, "Cat", n+1))
		s.Pass(time.Second)
	}
	return s
}

// However the newest revision is damaged, the one before is used, and what is damaged is set aside as it was.
func TestDamagedRevision(t *testing.T) {
	whole := threeRevisions(t).Values
	for name, damage := range map[string]func([]byte) []byte{
		"cut":     func(b []byte) []byte { return b[:len(b)/2] },
		"flipped": func(b []byte) []byte { b[60] ^= 1; return b },
		"empty":   func([]byte) []byte { return []byte{} },
	} {
		t.Run(name, func(t *testing.T) {
			s := threeRevisions(t)
			k3 := key(t, s, "set/", "/3")
			s.Values[k3] = damage(s.Values[k3])
			bad := slices.Clone(s.Values[k3])
			_, f := begin(t, s)
			if f.Damaged != 1 || len(f.Classes) != 1 || len(f.Classes[0].Shots) != 2 {
				t.Fatalf("%d damaged, %d classes, want the revision before", f.Damaged, len(f.Classes))
			}
			if got := s.Values["damaged"+strings.TrimPrefix(k3, "set")]; !slices.Equal(got, bad) || got == nil {
				t.Errorf("what was damaged is not set aside; there is %v", slices.Sorted(maps.Keys(s.Values)))
			}
			wantSet(t, s, "Cat", 2)
		})
	}
	if len(whole) != 3 {
		t.Errorf("a set of three revisions is kept under %d keys, want two revisions and the index", len(whole))
	}
}

// With both revisions damaged the page begins empty and says so, and both are set aside.
func TestAllDamaged(t *testing.T) {
	s := threeRevisions(t)
	for _, n := range []string{"/2", "/3"} {
		k := key(t, s, "set/", n)
		s.Values[k] = []byte("x")
	}
	k, f := begin(t, s)
	if f.Classes != nil || f.Damaged != 2 {
		t.Fatalf("found %+v", f)
	}
	k.Changed(f.ID, drawn(t, "Dog", 1))
	s.Pass(time.Second)
	wantSet(t, s, "Dog", 1)
	key(t, s, "damaged/", "/2")
	key(t, s, "damaged/", "/3")
}

// Without its index, or with one that cannot be read, everything is found again.
func TestDamagedIndex(t *testing.T) {
	for name, b := range map[string][]byte{
		"gone": nil, "garbage": []byte("{"), "foreign": []byte(`{"format":"other","version":1}`),
		"twice": []byte(`{"format":"oneshot shelf","version":1,"current":"a","sets":[{"id":"a","name":"A","revision":1},{"id":"a","name":"B","revision":1}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			s := threeRevisions(t)
			if b == nil {
				delete(s.Values, "index")
			} else {
				s.Values["index"] = b
			}
			wantSet(t, s, "Cat", 3)
		})
	}
}

// What a newer program has saved is left alone.
func TestNewerIndex(t *testing.T) {
	s := threeRevisions(t)
	s.Values["index"] = []byte(`{"format":"oneshot shelf","version":2,"shelves":[]}`)
	before := len(s.Values)
	k, f := begin(t, s)
	if !errors.Is(f.Err, keeping.ErrNewer) {
		t.Fatalf("found %+v", f)
	}
	k.Changed(f.ID, drawn(t, "Dog", 1))
	s.Pass(time.Minute)
	if wantPhase(t, k, keeping.Failed); len(s.Values) != before {
		t.Errorf("%d values, before %d", len(s.Values), before)
	}
}

// A set that is opened in between does not lose what was last done to the other.
func TestTwoSetsAtOnce(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	k.Changed(f.ID, drawn(t, "Cat", 1))
	k.Changed(k.NewID(), drawn(t, "Dog", 1))
	k.Changed(f.ID, drawn(t, "Cat", 2))
	s.Pass(time.Minute)
	wantSet(t, s, "Cat", 2)
	if n := len(sets(s)); n != 2 {
		t.Errorf("%d sets, want two", n)
	}
}

// The store holds exactly what a saved copy holds.
func TestOneFormat(t *testing.T) {
	s := threeRevisions(t)
	want, err := session.Write(drawn(t, "Cat", 3))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Values[key(t, s, "set/", "/3")]; !slices.Equal(got, want) {
		t.Errorf("%d bytes are kept, a saved copy has %d", len(got), len(want))
	}
}

// A large set is drawn a few pictures at a time, so that the page never stands still for long; one that is about to go does not wait.
func TestPreparesInStints(t *testing.T) {
	const examples = 40
	for _, leaves := range []bool{false, true} {
		s := keepingtest.New()
		k := keeping.New(s, func() time.Time { s.Clock = s.Clock.Add(2 * time.Millisecond); return s.Clock }, func() {})
		k.Begin(keepingtest.NewLocks().Page(), func(f keeping.Found) { k.Opened(f, f.Classes) }, func(keeping.Found) {})
		s.Settle()
		set := drawn(t, "Cat", examples)
		for i := range set[0].Shots {
			set[0].Shots[i].ID = state.ShotID(i + 1)
		}
		k.Changed("s1", set)
		s.Pass(350 * time.Millisecond)
		wantPhase(t, k, keeping.Saving)
		if s.Puts != 0 {
			t.Fatal("it was all drawn at once")
		}
		if leaves {
			k.Flush(func() {})
			s.Settle()
		} else {
			s.Pass(time.Second)
		}
		wantPhase(t, k, keeping.Saved)
		if s.Puts != 1 {
			t.Errorf("%d saves, want one", s.Puts)
		}
		wantSet(t, s, "Cat", examples)
	}
}
