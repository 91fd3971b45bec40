//go:build !js

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestTeach(t *testing.T) {
	h := newHarness(t)
	t.Run("FirstMinute", func(t *testing.T) { firstMinute(t, h.open(t, phone)) })
	t.Run("FirstMinuteOnALaptop", func(t *testing.T) { firstMinute(t, h.open(t, laptop)) })
	t.Run("Pages", func(t *testing.T) { teachPages(t, h.open(t, laptop)) })
	t.Run("PagesOnAPhone", func(t *testing.T) { teachPages(t, h.open(t, phone.darkened())) })
	t.Run("Keyboard", func(t *testing.T) { teachKeyboard(t, h.open(t, laptop)) })
}

// firstMinute goes from the empty page to the first right answer in five acts, each of which is the one thing
// that stands out.
func firstMinute(t *testing.T, p *page) {
	all := drawings(t)
	p.screenshot("first-0")
	p.draw(all[0].example)
	p.screenshot("first-1")
	p.press("Teach Class A")
	p.waitForButton("Example 1 of Class A")
	p.draw(all[1].example)
	p.waitForButton("It was Class B")
	p.screenshot("first-2")
	p.press("It was Class B")
	p.waitForButton("Example 1 of Class B")
	p.draw(all[0].queries[0])
	p.waitFor("the right answer", answerIs("Class A"))
	p.screenshot("first-3")
}

// deleteClass deletes a class on its page, which leads back to the pad.
func (p *page) deleteClass(name string) {
	p.t.Helper()
	p.press("More about " + name)
	p.waitForButton("Delete class")
	p.press("Delete class")
	p.waitForButton("Add class")
	p.waitForNoButton("Teach " + name)
}

// teachPages looks at an example, moves it to another class, and changes all of a class on its page.
func teachPages(t *testing.T, p *page) {
	all := drawings(t)
	for _, c := range []struct {
		name string
		d    drawing
		n    string
	}{{"Class A", all[0].example, "1"}, {"Class A", all[0].queries[0], "2"}, {"Class B", all[1].example, "1"}, {"Class A", all[1].queries[0], "3"}} {
		p.draw(c.d)
		p.press("Teach " + c.name)
		p.waitForButton("Example " + c.n + " of " + c.name)
	}
	p.screenshot("teach-cards")

	p.press("Example 3 of Class A")
	p.waitForButton("Move to another class")
	p.nextFrame()
	t.Logf("the page says: %q", p.status())
	p.screenshot("teach-example")
	p.press("Move to another class")
	p.waitForButton("Move to Class B")
	p.nextFrame()
	p.screenshot("teach-move")
	p.press("Move to Class B")
	p.waitForButton("Example 2 of Class B")
	if p.has("Example 3 of Class A") {
		t.Error("the example that was moved is still where it was")
	}

	p.press("More about Class A")
	p.waitFor("the page of the class", statusIs("Class A, number 1 of 3, indigo, 2 examples"))
	p.nextFrame()
	p.screenshot("teach-class")
	p.press("Colour teal")
	p.press("Move down")
	p.waitFor("the class in its colour and place", statusIs("Class A, number 2 of 3, teal, 2 examples"))
	p.press("Rename Class A")
	p.typeOver("Katze")
	p.waitFor("the new name", statusIs("Katze, number 2 of 3, teal, 2 examples"))
	p.press("Duplicate")
	p.nextFrame()
	p.press("Undo")
	p.press("Redo")
	p.press("Back")
	p.waitForButton("Teach Katze 2")
	p.waitForButton("Example 2 of Katze 2")
	p.screenshot("teach-done")
	p.deleteClass("Katze 2")
	p.press("Undo")
	p.waitForButton("Example 2 of Katze 2")
}

// teachKeyboard does without a pointer but for the drawing: it reorders on the page of the class, and the
// digits follow the new order.
func teachKeyboard(t *testing.T, p *page) {
	p.focus("More about Class A")
	p.keys(kb.Enter)
	p.waitForButton("Move down")
	p.focus("Move down")
	p.keys(" ")
	p.waitFor("the class in its new place", statusIs("Class A, number 2 of 3, indigo, 0 examples"))
	p.keys(kb.Escape)
	p.waitForButton("Teach Class A")
	if got := eval[string](p, `document.activeElement.getAttribute("aria-label")`); got != "More about Class A" {
		t.Errorf("the keyboard is at %q, want where the page was opened", got)
	}
	p.draw(drawings(t)[0].example)
	p.keys("2")
	p.waitForButton("Example 1 of Class A")
	p.keys("z", chromedp.KeyModifiers(kb.ModifierCtrl))
	p.waitForNoButton("Example 1 of Class A")
	p.keys("y", chromedp.KeyModifiers(kb.ModifierCtrl))
	p.waitForButton("Example 1 of Class A")
}

// statusIs is a condition for waitFor: the status says this and no more.
func statusIs(text string) string { return "!(" + statusIsNot(text) + ")" }

// typeOver types into the text field that is open in place of what is there, and finishes with Enter.
func (p *page) typeOver(text string) {
	p.t.Helper()
	p.waitFor("the text field", `document.activeElement instanceof HTMLInputElement && document.activeElement.classList.contains("open")`)
	p.keys("a", chromedp.KeyModifiers(kb.ModifierCtrl))
	p.keys(text)
	p.keys(kb.Enter)
}
