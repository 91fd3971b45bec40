//go:build linux

package e2e

import (
	"slices"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// slow teaches a hundred examples and asks after each fifth on a processor that is four times as slow, and reports how long
// the page was busy at a time. Machines that tests run on differ too much to hold it to that: the bar is 50 ms, below which
// a browser tells of no task.
func slow(t *testing.T, h harness) {
	p := h.open(t, laptop)
	pad := p.place("", "Drawing pad")
	x, y := pad.centre()
	call(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
	eval[bool](p, `(() => {
		window.tasks = [];
		new PerformanceObserver(list => tasks.push(...list.getEntries().map(e => e.duration))).observe({type: "longtask"});
		return true;
	})()`)
	busy := map[string][]float64{}
	note := func(act string) {
		busy[act] = append(busy[act], eval[[]float64](p, `new Promise(done => setTimeout(() => done(tasks.splice(0))))`)...)
	}
	const shots = 100
	for n := 1; n <= shots; n++ {
		p.quickLine(x-pad.w/4, y-pad.h*float64(n%7)/20, x+pad.w/4, y+pad.h*float64(n%7)/20)
		p.keys(strconv.Itoa(1 + n%2))
		p.waitFor("the example", `[...document.querySelectorAll("button")].filter(b => b.getAttribute("aria-label")?.startsWith("Example ")).length === `+strconv.Itoa(n))
		note("teach")
		if n%5 == 0 {
			before := eval[int](p, `window.answers`)
			p.quickLine(x-pad.w/4, y, x, y+pad.h*float64(n%4)/8)
			p.waitFor("an answer", `window.answers > `+strconv.Itoa(before))
			note("ask")
			p.keys(" ")
			p.waitFor("a blank pad", statusBegins("Ready."))
			note("clear")
		}
	}
	for act, tasks := range busy {
		slices.Sort(tasks)
		t.Logf("%s: tasks longer than 50 ms, in ms: %.0f", act, tasks)
	}
}

// frozen stops the page right after something was taught, as a browser does with a tab that nobody sees. It has been saved
// by then, for such a tab may be thrown away; if it is not, it goes on where it was.
func frozen(t *testing.T, h harness) {
	open := h.tabs(t)()
	l := &ledger{}
	for range 3 {
		p := open(t)
		p.begin()
		l.check(p)
		for range 2 {
			l.teach(p)
			l.saved = l.taught
			p.freeze()
			p.thaw()
			l.check(p)
		}
		l.teach(p)
		l.saved = l.taught
		p.freeze()
		p.crash()
	}
	p := open(t)
	p.begin()
	l.check(p)
}
