//go:build !js

package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"oneshot/cmd/oneshot/site"
)

// servePackage builds the npm package and serves it as a plain web server would, beside a page that uses it.
func servePackage(t *testing.T) string {
	t.Helper()
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "package")
	if _, err := site.BuildPackage(t.Context(), root, dir, t.Output()); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(filepath.Join("testdata", "npm"))))
	mux.Handle("/package/", http.StripPrefix("/package/", http.FileServer(http.Dir(dir))))
	mux.HandleFunc("/wrong-type/"+site.EngineName, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		http.ServeFile(w, r, filepath.Join(dir, site.EngineName))
	})
	mux.Handle("/no-worker/", http.StripPrefix("/no-worker/", http.FileServer(http.Dir(dir))))
	mux.Handle("/no-worker/worker.js", http.NotFoundHandler())
	engine, err := os.ReadFile(filepath.Join(dir, site.EngineName))
	if err != nil {
		t.Fatal(err)
	}
	mux.HandleFunc("/damaged.wasm", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		if _, err := w.Write(engine[:1000]); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/foreign.svg", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		if _, err := w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1h7v7"/></svg>`)); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/html.wasm", func(w http.ResponseWriter, _ *http.Request) {
		if _, err := w.Write([]byte("<!doctype html>")); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

func TestPackageInBrowser(t *testing.T) {
	chromium := needChromium(t)
	url := servePackage(t)
	h := harness{url: url, browser: start(t, chromium)}
	p := h.tab(t, laptop)
	p.lenient() // the missing file is an error of the console
	p.waitFor("the package to be used", `window.npmResult`)
	r := eval[struct {
		Page, Worker, Typed, Damaged, Globals                     []string
		Script, Html, Missing, MissingInWorker, Workerless, Fault string
		Transfers                                                 []int
	}](p, `window.npmResult`)
	if r.Fault != "" {
		t.Fatal(r.Fault)
	}
	for where, wrong := range map[string][]string{"in the page": r.Page, "in a worker": r.Worker, "served with a wrong type": r.Typed} {
		for _, w := range wrong {
			t.Errorf("%s: %s", where, w)
		}
	}
	if r.Script != "prototype" {
		t.Errorf("the script tag's head is %q, want prototype", r.Script)
	}
	if !slices.Equal(r.Damaged, []string{"network", "network"}) {
		t.Errorf("a damaged program is refused with %q, want network in both threads", r.Damaged)
	}
	if r.Workerless != "OneshotError: worker" {
		t.Errorf("without the worker's script %q, want a OneshotError worker", r.Workerless)
	}
	if len(r.Globals) > 0 {
		t.Errorf("it put %q on the page", r.Globals)
	}
	if want := []int{1, 3, 120}; !slices.Equal(r.Transfers, want) {
		t.Errorf("%v pictures moved to the worker, and the user's is %v wide at the end, want %v", r.Transfers[:2], r.Transfers[2:], want)
	}
	for got, want := range map[string]string{r.Html: "network: " + url + "html.wasm is no WebAssembly: the server sent a web page", r.Missing: "network: " + url + "missing.wasm: the server answered 404"} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if r.MissingInWorker != r.Missing {
		t.Errorf("in a worker %q, want %q", r.MissingInWorker, r.Missing)
	}
}

// The example page of the package, used with a mouse.
func TestPackageExample(t *testing.T) {
	chromium := needChromium(t)
	h := harness{url: servePackage(t) + "package/example.html", browser: start(t, chromium)}
	p := h.tab(t, laptop)
	p.lenient() // browsers ask for an icon
	said := `document.querySelector("output").value`
	lines, err := os.ReadFile(filepath.Join("..", "npm", "package", "example.html"))
	if err != nil || strings.Count(string(lines), "\n") > 21 {
		t.Errorf("the example has %d lines (%v), want about 20", strings.Count(string(lines), "\n"), err)
	}
	draw := `((points) => { const pad = document.getElementById("pad");
		points.forEach(([offsetX, offsetY], i) => { const e = new PointerEvent(i ? "pointermove" : "pointerdown", { buttons: 1 });
			Object.defineProperties(e, { offsetX: { value: offsetX }, offsetY: { value: offsetY } }); pad.dispatchEvent(e); });
		pad.dispatchEvent(new PointerEvent("pointerup")); })`
	press := func(name, then string) {
		t.Helper()
		eval[any](p, said+` = ""`)
		eval[any](p, `[...document.querySelectorAll("button")].find((b) => b.textContent === "`+name+`").click()`)
		p.waitFor("the page to say "+then, said+` === "`+then+`"`)
	}
	p.waitFor("the example to be ready", `document.querySelector("button").onclick`)
	hook, roof := `([[60,40],[60,250],[220,250]])`, `([[40,250],[150,50],[260,250]])`
	eval[any](p, draw+hook)
	press("A", "learned")
	eval[any](p, draw+roof)
	press("B", "learned")
	eval[any](p, draw+`([[70,50],[65,240],[210,245]])`)
	p.waitFor("the page to say A", said+` === "A"`)
}
