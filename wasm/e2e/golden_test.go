//go:build !js

package e2e

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneshot/cmd/oneshot/site"
)

// The engine computes in Chromium what its golden files hold, bit for bit: its own test of them is
// compiled for the browser and runs there.
func TestGoldenInBrowser(t *testing.T) {
	chromium := needChromium(t)
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	program, err := site.CompileTest(t.Context(), root, "engine", dir, "engine.test.wasm")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "golden.js"} {
		b, err := os.ReadFile(filepath.Join("testdata", "golden", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(site.NewHandler(os.DirFS(dir)))
	t.Cleanup(server.Close)

	p := harness{url: server.URL + "/", browser: start(t, chromium)}.tab(t, laptop)
	p.waitFor("the tests to end", `window.goldenResult`)
	said := eval[struct {
		Code    int
		Printed string
	}](p, `window.goldenResult`)
	for _, name := range []string{"TestGolden", "TestGoldenDefault"} {
		if said.Code != 0 || !strings.Contains(said.Printed, "--- PASS: "+name+" ") {
			t.Fatalf("%s, SIMD kernels: %v: exit code %d, want 0 and that %s passes:\n%s",
				program.Go, program.SIMD, said.Code, name, said.Printed)
		}
	}
	t.Logf("%s, SIMD kernels: %v:\n%s", program.Go, program.SIMD, said.Printed)
}
