//go:build linux

package e2e

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp/kb"

	"oneshot/cmd/oneshot/site"
)

// TestSoak uses a page in a public place for as long as ONESHOT_SOAK says, one visitor after another, and writes what it
// needs to runs/soak.csv. After a third of the time the program's memory must not grow any more. (A page that one person uses
// for hours grows by what can be undone.)
func TestSoak(t *testing.T) {
	if os.Getenv("ONESHOT_SOAK") == "" {
		t.Skip("make soak T=1h runs it")
	}
	length, err := time.ParseDuration(os.Getenv("ONESHOT_SOAK"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	runs := filepath.Join(root, "runs")
	if err := os.MkdirAll(runs, 0o777); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(runs, "soak.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table := csv.NewWriter(file)
	video := filepath.Join(t.TempDir(), "paper.y4m")
	if err := os.WriteFile(video, y4m(paper(symbols()[0].queries[0], 640, 480)), 0o666); err != nil {
		t.Fatal(err)
	}
	h := newHarness(t, withCamera(video)...)
	p := h.at("?kiosk&idle=10&dim=0").open(t, laptop)
	p.beforeLoad(keepProgram)
	p.forgive() // what there is to forgive is counted below

	if err := table.Write([]string{"seconds", "rounds", "wasm bytes", "JS heap bytes", "errors"}); err != nil {
		t.Fatal(err)
	}
	var warm, last sample
	began := time.Now()
	for rounds := 0; time.Since(began) < length; rounds++ {
		p.soakRound(rounds)
		if rounds%3 != 0 {
			continue
		}
		last = p.sample(time.Since(began), rounds)
		if err := table.Write(last.row()); err != nil {
			t.Fatal(err)
		}
		table.Flush()
		if last.at < length/3 {
			warm = last
		}
		if last.errors > 0 {
			break
		}
	}
	if err := table.Error(); err != nil {
		t.Fatal(err)
	}
	hours := (last.at - warm.at).Hours()
	t.Logf("%d rounds in %v; wasm memory %.1f MB after a third of the time, %.1f MB at the end; JS heap %.2f MB and %.2f MB, %+.2f MB an hour",
		last.rounds, last.at.Round(time.Second), mega(warm.wasm), mega(last.wasm), mega(warm.heap), mega(last.heap), mega(last.heap-warm.heap)/hours)
	if last.wasm > warm.wasm {
		t.Errorf("after %v the program's memory has grown from %d to %d bytes", last.at, warm.wasm, last.wasm)
	}
}

// sample is what a page needs at one time.
type sample struct {
	at         time.Duration
	rounds     int
	wasm, heap int
	errors     int
}

func mega(bytes int) float64 { return float64(bytes) / 1e6 }

func (s sample) row() []string {
	return []string{strconv.Itoa(int(s.at.Seconds())), strconv.Itoa(s.rounds), strconv.Itoa(s.wasm), strconv.Itoa(s.heap), strconv.Itoa(s.errors)}
}

func (p *page) sample(at time.Duration, rounds int) sample {
	p.t.Helper()
	call(p, heapprofiler.CollectGarbage, cdp.Empty{})
	s := sample{at: at, rounds: rounds, wasm: eval[int](p, `program.exports.mem.buffer.byteLength`), heap: int(call(p, runtime.GetHeapUsage, cdp.Empty{}).UsedSize)}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.errors {
		if !strings.Contains(e, "fullscreenerror") { // a hand that the browser does not take for one
			p.t.Errorf("the console: %s", e)
			s.errors++
		}
	}
	return s
}

// soakRound is a visitor: teaches two classes, asks, now and then looks through the camera or leaves the page alone for a
// while, and goes.
func (p *page) soakRound(round int) {
	p.t.Helper()
	l := &ledger{taught: 2 * round}
	l.teach(p)
	p.waitForButton("Example 4 of Circle")
	l.teach(p)
	p.waitForButton("Example 4 of Square")
	pad := p.place("", "Drawing pad")
	p.quickLine(pad.x+pad.w/4, pad.y+pad.h/4, pad.x+pad.w/2, pad.y+pad.h*float64(2+round%5)/8)
	p.waitFor("an answer", statusHas(", closest to "))
	p.keys(" ")
	p.waitFor("a blank pad", statusBegins("Ready."))
	if round%5 == 1 {
		p.press("Camera")
		p.waitFor("the camera to be on", `document.querySelector("video").srcObject?.active`)
		p.waitFor("the camera to see the drawing", statusHas(", closest to "))
		p.keys(kb.Escape)
		p.waitFor("the camera to be off", `document.querySelector("video").srcObject === null`)
	}
	if round%5 == 3 {
		p.freeze()
		p.thaw()
	}
	p.waitForNoButton("Example 4 of Circle")
	p.waitForButton("Example 3 of Circle")
}

// freeze hides the page and stops it, as a browser does with a tab that nobody has looked at for a while.
func (p *page) freeze() {
	p.t.Helper()
	call(p, cdppage.SetWebLifecycleState, cdppage.SetWebLifecycleStateParams{State: cdppage.SetWebLifecycleStateStateFrozen})
	for !eval[bool](p, `document.visibilityState === "hidden"`) { // no timer of the page would tell
		time.Sleep(10 * time.Millisecond)
	}
}

// thaw brings the page back.
func (p *page) thaw() {
	p.t.Helper()
	call(p, cdppage.SetWebLifecycleState, cdppage.SetWebLifecycleStateParams{State: cdppage.SetWebLifecycleStateStateActive})
	window := call(p, browser.GetWindowForTarget, browser.GetWindowForTargetParams{}).WindowID
	for _, state := range []browser.WindowState{browser.WindowStateMinimized, browser.WindowStateNormal} { // else it stays hidden
		call(p, browser.SetWindowBounds, browser.SetWindowBoundsParams{WindowID: window, Bounds: &browser.Bounds{WindowState: state}})
	}
	p.waitFor("the page to be seen", `document.visibilityState === "visible"`)
	p.nextFrame()
}
