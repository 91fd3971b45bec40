//go:build !js

package e2e

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"oneshot/engine/prep"
)

// eval returns the value of a JavaScript expression; a promise is waited for.
func eval[T any](p *page, expression string) T {
	p.t.Helper()
	return run(p, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// waitFor waits until the JavaScript condition holds. It looks once a frame.
func (p *page) waitFor(what, condition string) {
	p.t.Helper()
	expression := fmt.Sprintf(`new Promise(done => {
		const end = performance.now() + %d;
		const look = () => (%s) ? done(true) : performance.now() > end ? done(false) : setTimeout(look, 10);
		look();
	})`, (patience / 2).Milliseconds(), condition)
	if !eval[bool](p, expression) {
		p.giveUp("gave up waiting for %s", what)
	}
}

// giveUp ends the test, and leaves a picture of the page and what it says.
func (p *page) giveUp(format string, args ...any) {
	p.t.Helper()
	p.screenshot("failed-" + filepath.Base(p.t.Name()))
	p.t.Fatalf(format+"; the status says %q", append(args, p.status())...)
}

// nodes returns what the accessibility tree has under an accessible name; role may be "".
func (p *page) nodes(role, name string) []cdp.BackendNodeID {
	p.t.Helper()
	return run(p, func(ctx context.Context, t *chromedp.Target) ([]cdp.BackendNodeID, error) {
		doc, err := cdp.Call(ctx, t, dom.GetDocument, dom.GetDocumentParams{})
		if err != nil {
			return nil, err
		}
		res, err := cdp.Call(ctx, t, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{
			BackendNodeID: doc.Root.BackendNodeID, AccessibleName: name, Role: role,
		})
		var ids []cdp.BackendNodeID
		for _, n := range res.Nodes {
			if !n.Ignored && n.BackendDOMNodeID != 0 {
				ids = append(ids, n.BackendDOMNodeID)
			}
		}
		return ids, err
	})
}

// has reports whether there is a button with this accessible name.
func (p *page) has(button string) bool {
	p.t.Helper()
	return len(p.nodes("button", button)) > 0
}

// waitForButton waits until there is a button of this name (or, if gone, until there is none).
func (p *page) waitForButton(name string) { p.t.Helper(); p.waitForButtons(name, true) }
func (p *page) waitForNoButton(name string) {
	p.t.Helper()
	p.waitForButtons(name, false)
}

func (p *page) waitForButtons(name string, wanted bool) {
	p.t.Helper()
	for range 600 {
		if p.has(name) == wanted {
			return
		}
		p.nextFrame()
	}
	p.giveUp("waited 600 frames for the button %q to be there: %v", name, wanted)
}

// rect is a place on the screen, in CSS pixels.
type rect struct{ x, y, w, h float64 }

func (r rect) centre() (x, y float64) { return r.x + r.w/2, r.y + r.h/2 }

// place returns where the element of this role and name lies. One that is scrolled out of sight is
// given the keyboard first, which must bring it into view.
func (p *page) place(role, name string) rect {
	p.t.Helper()
	ids := p.nodes(role, name)
	if len(ids) != 1 {
		p.giveUp("%d elements of role %q are called %q, want one", len(ids), role, name)
	}
	if p.seen(ids[0]) < mostly {
		call(p, dom.Focus, dom.FocusParams{BackendNodeID: ids[0]})
		for range 120 {
			if p.seen(ids[0]) >= mostly {
				break
			}
			p.nextFrame()
		}
		if part := p.seen(ids[0]); part < mostly {
			p.giveUp("%q has the keyboard, but only %.0f %% of it is in view", name, 100*part)
		}
	}
	q := call(p, dom.GetBoxModel, dom.GetBoxModelParams{BackendNodeID: ids[0]}).Model.Border
	return rect{q[0], q[1], q[4] - q[0], q[5] - q[1]}
}

// mostly is the part of a control that must be in view to press it.
const mostly = 0.75

// seen returns how much of an element is in view, 0..1: what is scrolled away or cut off is not.
func (p *page) seen(id cdp.BackendNodeID) float64 {
	p.t.Helper()
	object := call(p, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: id}).Object
	yes := true
	res := call(p, runtime.CallFunctionOn, runtime.CallFunctionOnParams{
		ObjectID: object.ObjectID, AwaitPromise: &yes, ReturnByValue: &yes,
		FunctionDeclaration: `function() {
			return new Promise(done => new IntersectionObserver((entries, o) => { o.disconnect(); done(entries[0].intersectionRatio) }).observe(this));
		}`,
	})
	part, err := strconv.ParseFloat(string(res.Result.Value), 64)
	if err != nil {
		p.t.Fatalf("how much is in view: %q", res.Result.Value)
	}
	return part
}

// nextFrame waits until the page has drawn once more.
func (p *page) nextFrame() {
	p.t.Helper()
	eval[bool](p, `new Promise(done => requestAnimationFrame(() => done(true)))`)
}

// press clicks or taps the middle of a button, as a hand does.
func (p *page) press(button string) {
	p.t.Helper()
	x, y := p.place("button", button).centre()
	p.pointer(down, x, y)
	p.pointer(up, x, y)
}

// focus gives a button the keyboard.
func (p *page) focus(button string) {
	p.t.Helper()
	ids := p.nodes("button", button)
	if len(ids) != 1 {
		p.giveUp("%d buttons are called %q, want one", len(ids), button)
	}
	call(p, dom.Focus, dom.FocusParams{BackendNodeID: ids[0]})
}

// keys types.
func (p *page) keys(keys string, modifiers ...chromedp.KeyOption) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys, modifiers...))
}

// phase is what a pointer does at a point.
type phase int

const (
	down phase = iota
	move
	up
)

// pointer moves the mouse with its button held, or a finger, on the page.
func (p *page) pointer(ph phase, x, y float64) {
	p.t.Helper()
	if p.device.touch {
		params := input.DispatchTouchEventParams{TouchPoints: []*input.TouchPoint{{X: x, Y: y}}}
		switch ph {
		case down:
			params.Type = input.DispatchTouchEventTypeTouchStart
		case move:
			params.Type = input.DispatchTouchEventTypeTouchMove
		case up:
			params.Type, params.TouchPoints = input.DispatchTouchEventTypeTouchEnd, []*input.TouchPoint{}
		}
		call(p, input.DispatchTouchEvent, params)
		return
	}
	params := input.DispatchMouseEventParams{X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1}
	switch ph {
	case down:
		call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: x, Y: y})
		params.Type = input.DispatchMouseEventTypeMousePressed
	case move:
		params.Type, params.ClickCount = input.DispatchMouseEventTypeMouseMoved, 0
	case up:
		params.Type, params.Buttons = input.DispatchMouseEventTypeMouseReleased, 0
	}
	call(p, input.DispatchMouseEvent, params)
}

// bend is how far a pen may stray from a straight line, in parts of the frame, before the point is
// sent. A browser takes moves once a frame, so a test that sent every sample of Omniglot's pens would
// take minutes; what is left out is thinner than the line that is drawn.
const bend = 0.006

// draw draws on the pad, at the size and place that the drawing has in its own frame. After each
// stroke it waits for the answer if the page has anything to answer with.
func (p *page) draw(d drawing) {
	p.t.Helper()
	p.drawOn("Drawing pad", d)
}

// drawOn draws on the pad by the name that it has in another language.
func (p *page) drawOn(name string, d drawing) {
	p.t.Helper()
	pad := p.place("", name)
	side := min(pad.w, pad.h)
	cx, cy := pad.centre()
	answers := p.taught()
	for _, stroke := range d.strokes {
		points := corners(stroke, bend*d.frame)
		for i, q := range points {
			x, y := cx+(float64(q.X/d.frame)-0.5)*side*0.96, cy+(float64(q.Y/d.frame)-0.5)*side*0.96
			if i == 0 {
				p.pointer(down, x, y)
			}
			p.pointer(move, x, y)
			if i+1 < len(points) {
				continue
			}
			before := eval[int](p, `window.answers`)
			p.pointer(up, x, y)
			if answers {
				p.waitFor("an answer to the stroke", `window.answers > `+strconv.Itoa(before))
			}
		}
	}
}

// corners leaves out the points of a stroke that lie within tolerance of the line between those that
// stay (Ramer 1972; Douglas and Peucker 1973).
func corners(s prep.Stroke, tolerance float32) prep.Stroke {
	if len(s) < 3 {
		return s
	}
	first, last := s[0], s[len(s)-1]
	dx, dy := float64(last.X-first.X), float64(last.Y-first.Y)
	length := math.Hypot(dx, dy)
	far, at := 0.0, 0
	for i, q := range s[1 : len(s)-1] {
		ax, ay := float64(q.X-first.X), float64(q.Y-first.Y)
		distance := math.Hypot(ax, ay) // of a loop that ends where it began
		if length > 0 {
			along := min(max((ax*dx+ay*dy)/length, 0), length)
			distance = math.Hypot(ax-along*dx/length, ay-along*dy/length)
		}
		if distance > far {
			far, at = distance, i+1
		}
	}
	if far <= float64(tolerance) {
		return prep.Stroke{first, last}
	}
	left := corners(s[:at+1], tolerance)
	return append(left[:len(left)-1:len(left)-1], corners(s[at:], tolerance)...)
}

// taught reports whether the page has been shown an example: only then does it answer.
func (p *page) taught() bool {
	p.t.Helper()
	return eval[bool](p, `[...document.querySelectorAll("button")].some(b => /^Example /.test(b.getAttribute("aria-label") || b.textContent))`)
}

// status is what the page tells a screen reader.
func (p *page) status() string {
	p.t.Helper()
	return strings.TrimSpace(eval[string](p, `document.querySelector("[role=status]")?.textContent ?? ""`))
}

// answer is the name that the status begins with, up to the comma.
func (p *page) answer() string {
	p.t.Helper()
	name, _, _ := strings.Cut(p.status(), ",")
	return name
}

// countAnswers makes window.answers the number of answers that the page has given.
func (p *page) countAnswers() {
	p.t.Helper()
	eval[bool](p, `(() => {
		window.answers = 0;
		new MutationObserver(changes => { window.answers += changes.length }).observe(
			document.querySelector("[role=status]"), {attributes: true, attributeFilter: ["data-answer-ms"]});
		return true;
	})()`)
}

// answerMillis is the time from the end of the last stroke to its answer, as the page measured it.
func (p *page) answerMillis() float64 {
	p.t.Helper()
	text := eval[string](p, `document.querySelector("[role=status]")?.dataset.answerMs ?? ""`)
	ms, err := strconv.ParseFloat(text, 64)
	if err != nil {
		p.t.Fatalf("data-answer-ms is %q, want a number", text)
	}
	return ms
}

// click presses an element of the page that is no twin.
func (p *page) click(id string) {
	p.t.Helper()
	q := eval[[2]float64](p, `(r => [r.x + r.width / 2, r.y + r.height / 2])(document.getElementById("`+id+`").getBoundingClientRect())`)
	p.pointer(down, q[0], q[1])
	p.pointer(up, q[0], q[1])
}
