package keeping_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
)

// counter counts what it is asked to write, done or not.
type counter struct {
	*keepingtest.Store
	asked int
}

func (c *counter) Put(changes []keeping.Change, done func(error)) {
	c.asked++
	c.Store.Put(changes, done)
}

// What could not be saved of one set is saved when there is room again, though another set is on the page by then; and the
// store is not asked again and again meanwhile.
func TestFailedSaveOfTheSetBefore(t *testing.T) {
	s := keepingtest.New()
	c := &counter{Store: s}
	k := keeping.New(c, s.Now, func() {})
	var f keeping.Found
	k.Begin(keepingtest.NewLocks().Page(), func(found keeping.Found) { f = found }, func(keeping.Found) {})
	s.Settle()
	k.Opened(f, nil)
	k.Changed(f.ID, drawn(t, "Cat", 1))
	s.Pass(time.Second)

	s.Fault = keeping.ErrFull
	k.Changed(f.ID, drawn(t, "Cat", 2))
	s.Pass(time.Second)
	other := k.NewID()
	dog := drawn(t, "Dog", 1)
	k.Changed(other, dog)
	before := c.asked
	for range 60 {
		k.Changed(other, dog)
		s.Pass(time.Second)
	}
	wantPhase(t, k, keeping.Failed)
	if n := c.asked - before; n < 2 || n > 10 {
		t.Errorf("in a minute the store was asked %d times, want 2 to 10", n)
	}
	s.Fault = nil
	s.Pass(time.Minute)
	wantPhase(t, k, keeping.Saved)
	wantSet(t, s, "Dog", 1)
	wantLoaded(t, s, f.ID, "Cat", 2)
}

// A save that waits for something else to be written is not forgotten when that fails.
func TestSaveBehindAFailure(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	s.Late = true
	k.Persist()
	s.Answer() // yes; that this was asked is being written now
	s.Asleep = true
	k.Changed(f.ID, drawn(t, "Cat", 1))
	s.Pass(time.Second)
	s.Fault = keeping.ErrFull
	s.Asleep = false
	s.Settle()
	s.Fault = nil
	s.Pass(time.Minute)
	wantPhase(t, k, keeping.Saved)
	wantSet(t, s, "Cat", 1)
}

// An index that tells of revisions which are not there does not hide those that are.
func TestIndexAheadOfItsSet(t *testing.T) {
	s := threeRevisions(t)
	var b []byte
	for _, key := range []string{key(t, s, "set/", "/2"), key(t, s, "set/", "/3")} {
		b = s.Values[key]
		delete(s.Values, key)
	}
	id := strings.Split(string(s.Values["index"]), `"current":"`)[1]
	id, _, _ = strings.Cut(id, `"`)
	s.Values["set/"+id+"/1"] = b
	f := wantSet(t, s, "Cat", 3)
	if f.ID != id || f.Damaged != 1 {
		t.Errorf("found as set %s with %d damaged revisions, want %s with 1", f.ID, f.Damaged, id)
	}
	s.Values["set/"+id+"/1"] = []byte("x")
	if _, f := begin(t, s); f.Classes != nil || f.ID == id || f.Damaged != 2 {
		t.Errorf("found %+v of a set that cannot be read", f)
	}
	key(t, s, "damaged/", "/1")
}

// wantLoaded fails the test unless the set with an id is this one.
func wantLoaded(t *testing.T, s *keepingtest.Store, id, name string, examples int) {
	t.Helper()
	k, _ := begin(t, s)
	answered := false
	k.Load(id, func(f keeping.Found) {
		answered = true
		if len(f.Classes) != 1 || f.Classes[0].Name != name || len(f.Classes[0].Shots) != examples {
			t.Errorf("set %s has %d classes (%v), want %s with %d examples", id, len(f.Classes), f.Err, name, examples)
		}
	})
	if s.Settle(); !answered {
		t.Error("Load was not answered")
	}
}

// What is on its way when everything is erased is not written after that, and neither is what was on the page.
func TestNothingIsSavedWhileErasing(t *testing.T) {
	s := keepingtest.New()
	k, f := begin(t, s)
	k.Changed(f.ID, drawn(t, "Cat", 1))
	k.Flush(func() {})
	var erased []error
	k.Erase(func(err error) { erased = append(erased, err) })
	k.Changed(f.ID, drawn(t, "Cat", 2))
	k.Flush(func() {})
	s.Pass(time.Minute)
	if len(erased) != 1 || erased[0] != nil {
		t.Fatalf("Erase was answered %v, want once without an error", erased)
	}
	if len(s.Values) != 0 {
		t.Errorf("%d values are left", len(s.Values))
	}
	k.Changed(k.NewID(), drawn(t, "Dog", 1))
	s.Pass(time.Minute)
	wantSet(t, s, "Dog", 1)
}

// What is asked for while everything is about to be erased is not written after that.
func TestNothingIsChangedWhileErasing(t *testing.T) {
	for what, ask := range map[string]func(k *keeping.Keeper, cats string){
		"a name":  func(k *keeping.Keeper, cats string) { k.Rename(cats, "X", func(error) {}) },
		"a copy":  func(k *keeping.Keeper, cats string) { k.Duplicate(cats, func(error) {}) },
		"persist": func(k *keeping.Keeper, _ string) { k.Persist() },
	} {
		for _, first := range []bool{true, false} {
			s, k, cats, _ := twoSets(t)
			if first {
				ask(k, cats)
			}
			k.Erase(must(t))
			if !first {
				ask(k, cats)
			}
			s.Pass(time.Minute)
			again, _ := begin(t, s)
			delete(s.Values, "index") // that it has asked to keep things may be noted anew
			if len(s.Values) != 0 || len(k.Sets()) != 0 || len(again.Sets()) != 0 {
				t.Errorf("%s, asked for first %v: %d values are left, sets %q", what, first, len(s.Values), names(k))
			}
		}
	}
}

// A page that has lost the lock while Erase waited erases nothing of what another has saved since.
func TestErasingPageLosesTheLock(t *testing.T) {
	s, locks := keepingtest.New(), keepingtest.NewLocks()
	k := keeping.New(s, s.Now, func() {})
	var f keeping.Found
	k.Begin(locks.Page(), func(found keeping.Found) { f = found }, func(keeping.Found) {})
	s.Settle()
	k.Opened(f, nil)
	k.Changed(f.ID, drawn(t, "Cat", 1))
	s.Pass(time.Minute)
	s.Late, s.Asleep = true, true
	k.Rename(f.ID, "Cats", func(error) {})
	s.Settle()
	var got error
	k.Erase(func(err error) { got = err })
	other := locks.Page()
	other.Claim(func() {}, func() {}, func(func()) {})
	other.Steal()
	s.Settle()
	s.Asleep = false
	if s.Settle(); !errors.Is(got, keeping.ErrReader) {
		t.Errorf("Erase: %v, want ErrReader", got)
	}
	wantSet(t, s, "Cat", 1)
}

// A page whose lock was taken by force, as when it had slept, writes no more; what it could not save is not lost either.
func TestStolenLock(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first := newTab(s, l)
	first.change(s, drawn(t, "Cat", 1))
	second := newTab(s, l)
	first.Changed(first.shown.ID, drawn(t, "Cat", 2))
	second.lock.Steal()
	s.Pass(time.Minute)
	puts := s.Puts
	first.Flush(func() {})
	s.Pass(time.Minute)
	if s.Puts != puts {
		t.Error("the page that has lost its lock has written")
	}
	if wantPhase(t, first.Keeper, keeping.Elsewhere); !first.Unsaved() {
		t.Error("what was not saved is forgotten")
	}
	second.change(s, drawn(t, "Cat", 3))
	wantSet(t, s, "Cat", 3)
}

// What was drawn on a page that only reads takes the place of nothing that the other has saved.
func TestRehome(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first := newTab(s, l)
	first.change(s, drawn(t, "Cat", 1))
	second := &tab{Keeper: keeping.New(s, s.Now, func() {}), lock: l.Page()}
	second.Begin(second.lock, func(f keeping.Found) {
		second.shown = f
		second.Opened(f, f.Classes)
	}, func(keeping.Found) {
		if !second.Unsaved() {
			t.Error("what was drawn on the second page is not unsaved")
		}
		second.shown.ID = second.Rehome()
	})
	s.Pass(5 * time.Second)
	dog := drawn(t, "Dog", 1)
	second.change(s, dog)
	first.change(s, drawn(t, "Cat", 2))
	cat := first.shown.ID
	second.TakeOver()
	s.Pass(time.Minute)
	second.change(s, dog)
	wantPhase(t, second.Keeper, keeping.Saved)
	wantLoaded(t, s, cat, "Cat", 2)
	wantLoaded(t, s, second.shown.ID, "Dog", 1)
}

// A page that has its lock back and cannot read what was written meanwhile writes nothing over it.
func TestRegainUnread(t *testing.T) {
	s, l := keepingtest.New(), keepingtest.NewLocks()
	first := newTab(s, l)
	first.change(s, drawn(t, "Cat", 1))
	second := newTab(s, l)
	second.TakeOver()
	s.Pass(time.Minute)
	second.change(s, drawn(t, "Cat", 5))
	s.Fault = keeping.ErrSlow
	second.lock.Close()
	s.Pass(time.Second)
	wantPhase(t, first.Keeper, keeping.Failed)
	puts := s.Puts
	first.Changed(first.shown.ID, drawn(t, "Cat", 2))
	s.Pass(time.Second)
	s.Fault = nil
	first.Retry()
	s.Settle()
	if s.Puts != puts {
		t.Error("the page has written before it has read")
	}
	s.Pass(time.Minute)
	if first.again != 1 || first.examples() != 5 {
		t.Errorf("it was shown %d times what the other saved, with %d examples; want once, with 5", first.again, first.examples())
	}
}

// A page that only reads sets nothing aside before it may write.
func TestReaderSetsAsideLater(t *testing.T) {
	s, l := threeRevisions(t), keepingtest.NewLocks()
	writer := l.Page()
	writer.Claim(func() {}, func() {}, func(func()) {})
	newest := key(t, s, "set/", "/3")
	s.Values[newest] = []byte("x")
	second := newTab(s, l)
	if second.shown.Damaged != 1 || second.examples() != 2 || string(s.Values[newest]) != "x" {
		t.Errorf("%d damaged, %d examples, and where the damage was there is %q", second.shown.Damaged, second.examples(), s.Values[newest])
	}
	writer.Close()
	s.Pass(time.Minute)
	if aside := key(t, s, "damaged/", "/3"); string(s.Values[aside]) != "x" {
		t.Errorf("%q was set aside, want what was damaged", s.Values[aside])
	}
	wantSet(t, s, "Cat", 2)
}

// A set that a newer program has saved is left as it is, and no older revision is shown for it.
func TestNewerSet(t *testing.T) {
	s := threeRevisions(t)
	newest := key(t, s, "set/", "/3")
	s.Values[newest] = newer(t, s.Values[newest])
	k, f := begin(t, s)
	if !errors.Is(f.Err, keeping.ErrNewer) || f.Classes != nil || f.Damaged != 0 {
		t.Errorf("%d classes, %d damaged, %v; want ErrNewer", len(f.Classes), f.Damaged, f.Err)
	}
	before := len(s.Values)
	k.Changed(f.ID, drawn(t, "Dog", 1))
	s.Pass(time.Minute)
	if n := len(s.Values) - before; n != 1 {
		t.Errorf("there are %d more values after a new set was saved, want 1", n)
	}
	wantSet(t, s, "Dog", 1)
}

// newer is a saved set as one of a version to come.
func newer(t *testing.T, set []byte) []byte {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	from, err := zip.NewReader(bytes.NewReader(set), int64(len(set)))
	must(err)
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		var content bytes.Buffer
		r, err := f.Open()
		must(err)
		_, err = content.ReadFrom(r)
		must(err)
		w, err := to.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		must(err)
		_, err = w.Write(bytes.Replace(content.Bytes(), []byte(`"version": `), []byte(`"version": 9`), 1))
		must(err)
	}
	must(to.Close())
	return out.Bytes()
}
