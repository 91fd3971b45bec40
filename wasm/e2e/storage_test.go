//go:build linux

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// keepDatabase lets a test reach the app's connection to its database, and makes the database fuller than it can be
// while window.full is set.
const keepDatabase = `
	const open = IDBFactory.prototype.open, put = IDBObjectStore.prototype.put;
	IDBFactory.prototype.open = function (...args) {
		const request = open.apply(this, args);
		request.addEventListener("success", () => { window.database = request.result; window.opened = (window.opened ?? 0) + 1; });
		return request;
	};
	IDBObjectStore.prototype.put = function (...args) {
		if (window.full) throw new DOMException("no room", "QuotaExceededError");
		return put.apply(this, args);
	};`

// lost are things that happen to the database behind the page's back.
var lost = []struct{ name, how string }{
	{"Closed", `database.close()`},
	{"ClosedByTheBrowser", `database.close(), database.dispatchEvent(new Event("close"))`},
	{"Deleted", `new Promise((done, failed) => Object.assign(indexedDB.deleteDatabase("oneshot"), {onsuccess: done, onerror: failed})).then(() => {})`},
}

// databaseLost takes the database away between two acts: the next save opens it anew, and has all that is on the page.
func databaseLost(t *testing.T, h harness) {
	for _, way := range lost {
		t.Run(way.name, func(t *testing.T) {
			p, l := h.open(t, laptop), &ledger{}
			p.beforeLoad(keepDatabase)
			l.watch(p)
			l.teachSaved(p)
			eval[any](p, way.how)
			l.teachSaved(p)
			if n := eval[int](p, `window.opened`); n != 2 {
				t.Errorf("the database was opened %d times, want twice", n)
			}
			p.reload()
			l.check(p)
		})
	}
}

// full runs out of room.
func full(t *testing.T, h harness) {
	p := h.open(t, laptop)
	p.beforeLoad(keepDatabase)
	fills(p, func() { eval[bool](p, `window.full = true`) }, func() { eval[bool](p, `!(window.full = false)`) })
}

// fills runs out of room: the page says so and what it had saved is there later, even where it cannot be read meanwhile.
// When there is room again the rest is saved too.
func fills(p *page, fill, free func()) {
	p.t.Helper()
	l := &ledger{}
	l.watch(p)
	l.teachSaved(p)
	l.teachSaved(p) // after the first save the page asks the browser to keep it, and saves the answer
	fill()
	l.teachUnsaved(p)
	p.screenshot("full")
	p.reload()
	p.nextFrame()
	p.t.Logf("without room the page begins with %q", p.status())
	free()
	p.reload()
	l.check(p)

	l.teachSaved(p)
	fill()
	l.teachUnsaved(p)
	free()
	p.press("Menu")
	p.waitForButton("Not saved. Try again")
	p.press("Not saved. Try again")
	p.waitForNoButton("Not saved. Try again")
	p.press("Back")
	p.waitForButton("Saved")
	l.saved = l.taught
	p.reload()
	l.check(p)
}

// teachUnsaved teaches until the page says that there is no room for it: a small change may still find some.
func (l *ledger) teachUnsaved(p *page) {
	p.t.Helper()
	says := func(what string) string {
		return `[...document.querySelectorAll("button")].some(b => ` + what + `.includes(b.getAttribute("aria-label")))`
	}
	for !p.has("Not saved") {
		if l.taught > 50 {
			p.giveUp("fifty examples were saved without room")
		}
		l.teach(p)
		p.waitFor("the save to begin", "!"+says(`["Saved"]`))
		p.waitFor("the save to end", says(`["Saved", "Not saved"]`))
	}
	p.waitFor("a word about the room", statusHas("Not saved: this device has no room left"))
}

// silent has a database that never answers: the page begins without it, and says so.
func silent(t *testing.T, h harness) {
	p := h.open(t, phone)
	p.beforeLoad(`IDBFactory.prototype.open = () => new EventTarget();`)
	p.waitFor("a word about the database", statusHas("Not saved: the browser's storage is not answering"))
	p.draw(symbols()[0].example)
	p.press("Teach Class A")
	p.waitForButton("Example 1 of Class A")
}

// corrupt overwrites what the browser's database wrote to the disk, while the browser is not running.
func corrupt(t *testing.T, h harness) {
	chromium, dir := needChromium(t), t.TempDir()
	l := &ledger{}
	t.Run("Before", func(t *testing.T) {
		p := openTab(t, start(t, chromium, chromedp.UserDataDir(dir)), h.url, laptop)
		p.begin()
		l.watch(p)
		l.teachSaved(p)
	})
	files, err := filepath.Glob(filepath.Join(dir, "Default", "IndexedDB", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		if name := filepath.Base(f); strings.HasPrefix(name, "MANIFEST") || strings.HasSuffix(name, ".log") || strings.HasSuffix(name, ".ldb") {
			if err := os.WriteFile(f, []byte("this is no database"), 0o666); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	if n == 0 {
		t.Fatalf("no files of a database among %q", files)
	}
	t.Run("After", func(t *testing.T) {
		p := openTab(t, start(t, chromium, chromedp.UserDataDir(dir)), h.url, laptop)
		p.begin()
		t.Logf("the page says %q", p.status())
		l.taught, l.saved = 0, 0 // the browser began anew
		l.watch(p)
		l.teachSaved(p)
		p.reload()
		l.check(p)
	})
}
