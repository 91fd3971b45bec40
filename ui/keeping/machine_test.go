package keeping_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/state"
)

// TestRandomActs has a person draw, open, delete and undo at random while the store answers late or not at all, is full or
// refuses, and the page dies at any moment: what was acknowledged is there, and in the end all of it.
func TestRandomActs(t *testing.T) {
	shot := drawn(t, "Cat", 1)[0].Shots[0]
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{t: t, books: map[string]*book{}, shot: shot}
		m.load(keepingtest.New())
		m.store.Late = rapid.Bool().Draw(t, "late")
		act := func(f func()) func(*rapid.T) {
			return func(*rapid.T) {
				f()
				m.changed()
				m.heard()
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"draw": act(func() {
				m.drawn++
				m.turn(board{m.page.set, []state.Class{{Name: strconv.Itoa(m.drawn), Shots: []state.Shot{m.shot}}}})
			}),
			"undo": act(func() {
				n := len(m.past)
				if n == 0 || m.erasing {
					t.Skip("nothing to undo")
				}
				m.page, m.past = m.past[n-1], m.past[:n-1]
				if b := m.books[m.page.set]; b != nil {
					m.wish(b, false) // as Undo of a deletion brings the set back, once it is saved
				}
			}),
			"new set": act(func() { m.turn(board{set: m.k.NewID()}) }),
			"open": act(func() {
				id := m.pick(false)
				b := m.books[id]
				want := b.last()
				m.k.Load(id, func(f keeping.Found) {
					if f.Classes == nil || m.erasing || m.books[id] != b {
						return
					}
					if got := word(f.Classes); got != want && b.last() == want {
						m.t.Fatalf("set %s was opened as %q, want %q", id, got, want)
					}
					m.wish(b, false) // what is on the page is kept
					m.turn(board{f.ID, slices.Clone(f.Classes)})
					m.k.Opened(f, m.page.classes)
					m.changed()
				})
			}),
			"rename": act(func() {
				id := m.pick(false)
				b := m.books[id]
				m.drawn++
				name := "name" + strconv.Itoa(m.drawn) + "."
				b.names = append(b.names, name)
				m.k.Rename(id, name, func(err error) {
					if err == nil {
						b.names = b.names[slices.Index(b.names, name):]
					}
				})
			}),
			"delete": act(func() {
				id := m.pick(false)
				m.k.Delete(id, m.wish(m.books[id], true))
			}),
			"undelete": act(func() {
				id := m.pick(true)
				m.k.Undelete(id, m.wish(m.books[id], false))
			}),
			"flush": act(func() {
				m.store.Settle()
				m.changed()
				good := !m.store.Late && m.store.Fault == nil && !m.store.Full && !m.store.Asleep && !m.erasing && m.k.Status().Phase != keeping.Failed
				m.k.Flush(func() {})
				if good { // all of it is in the store's hands
					m.acknowledged()
				}
			}),
			"retry":  act(func() { m.k.Retry() }),
			"answer": act(func() { m.store.Answer() }),
			"settle": act(func() { m.store.Settle() }),
			"pass": act(func() {
				m.store.Pass(time.Duration(rapid.IntRange(1, 30_000).Draw(t, "ms")) * time.Millisecond)
			}),
			"fault": act(func() {
				m.store.Fault = rapid.SampledFrom([]error{nil, keeping.ErrFull, keeping.ErrDenied}).Draw(t, "fault")
				m.store.Full = rapid.Bool().Draw(t, "full")
			}),
			"sleep": act(func() { m.store.Asleep = !m.store.Asleep }),
			"duplicate": act(func() {
				if m.copying > 0 {
					t.Skip("one is being made")
				}
				id := m.pick(false)
				b := m.books[id]
				life := m.life
				had, from := m.ids(), max(b.safe, 0)
				m.copying++
				m.k.Duplicate(id, func(err error) {
					if err != nil || life != m.life {
						return
					}
					i := slices.IndexFunc(m.ids(), func(id string) bool { return !slices.Contains(had, id) && m.books[id] == nil })
					if i < 0 {
						m.t.Fatalf("the copy of %s is not on the list", id)
					}
					m.learn(m.ids()[i], func(copied *book) {
						m.copying--
						if !slices.Contains(b.shown[from:], copied.last()) {
							m.t.Fatalf("the copy of %s is %q, want one of %q", id, copied.last(), b.shown[from:])
						}
					})
				})
			}),
			"reload": func(*rapid.T) {
				m.check()
				m.life++
				clear(m.books)
				for next, i := m.crash(), 0; i < len(next.ids()); i++ {
					next.learn(next.ids()[i], func(*book) {})
					next.store.Settle()
				}
				was := m.store
				s := was.Crash()
				s.Late, s.Fault, s.Full, s.Asleep = was.Late, was.Fault, was.Full, was.Asleep
				m.load(s)
			},
			"erase": act(func() {
				if m.erasing {
					t.Skip("erasing")
				}
				m.erasing = true
				m.life++
				m.k.Erase(func(err error) {
					m.erasing = false
					if err == nil {
						clear(m.books)
						m.past = nil
						m.show(keeping.Found{ID: m.k.NewID()})
					}
				})
			}),
			"": func(*rapid.T) { m.check() },
		})
		m.settled()
	})
}
