//go:build !js

package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"oneshot/cmd/oneshot/site"
)

// TestGuard tries what an injected script, a page around this one, and a poor browser would do, where the host sends the
// headers and where it sends none.
func TestGuard(t *testing.T) {
	chromium := needChromium(t)
	dir := built(t)
	serve := func(h http.Handler) string {
		mux := http.NewServeMux()
		mux.Handle("/", h)
		mux.HandleFunc("/frame", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte(`<iframe src="/" onload="window.loaded = true"></iframe>`))
		})
		server := httptest.NewServer(mux)
		t.Cleanup(server.Close)
		return server.URL + "/"
	}
	whole := site.NewHandler(os.DirFS(dir))
	full, bare := serve(whole), serve(http.FileServerFS(os.DirFS(dir)))
	browser := start(t, chromium)
	for name, url := range map[string]string{"Headers": full, "NoHeaders": bare} {
		h := harness{url: url, browser: browser}
		t.Run(name+"/Injected", func(t *testing.T) { injected(t, h.open(t, laptop)) })
		t.Run(name+"/Framed", func(t *testing.T) { framed(t, h.at("frame").tab(t, laptop), name == "NoHeaders") })
	}
	t.Run("Names", func(t *testing.T) { markup(t, harness{url: full, browser: browser}.open(t, laptop)) })
	t.Run("NoWasm", func(t *testing.T) {
		p := harness{url: full, browser: browser}.tab(t, phone)
		call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: `delete globalThis.WebAssembly;`})
		p.do(chromedp.Reload())
		p.waitFor("a word about WebAssembly", failedWith("This browser has no WebAssembly"))
	})
	t.Run("WasmForbidden", func(t *testing.T) {
		url := serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Add("Content-Security-Policy", "script-src 'self'")
			http.FileServerFS(os.DirFS(dir)).ServeHTTP(w, r)
		}))
		p := harness{url: url, browser: browser}.tab(t, phone)
		p.forgive() // the browser tells of it
		p.waitFor("a word about WebAssembly", failedWith("oneshot could not be started"))
	})
	t.Run("NoWebGL", func(t *testing.T) {
		h := harness{url: full, browser: start(t, chromium, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-3d-apis", true))}
		p := h.tab(t, phone)
		p.forgive() // the browser may tell of it
		p.waitFor("a word about WebGL", failedWith("This browser cannot draw with WebGL 2"))
	})
	t.Run("WebGLRefused", func(t *testing.T) { refused(t, harness{url: full, browser: browser}.open(t, laptop)) })
}

// refused gives the loader WebGL and refuses it to the app, as a browser with too many contexts does: the page says what is
// wrong, hands out what was saved and can be loaded anew.
func refused(t *testing.T, p *page) {
	teachAll(p, symbols()[:1])
	p.waitForButton("Saved")
	p.forgive() // the console tells of it
	call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: `
		const {getContext} = HTMLCanvasElement.prototype;
		let given = 0;
		HTMLCanvasElement.prototype.getContext = function (type, ...how) {
			return type === "webgl2" && given++ ? null : getContext.call(this, type, ...how);
		};`})
	p.do(chromedp.Reload())
	p.waitFor("a word about WebGL", failedWith("This browser cannot draw with WebGL 2"))
	p.waitFor("the offer of the drawings", `!document.getElementById("rescue").hidden`)
	if eval[bool](p, `document.getElementById("reload").hidden`) {
		t.Error("the page does not offer to load it anew")
	}
}

// injected is a script that got into the page. The protocol of the debugger is not bound by the page's policy, a timer is.
func injected(t *testing.T, p *page) {
	p.forgive() // the browser tells of each attempt
	const elsewhere = "https://example.org/"
	for name, attempt := range map[string]string{
		"eval":     `try { eval("1"); done("ran"); } catch (e) { done(e.name); }`,
		"Function": `try { new Function("return 1")(); done("ran"); } catch (e) { done(e.name); }`,
		"inline": `const s = document.createElement("script"); s.textContent = "window.ran = true"; document.body.append(s);
			done(window.ran ? "ran" : "");`,
		"script": `const s = document.createElement("script"); s.src = "` + elsewhere + `"; s.onload = () => done("ran"); s.onerror = () => done("");
			document.body.append(s);`,
		"fetch":     `fetch("` + elsewhere + `", {mode: "no-cors"}).then(() => done("sent"), () => done(""));`,
		"picture":   `const i = new Image(); i.onload = () => done("sent"); i.onerror = () => done(""); i.src = "` + elsewhere + `";`,
		"WebSocket": `const s = new WebSocket("wss://example.org/"); s.onopen = () => done("sent"); s.onerror = () => done("");`,
		"frame":     `const f = document.createElement("iframe"); f.src = "` + elsewhere + `"; document.body.append(f); done("");`,
		"form":      `const f = document.createElement("form"); f.action = "` + elsewhere + `"; document.body.append(f); f.submit(); done("");`,
	} {
		// The policy must be what stops it, not the lack of a network.
		broken := eval[string](p, `new Promise(end => {
			let stopped = false;
			document.addEventListener("securitypolicyviolation", () => { stopped = true; }, {once: true});
			const done = how => setTimeout(() => end(how + (stopped ? " stopped" : "")), 50);
			setTimeout(() => { `+attempt+` });
		})`)
		if !strings.HasSuffix(broken, " stopped") || strings.HasPrefix(broken, "ran") || strings.HasPrefix(broken, "sent") {
			t.Errorf("%s: %q, want it stopped by the page's policy", name, broken)
		}
	}
}

// markup gives a class and a set names that are markup: they are names, and make no element.
func markup(t *testing.T, p *page) {
	const name = `<b>x</b><img src=x onerror="ran=1">`
	elements := func() int { return eval[int](p, `document.querySelectorAll("b, img, script, iframe").length`) }
	before := elements()
	rename(p, "Class A", name)
	p.draw(symbols()[0].example)
	p.press("Teach " + name)
	p.waitForButton("Example 1 of " + name)
	p.draw(symbols()[0].queries[0])
	p.waitFor("the name in the answer", answerIs(name))
	if n := elements(); n != before || eval[bool](p, `"ran" in window`) {
		t.Errorf("a name has made %d elements", n-before)
	}
}

// framed is the page within another one of the same host, which could look into it: it shows nothing there, or where
// only the loader can tell, one sentence.
func framed(t *testing.T, p *page, told bool) {
	p.forgive() // the browser tells of it
	p.waitFor("the frame", `window.loaded`)
	if !told {
		if eval[bool](p, `document.querySelector("iframe").contentDocument !== null`) {
			t.Error("the page is shown in a frame")
		}
		return
	}
	p.waitFor("a word about the frame", `document.querySelector("iframe").contentDocument.getElementById("message").textContent.startsWith("oneshot does not run inside another page.")`)
}
