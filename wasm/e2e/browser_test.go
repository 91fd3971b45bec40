//go:build !js

package e2e

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"oneshot/cmd/oneshot/site"
)

// harness is the site, built and served, and a browser to open it with.
type harness struct {
	url     string
	browser context.Context
}

// newHarness builds the site, serves it and starts a browser, until the test ends. Without a browser
// it skips the test, or fails it where one is required. flags are further ones of the browser.
func newHarness(t *testing.T, flags ...chromedp.ExecAllocatorOption) harness {
	t.Helper()
	chromium := needChromium(t)
	dir := built(t)
	server := httptest.NewServer(site.NewHandler(os.DirFS(dir)))
	t.Cleanup(server.Close)
	return harness{url: server.URL + "/", browser: start(t, chromium, flags...)}
}

// built builds the site into a folder that is gone when the test ends.
func built(t *testing.T) (dir string) {
	t.Helper()
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "site")
	r, err := site.Build(t.Context(), root, dir, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("built with %s, SIMD kernels: %v, oneshot.wasm %.1f MB", r.Go, r.SIMD, float64(r.WasmBytes)/1e6)
	return dir
}

// start starts the browser without a screen, drawing WebGL in software.
func start(t *testing.T, chromium string, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("use-gl", "angle"), chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("enable-unsafe-swiftshader", true),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(options, flags...)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		closing, done := context.WithTimeout(ctx, 10*time.Second)
		defer done()
		if err := chromedp.Cancel(closing); err != nil {
			t.Logf("closing the browser: %v", err)
		}
		cancel()
	})
	if err := chromedp.Do(ctx); err != nil { // starts it, without a time limit on its life
		t.Fatalf("starting %s: %v", chromium, err)
	}
	return ctx
}

// needChromium returns the browser's program. Without one it skips the test, or fails it where one is
// required.
func needChromium(t *testing.T) string {
	t.Helper()
	chromium := findChromium()
	if chromium == "" {
		if os.Getenv("ONESHOT_E2E") == "require" {
			t.Fatal("Chromium is missing and ONESHOT_E2E=require")
		}
		t.Skip("Chromium is missing: nothing was tested in a browser")
	}
	return chromium
}

// findChromium returns the browser's program, or "".
func findChromium() string {
	for _, name := range []string{os.Getenv("ONESHOT_CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	return ""
}

// device is a screen.
type device struct {
	name          string
	width, height int64
	scale         float64
	touch         bool
	dark          bool
}

var (
	laptop = device{name: "laptop", width: 1280, height: 800, scale: 1}
	phone  = device{name: "phone", width: 390, height: 844, scale: 3, touch: true}
)

// darkened is the device with dark colours.
func (d device) darkened() device {
	d.name, d.dark = d.name+"-dark", true
	return d
}

// page is the site in a tab, with a profile of its own.
type page struct {
	t      *testing.T
	ctx    context.Context
	device device

	mu       sync.Mutex
	requests []string // URLs, since the last call of goOffline
	errors   []string // what went wrong according to the console
	forgives bool     // errors of the console do not fail the test
}

// patience is how long anything in the page may take before the test gives up.
const patience = 60 * time.Second

// open opens the site on the device and waits until it is ready.
func (h harness) open(t *testing.T, d device) *page {
	t.Helper()
	p := h.tab(t, d)
	p.begin()
	return p
}

// begin waits until the page is ready.
func (p *page) begin() {
	p.t.Helper()
	p.waitFor("the page to be ready", `document.documentElement.dataset.ready === "true"`)
	p.countAnswers()
}

// tab opens the address in a tab with a profile of its own.
func (h harness) tab(t *testing.T, d device) *page {
	t.Helper()
	return openTab(t, h.browser, h.url, d, chromedp.WithNewBrowserContext())
}

// openTab opens an address in another tab of a browser or of a profile. When the test ends it fails if the page wrote an
// error to its console.
func openTab(t *testing.T, in context.Context, url string, d device, options ...chromedp.ContextOption) *page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(in, options...)
	t.Cleanup(cancel)
	p := &page{t: t, ctx: ctx, device: d}
	if err := chromedp.Do(ctx); err != nil { // opens the tab, without a time limit on its life
		t.Fatal(err)
	}
	p.watch()
	call(p, network.Enable, network.EnableParams{})
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: d.width, Height: d.height, DeviceScaleFactor: d.scale, Mobile: d.touch,
	})
	if d.touch {
		call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 5})
	}
	if d.dark {
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
		})
	}
	p.do(chromedp.Navigate(url))
	return p
}

// lenient lets the page write errors to its console from now on.
func (p *page) lenient() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.errors {
		p.t.Errorf("the console: %s", e)
	}
	p.forgives = true
}

// forgive lets the page write errors to its console, those too that it has written.
func (p *page) forgive() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errors, p.forgives = nil, true
}

// watch notes every request and every error that the console tells of, which fail the test when it ends.
func (p *page) watch() {
	p.t.Helper()
	err := chromedp.Listen(p.ctx, func(ev any) {
		if r, ok := ev.(*network.EventRequestWillBeSent); ok {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.requests = append(p.requests, r.Request.URL)
		}
	})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, e := range p.errors {
			if !p.forgives {
				p.t.Errorf("the console: %s", e)
			}
		}
	})
	messages := chromedp.Console(p.ctx)
	go func() {
		panicked := false
		for m, err := range messages {
			if err != nil {
				return // the browser has gone
			}
			if panicked { // Go writes a panic as plain lines: the first says what, the others where
				p.t.Log(m.Text)
			}
			panicked = panicked || strings.HasPrefix(m.Text, "panic:")
			if m.IsException() || m.Type == chromedp.ConsoleError || strings.HasPrefix(m.Text, "panic:") || strings.HasPrefix(m.Text, "fatal error:") {
				p.mu.Lock()
				p.errors = append(p.errors, m.String())
				p.mu.Unlock()
			}
		}
	}()
}

// goOffline cuts the network, and forgets the requests so far: see requested.
func (p *page) goOffline() {
	p.t.Helper()
	call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}},
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests = nil
}

// requested returns what the page has asked for since goOffline, whether or not it got it.
func (p *page) requested() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.requests...)
}

// do runs an action in the page and fails the test if it fails.
func (p *page) do(a chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	run(p, a)
}

// run runs an action in the page and returns its value.
func run[T any](p *page, a chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		p.t.Fatalf("in the page: %v", err)
	}
	return v
}

// call sends a command of the protocol.
func call[P, R any](p *page, c cdp.Command[P, R], params P) R {
	p.t.Helper()
	return run(p, func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, c, params) })
}

// screenshot saves what the screen shows, in the folder of ONESHOT_SCREENSHOTS or in a temporary one,
// and returns it as PNG.
func (p *page) screenshot(name string) []byte {
	p.t.Helper()
	dir := os.Getenv("ONESHOT_SCREENSHOTS")
	if dir == "" {
		dir = p.t.TempDir()
	}
	file := filepath.Join(dir, name+"-"+p.device.name+".png")
	picture := run(p, chromedp.CaptureScreenshot())
	if err := os.WriteFile(file, picture, 0o666); err != nil {
		p.t.Fatal(err)
	}
	p.t.Logf("screenshot %s, %d bytes", filepath.Base(file), len(picture))
	return picture
}

// beforeLoad runs a script in the page before anything else does, from now on.
func (p *page) beforeLoad(script string) {
	p.t.Helper()
	call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	p.reload()
}
