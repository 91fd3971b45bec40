//go:build !js

package e2e

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"oneshot/cmd/oneshot/site"
)

// kept waits until the browser has kept a build, and returns the names of its caches.
func (p *page) kept() []string {
	p.t.Helper()
	return eval[[]string](p, `navigator.serviceWorker.ready.then(() => caches.keys())`)
}

// After the first visit the page starts without a network. A server that breaks in the middle of that visit leaves nothing
// behind, and the page works all the same.
func TestOffline(t *testing.T) {
	chromium := needChromium(t)
	dir := built(t)
	var broken atomic.Bool // files that only the service worker asks for a second time are other ones then
	var asked atomic.Int32
	handler := site.NewHandler(os.DirFS(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "style.css") && asked.Add(1) > 1 && broken.Load() {
			w.Header().Set("Content-Type", "text/css")
			if _, err := w.Write([]byte("body { display: none }")); err != nil {
				t.Error(err)
			}
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	h := harness{url: server.URL + "/", browser: start(t, chromium)}

	broken.Store(true)
	p := h.open(t, laptop)
	p.lenient() // the browser tells of the wrong file
	end := eval[string](p, `navigator.serviceWorker.register("sw.js").then((r) => new Promise((done) => {
		const worker = r.installing ?? r.waiting ?? r.active;
		worker.onstatechange = () => ["redundant", "activated"].includes(worker.state) && done(worker.state);
	}))`)
	if end != "redundant" {
		t.Errorf("a service worker that got a wrong file is %s, want redundant", end)
	}
	if all := eval[[]string](p, `caches.keys()`); len(all) != 0 {
		t.Errorf("of a broken build it kept %q", all)
	}
	teachAll(p, symbols()[:1])

	broken.Store(false)
	q := h.open(t, laptop)
	if all := q.kept(); len(all) != 1 || !strings.HasPrefix(all[0], "oneshot-") {
		t.Fatalf("it kept %q, want one build", all)
	}
	teachAll(q, symbols()[:2])
	q.waitForButton("Saved")
	server.CloseClientConnections()
	server.Close()
	q.reload()
	q.waitForButton("Example 1 of " + symbols()[1].name)
	q.draw(symbols()[0].queries[0])
	if got := q.answer(); got != symbols()[0].name {
		t.Errorf("without a server the answer is %q, want %s", got, symbols()[0].name)
	}
}

// A newer build takes the place of the older one as a whole, on the next reload.
func TestNewBuild(t *testing.T) {
	chromium := needChromium(t)
	dir := built(t)
	server := httptest.NewServer(site.NewHandler(os.DirFS(dir)))
	t.Cleanup(server.Close)
	p := harness{url: server.URL + "/", browser: start(t, chromium)}.open(t, laptop)
	old := p.kept()
	p.reload()
	if !eval[bool](p, `Boolean(navigator.serviceWorker.controller)`) {
		t.Fatal("the page does not come from the service worker")
	}

	renew(t, dir)
	if eval[string](p, `navigator.serviceWorker.getRegistration().then((r) => r.update()).then((r) => new Promise((done) => {
		const look = () => r.waiting ? done("waiting") : setTimeout(look, 20);
		look();
	}))`) != "waiting" {
		t.Fatal("the new build does not wait")
	}
	if got := eval[string](p, `fetch("style.css").then((r) => r.text())`); strings.Contains(got, renewed) {
		t.Error("a page of the old build got a file of the new one")
	}
	// The loader waits three seconds for the new build to take over, and else serves the old one once more. A takeover that
	// comes while that loads costs one load.
	p.lenient() // the browser tells of it
	fresh := false
	for range 5 {
		if strings.Contains(p.inNewTab(server.URL, "style.css"), renewed) {
			fresh = true
			break
		}
	}
	if !fresh {
		t.Error("after five loads the old build is still there")
	}
	if now := eval[[]string](p, `caches.keys()`); len(now) != 1 || now[0] == old[0] {
		t.Errorf("caches %q, want one, and not %q", now, old)
	}
}

// A build that the site goes back to and that does not come whole costs nothing of the one that runs, which is the same.
func TestBuildComesBackBroken(t *testing.T) {
	chromium := needChromium(t)
	dir := built(t)
	s := &host{dir: dir, site: site.NewHandler(os.DirFS(dir))}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	p := harness{url: server.URL + "/", browser: start(t, chromium)}.open(t, laptop)
	p.kept()
	whole := eval[int](p, keptFiles)
	p.lenient() // the browser tells of the missing file

	appendTo(t, filepath.Join(dir, "sw.js"), "// the same build, in a worker that is another to the browser\n")
	s.breaks("style.css", http.NotFound)
	if end := eval[string](p, `navigator.serviceWorker.getRegistration().then((r) => r.update()).then((r) => new Promise((done) => {
		const worker = r.installing;
		worker.onstatechange = () => done(worker.state);
	}))`); end != "redundant" {
		t.Errorf("the build that came back without a file is %s, want redundant", end)
	}
	if n := eval[int](p, keptFiles); n != whole {
		t.Errorf("%d files are kept, want all %d of the build that runs", n, whole)
	}
}

// A cache that has lost a file is whole again after the next load.
func TestCacheLosesAFile(t *testing.T) {
	p := newHarness(t).open(t, laptop)
	p.kept()
	whole := eval[int](p, keptFiles)
	p.reload() // from the service worker
	eval[any](p, `caches.keys().then(([name]) => caches.open(name)).then((cache) => cache.delete("oneshot.wasm"))`)
	p.reload()
	p.waitForFiles(whole)
}

// inNewTab is a file of the site as a page in a new tab gets it, once that is ready. It is empty if that cannot be asked: a page
// that loads itself anew sometimes answers no question of the protocol any more, though it goes on.
func (p *page) inNewTab(url, file string) string {
	p.t.Helper()
	ctx, cancel := chromedp.NewContext(p.ctx)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, patience/3)
	defer stop()
	if _, err := chromedp.Run(ctx, chromedp.Navigate(url)); err != nil {
		return ""
	}
	look := `document.documentElement.dataset.ready === "true" ? fetch("` + file + `").then((r) => r.text()) : ""`
	for ctx.Err() == nil {
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](look, chromedp.EvalAwaitPromise))
		if err == nil && text != "" {
			return text
		}
		time.Sleep(200 * time.Millisecond)
	}
	return ""
}

// A page whose parts are of two builds, or damaged where they are kept, is loaded again, from the host if that can be reached;
// but not for ever.
func TestMixedBuilds(t *testing.T) {
	const put = `(async (text) => {
		const cache = await caches.open((await caches.keys())[0]);
		await cache.put("style.css", new Response(text, { headers: { "Content-Type": "text/css" } }));
	})`
	for name, lasts := range map[string]bool{"Mends": false, "Lasts": true} {
		t.Run(name, func(t *testing.T) {
			p := newHarness(t).open(t, laptop)
			p.kept()
			whole := eval[int](p, keptFiles)
			p.reload()  // from the service worker
			p.lenient() // the browser tells of the wrong file
			style := eval[string](p, `fetch("style.css").then((r) => r.text())`)
			eval[any](p, put+`("/* of another build */")`)
			if !lasts {
				p.reload()
				p.waitForFiles(whole)
				if kept := eval[string](p, `caches.match("style.css").then((r) => r.text())`); kept != style {
					t.Errorf("%.40q is kept, want %.40q", kept, style)
				}
			} else {
				p.goOffline()
				p.do(chromedp.Reload())
				p.waitThroughLoads("a word about the part", failedWith("A part of oneshot is missing or damaged: style.css did not load."))
			}
			if n := eval[int](p, `JSON.parse(sessionStorage.reloads).length`); n < 1 || n > 2 || lasts && n != 2 {
				t.Errorf("the page was loaded again %d times, want 1 or 2, and 2 where that does not help", n)
			}
		})
	}
}

// Where the browser cannot read its caches, the service worker asks the site.
func TestCachesCannotBeRead(t *testing.T) {
	chromium := needChromium(t)
	dir := built(t)
	appendTo(t, filepath.Join(dir, "sw.js"), `
		Cache.prototype.match = CacheStorage.prototype.match = async () => { throw new DOMException("unreadable", "UnknownError"); };`)
	server := httptest.NewServer(site.NewHandler(os.DirFS(dir)))
	t.Cleanup(server.Close)
	p := harness{url: server.URL + "/", browser: start(t, chromium)}.open(t, laptop)
	p.kept()
	p.reload()
	if !eval[bool](p, `Boolean(navigator.serviceWorker.controller)`) {
		t.Error("the page was not asked of the service worker")
	}
}

// Caches belong to a host: two sites of one, under different paths, leave each other's alone. This host sends whoever asks
// for the page by its name to the folder, as Cloudflare Pages does.
func TestTwoSitesOfOneHost(t *testing.T) {
	chromium := needChromium(t)
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	if _, err := site.Build(t.Context(), root, a, t.Output()); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(b, os.DirFS(a)); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for path, dir := range map[string]string{"/a/": a, "/b/": b} {
		mux.Handle(path, http.StripPrefix(path, site.NewHandler(os.DirFS(dir))))
		mux.Handle(path+"index.html", http.RedirectHandler(path, http.StatusPermanentRedirect))
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := harness{url: server.URL + "/a/", browser: start(t, chromium)}.open(t, laptop)
	if all := p.kept(); len(all) != 1 || !strings.HasPrefix(all[0], "oneshot-/a/ ") {
		t.Fatalf("it kept %q, want the build of /a/", all)
	}
	p.do(chromedp.Navigate(server.URL + "/b/"))
	both := p.kept()
	if len(both) != 2 {
		t.Fatalf("it kept %q, want a build of each site", both)
	}
	renew(t, b)
	if eval[string](p, `navigator.serviceWorker.getRegistration().then((r) => r.update()).then((r) => new Promise((done) => {
		const worker = r.installing ?? r.waiting;
		worker.onstatechange = () => ["redundant", "activated"].includes(worker.state) && done(worker.state);
		worker.postMessage("take over");
	}))`) != "activated" {
		t.Fatal("the new build of /b/ was not taken")
	}
	now := eval[[]string](p, `caches.keys()`)
	if slices.Sort(now); len(now) != 2 || now[0] != both[0] || now[1] == both[1] {
		t.Errorf("after a new build of /b/ there are %q, were %q", now, both)
	}
}

// renewed marks the style sheet of the new build.
const renewed = "/* a newer build */"

// renew makes the site in dir a newer build, of which the style sheet is another.
func renew(t *testing.T, dir string) {
	t.Helper()
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	hash := func(text string) string { return integrity([]byte(text)) }
	style, page := read("style.css"), read("index.html")
	nextStyle := style + renewed
	nextPage := strings.Replace(page, hash(style), hash(nextStyle), 1)
	write("style.css", nextStyle)
	write("index.html", nextPage)
	write("sw.js", strings.NewReplacer(hash(style), hash(nextStyle), hash(page), hash(nextPage), `const build = "`, `const build = "2`).Replace(read("sw.js")))
}

// appendTo writes at the end of a file.
func appendTo(t *testing.T, path, text string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(b, text...), 0o666); err != nil {
		t.Fatal(err)
	}
}

// integrity is the hash of a file as browsers compare it.
func integrity(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
