//go:build !js

package e2e

import (
	"fmt"
	"net/http/httptest"
	"os"
	"testing"

	"oneshot/cmd/oneshot/site"
)

// keptFiles is an expression for how many files the caches hold.
const keptFiles = `(async () => {
	const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
	return (await Promise.all(caches.map((cache) => cache.keys()))).flat().length;
})()`

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
			eval[any](p, fmt.Sprintf(`new Promise((done) => {
				const look = async () => await %s === %d ? done() : setTimeout(look, 50);
				look();
			})`, keptFiles, whole))
			server.CloseClientConnections()
			server.Close()
			p.reload()
		})
	}
}

// erase erases everything.
func (p *page) erase() {
	p.t.Helper()
	p.press("Menu")
	p.press("Erase everything")
	p.waitForButton("Erase everything now")
	p.press("Erase everything now")
	p.waitFor("a word about it", statusHas("Everything is erased"))
}
