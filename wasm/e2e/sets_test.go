//go:build !js

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// beside opens the site once more, in another tab of the same profile.
func (p *page) beside(url string) *page {
	p.t.Helper()
	q := openTab(p.t, p.ctx, url, p.device)
	q.begin()
	return q
}

// twoTabs opens the page twice: the second shows what the first saved and does not save, until it is used.
func twoTabs(t *testing.T, p *page, url string) {
	all := drawings(t)[:2]
	teachAll(p, all[:1])
	q := p.beside(url)
	q.waitForButton("Example 1 of " + all[0].name)
	q.waitForButton("Not saved here")
	q.screenshot("tabs-second")
	p.draw(all[0].queries[0])
	p.press("Teach " + all[0].name)
	p.waitForButton("Example 2 of " + all[0].name)

	q.press("Menu")
	q.waitForButton("Use here")
	q.nextFrame()
	q.screenshot("tabs-menu")
	q.press("Use here")
	q.waitForButton("Example 2 of " + all[0].name)
	q.waitForButton("Saved")
	p.waitForButton("Not saved here")
	q.draw(all[0].queries[1])
	q.press("Teach " + all[0].name)
	q.waitForButton("Example 3 of " + all[0].name)
	q.waitForButton("Saved")

	// From a page that does not answer, it is taken by force.
	eval[any](p, `BroadcastChannel.prototype.postMessage = () => {}`)
	p.press("Menu")
	p.press("Use here")
	p.waitForButton("Example 3 of " + all[0].name)
	p.waitForButton("Saved")
	q.waitForButton("Not saved here")
	p.draw(all[0].queries[0])
	p.press("Teach " + all[0].name)
	p.waitForButton("Example 4 of " + all[0].name)
	p.reload()
	p.waitForButton("Example 4 of " + all[0].name)
}

// sets begins a second set, renames it with the keyboard, deletes it and brings it back, and opens the first again.
func sets(t *testing.T, p *page) {
	all := symbols()[:2]
	teachAll(p, all[:1])
	p.press("Menu")
	p.press("Your sets")
	p.press("New set")
	p.waitForButton("Teach Class A")
	p.draw(all[1].example)
	p.press("Teach Class A")
	p.waitForButton("Example 1 of Class A")
	p.reload()
	p.waitForButton("Example 1 of Class A")
	p.press("Menu")
	p.press("Your sets")
	p.press("Rename, copy or delete My set 2")
	p.waitForButton("Duplicate")
	p.nextFrame()
	p.screenshot("sets-one")
	p.press("Rename")
	p.waitFor("the text field to be filled", `document.activeElement.matches("input.open")`)
	eval[any](p, `document.activeElement.select()`)
	p.keys("Weather \u2603 \u5341\u4e8c")
	p.screenshot("sets-rename")
	p.keys(kb.Enter)
	p.press("Delete")
	p.waitForButton("Bring back Weather \u2603 \u5341\u4e8c")
	p.nextFrame()
	p.screenshot("sets-deleted")
	p.press("Bring back Weather \u2603 \u5341\u4e8c")
	p.waitForButton("Open Weather \u2603 \u5341\u4e8c, 3 classes, 1 example")
	p.nextFrame()
	p.screenshot("sets")
	p.press("Open My set, 3 classes, 1 example")
	p.waitForButton("Example 1 of " + all[0].name)
	p.nextFrame()
	p.screenshot("sets-opened")
}
