package bridge

import (
	"errors"
	"fmt"
	"strings"
	"syscall/js"
	"time"

	"oneshot/ui/keeping"
)

// Where the page keeps things in the browser's database.
const (
	databaseName = "oneshot"
	valuesName   = "values"
	reloadsKey   = "reloads" // the loader's
)

// Store is the browser's database as a keeping.Store: one object store of bytes under keys.
type Store struct {
	page *Page
	db   js.Value // null unless it is open
	wait []func(error)
}

var _ keeping.Store = (*Store)(nil)

// Store returns the place to keep things in. Nothing is opened before it is used.
func (p *Page) Store() *Store { return &Store{page: p, db: js.Null()} }

// open calls then once the database is open: at once if it is, so that a page that goes away can still write.
func (s *Store) open(then func(error)) {
	if s.db.Truthy() {
		then(nil)
		return
	}
	s.wait = append(s.wait, then)
	if len(s.wait) > 1 {
		return // it is being opened
	}
	opened := func(err error) {
		wait := s.wait
		s.wait = nil
		for _, f := range wait {
			f(err)
		}
	}
	err := attempt(func() {
		db := s.page.window.Get("indexedDB")
		if !db.Truthy() {
			opened(keeping.ErrDenied)
			return
		}
		request := db.Call("open", databaseName, 1)
		make := js.FuncOf(func(js.Value, []js.Value) any {
			request.Get("result").Call("createObjectStore", valuesName)
			return nil
		})
		request.Set("onupgradeneeded", make)
		first(request, map[string]func(){
			"success": func() {
				make.Release()
				s.use(request.Get("result"))
				opened(nil)
			},
			"error": func() {
				make.Release()
				opened(fault(request.Get("error"), keeping.ErrDenied))
			},
		})
	})
	if err != nil {
		opened(fmt.Errorf("%w: %v", keeping.ErrDenied, err))
	}
}

// use takes an open database, until the browser closes it or another program wants to change it.
func (s *Store) use(db js.Value) {
	s.db = db
	first(db, map[string]func(){
		"close":         func() { s.forget(db) },
		"versionchange": func() { db.Call("close"); s.forget(db) },
	})
}

func (s *Store) forget(db js.Value) {
	if s.db.Equal(db) {
		s.db = js.Null()
	}
}

// transact begins a transaction and lets f make its requests. A connection that the browser has dropped is opened
// anew, once.
func (s *Store) transact(mode string, f func(values, transaction js.Value), failed func(error)) {
	try := func() error {
		return attempt(func() {
			t := s.db.Call("transaction", valuesName, mode, map[string]any{"durability": "strict"})
			f(t.Call("objectStore", valuesName), t)
		})
	}
	s.open(func(err error) {
		if err != nil {
			failed(err)
			return
		}
		if try() == nil {
			return
		}
		s.db = js.Null()
		s.open(func(err error) {
			if err == nil {
				err = try()
			}
			if err != nil {
				failed(err)
			}
		})
	})
}

// Get implements keeping.Store.
func (s *Store) Get(keys []string, done func([][]byte, error)) {
	s.transact("readonly", func(values, t js.Value) {
		requests := make([]js.Value, len(keys))
		for i, k := range keys {
			requests[i] = values.Call("get", k)
		}
		ends(t, func(err error) {
			if err != nil {
				done(nil, err)
				return
			}
			out := make([][]byte, len(keys))
			for i, r := range requests {
				out[i] = s.bytes(r.Get("result"))
			}
			done(out, nil)
		})
	}, func(err error) { done(nil, err) })
}

// bytes is what a value holds: nil for none, and nothing at all for what this program has not written.
func (s *Store) bytes(v js.Value) []byte {
	if v.IsUndefined() {
		return nil
	}
	if !v.InstanceOf(s.page.window.Get("Uint8Array")) {
		return []byte{}
	}
	b := make([]byte, v.Length())
	js.CopyBytesToGo(b, v)
	return b
}

// Keys implements keeping.Store.
func (s *Store) Keys(done func([]string, error)) {
	s.transact("readonly", func(values, t js.Value) {
		request := values.Call("getAllKeys")
		ends(t, func(err error) {
			var keys []string
			if err == nil {
				all := request.Get("result")
				for i := range all.Length() {
					if k := all.Index(i); k.Type() == js.TypeString {
						keys = append(keys, k.String())
					}
				}
			}
			done(keys, err)
		})
	}, func(err error) { done(nil, err) })
}

// Put implements keeping.Store: one transaction, which the browser confirms only when it lies on the disk. Where
// the database is open, all of it is in the browser's hands when Put returns.
func (s *Store) Put(changes []keeping.Change, done func(error)) {
	s.transact("readwrite", func(values, t js.Value) {
		for _, c := range changes {
			if c.Value == nil {
				values.Call("delete", c.Key)
				continue
			}
			bytes := s.page.window.Get("Uint8Array").New(len(c.Value))
			js.CopyBytesToJS(bytes, c.Value)
			values.Call("put", bytes, c.Key)
		}
		ends(t, done)
		if t.Get("commit").Truthy() {
			t.Call("commit") // without waiting for the answers to the requests
		}
	}, done)
}

// Erase implements keeping.Store: the database, the build that is kept, and what lies under names. Other sites of the host
// lose nothing, but for the database, which all copies of this one share.
func (s *Store) Erase(done func(error)) {
	w := s.page.window
	for storage, key := range map[string]string{"localStorage": languageKey, "sessionStorage": reloadsKey} {
		_ = attempt(func() { w.Get(storage).Call("removeItem", key) }) // one that is not allowed holds nothing
	}
	if s.db.Truthy() {
		s.db.Call("close")
		s.db = js.Null()
	}
	deleted := func(err error) {
		site := w.Get("URL").New("./", w.Get("location").Get("href"))
		go func() { done(errors.Join(err, s.dismissWorker(site), s.eraseCaches(site))) }()
	}
	err := attempt(func() {
		request := w.Get("indexedDB").Call("deleteDatabase", databaseName)
		first(request, map[string]func(){
			"success": func() { deleted(nil) },
			"error":   func() { deleted(fault(request.Get("error"), keeping.ErrDenied)) },
		})
	})
	if err != nil {
		deleted(fmt.Errorf("%w: %v", keeping.ErrDenied, err))
	}
}

// dismissWorker unregisters the service worker of a site: it would go on without a build. The next load registers it
// anew, and it keeps one again.
func (s *Store) dismissWorker(site js.Value) error {
	workers := s.page.window.Get("navigator").Get("serviceWorker")
	if !workers.Truthy() {
		return nil
	}
	worker, err := outcome(workers.Call("getRegistration"))
	if err == nil && worker.Truthy() && worker.Get("scope").Equal(site.Get("href")) { // or it is that of a site around this one
		_, err = outcome(worker.Call("unregister"))
	}
	return err
}

// eraseCaches deletes all caches of a site, by the names that sw.js gives them.
func (s *Store) eraseCaches(site js.Value) error {
	caches := s.page.window.Get("caches")
	if !caches.Truthy() {
		return nil
	}
	names, err := outcome(caches.Call("keys"))
	if err != nil {
		return err
	}
	prefix := "oneshot-" + site.Get("pathname").String() + " "
	for i := range names.Length() {
		if name := names.Index(i).String(); strings.HasPrefix(name, prefix) {
			_, failed := outcome(caches.Call("delete", name))
			err = errors.Join(err, failed)
		}
	}
	return err
}

// Persist implements keeping.Store.
func (s *Store) Persist(done func(bool)) {
	err := attempt(func() {
		settle(s.page.window.Get("navigator").Get("storage").Call("persist"), func(v js.Value, err error) {
			done(err == nil && v.Truthy())
		})
	})
	if err != nil {
		done(false)
	}
}

// After implements keeping.Store.
func (s *Store) After(d time.Duration, f func()) {
	var once js.Func
	once = js.FuncOf(func(js.Value, []js.Value) any {
		once.Release()
		f()
		return nil
	})
	s.page.window.Call("setTimeout", once, d.Milliseconds())
}

// ends calls done when a transaction has ended, however it does.
func ends(t js.Value, done func(error)) {
	first(t, map[string]func(){
		"complete": func() { done(nil) },
		"abort":    func() { done(fault(t.Get("error"), keeping.ErrDenied)) },
	})
}
