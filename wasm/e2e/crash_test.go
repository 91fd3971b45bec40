//go:build linux

package e2e

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"oneshot/ui/session"
)

// keepProgram lets a test reach into the memory of the program as soon as it runs.
const keepProgram = `const instantiate = WebAssembly.instantiate;
	WebAssembly.instantiate = async (module, imports) => {
		window.runtime = imports.gojs;
		return window.program = await instantiate(module, imports);
	};`

// stopped makes the program stop: the page says so, hands out what was saved, waits to be loaded anew, and has all of
// it then.
func stopped(t *testing.T, h harness) {
	for _, s := range stops {
		t.Run(s.name, func(t *testing.T) {
			p := h.open(t, laptop)
			p.beforeLoad(keepProgram)
			teachAll(p, symbols()[:1])
			p.waitForButton("Saved")
			p.lenient() // the console tells of the fault
			eval[any](p, `void (window.same = true)`)
			eval[any](p, `void setTimeout(() => { `+s.how+` })`)
			p.waitFor("a word about the fault", failedWith("oneshot has stopped because of a fault in the program."))
			p.waitFor("the offer of the drawings", `!document.getElementById("rescue").hidden`)
			p.screenshot("stopped-" + strings.ToLower(s.name))

			dir := p.downloads()
			p.click("rescue")
			content, err := os.ReadFile(p.waitForFile(dir, "*.zip"))
			if err != nil {
				t.Fatal(err)
			}
			set, err := session.Read(content)
			if err != nil {
				t.Fatal(err)
			}
			if c := set.Classes[0]; c.Name != symbols()[0].name || len(c.Shots) != 1 {
				t.Errorf("the file has %d examples of %q, want one of %q", len(c.Shots), c.Name, symbols()[0].name)
			}
			if !eval[bool](p, `window.same`) {
				t.Error("the page was loaded anew by itself")
			}
			eval[any](p, `void (window.before = true)`)
			p.click("reload")
			p.waitReady()
			p.waitForButton("Example 1 of " + symbols()[0].name)
			if p.mu.Lock(); !strings.Contains(strings.Join(p.errors, "\n"), s.tells) {
				t.Errorf("the console tells of %q, want %q", p.errors, s.tells)
			}
			p.mu.Unlock()
		})
	}
}

// stoppedKiosk makes the program stop where nobody stands by: once the host answers, the page is back by itself.
func stoppedKiosk(t *testing.T, h harness) {
	p := h.at("?kiosk").open(t, laptop)
	p.beforeLoad(keepProgram + `
		const {setTimeout: wait, fetch: ask} = window;
		sessionStorage.asked ??= 0;
		window.setTimeout = (f, ms, ...args) => wait(f, ms === 30_000 ? 300 : ms, ...args);
		window.fetch = (what, ...rest) => what !== "./" || ++sessionStorage.asked > 2 ? ask(what, ...rest) :
			sessionStorage.asked > 1 ? Promise.resolve(new Response("", {status: 502})) : Promise.reject(new TypeError("Failed to fetch"));`)
	p.waitReady()
	p.lenient() // the console tells of the fault
	eval[any](p, `void (window.before = true)`)
	eval[any](p, `void setTimeout(() => { `+stops[0].how+` })`)
	p.waitFor("a word about the fault", failedWith("oneshot has stopped because of a fault in the program."))
	p.waitReady()
	if n := eval[string](p, `sessionStorage.asked`); n != "3" {
		t.Errorf("the host was asked %s times, want once more than it did not answer well", n)
	}
}

// cardLost loses the graphics card twenty times in a row, each time after something was taught: all of it is there when the
// page is.
func cardLost(t *testing.T, h harness) {
	p, l := h.open(t, laptop), &ledger{}
	p.lenient() // the console tells of the lost card
	var longest time.Duration
	for range 20 {
		l.teach(p)
		p.waitFor("the example", `[...document.querySelectorAll("button")].filter(b => /^Example /.test(b.getAttribute("aria-label"))).length === `+strconv.Itoa(l.taught))
		l.saved = l.taught
		began := time.Now()
		p.loseCard()
		p.waitReady()
		longest = max(longest, time.Since(began))
		l.check(p)
	}
	t.Logf("the page was back after at most %.1f s", longest.Seconds())
}
