//go:build !js

package e2e

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestAxe lets axe-core, whose file ONESHOT_AXE names, look at what screen readers get of the page's main views.
func TestAxe(t *testing.T) {
	file := os.Getenv("ONESHOT_AXE")
	if file == "" {
		t.Skip("make axe runs it")
	}
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	h := newHarness(t)
	for _, d := range []device{laptop, phone.darkened()} {
		t.Run(d.name, func(t *testing.T) {
			p := h.open(t, d)
			eval[any](p, string(script)+"; void 0")
			p.axe("empty")
			teachAll(p, symbols()[:2])
			p.draw(symbols()[0].queries[0])
			p.axe("answered")
			for _, view := range []string{"More about " + symbols()[0].name, "Example 1 of " + symbols()[0].name, "Check what was taught", "Menu"} {
				p.press(view)
				p.waitForButton("Back")
				p.axe(view)
				p.keys(kb.Escape)
				p.waitForButton("Menu")
			}
			eval[any](p, `void document.querySelector("#mirror button").replaceWith(document.createElement("button"))`)
			if len(p.violations()) == 0 {
				t.Error("a button without a name breaks no rule: nothing was looked at")
			}
		})
	}
}

// axe fails the test for each rule that the page breaks.
func (p *page) axe(view string) {
	p.t.Helper()
	p.nextFrame()
	for _, broken := range p.violations() {
		p.t.Errorf("%s: %s", view, broken)
	}
}

// violations are the rules that the page breaks, each with the first elements that do. How light and dark stand to each other
// is not asked: the twins are transparent, and what is seen is the canvas.
func (p *page) violations() []string {
	p.t.Helper()
	return eval[[]string](p, `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: {"color-contrast": {enabled: false}}})
		.then(r => r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).slice(0, 3).join(" ")))`)
}
