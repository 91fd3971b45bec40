//go:build linux

package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestFaults breaks what the page stands on: nothing that it has called saved may be lost.
func TestFaults(t *testing.T) {
	h := newHarness(t)
	t.Run("Kills", func(t *testing.T) { kills(t, h) })
	t.Run("Crashes", func(t *testing.T) { crashes(t, h) })
	t.Run("Leaves", func(t *testing.T) { leaves(t, h) })
	t.Run("Stopped", func(t *testing.T) { stopped(t, h) })
	t.Run("StoppedKiosk", func(t *testing.T) { stoppedKiosk(t, h) })
	t.Run("CardLost", func(t *testing.T) { cardLost(t, h) })
	t.Run("DatabaseLost", func(t *testing.T) { databaseLost(t, h) })
	t.Run("Full", func(t *testing.T) { full(t, h) })
	t.Run("FullDisk", func(t *testing.T) { fullDisk(t, h) })
	t.Run("Silent", func(t *testing.T) { silent(t, h) })
	t.Run("Corrupt", func(t *testing.T) { corrupt(t, h) })
	t.Run("Frozen", func(t *testing.T) { frozen(t, h) })
	t.Run("Slow", func(t *testing.T) { slow(t, h) })
}

// moments returns how often a fault is tried, ONESHOT_KILLS times where that is set, and what chooses the moments.
func moments(t *testing.T) (*rand.Rand, int) {
	t.Helper()
	n := 5
	if many := os.Getenv("ONESHOT_KILLS"); many != "" {
		var err error
		if n, err = strconv.Atoi(many); err != nil {
			t.Fatalf("ONESHOT_KILLS is %q, want a number", many)
		}
	}
	return rand.New(rand.NewPCG(1, 0)), n
}

// ledger is what was taught, and how much of it the page has called saved. Examples go to Class A and Class B by turns, so
// that a set which is half of one revision and half of another is known.
type ledger struct {
	taught int

	mu    sync.Mutex
	saved int
}

// watchMirror tells oneshotSaved how many examples there are whenever the mirror turns to Saved.
const watchMirror = `(() => {
	const names = () => [...document.querySelectorAll("#mirror button")].map(b => b.getAttribute("aria-label") || b.textContent);
	let was = names().includes("Saved");
	new MutationObserver(() => {
		const all = names(), is = all.includes("Saved");
		if (is && !was) oneshotSaved(all.filter(n => /^Example \d+ of Class [AB]$/.test(n)).length);
		was = is;
	}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
	return true;
})()`

// watch hears of all that a page calls saved from now on.
func (l *ledger) watch(p *page) {
	p.t.Helper()
	p.do(chromedp.ExposeFunc("oneshotSaved", func(_ context.Context, n int) (chromedp.Void, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.saved = max(l.saved, n)
		return chromedp.Void{}, nil
	}))
	call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
		Source: `document.addEventListener("DOMContentLoaded", () => ` + watchMirror + `)`,
	})
	eval[bool](p, watchMirror)
}

// teach draws a line and teaches it to the class whose turn it is, without waiting for anything.
func (l *ledger) teach(p *page) {
	p.t.Helper()
	pad := p.place("", "Drawing pad")
	x, y := pad.centre()
	lean := float64(l.taught%7-3) * pad.h / 10
	p.quickLine(x-pad.w/4, y-lean, x+pad.w/4, y+lean)
	p.keys(strconv.Itoa(1 + l.taught%2))
	l.taught++
}

// teachSaved teaches, and waits until the page calls all of it saved. It returns how long that took.
func (l *ledger) teachSaved(p *page) time.Duration {
	p.t.Helper()
	began := time.Now()
	l.teach(p)
	for time.Since(began) < patience {
		if l.calledSaved() >= l.taught {
			return time.Since(began)
		}
		time.Sleep(5 * time.Millisecond)
	}
	p.giveUp("waited %v for %d examples to be saved", patience, l.taught)
	return 0
}

func (l *ledger) calledSaved() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.saved
}

// check fails the test unless the page has exactly what was there at one time after the last save, and goes on from there.
func (l *ledger) check(p *page) {
	p.t.Helper()
	a, b := p.shotsOf("Class A"), p.shotsOf("Class B")
	l.mu.Lock()
	defer l.mu.Unlock()
	p.t.Logf("of %d examples that were taught, %d were called saved and %d are there", l.taught, l.saved, a+b)
	if n := a + b; n < l.saved || n > l.taught || a-b != n%2 {
		p.t.Errorf("%d are of Class A and %d of Class B, which were taught by turns", a, b)
	}
	if damaged := eval[[]string](p, keysOf("damaged/")); len(damaged) != 0 {
		p.t.Errorf("records were set aside as damaged: %q", damaged)
	}
	l.taught, l.saved = a+b, a+b
}

// keysOf is an expression for the keys of the database that begin with this.
func keysOf(prefix string) string {
	return fmt.Sprintf(`new Promise((done, failed) => {
		const open = indexedDB.open("oneshot");
		open.onupgradeneeded = () => open.transaction.abort();
		open.onsuccess = () => {
			open.result.transaction("values").objectStore("values").getAllKeys().onsuccess =
				(e) => { open.result.close(); done(e.target.result.filter(k => k.startsWith(%q))); };
		};
		open.onerror = () => failed(open.error);
	})`, prefix)
}
