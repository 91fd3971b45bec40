//go:build !js

package e2e

import (
	"context"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// reload loads the page anew at once, whatever it is doing, and waits until it is ready.
func (p *page) reload() {
	p.t.Helper()
	eval[bool](p, `(window.before = true)`)
	call(p, cdppage.Reload, cdppage.ReloadParams{})
	p.waitReady()
}

// waitReady waits until the page has been loaded anew.
func (p *page) waitReady() {
	p.t.Helper()
	p.waitThroughLoads("the page to be ready again", `!window.before && document.documentElement.dataset.ready === "true"`)
	p.countAnswers()
}

// waitThroughLoads waits until a JavaScript condition holds of a page that is loaded anew. While it is, questions to it get no
// answer.
func (p *page) waitThroughLoads(what, condition string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	look := `new Promise(done => setTimeout(() => done(Boolean(` + condition + `)), 50))`
	for ctx.Err() == nil {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool](look, chromedp.EvalAwaitPromise))
		if err == nil && holds {
			return
		}
	}
	p.giveUp("waited %v for %s", patience, what)
}

// autosave teaches and reloads at once: all is still there. So it is when the graphics card is lost, and when the newest
// record is damaged, all but the last act.
func autosave(t *testing.T, p *page) {
	all := drawings(t)[:2]
	teachAll(p, all)
	p.reload()
	for _, c := range all {
		p.waitForButton("Example 1 of " + c.name)
	}
	p.waitForButton("Teach Class C")
	p.draw(all[0].queries[0])
	p.answer()
	p.screenshot("autosave-restored")
	p.press("Clear")

	p.draw(all[1].queries[1])
	p.press("Teach " + all[1].name)
	p.waitForButton("Example 2 of " + all[1].name)
	p.lenient() // the console tells of the lost card
	p.loseCard()
	p.waitReady()
	p.waitForButton("Example 2 of " + all[1].name)

	damaged := eval[string](p, `new Promise((done, failed) => {
		const open = indexedDB.open("oneshot");
		open.onsuccess = () => {
			const t = open.result.transaction("values", "readwrite");
			const values = t.objectStore("values");
			values.getAllKeys().onsuccess = (e) => {
				const revision = k => Number(k.split("/")[2]);
				const newest = e.target.result.filter(k => k.startsWith("set/")).sort((a, b) => revision(b) - revision(a))[0];
				values.get(newest).onsuccess = (e) => values.put(e.target.result.slice(0, 100), newest);
				t.oncomplete = () => { open.result.close(); done(newest); };
			};
			t.onabort = () => failed(t.error);
		};
	})`)
	t.Logf("damaged %s", damaged)
	p.reload()
	p.waitForButton("Example 1 of " + all[1].name)
	p.waitForNoButton("Example 2 of " + all[1].name)
	p.nextFrame()
	p.screenshot("autosave-damaged")
	aside := eval[int](p, `new Promise((done, failed) => {
		const open = indexedDB.open("oneshot");
		open.onsuccess = () => {
			open.result.transaction("values").objectStore("values").getAllKeys().onsuccess =
				(e) => { open.result.close(); done(e.target.result.filter(k => k.startsWith("damaged/")).length); };
		};
		open.onerror = () => failed(open.error);
	})`)
	if aside != 1 {
		t.Errorf("%d records were set aside, want one", aside)
	}

	p.press("Menu")
	p.screenshot("autosave-menu")
	p.press("Erase everything")
	p.waitForButton("Keep everything")
	p.nextFrame()
	p.screenshot("autosave-erase")
	p.press("Erase everything now")
	p.waitForButton("Teach Class A")
	p.nextFrame()
	p.screenshot("autosave-erased")
	left := eval[string](p, `(async () => JSON.stringify([
		(await indexedDB.databases()).length, (await caches.keys()).length, localStorage.length, sessionStorage.length]))()`)
	if left != "[0,0,0,0]" {
		t.Errorf("databases, caches and names that are left: %s, want none", left)
	}
	p.reload()
	p.waitForButton("Teach Class A")
	if p.taught() {
		t.Error("after everything was erased something is still taught")
	}
}

// loseCard takes the graphics card away from the page.
func (p *page) loseCard() {
	p.t.Helper()
	eval[bool](p, `(window.before = true, document.querySelector("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext(), true)`)
}

// withoutStorage opens the page where the browser lets it store nothing: it works, and says that it does not save. When the
// graphics card is lost it is loaded anew twice, and not for ever.
func withoutStorage(t *testing.T, p *page) {
	call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
		Source: `IDBFactory.prototype.open = () => { throw new DOMException("not here", "SecurityError"); };`,
	})
	p.reload()
	p.waitFor("a word about storage", statusHas("Not saved: this browser keeps nothing here"))
	teachAll(p, symbols()[:1])
	p.screenshot("nostorage")
	p.press("Menu")
	p.waitForButton("Not saved. Try again")
	p.nextFrame()
	p.screenshot("nostorage-menu")
	p.lenient()
	for range 2 {
		p.loseCard()
		p.waitReady()
	}
	p.loseCard()
	p.waitFor("a word about the graphics card", `document.documentElement.dataset.failed === "true" && document.getElementById("message").textContent.startsWith("The graphics card")`)
	p.screenshot("nostorage-lost")
}
