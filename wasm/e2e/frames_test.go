//go:build !js

package e2e

import (
	"math"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
)

// countFrames notes when a move of the pointer comes, and when what it did reaches WebGL.
const countFrames = `
	window.frames = {draws: 0, drawn: 0, waits: []};
	let since = 0, fresh = false;
	addEventListener("pointermove", () => { since ||= performance.now() }, true);
	for (const name of ["drawElements", "drawArrays"]) {
		const draw = WebGL2RenderingContext.prototype[name];
		WebGL2RenderingContext.prototype[name] = function (...args) {
			window.frames.draws++;
			fresh = true;
			if (since) { window.frames.waits.push(performance.now() - since); since = 0 }
			return draw.apply(this, args);
		};
	}
	window.measure = () => {
		const f = window.frames;
		f.draws = f.drawn = 0; f.waits = []; f.begun = performance.now(); f.measuring = true;
		const tick = () => { if (fresh) { f.drawn++; fresh = false } if (f.measuring) requestAnimationFrame(tick) };
		requestAnimationFrame(tick);
	};
	window.measured = () => {
		const f = window.frames, waits = f.waits.sort((a, b) => a - b);
		f.measuring = false;
		return [f.drawn / (performance.now() - f.begun) * 1000, waits[waits.length >> 1] ?? -1, waits[Math.floor(waits.length * 0.95)] ?? -1];
	};
`

// A page on which nothing happens draws nothing; while a line is drawn, what the pen did comes with the next frame. The
// figures are of WebGL in software.
func TestFrames(t *testing.T) {
	p := newHarness(t).open(t, laptop)
	call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: countFrames})
	p.reload()
	p.countAnswers()
	teachAll(p, symbols()[:2])
	p.press("Clear")
	p.waitForButton("Saved")
	p.nextFrame()
	p.nextFrame()
	before := eval[int](p, `window.frames.draws`)
	eval[any](p, `new Promise(done => setTimeout(done, 2000))`)
	if n := eval[int](p, `window.frames.draws`) - before; n != 0 {
		t.Errorf("a page on which nothing happens has drawn %d times in two seconds", n)
	}

	pad := p.place("", "Drawing pad")
	x, y := pad.centre()
	eval[any](p, `window.measure()`)
	p.pointer(down, x+100, y)
	for i := range 300 {
		sin, cos := math.Sincos(float64(i) / 20)
		r := 100 + float64(i)/3
		p.pointer(move, x+r*cos, y+r*sin)
	}
	m := eval[[3]float64](p, `window.measured()`)
	p.pointer(up, x, y)
	if m[0] == 0 || m[1] < 0 {
		t.Fatal("nothing of the line was drawn")
	}
	t.Logf("while drawing %.0f frames/s at %d x %d; from a move to its drawing %.1f ms (median), %.1f ms (95 %%)", m[0], laptop.width, laptop.height, m[1], m[2])
}
