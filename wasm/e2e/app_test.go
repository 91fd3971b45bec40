//go:build !js

package e2e

import (
	"bytes"
	"fmt"
	"image/png"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestApp(t *testing.T) {
	h := newHarness(t)
	t.Run("LearnsFromOneDrawing", func(t *testing.T) { learnsFromOneDrawing(t, h.open(t, laptop), drawings(t), queries, 17) })
	t.Run("LearnsOnAPhone", func(t *testing.T) { learnsFromOneDrawing(t, h.open(t, phone), drawings(t), 1, 4) })
	t.Run("LearnsSymbols", func(t *testing.T) { learnsFromOneDrawing(t, h.open(t, laptop), symbols(), 1, 5) })
	t.Run("Keyboard", func(t *testing.T) { keyboard(t, h.open(t, laptop)) })
	t.Run("Speck", func(t *testing.T) { speck(t, h.open(t, laptop)) })
	t.Run("UndoAndClear", func(t *testing.T) { undoAndClear(t, h.open(t, laptop)) })
	t.Run("EditClasses", func(t *testing.T) { editClasses(t, h.open(t, phone)) })
	t.Run("QuickStrokes", func(t *testing.T) { quickStrokes(t, h.open(t, laptop)) })
	t.Run("StrangeEvents", func(t *testing.T) { strangeEvents(t, h.open(t, laptop)) })
	t.Run("WrongItWas", func(t *testing.T) { wrongItWas(t, h.open(t, phone)) })
	t.Run("NoneOfThese", func(t *testing.T) { noneOfThese(t, h.open(t, laptop.darkened())) })
	t.Run("Check", func(t *testing.T) { check(t, h.open(t, laptop), drawings(t)[:3]) })
	t.Run("CheckOnAPhone", func(t *testing.T) { check(t, h.open(t, phone.darkened()), drawings(t)[:2]) })
	t.Run("Headers", func(t *testing.T) { headers(t, h) })
}

// learnsFromOneDrawing shows one drawing of each of five classes, without a network, and asks about
// drawings by others, so many of each class. Chance is one in five.
func learnsFromOneDrawing(t *testing.T, p *page, all []class, each, atLeast int) {
	empty := p.screenshot("empty")
	p.goOffline()
	teachAll(p, all)
	correct, asked := 0, 0
	var millis []float64
	for q := range each {
		for _, c := range all {
			p.draw(c.queries[q])
			asked++
			if p.answer() == c.name {
				correct++
			} else {
				t.Logf("%s, drawing %d: the page says %q", c.name, q+1, p.status())
			}
			millis = append(millis, p.answerMillis())
			if asked == len(all) {
				wholePicture(t, empty, p.screenshot(strings.ToLower(all[0].name)))
			}
			p.press("Clear")
		}
	}
	slices.Sort(millis)
	t.Logf("%d of %d right; from the stroke's end to the answer: median %.1f ms, longest %.1f ms",
		correct, asked, millis[len(millis)/2], millis[len(millis)-1])
	if correct < atLeast {
		t.Errorf("%d of %d drawings recognised, want at least %d", correct, asked, atLeast)
	}
	if r := p.requested(); len(r) != 0 {
		t.Errorf("the page asked the network for %v after it was ready", r)
	}
}

// wholePicture fails the test if the second picture has lost parts of the page, which draws only
// what has changed: it must not be much darker than the first.
func wholePicture(t *testing.T, first, second []byte) {
	t.Helper()
	var light [2]float64
	for i, b := range [][]byte{first, second} {
		picture, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		box := picture.Bounds()
		for y := box.Min.Y; y < box.Max.Y; y += 7 {
			for x := box.Min.X; x < box.Max.X; x += 7 {
				if _, green, _, _ := picture.At(x, y).RGBA(); green > 0xC000 {
					light[i]++
				}
			}
		}
	}
	if light[1] < 0.8*light[0] {
		t.Errorf("the picture has %.0f light pixels of every 49th, it had %.0f: parts of the page are gone", light[1], light[0])
	}
}

// teachAll makes a class of each name, in the order given, and teaches it its example. The page
// begins with Class A, B and C; a new one gets the first such name that is free.
func teachAll(p *page, all []class) {
	p.t.Helper()
	for i, c := range all {
		given := "Class " + string(rune('A'+i))
		if i >= 3 {
			given = "Class A"
			p.press("Add class")
			p.waitForButton("Teach " + given)
			p.typeName(c.name)
		} else {
			rename(p, given, c.name)
		}
		p.draw(c.example)
		p.press("Teach " + c.name)
		p.waitForButton("Example 1 of " + c.name)
	}
}

// rename gives a class another name with the keyboard.
func rename(p *page, from, to string) {
	p.t.Helper()
	p.focus("Rename " + from)
	p.keys(kb.Enter)
	p.typeName(to)
}

// typeName types into the text field that opens for a name, and finishes with Enter.
func (p *page) typeName(name string) {
	p.t.Helper()
	p.waitFor("a text field that is seen", `(e => {
		if (!(e instanceof HTMLInputElement) || getComputedStyle(e).opacity !== "1") return false;
		const r = e.getBoundingClientRect();
		return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2) === e;
	})(document.activeElement)`)
	p.keys("a", chromedp.KeyModifiers(kb.ModifierCtrl))
	p.keys(name)
	p.keys(kb.Enter)
	p.waitForButton("Teach " + name)
}

// keyboard uses no pointer but for the drawing itself: Tab reaches every control in turn, and
// Enter works them.
func keyboard(t *testing.T, p *page) {
	c := drawings(t)[0]
	wanted := eval[[]string](p, `[...document.querySelectorAll("button")].filter(b => b.checkVisibility()).map(b => b.getAttribute("aria-label") || b.textContent.trim())`)
	for _, name := range []string{"Teach Class A", "Rename Class C", "More about Class B", "Add class"} {
		if !slices.Contains(wanted, name) {
			t.Errorf("no control is called %q; there are %q", name, wanted)
		}
	}
	var reached []string
	for range 2*len(wanted) + 5 {
		p.keys(kb.Tab)
		reached = append(reached, eval[string](p, `document.activeElement?.getAttribute("aria-label") || document.activeElement?.textContent.trim() || ""`))
	}
	for _, name := range wanted {
		if !slices.Contains(reached, name) {
			t.Errorf("Tab does not reach %q; it reaches %q", name, reached)
		}
	}

	p.draw(c.example)
	p.focus("Teach Class A")
	p.keys(kb.Enter)
	p.waitForButton("Example 1 of Class A")
	rename(p, "Class A", c.name)
	p.screenshot("keyboard")
	p.focus("Add class")
	p.keys(" ")
	p.waitForButton("Teach Class A") // that name is free again
	p.keys(kb.Escape)
	p.draw(c.queries[0])
	if got := p.answer(); got != c.name {
		t.Errorf("one class was taught and the answer is %q, want %q", got, c.name)
	}
	p.focus("Example 1 of " + c.name)
	p.keys(kb.Enter)
	p.waitForButton("Delete")
	p.focus("Delete")
	p.keys(kb.Enter)
	p.waitForButton("Teach " + c.name)
	if p.has("Example 1 of " + c.name) {
		t.Error("the deleted example is still there")
	}
}

// speck taps the pad: that is answered by a sentence, and teaches nothing.
func speck(t *testing.T, p *page) {
	all := drawings(t)
	p.draw(all[0].example)
	p.press("Teach Class A")
	p.waitForButton("Example 1 of Class A")

	before := p.status()
	x, y := p.place("", "Drawing pad").centre()
	p.pointer(down, x, y)
	p.pointer(up, x, y)
	p.waitFor("a word about the speck", statusIsNot(before))
	told := p.status()
	if told == "" || strings.HasPrefix(told, "Class A,") {
		t.Errorf("after a tap the page says %q, want a sentence about the speck", told)
	}
	p.focus("Teach Class B")
	p.keys(kb.Enter)
	if p.has("Example 1 of Class B") {
		t.Error("a speck was taken as an example")
	}
	if !p.has("Example 1 of Class A") {
		t.Error("a speck cost an example")
	}
	t.Logf("the page says: %q", told)

	p.press("Clear")
	p.draw(all[0].queries[0])
	if got := p.answer(); got != "Class A" {
		t.Errorf("after the speck the answer is %q, want Class A", got)
	}
}

// quickStrokes draws lines that begin and end between two frames, which a hand can do and which
// the debugging protocol cannot: each must be on the pad, from end to end.
func quickStrokes(t *testing.T, p *page) {
	pad := p.place("", "Drawing pad")
	const lines = 4
	height := func(line int) float64 { return pad.y + pad.h*float64(line+1)/(lines+1) }
	ends := [2]float64{pad.x + 0.2*pad.w, pad.x + 0.8*pad.w}
	for i := range lines {
		before := p.status()
		p.quickLine(ends[0], height(i), ends[1], height(i))
		if i == 0 {
			p.waitFor("a word about the drawing", statusIsNot(before))
		}
		p.nextFrame()
		p.nextFrame()
	}
	picture, err := png.Decode(bytes.NewReader(p.screenshot("quick")))
	if err != nil {
		t.Fatal(err)
	}
	for i := range lines {
		for step := range 11 {
			x := ends[0] + (ends[1]-ends[0])*float64(step)/10
			if _, green, _, _ := picture.At(int(x), int(height(i))).RGBA(); green > 0x8000 {
				t.Errorf("line %d: no ink %d tenths along it", i+1, step)
			}
		}
	}
}

// strangeEvents sends key events that are none of a keyboard, as what fills fields in does, and a press of a pointer that the
// browser does not know: the page goes on.
func strangeEvents(t *testing.T, p *page) {
	eval[any](p, `void (() => {
		for (const at of [document.body, document.querySelector("canvas"), document.getElementById("name")]) {
			for (const type of ["keydown", "keyup"]) at.dispatchEvent(new Event(type, {bubbles: true, cancelable: true}));
			at.dispatchEvent(Object.assign(new Event("keydown", {bubbles: true, cancelable: true}), {key: "z"}));
			at.dispatchEvent(Object.assign(new Event("keydown", {bubbles: true, cancelable: true}), {key: "1"}));
		}
		for (const type of ["pointerdown", "pointercancel"]) {
			document.querySelector("canvas").dispatchEvent(new PointerEvent(type, {pointerId: 4711, bubbles: true, cancelable: true}));
		}
	})()`)
	p.draw(drawings(t)[0].example)
	p.press("Teach Class A")
	p.waitForButton("Example 1 of Class A")
}

// quickLine draws a line within one event of the browser.
func (p *page) quickLine(fromX, fromY, toX, toY float64) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(() => {
		const canvas = document.querySelector("canvas"), fromX = %f, fromY = %f, toX = %f, toY = %f;
		const send = (type, clientX, clientY, buttons) => canvas.dispatchEvent(new PointerEvent(type, {
			pointerId: 1, pointerType: "mouse", isPrimary: true, bubbles: true, cancelable: true, button: type === "pointermove" ? -1 : 0, buttons, clientX, clientY,
		}));
		const capture = canvas.setPointerCapture;
		canvas.setPointerCapture = () => {}; // there is no such pointer to capture
		send("pointerdown", fromX, fromY, 1);
		send("pointermove", (fromX + toX) / 2, (fromY + toY) / 2, 1);
		send("pointermove", toX, toY, 1);
		send("pointerup", toX, toY, 0);
		canvas.setPointerCapture = capture;
		return true;
	})()`, fromX, fromY, toX, toY))
}

// statusIsNot is a condition for waitFor: the status says something else than this.
func statusIsNot(text string) string {
	return `document.querySelector("[role=status]").textContent.trim() !== ` + strconv.Quote(text)
}

// answerIsNot is a condition for waitFor: the status does not answer with this class.
func answerIsNot(class string) string { return "!" + answerIs(class) }

// answerIs is a condition for waitFor: the status answers with this class.
func answerIs(class string) string {
	return `document.querySelector("[role=status]").textContent.trim().startsWith(` + strconv.Quote(class+",") + `)`
}

// undoAndClear takes steps back: a cleared pad, a taught example, a deleted class.
func undoAndClear(t *testing.T, p *page) {
	all := drawings(t)
	p.draw(all[0].example)
	p.press("Teach Class A")
	p.waitForButton("Example 1 of Class A")

	p.draw(all[0].queries[0])
	if got := p.answer(); got != "Class A" {
		t.Fatalf("the answer is %q, want Class A", got)
	}
	p.press("Clear")
	p.waitFor("the answer to go with the drawing", answerIsNot("Class A"))
	p.press("Undo")
	p.waitFor("the drawing and its answer to come back", answerIs("Class A"))

	p.press("Clear")
	p.waitFor("the answer to go with the drawing", answerIsNot("Class A"))
	p.deleteClass("Class A")
	p.press("Undo")
	p.waitForButton("Example 1 of Class A")
	p.draw(all[0].queries[1])
	if got := p.answer(); got != "Class A" {
		t.Errorf("a class that came back with Undo is not answered: %q", got)
	}
}

// editClasses renames and deletes classes and examples by touch: what was deleted is not answered.
func editClasses(t *testing.T, p *page) {
	all := drawings(t)
	for i, name := range []string{"Class A", "Class B"} {
		p.draw(all[i].example)
		p.press("Teach " + name)
		p.waitForButton("Example 1 of " + name)
	}
	p.draw(all[0].queries[0])
	p.press("Teach Class A")
	p.waitForButton("Example 2 of Class A")
	p.press("Example 1 of Class A")
	p.waitForButton("Delete")
	p.press("Delete")
	p.waitForButton("Teach Class A")
	if p.has("Example 2 of Class A") {
		t.Error("deleting one of two examples left both")
	}
	if !p.has("Example 1 of Class A") {
		t.Error("deleting one of two examples left none")
	}

	rename(p, "Class B", "Zwölf 十二")
	p.draw(all[1].queries[1])
	if got := p.answer(); got != "Zwölf 十二" {
		t.Errorf("the answer is %q, want the new name", got)
	}
	p.deleteClass("Zwölf 十二")
	p.press("Clear")
	p.draw(all[1].queries[2])
	if got := p.answer(); got != "None of these" {
		t.Errorf("with one class left, a drawing of another is answered by %q", got)
	}
	p.press("Clear")
	p.draw(all[0].queries[1])
	if got := p.answer(); got != "Class A" {
		t.Errorf("with one class left, a drawing of it is answered by %q", got)
	}
}

// headers asks the server itself, as a browser hides some of them.
func headers(t *testing.T, h harness) {
	p := h.open(t, laptop)
	got := eval[string](p, `fetch("/oneshot.wasm", {method: "HEAD"}).then(r => r.headers.get("content-type") + " " + r.headers.get("content-security-policy"))`)
	if !strings.HasPrefix(got, "application/wasm default-src 'none';") {
		t.Errorf("oneshot.wasm comes with %q", got)
	}
	if isolated := eval[bool](p, `crossOriginIsolated`); !isolated {
		t.Error("the page is not isolated from other origins")
	}
	p.lenient() // the browser's complaint about this is wanted
	if blocked := eval[bool](p, `fetch("https://example.org/").then(() => false, () => true)`); !blocked {
		t.Error("the page may talk to another origin")
	}
}
