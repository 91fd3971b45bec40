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

// stops are ways to make the program stop, as none of its own faults that are known does, and what the console tells of it.
var stops = []struct{ name, tells, how string }{
	{"PanicInAFrame", "panic: ", `Object.defineProperty(document.documentElement, "clientWidth", {get: () => "wide"}), dispatchEvent(new Event("resize"))`},
	{"PanicInAListener", "panic: ", `document.querySelector("canvas").dispatchEvent(new Event("pointerdown", {bubbles: true}))`},
	{"PanicInAGoroutine", "panic: ", `MediaDevices.prototype.getUserMedia = async () => 7,
		[...document.querySelectorAll("button")].find(b => b.getAttribute("aria-label") === "Camera").click()`},
	{"Trap", "RuntimeError", `new Uint8Array(program.exports.mem.buffer).fill(0xff), dispatchEvent(new Event("resize"))`},
	{"FullStack", "RangeError", `window.deep = () => { window.deep(); }, Object.defineProperty(document.documentElement, "clientWidth", {get: window.deep}), dispatchEvent(new Event("resize"))`},
	{"OutOfMemory", "out of memory", `(() => {
		const mem = program.exports.mem;
		for (let step = 0x4000; step >= 1; step /= 2) {
			try { for (;;) mem.grow(step); } catch {}
		}
		runtime["runtime.resetMemoryDataView"](0); // as Go does when it has grown
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([new Uint8Array(30 << 20)], "large.zip"));
		document.querySelector("canvas").dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer}));
	})()`},
}

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

// failedWith is a condition for waitFor: the page has given up and says this.
func failedWith(text string) string {
	return `document.documentElement.dataset.failed === "true" && document.getElementById("message").textContent.startsWith(` + strconv.Quote(text) + `)`
}

// click presses an element of the page that is no twin.
func (p *page) click(id string) {
	p.t.Helper()
	q := eval[[2]float64](p, `(r => [r.x + r.width / 2, r.y + r.height / 2])(document.getElementById("`+id+`").getBoundingClientRect())`)
	p.pointer(down, q[0], q[1])
	p.pointer(up, q[0], q[1])
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
