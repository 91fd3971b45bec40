//go:build !js

package e2e

import (
	"bytes"
	"image/png"
	"testing"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestKiosk(t *testing.T) {
	h := newHarness(t)
	t.Run("MakesTheBoardFresh", func(t *testing.T) { kioskFresh(t, h.at("?kiosk&idle=12&dim=5").open(t, phone)) })
	t.Run("Locks", func(t *testing.T) { kioskLocks(t, h.at("?kiosk=runes").open(t, laptop)) })
	t.Run("LocksOnAPhone", func(t *testing.T) { kioskPhone(t, h.at("?kiosk=music").open(t, phone.darkened())) })
}

// at is the harness at another address of the site.
func (h harness) at(query string) harness {
	h.url += query
	return h
}

// dark reports whether the screen is dimmed: most of a lit page is light.
func (p *page) dark() bool {
	p.t.Helper()
	return brightness(p.t, p.screenshot("kiosk-dim")) < 0.5
}

// kioskFresh teaches and leaves: the seconds are counted, the board is as at the beginning, the screen goes dark, and
// nothing was kept. The touch that lights it again is no stroke.
func kioskFresh(t *testing.T, p *page) {
	p.waitForButton("Teach Circle")
	p.nextFrame()
	p.screenshot("kiosk")
	if p.has("Rename Circle") || p.has("More about Circle") || p.has("Example 4 of Circle") {
		t.Fatal("the board can be edited, or holds more than its set")
	}
	p.draw(symbols()[0].example)
	p.press("Teach Circle")
	p.waitForButton("Example 4 of Circle")
	p.waitFor("the page to fill the screen", `document.fullscreenElement === document.documentElement`)
	p.waitForButton("I am still here")
	p.nextFrame()
	p.screenshot("kiosk-still")
	x, y := p.place("button", "I am still here").centre()
	p.pointer(down, x, y)
	p.pointer(up, x, y)
	p.waitForNoButton("I am still here")
	if !p.has("Example 4 of Circle") {
		t.Error("who is still there lost what they taught")
	}
	p.waitForButton("I am still here")
	fresh := time.Now() // or a little later
	p.waitForNoButton("Example 4 of Circle")
	p.waitForButton("Example 3 of Circle")
	if eval[bool](p, `document.activeElement !== document.body`) {
		t.Error("the keyboard is where the last visitor left it")
	}
	if p.dark() && time.Since(fresh) < 5*time.Second { // else the machine is slow
		t.Error("the fresh board is dark at once")
	}
	lit := true
	for range 80 { // a quarter of a second each
		if lit = !p.dark(); !lit {
			break
		}
		eval[bool](p, `new Promise(done => setTimeout(() => done(true), 250))`)
	}
	p.screenshot("kiosk-dark")
	if lit {
		t.Error("the screen is not dark after a while")
	}
	before := p.status()
	x, y = p.place("", "Drawing pad").centre()
	p.pointer(down, x, y)
	p.pointer(move, x+40, y+40)
	p.pointer(up, x+40, y+40)
	p.nextFrame()
	p.nextFrame()
	if p.dark() || p.status() != before {
		t.Errorf("after a touch the screen is dark: %v; the status says %q, before %q", p.dark(), p.status(), before)
	}
	p.do(chromedp.Navigate(eval[string](p, `location.origin + location.pathname`)))
	p.waitFor("the page to be ready", `document.documentElement.dataset.ready === "true"`)
	p.waitForButton("Teach Class A")
	if p.taught() {
		t.Error("what was taught at the kiosk was kept")
	}
}

// kioskLocks chooses a PIN with the keyboard, and gets in with it alone.
func kioskLocks(t *testing.T, p *page) {
	p.waitForButton("Teach Fehu")
	p.nextFrame()
	p.screenshot("kiosk-runes")
	p.press("Menu")
	p.waitForButton("Delete a digit")
	p.nextFrame()
	p.screenshot("kiosk-choose")
	for range 2 {
		p.keys("2805")
		p.waitFor("four digits", statusIs("4 digits entered"))
		p.keys(kb.Enter)
		p.waitFor("the digits to be taken", statusIsNot("4 digits entered"))
	}
	p.waitForButton("Your sets")
	p.nextFrame()
	p.screenshot("kiosk-staff")
	p.press("Lock")
	p.waitForButton("Teach Fehu")
	call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: countLights})
	p.reload()
	lightStays(t, p)
	p.press("Menu")
	p.waitForButton("For the staff")
	p.nextFrame()
	p.screenshot("kiosk-menu")
	for _, name := range []string{"Your sets", "Save a copy", "Open", "Copy a link", "Pictures", "Erase everything"} {
		if p.has(name) {
			t.Errorf("the menu of visitors has %q", name)
		}
	}
	p.press("For the staff")
	p.waitForButton("Delete a digit")
	p.keys("2804" + kb.Enter)
	p.waitFor("a word about the wrong PIN", statusIs("For the staff. That is not the PIN. 4 tries left."))
	p.nextFrame()
	p.screenshot("kiosk-wrong")
	p.keys("2805" + kb.Enter)
	p.waitForButton("Erase everything")
	p.press("Back")
	p.waitForButton("Rename Fehu")
}

// countLights counts how often the page asks that the screen stays lit, and keeps the last answer.
const countLights = `window.lights = 0;
	if (window.WakeLock) {
		const request = WakeLock.prototype.request;
		WakeLock.prototype.request = function(...args) { window.lights++; return window.light = request.apply(this, args); };
	}`

// lightStays loses the lock on the screen's light, as when the page is hidden: the page asks for it again when it is
// seen, and only then.
func lightStays(t *testing.T, p *page) {
	if n := eval[int](p, `window.lights`); n != 1 {
		t.Errorf("the page has asked %d times that the screen stays lit, want once", n)
	}
	n := eval[int](p, `window.light.then(light => {
		document.dispatchEvent(new Event("visibilitychange"));
		const held = window.lights;
		return light.release().then(() => { document.dispatchEvent(new Event("visibilitychange")); return 10 * held + window.lights; });
	}, () => 12)`) // a browser that refuses is asked again, and that is all there is to see
	if n != 12 {
		t.Errorf("with the light held and then lost the page has asked %d times, want 1 and 2", n)
	}
}

// kioskPhone chooses a PIN by touch, and shuts the keys with five wrong ones.
func kioskPhone(t *testing.T, p *page) {
	pin := func(digits string) {
		for _, d := range digits {
			p.press(string(d))
		}
		p.waitFor("four digits", statusIs("4 digits entered"))
		p.press("OK")
		p.waitFor("the digits to be taken", statusIsNot("4 digits entered"))
	}
	p.waitForButton("Menu")
	p.nextFrame()
	p.screenshot("kiosk-music")
	p.press("Menu")
	pin("1470")
	pin("1470")
	p.waitForButton("Lock")
	p.press("Lock")
	p.press("Menu")
	p.waitForButton("For the staff")
	p.nextFrame()
	p.screenshot("kiosk-menu")
	p.press("For the staff")
	p.waitForButton("OK")
	p.nextFrame()
	p.screenshot("kiosk-staff")
	for range 5 {
		pin("1111")
	}
	p.waitFor("the wait", statusIs("Too many wrong tries. Please wait half a minute."))
	p.nextFrame()
	p.screenshot("kiosk-wait")
}

// brightness is the mean of a picture's green, 0..1.
func brightness(t *testing.T, picture []byte) float64 {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	sum, n := 0.0, 0
	box := img.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y += 7 {
		for x := box.Min.X; x < box.Max.X; x += 7 {
			_, green, _, _ := img.At(x, y).RGBA()
			sum, n = sum+float64(green)/0xffff, n+1
		}
	}
	return sum / float64(n)
}
