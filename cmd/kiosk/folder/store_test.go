//go:build unix

package folder_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"oneshot/cmd/kiosk/folder"
	"oneshot/ui/keeping"
)

// desk is a store with a queue that the test works off.
type desk struct {
	t     *testing.T
	store *folder.Store
	posts chan func()
	heard string // of the lock
}

func open(t *testing.T, dir string) *desk {
	t.Helper()
	d := &desk{t: t, posts: make(chan func(), 100)}
	s, err := folder.Open(dir, func(f func()) { d.posts <- f })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d.store = s
	return d
}

// claim asks for the lock as a program that is started does, and fails the test unless it hears this word.
func (d *desk) claim(want string) *folder.Lock {
	d.t.Helper()
	l, err := d.store.Lock()
	d.must(err)
	d.t.Cleanup(func() { l.Close() })
	l.Claim(func() { d.heard = "held" }, func() { d.heard = "busy" }, nil)
	d.hears(want)
	return l
}

// hears fails the test unless the next that is told of the lock is this word.
func (d *desk) hears(want string) {
	d.t.Helper()
	d.heard = ""
	(<-d.posts)()
	if d.heard != want {
		d.t.Fatalf("of the lock it hears %q, want %q", d.heard, want)
	}
}

func (d *desk) put(changes ...keeping.Change) error {
	var got error
	d.store.Put(changes, func(err error) { got = err })
	(<-d.posts)()
	return got
}

func (d *desk) get(keys ...string) [][]byte {
	d.t.Helper()
	var got [][]byte
	d.store.Get(keys, func(values [][]byte, err error) {
		if err != nil {
			d.t.Error(err)
		}
		got = values
	})
	(<-d.posts)()
	return got
}

func (d *desk) keys() []string {
	d.t.Helper()
	var got []string
	d.store.Keys(func(keys []string, err error) {
		if err != nil {
			d.t.Error(err)
		}
		got = slices.Sorted(slices.Values(keys))
	})
	(<-d.posts)()
	return got
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestStoreKeepsValues(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	d := open(t, dir)
	d.must(d.put(keeping.Change{Key: "index", Value: []byte("one")}, keeping.Change{Key: "set/x1/2", Value: []byte("zip")}, keeping.Change{Key: "kiosk/pin", Value: []byte{}}))
	d.must(os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("somebody's"), 0o644))
	d = open(t, dir)
	if got := d.get("index", "set/x1/2", "kiosk/pin", "set/x1/1"); string(got[0]) != "one" || string(got[1]) != "zip" || got[2] == nil || got[3] != nil {
		t.Errorf("got %q", got)
	}
	if got, want := d.keys(), []string{"index", "kiosk/pin", "set/x1/2"}; !slices.Equal(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "set", "x1", "2.zip")); err != nil {
		t.Errorf("a set is no zip file: %v", err)
	}
	d.must(d.put(keeping.Change{Key: "set/x1/2"}, keeping.Change{Key: "set/x1/9"}))
	if got := d.keys(); !slices.Equal(got, []string{"index", "kiosk/pin"}) {
		t.Errorf("after one was removed: keys %q", got)
	}
	d.store.Erase(func(err error) { d.must(err) })
	(<-d.posts)()
	if got := d.keys(); len(got) != 0 {
		t.Errorf("after Erase: keys %q", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "notes.txt")); err != nil {
		t.Errorf("Erase took somebody else's file: %v", err)
	}
}

// A change that cannot be made leaves everything as it was.
func TestAllOrNone(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	d.must(d.put(keeping.Change{Key: "index", Value: []byte("one")}))
	for _, key := range []string{"../outside", "set//1", "", "set/A", ".journal", "/etc"} {
		if err := d.put(keeping.Change{Key: "index", Value: []byte("two")}, keeping.Change{Key: key, Value: []byte("bad")}); err == nil {
			t.Errorf("key %q was taken", key)
		}
	}
	if got := d.get("index"); string(got[0]) != "one" {
		t.Errorf("the index is %q after changes that failed", got[0])
	}
	files, err := filepath.Glob(filepath.Join(dir, ".*"))
	d.must(err)
	if len(files) != 0 {
		t.Errorf("there are %q left", files)
	}
}

// A program that died after the journal was written ends its change when it is started again; one that died before
// has changed nothing.
func TestDiedInBetween(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
		set   string
	}{
		"before the journal": {map[string]string{".new-0": "two", ".new-journal": `[{"temp`}, "one", ""},
		"after the journal":  {map[string]string{".new-0": "two", ".new-1": "zip", ".journal": `[{"temp":".new-0","key":"index"},{"temp":".new-1","key":"set/a/1"},{"key":"set/b/1"}]`}, "two", "zip"},
		"half way":           {map[string]string{".new-1": "zip", ".journal": `[{"temp":".new-0","key":"index"},{"temp":".new-1","key":"set/a/1"}]`}, "one", "zip"},
		"a strange journal":  {map[string]string{".journal": `[{"temp":"../../home","key":"index"}]`}, "one", ""},
		"a damaged journal":  {map[string]string{".journal": `[{`}, "one", ""},
		"a stranger's":       {map[string]string{".journal": `[{"temp":".new-0","key":"../index"}]`}, "one", ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			d := open(t, dir)
			d.must(d.put(keeping.Change{Key: "index", Value: []byte("one")}))
			for file, content := range c.files {
				d.must(os.WriteFile(filepath.Join(dir, file), []byte(content), 0o644))
			}
			d = open(t, dir)
			d.claim("held")
			if got := d.get("index", "set/a/1"); string(got[0]) != c.want || string(got[1]) != c.set {
				t.Errorf("index %q, set %q; want %q and %q", got[0], got[1], c.want, c.set)
			}
			left, err := filepath.Glob(filepath.Join(dir, ".new*"))
			d.must(err)
			if _, err := os.Stat(filepath.Join(dir, ".journal")); err == nil || len(left) != 0 {
				t.Errorf("there are %q left, journal: %v", left, err)
			}
			d.must(d.put(keeping.Change{Key: "index", Value: []byte("three")}))
		})
	}
}

func TestFolderThatIsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Open(file, func(f func()) {}); err == nil {
		t.Error("a file was opened as a folder")
	}
	dir := t.TempDir()
	d := open(t, dir)
	d.must(os.MkdirAll(filepath.Join(dir, "index.value", "x"), 0o755))
	if err := d.put(keeping.Change{Key: "index", Value: []byte("one")}); err == nil {
		t.Error("a value was written where a folder is")
	}
	d.must(os.RemoveAll(filepath.Join(dir, "index.value")))
	d = open(t, dir)
	d.claim("held")
	if got := d.get("index"); string(got[0]) != "one" {
		t.Errorf("a change that was written down is not ended once it can be: the index is %q", got[0])
	}
}

// A change that stopped half way is ended before the next is made, and not mixed with it.
func TestStoppedHalfWay(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	d.must(d.put(keeping.Change{Key: "index", Value: []byte("one")}))
	inTheWay := filepath.Join(dir, "set", "a", "1.zip", "x")
	d.must(os.MkdirAll(inTheWay, 0o755))
	if err := d.put(keeping.Change{Key: "index", Value: []byte("two")}, keeping.Change{Key: "set/a/1", Value: []byte("zip")}); err == nil {
		t.Error("a value was written where a folder is")
	}
	if err := d.put(keeping.Change{Key: "index", Value: []byte("three")}); err == nil {
		t.Error("a change was made before the one that stopped was ended")
	}
	d.must(os.RemoveAll(filepath.Dir(inTheWay)))
	d.must(d.put(keeping.Change{Key: "set/b/1", Value: []byte("b")}))
	if got := d.get("index", "set/a/1", "set/b/1"); string(got[0]) != "two" || string(got[1]) != "zip" || string(got[2]) != "b" {
		t.Errorf("got %q, want two, zip and b", got)
	}
}

// A program that may only read ends nothing that the one with the lock is about to do.
func TestReaderLeavesTheJournal(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	l := first.claim("held")
	journal := filepath.Join(dir, ".journal")
	first.must(os.WriteFile(filepath.Join(dir, ".new-0"), []byte("one"), 0o644))
	first.must(os.WriteFile(journal, []byte(`[{"temp":".new-0","key":"index"}]`), 0o644))
	second := open(t, dir)
	second.claim("busy")
	if got := second.get("index"); got[0] != nil {
		t.Errorf("a program without the lock has written %q", got[0])
	}
	first.must(l.Close())
	second.hears("held")
	if got := second.get("index"); string(got[0]) != "one" {
		t.Errorf("with the lock it finds %q, want one", got[0])
	}
}

// One program writes; the next gets the lock when it ends.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	first, second := open(t, dir), open(t, dir)
	l := first.claim("held")
	second.claim("busy")
	first.must(l.Close())
	second.hears("held")
}

func TestErrorsHaveWords(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("skipped: root may write everywhere")
	}
	dir := t.TempDir()
	d := open(t, dir)
	d.must(os.Chmod(dir, 0o555))
	if err := d.put(keeping.Change{Key: "index", Value: []byte("one")}); !errors.Is(err, keeping.ErrDenied) {
		t.Errorf("a folder that may not be written: %v, want ErrDenied", err)
	}
}
