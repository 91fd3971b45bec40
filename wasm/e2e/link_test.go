//go:build !js

package e2e

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// link copies a link of two classes and opens it in another profile, where they answer; then where something is taught, which
// asks first.
func link(t *testing.T, h harness) {
	all := symbols()[:2]
	p := h.open(t, laptop)
	run(p, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		c := chromedp.FromContext(ctx)
		for _, name := range []string{"clipboard-read", "clipboard-write"} {
			if _, err := cdp.Call(ctx, c.Browser, browser.SetPermission, browser.SetPermissionParams{
				Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted, BrowserContextID: c.BrowserContextID,
			}); err != nil {
				return chromedp.Void{}, err
			}
		}
		return chromedp.Void{}, nil
	})
	teachAll(p, all)
	p.press("Menu")
	p.press("Copy a link")
	address := eval[string](p, `(async () => {
		for (let i = 0; i < 300; i++) {
			const text = await navigator.clipboard.readText();
			if (text) return text;
			await new Promise(done => setTimeout(done, 20));
		}
		return "";
	})()`)
	p.nextFrame()
	p.screenshot("link-copied")
	if !strings.HasPrefix(address, h.url+"#s=") {
		t.Fatalf("copied %.80q, want an address with the set", address)
	}
	t.Logf("a link of %d characters", len(address))

	elsewhere := h
	elsewhere.url = address
	q := elsewhere.open(t, phone)
	q.waitForButton("Example 1 of " + all[0].name)
	q.screenshot("link-opened")
	q.draw(all[1].queries[0])
	if got := q.answer(); got != all[1].name {
		t.Errorf("the answer is %q, want %q", got, all[1].name)
	}
	if hash := eval[string](q, `location.hash`); hash != "" {
		t.Errorf("the link stays in the address: %q", hash)
	}
	q.press("Teach " + all[1].name)
	q.waitForButton("Example 2 of " + all[1].name)
	_, fragment, _ := strings.Cut(address, "#")
	eval[bool](q, `(location.hash = "`+fragment+`", true)`)
	q.waitForButton("Not now")
	q.nextFrame()
	q.screenshot("link-asks")
	q.press("Open it")
	q.waitForNoButton("Example 2 of " + all[1].name)
	q.waitForButton("Example 1 of " + all[1].name)
	q.press("Menu")
	q.press("Your sets")
	q.waitForButton("Shared set, open now, 3 classes, 2 examples")
}
