//go:build !js

package e2e

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"oneshot/engine/prep"
)

func TestLearn(t *testing.T) {
	h := newHarness(t)
	t.Run("Tour", func(t *testing.T) { followTour(t, h.open(t, laptop)) })
	t.Run("TourOnAPhone", func(t *testing.T) { followTour(t, h.open(t, phone)) })
	t.Run("StarterSet", func(t *testing.T) { starterSet(t, h.open(t, laptop)) })
	t.Run("StarterSetOnAPhone", func(t *testing.T) { starterSet(t, h.open(t, phone.darkened())) })
	t.Run("Versus", func(t *testing.T) { playVersus(t, h.open(t, laptop)) })
	t.Run("VersusOnAPhone", func(t *testing.T) { playVersus(t, h.open(t, phone)) })
	t.Run("BackOnAPhone", func(t *testing.T) { wayBack(t, h.open(t, phone)) })
	t.Run("HowItWorks", func(t *testing.T) { howItWorks(t, h.open(t, laptop)) })
	t.Run("HowItWorksOnAPhone", func(t *testing.T) { howItWorks(t, h.open(t, phone.darkened())) })
}

// followTour does what the hints say, closes the last one, and asks for them again.
func followTour(t *testing.T, p *page) {
	tip := func(words string) string { return "Tip: " + words + ". Press to close" }
	pad, teach, answer := tip("Start here: draw anything"), tip("Now press Teach"), tip("Wrong? Press what it was")
	p.waitForButton(pad)
	p.screenshot("learn-tour-1")
	all := symbols()
	p.draw(all[0].example)
	p.waitForButton(teach)
	p.screenshot("learn-tour-2")
	p.press("Teach Class A")
	p.waitForNoButton(teach)
	p.draw(all[1].example)
	p.press("Teach Class B")
	p.waitForButton("Example 1 of Class B")
	p.draw(all[0].queries[0])
	if p.device.touch { // a phone has no room for it but on the drawing
		p.waitForButton("It was Class B")
		p.waitForNoButton(answer)
	} else {
		p.waitForButton(answer)
		p.screenshot("learn-tour-3")
		p.focus(answer)
		p.keys(kb.Enter)
		p.waitForNoButton(answer)
	}
	p.press("Menu")
	p.waitForButton("Show me around")
	p.press("Show me around")
	p.waitForButton(pad)
	p.focus(pad)
	p.keys(kb.Enter)
	p.waitForButton(teach)
	p.screenshot("learn-tour-again")
}

// starterSet opens one from the empty page, is answered by it, and takes it back.
func starterSet(t *testing.T, p *page) {
	p.screenshot("learn-empty")
	p.focus("Try a starter set")
	p.keys(kb.Enter)
	p.waitForButton("Open Runes")
	p.screenshot("learn-starters")
	p.press("Open Shapes")
	p.waitForButton("Example 3 of Circle")
	p.draw(drawing{[]prep.Stroke{ellipse(50, 50, 36, 33)}, Frame})
	if got := p.answer(); got != "Circle" {
		t.Errorf("a circle is answered by %q", got)
	}
	p.screenshot("learn-answered")
	p.press("Undo") // of the stroke
	p.waitFor("the answer to go with the drawing", answerIsNot("Circle"))
	p.press("Undo")
	p.waitForButton("Teach Class A")
}

// playVersus plays a game to its end, by turns with a pointer and with the keyboard.
func playVersus(t *testing.T, p *page) {
	p.press("Menu")
	p.waitForButton("You against the machine")
	p.screenshot("learn-menu")
	p.press("You against the machine")
	for round := range 10 {
		p.waitFor("a drawing", statusBegins("Which sign is it? Drawing "+strconv.Itoa(round+1)+" of 10."))
		sign := "Sign " + strconv.Itoa(1+round*2) + ": "
		name := eval[string](p, `[...document.querySelectorAll("button")].map(b => b.getAttribute("aria-label") || "").find(n => n.startsWith(`+strconv.Quote(sign)+`)) || ""`)
		if !strings.HasPrefix(name, sign) {
			p.giveUp("no button is called %q", sign)
		}
		if round == 0 {
			p.screenshot("learn-versus")
		}
		next := "Next drawing"
		if round == 9 {
			next = "See the result"
		}
		if round%2 == 0 {
			p.press(name)
		} else {
			p.focus(name)
			p.keys(kb.Enter)
		}
		p.waitFor("what it is", `/^(Right|Not this time)\. It is Sign \d+\./.test(document.querySelector("[role=status]").textContent)`)
		if got := eval[string](p, `document.activeElement.getAttribute("aria-label")`); got != next {
			t.Errorf("after an answer the keyboard is at %q", got)
		}
		if ring := eval[string](p, `getComputedStyle(document.activeElement).outlineStyle`); (ring == "solid") != (round%2 == 1) {
			t.Errorf("round %d: the ring around the control with the keyboard is %q", round+1, ring)
		}
		if round == 0 {
			p.screenshot("learn-versus-answered")
		}
		p.keys(kb.Enter)
	}
	p.waitForButton("Play again with new signs")
	p.screenshot("learn-versus-end")
	if said := p.status(); !strings.Contains(said, "machine ") {
		t.Errorf("at the end the page says %q", said)
	}
	p.keys(kb.Escape)
	p.waitForButton("You against the machine")
}

// wayBack leaves scenes by the browser's own way back, and then by the page's: only from the pad does the first leave
// the page.
func wayBack(t *testing.T, p *page) {
	back := func() { eval[any](p, `history.back()`) }
	p.press("Menu")
	p.press("Language")
	p.waitForButton("Deutsch")
	back()
	p.waitForButton("Language")
	p.press("How it works")
	p.waitForButton("Next page")
	back()
	p.waitForButton("How it works")
	back()
	p.waitForButton("Teach Class A")
	p.press("Menu")
	p.press("Back")
	p.waitFor("the entry of the pad", `history.state === 0 || history.state === null`)
	p.press("Check what was taught")
	p.waitFor("the entry of the check", `history.state === 1`)
	back()
	p.waitForButton("Teach Class A")
}

// howItWorks turns its pages with the keyboard; each must come to show what the network computes.
func howItWorks(t *testing.T, p *page) {
	p.press("Menu")
	p.waitForButton("How it works")
	p.press("How it works")
	for i, shows := range []string{"is taken for sign", "In the figure, nearest to", "multiplications become", "The network was right"} {
		p.waitFor("the figure of page "+strconv.Itoa(i+1), `document.querySelector("[role=status]").textContent.includes(`+strconv.Quote(shows)+`)`)
		p.nextFrame()
		p.screenshot("learn-how-" + strconv.Itoa(i+1))
		next := "Next page"
		if i == 3 {
			next = "Done"
		}
		p.focus(next)
		p.keys(kb.Enter)
	}
	p.waitForButton("You against the machine")
}
