//go:build !js

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"oneshot/cmd/oneshot/site"
)

// keptFiles is an expression for how many files the caches hold.
const keptFiles = `(async () => {
	const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
	return (await Promise.all(caches.map((cache) => cache.keys()))).flat().length;
})()`

// waitForFiles waits until the caches hold so many files.
func (p *page) waitForFiles(n int) {
	p.t.Helper()
	eval[any](p, fmt.Sprintf(`new Promise((done) => {
		const look = async () => await %s === %d ? done() : setTimeout(look, 50);
		look();
	})`, keptFiles, n))
}

// Erase everything leaves no build behind. The next load is as the first one: after it the page starts without a network
// again. Where another tab has kept the service worker alive, that takes one load more.
func TestErase(t *testing.T) {
	chromium := needChromium(t)
	dir := built(t)
	for name, loads := range map[string]int{"OneTab": 1, "TwoTabs": 2} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(site.NewHandler(os.DirFS(dir)))
			t.Cleanup(server.Close)
			p := harness{url: server.URL + "/", browser: start(t, chromium)}.open(t, laptop)
			p.kept()
			whole := eval[int](p, keptFiles)
			p.reload() // from the service worker
			if name == "TwoTabs" {
				p.beside(server.URL)
			}
			p.erase()
			if n := eval[int](p, `Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then((all) => all.flat().length)`); n != 0 {
				t.Errorf("%d caches and service workers are left, want none", n)
			}
			for range loads {
				p.reload()
			}
			p.waitForFiles(whole)
			server.CloseClientConnections()
			server.Close()
			p.reload()
		})
	}
}

// Erase everything leaves alone what is not the page's: other sites of its host, one of them another oneshot around it.
func TestEraseLeavesNeighbours(t *testing.T) {
	chromium := needChromium(t)
	whole := site.NewHandler(os.DirFS(built(t)))
	mux := http.NewServeMux()
	mux.Handle("/", whole)
	mux.Handle("/inner/", http.StripPrefix("/inner/", whole))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := harness{url: server.URL + "/", browser: start(t, chromium)}.open(t, laptop)
	p.kept()
	const all = `(async () => [
		await caches.keys(),
		(await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope),
		Object.keys(localStorage), Object.keys(sessionStorage),
	].flat().sort())()`
	eval[any](p, `caches.open("neighbour").then(() => { localStorage.neighbour = sessionStorage.neighbour = "something"; })`)
	want := eval[[]string](p, all)
	p.do(chromedp.Navigate(server.URL + "/inner/"))
	p.begin()
	p.kept()
	eval[any](p, `void (localStorage.language = "en", sessionStorage.reloads = "[]")`)
	if here := eval[[]string](p, all); len(here) != len(want)+4 {
		t.Fatalf("the page keeps %q where there was %q, want four more", here, want)
	}
	for range 2 { // the second time nothing of the page is left
		p.erase()
		if left := eval[[]string](p, all); !slices.Equal(left, want) {
			t.Errorf("%q are left, want %q", left, want)
		}
	}
}

// erase erases everything.
func (p *page) erase() {
	p.t.Helper()
	p.press("Menu")
	p.press("Erase everything")
	p.waitForButton("Erase everything now")
	p.press("Erase everything now")
	p.waitForNoButton("Erase everything now")
}
