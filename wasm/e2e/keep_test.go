//go:build !js

package e2e

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"oneshot/ui/session"
	"oneshot/ui/state"
)

func TestKeep(t *testing.T) {
	h := newHarness(t)
	t.Run("Autosave", func(t *testing.T) { autosave(t, h.open(t, laptop)) })
	t.Run("AutosaveOnAPhone", func(t *testing.T) { autosave(t, h.open(t, phone)) })
	t.Run("WithoutStorage", func(t *testing.T) { withoutStorage(t, h.open(t, phone)) })
	t.Run("Sets", func(t *testing.T) { sets(t, h.open(t, phone)) })
	t.Run("TwoTabs", func(t *testing.T) { twoTabs(t, h.open(t, laptop), h.url) })
	t.Run("Link", func(t *testing.T) { link(t, h) })
	t.Run("SaveReloadOpen", func(t *testing.T) { saveReloadOpen(t, h, laptop) })
	t.Run("SaveReloadOpenOnAPhone", func(t *testing.T) { saveReloadOpen(t, h, phone) })
	t.Run("Drop", func(t *testing.T) { drop(t, h.open(t, laptop)) })
}

// saveReloadOpen teaches two classes, saves them, makes a page of another profile open the file: the same
// drawing gets the same answer. A broken file then changes nothing and is explained.
func saveReloadOpen(t *testing.T, h harness, d device) {
	p := h.open(t, d)
	all := drawings(t)[:2]
	teachAll(p, all)
	p.draw(all[1].queries[0])
	want := p.status()
	p.screenshot("keep-taught")
	file := p.save()
	p.screenshot("keep-saved")

	p = h.open(t, d)
	if p.taught() {
		t.Fatal("the page is not empty in another profile")
	}
	p.choose(file)
	p.waitForButton("Example 1 of " + all[0].name)
	p.waitForButton("Example 1 of " + all[1].name)
	p.draw(all[1].queries[0])
	if got := p.status(); got != want {
		t.Errorf("the answer is %q, before it was %q", got, want)
	}
	p.screenshot("keep-opened")

	broken := filepath.Join(t.TempDir(), "broken.zip")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(broken, b[:len(b)/2], 0o666); err != nil {
		t.Fatal(err)
	}
	p.choose(broken)
	p.waitFor("a word about the broken file", statusHas("That file was not opened. It is not a zip file, or it is damaged."))
	p.screenshot("keep-broken")
	for _, c := range all {
		if !p.has("Example 1 of " + c.name) {
			t.Errorf("the broken file cost %s its example", c.name)
		}
	}

	// Opening is one act: with the strokes on the pad undone, one more Undo brings the empty page back.
	p.press("Clear")
	p.choose(file)
	p.waitFor("the file to be opened once more", statusHas("Ready."))
	p.nextFrame()
	p.screenshot("keep-opened-again")
	for range 40 {
		if !p.taught() {
			break
		}
		p.press("Undo")
		p.nextFrame()
	}
	p.waitForNoButton("Example 1 of " + all[0].name)
	p.waitForButton("Teach Class A")
}

// drop lets files fall on the page: one that is no set is explained, a zip of folders is opened.
func drop(t *testing.T, p *page) {
	p.letFall("notes.txt", []byte("hello"))
	p.waitFor("a word about the file", statusHas("It is not a zip file"))
	p.letFall("set.zip", folders(t))
	p.waitForButton("Example 1 of Bolt")
	p.waitForButton("Example 1 of House")
	if p.has("Teach Class A") {
		t.Error("what was there before is still there")
	}
	p.draw(symbols()[0].queries[0])
	if got := p.answer(); got != "House" {
		t.Errorf("the answer is %q, want House", got)
	}
	p.screenshot("keep-dropped")
}

// statusHas is a condition for waitFor: the answer or what was just done holds this text.
func statusHas(text string) string {
	return `[...document.querySelectorAll("[role=status]")].some(e => e.textContent.includes(` + strconv.Quote(text) + `))`
}

// save presses Save with the keyboard and returns the file that the browser has downloaded.
func (p *page) save() string {
	p.t.Helper()
	dir := p.downloads()
	p.press("Menu")
	p.focus("Save a copy")
	p.keys(kb.Enter)
	return p.waitForFile(dir, "*.zip")
}

// downloads lets the page save files into a folder of its own, which it returns.
func (p *page) downloads() string {
	p.t.Helper()
	dir := p.t.TempDir()
	run(p, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		c := chromedp.FromContext(ctx)
		_, err := cdp.Call(ctx, c.Browser, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: c.BrowserContextID, DownloadPath: dir,
		})
		return chromedp.Void{}, err
	})
	return dir
}

// waitForFile waits for a file that the page saves and returns its path.
func (p *page) waitForFile(dir, pattern string) string {
	p.t.Helper()
	for range 600 {
		if all, err := filepath.Glob(filepath.Join(dir, pattern)); err == nil && len(all) == 1 {
			return all[0]
		}
		p.nextFrame()
	}
	p.giveUp("waited 600 frames for the saved file")
	return ""
}

// choose presses Open and picks a file, as in the browser's own window for it.
func (p *page) choose(file string) {
	p.t.Helper()
	p.press("Menu")
	p.pick("Open", file)
}

// letFall drops a file on the drawing pad.
func (p *page) letFall(name string, content []byte) {
	p.t.Helper()
	eval[bool](p, `(() => {
		const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(content)+`"), c => c.charCodeAt(0));
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([bytes], `+strconv.Quote(name)+`));
		const canvas = document.querySelector("canvas");
		for (const type of ["dragenter", "dragover", "drop"]) {
			canvas.dispatchEvent(new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer}));
		}
		return true;
	})()`)
	if eval[bool](p, `document.documentElement.hasAttribute("data-drop")`) {
		p.t.Error("the page still waits for a file to be dropped")
	}
}

// folders is a plain zip with a folder for each symbol and one picture in it.
func folders(t *testing.T) []byte {
	t.Helper()
	var set []state.Class
	for _, s := range Symbols() {
		c := state.Class{Name: s.Name, Shots: []state.Shot{{}}}
		for _, stroke := range s.Drawings[0] {
			var out state.Stroke
			for _, q := range stroke {
				out = append(out, state.Point{X: q.X / Frame, Y: q.Y / Frame, Pressure: 0.5})
			}
			c.Shots[0].Strokes = append(c.Shots[0].Strokes, out)
		}
		set = append(set, c)
	}
	b, err := session.Write(set)
	if err != nil {
		t.Fatal(err)
	}
	return withoutList(t, b)
}

// withoutList is a saved set without its JSON: class folders of PNG pictures, and nothing else.
func withoutList(t *testing.T, b []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		if strings.HasSuffix(f.Name, ".json") {
			continue
		}
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
