//go:build !js

package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"oneshot/cmd/oneshot/site"
)

// host serves a site as oneshot serve does, but for one file that it answers in another way.
type host struct {
	dir  string
	site http.Handler

	mu    sync.Mutex
	file  string
	wrong http.HandlerFunc
}

// breaks answers a file in another way from now on; "" is none.
func (s *host) breaks(file string, wrong http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.file, s.wrong = file, wrong
}

func (s *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	file, wrong := s.file, s.wrong
	s.mu.Unlock()
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	if name == file {
		wrong(w, r)
		return
	}
	s.site.ServeHTTP(w, r)
}

// changed answers with the last byte of the file as another one: of a script that is a space in place of a line feed.
func (s *host) changed(file string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		b, err := os.ReadFile(filepath.Join(s.dir, file))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		b[len(b)-1] ^= 1
		r.Header.Del("If-None-Match")
		s.site.ServeHTTP(&head{ResponseWriter: w}, r)
		_, _ = w.Write(b) // the browser may have gone
	}
}

// short breaks the connection off in the middle of the file.
func (s *host) short(file string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		b, err := os.ReadFile(filepath.Join(s.dir, file))
		if err != nil {
			panic(err)
		}
		r.Header.Del("If-None-Match")
		s.site.ServeHTTP(&head{ResponseWriter: w}, r)
		w.Header().Set("Content-Length", fmt.Sprint(len(b)))
		_, _ = w.Write(b[:len(b)/2])
		panic(http.ErrAbortHandler)
	}
}

// head lets the headers of an answer through, without those that tell of its bytes, and nothing of it.
type head struct{ http.ResponseWriter }

func (h *head) Write(b []byte) (int, error) {
	for _, name := range []string{"Content-Encoding", "Content-Length", "Etag"} {
		h.Header().Del(name)
	}
	return len(b), nil
}

// TestTampered changes one byte of each file of the site. What the page would run is refused, and the service worker keeps
// nothing of such a build, nor of one that does not come as it should.
func TestTampered(t *testing.T) {
	chromium := needChromium(t)
	s := &host{dir: built(t)}
	s.site = site.NewHandler(os.DirFS(s.dir))
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	h := harness{url: server.URL + "/", browser: start(t, chromium)}

	const part = "A part of oneshot is missing or damaged: %s did not load."
	for file, says := range map[string]string{
		"wasm_exec.js": fmt.Sprintf(part, "wasm_exec.js"),
		"loader.js":    fmt.Sprintf(part, "loader.js"),
		"style.css":    fmt.Sprintf(part, "style.css"),
		"oneshot.wasm": "oneshot could not be started: this browser does not know a part of WebAssembly that it uses, or the file arrived damaged.",
	} {
		t.Run("Page/"+file, func(t *testing.T) {
			s.breaks(file, s.changed(file))
			p := h.tab(t, phone)
			p.forgive() // the browser tells of it
			p.waitFor("a word about the file", failedWith(says))
			if eval[bool](p, `Boolean(document.documentElement.dataset.ready)`) {
				t.Error("the app runs all the same")
			}
		})
	}
	t.Run("Page/words.js", func(t *testing.T) { // which the page can do without
		s.breaks("words.js", s.changed("words.js"))
		p := h.open(t, phone)
		p.forgive()
		if eval[bool](p, `"oneshotWords" in window`) {
			t.Error("it was run")
		}
	})

	t.Run("Page/Short", func(t *testing.T) {
		s.breaks("oneshot.wasm", s.short("oneshot.wasm"))
		p := h.tab(t, phone)
		p.forgive() // the browser tells of it
		p.waitFor("a word about the connection", failedWith("oneshot could not be loaded: the connection failed."))
	})

	s.breaks("sw.js", http.NotFound)
	p := h.open(t, phone)
	p.forgive()
	refused := func(name, file string, wrong http.HandlerFunc) {
		t.Run("Worker/"+name, func(t *testing.T) {
			s.breaks(file, wrong)
			end := eval[string](p, `navigator.serviceWorker.register("sw.js").then((r) => new Promise((done) => {
				const worker = r.installing ?? r.waiting ?? r.active;
				const look = () => ["redundant", "activated"].includes(worker.state) && done(worker.state);
				worker.onstatechange = look;
				look();
			}))`)
			if kept := eval[[]string](p, `caches.keys()`); end != "redundant" || len(kept) != 0 {
				t.Errorf("the service worker is %s and keeps %q, want redundant and nothing", end, kept)
			}
		})
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch name := e.Name(); {
		case name[0] == '_', name == "sw.js", name == "build.json": // for hosts, the worker itself, and oneshot build
		default:
			refused(name, name, s.changed(name))
		}
	}
	refused("Error", "oneshot.wasm", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusInternalServerError) })
	refused("Page", "oneshot.wasm", func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = "/"
		s.site.ServeHTTP(w, r)
	})
	refused("Redirect", "oneshot.wasm", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/oneshot.wasm?again", http.StatusFound)
	})
	refused("Short", "oneshot.wasm", s.short("oneshot.wasm"))
	s.breaks("", nil)
	if eval[string](p, `navigator.serviceWorker.register("sw.js").then(() => navigator.serviceWorker.ready).then(() => "kept")`) != "kept" {
		t.Error("the site as it is was not kept either")
	}
}

// TestDamagedNetwork changes one byte of the network before the site is sealed, so that all hashes are right: the page says
// what is wrong and can be loaded anew.
func TestDamagedNetwork(t *testing.T) {
	chromium := needChromium(t)
	dir := built(t)
	read := func(path string) []byte {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	app, page, network := read(filepath.Join(dir, "oneshot.wasm")), read(filepath.Join(dir, "index.html")), read("../../weights/oneshot.osm")
	before := integrity(app)
	middle := len(network) / 2
	at := bytes.Index(app, network[middle:middle+64])
	if at < 0 {
		t.Fatal("the network is not in the program")
	}
	app[at] ^= 1
	page = bytes.ReplaceAll(page, []byte(before), []byte(integrity(app)))
	for name, content := range map[string][]byte{"oneshot.wasm": app, "index.html": page} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.FileServerFS(os.DirFS(dir)))
	t.Cleanup(server.Close)
	p := harness{url: server.URL + "/", browser: start(t, chromium)}.tab(t, phone)
	p.forgive() // the console tells of it
	p.waitFor("a word about the network", failedWith("oneshot cannot start: its network could not be loaded."))
	if eval[bool](p, `document.getElementById("reload").hidden`) {
		t.Error("the page does not offer to load it anew")
	}
}
