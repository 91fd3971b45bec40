//go:build !js

package e2e

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// statusBegins is a condition for waitFor: the status begins with this.
func statusBegins(text string) string {
	return `document.querySelector("[role=status]").textContent.trim().startsWith(` + strconv.Quote(text) + `)`
}

// shotsOf counts the examples of a class on the page to draw on.
func (p *page) shotsOf(class string) int {
	p.t.Helper()
	n := 0
	for p.has("Example " + strconv.Itoa(n+1) + " of " + class) {
		n++
	}
	return n
}

// wrongItWas puts an answer right in one tap on another class of the ranking, and takes that back.
func wrongItWas(t *testing.T, p *page) {
	all := drawings(t)[:3]
	teachAll(p, all)
	p.draw(all[0].queries[0])
	said := p.answer()
	other := all[0].name
	for _, c := range all {
		if c.name != said {
			other = c.name
		}
	}
	p.screenshot("answered")
	p.press("It was " + other)
	p.waitForButton("Example 2 of " + other)
	p.waitForNoButton("It was " + other)
	p.screenshot("corrected")
	p.press("Undo")
	p.waitForNoButton("Example 2 of " + other)
	p.waitForButton("It was " + other)
	if got := p.answer(); got != said {
		t.Errorf("after Undo the answer is %q, want %q again", got, said)
	}
}

// noneOfThese moves the slider to its strict end with the keyboard and its lax end with the mouse: a
// drawing is then none of the classes, and one of them again.
func noneOfThese(t *testing.T, p *page) {
	all := drawings(t)[:3]
	teachAll(p, all)
	p.draw(all[0].queries[0])
	p.focus("Check what was taught")
	p.keys(kb.Enter)
	p.waitForButton("Back")
	ids := p.nodes("slider", "How strict")
	if len(ids) != 1 {
		t.Fatalf("%d sliders are called How strict, want one", len(ids))
	}
	value := func() string {
		return eval[string](p, `document.querySelector("input[type=range]").getAttribute("aria-valuetext")`)
	}
	own := value()
	if got := eval[string](p, `document.activeElement.getAttribute("aria-label")`); got != "Back" {
		t.Errorf("the keyboard is at %q, want the first control", got)
	}
	for range 3 {
		p.keys(kb.Tab)
		if eval[bool](p, `document.activeElement.type === "range"`) {
			break
		}
	}
	p.keys(kb.End)
	p.waitFor("the strictest value", `document.querySelector("input[type=range]").getAttribute("aria-valuetext") === "strict +20"`)
	p.screenshot("strict")
	p.keys(kb.Escape)
	p.waitFor("none of these", statusBegins("None of these, most like "))
	p.screenshot("none")

	p.press("Check what was taught")
	p.waitForButton("Reset how strict")
	r := p.place("slider", "How strict")
	p.pointer(down, r.x+r.w*0.9, r.y+r.h/2)
	p.pointer(move, r.x+r.w*0.5, r.y+r.h/2)
	p.pointer(move, r.x+1, r.y+r.h/2)
	p.pointer(up, r.x+1, r.y+r.h/2)
	p.waitFor("the laxest value", `document.querySelector("input[type=range]").value === "-20"`)
	if got := value(); got != "always answers" {
		t.Errorf("at its left end the slider says %q", got)
	}
	p.keys(kb.Escape)
	p.waitFor("an answer", `!(`+statusBegins("None of these")+`)`)
	p.press("Check what was taught")
	p.waitForButton("Reset how strict")
	p.focus("Reset how strict")
	p.keys(kb.Enter)
	p.waitFor("the learner's own value", `document.querySelector("input[type=range]").getAttribute("aria-valuetext") === `+strconv.Quote(own))
}

// check teaches three drawings of each class, one of them to the wrong class: the check finds
// it, shows it, and moves it to where it belongs.
func check(t *testing.T, p *page, all []class) {
	figures := "/ of " + strconv.Itoa(3*len(all)) + " examples recognised/.test(document.querySelector('[role=status]').textContent)"
	p.press("Check what was taught")
	p.waitFor("a word about what is missing", statusBegins("Nothing to check yet."))
	p.screenshot("check-empty")
	p.press("Back")
	p.waitForButton("Teach Class A")
	teachAll(p, all)
	for i, c := range all {
		for q := range 2 {
			to := c.name
			if i == 0 && q == 1 {
				to = all[1].name // wrong
			}
			p.draw(c.queries[q])
			n := p.shotsOf(to)
			p.press("Teach " + to)
			p.waitForButton("Example " + strconv.Itoa(n+1) + " of " + to)
		}
	}
	p.draw(all[0].queries[2])
	p.press("Check what was taught")
	p.waitFor("the figures", figures)
	before := p.status()
	t.Logf("the page says: %q", before)
	p.screenshot("check")
	cell := "1 of " + all[1].name + " answered " + all[0].name
	if p.has(cell) {
		p.press(cell)
	} else {
		for _, n := range []string{"2", "3"} {
			if name := "Example " + n + " of " + all[1].name + " looks like " + all[0].name; p.has(name) {
				p.press(name)
			}
		}
	}
	move := ""
	for _, n := range []string{"2", "3", "4"} {
		if name := "Move example " + n + " of " + all[1].name + " to " + all[0].name; p.has(name) {
			move = name
		}
	}
	if move == "" {
		p.giveUp("the drawing that was taught to the wrong class is not offered to move")
	}
	p.screenshot("check-open")
	p.press(move)
	p.waitForNoButton(move)
	p.waitFor("the figures anew", figures)
	if after := p.status(); recognised(after) <= recognised(before) {
		t.Errorf("after the move the page says %q, want more than %q", after, before)
	}
	p.screenshot("check-moved")
	p.press("Undo")
	p.waitFor("the figures from before", statusBegins(before))
	p.press("Back")
	p.waitForButton("Teach " + all[0].name)
}

// recognised is the number that the status of the check begins with.
func recognised(status string) int {
	n, _, _ := strings.Cut(status, " ")
	v, err := strconv.Atoi(n)
	if err != nil {
		return -1
	}
	return v
}
