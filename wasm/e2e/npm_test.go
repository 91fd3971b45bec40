//go:build !js

package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
		Page, Worker, Typed, Globals                  []string
		Script, Html, Missing, MissingInWorker, Fault string
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
	if len(r.Globals) > 0 {
		t.Errorf("it put %q on the page", r.Globals)
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
