//go:build !js

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/andybalholm/brotli"

	"oneshot/cmd/oneshot/site"
)

// The package as its users get it: packed, installed into an empty project, and used there by engine.test.mjs.
func TestInstalledPackage(t *testing.T) {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing: the npm package was not tested", tool)
		}
	}
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	built, project := filepath.Join(t.TempDir(), "package"), t.TempDir()
	r, err := site.BuildPackage(t.Context(), root, built, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(filepath.Join(built, site.EngineName))
	if err != nil {
		t.Fatal(err)
	}
	model, err := os.ReadFile(filepath.Join(built, "oneshot.osm"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(program, model[len(model)-32:]) {
		t.Error("the program holds the model, which is a file of its own")
	}
	t.Logf("built with %s, SIMD kernels: %v, %.1f MB", r.Go, r.SIMD, float64(r.WasmBytes)/1e6)
	spec, err := os.ReadFile(filepath.Join("test", "engine.test.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"package.json": []byte(`{"private": true}`), "engine.test.mjs": spec, "model.osm": model} {
		if err := os.WriteFile(filepath.Join(project, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = project
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s %q: %v\n%s", name, args, err, out)
		}
	}
	run("npm", "pack", "--silent", built)
	tarballs, err := filepath.Glob(filepath.Join(project, "oneshot-engine-*.tgz"))
	if err != nil || len(tarballs) != 1 {
		t.Fatalf("npm pack made %v (%v), want one tarball", tarballs, err)
	}
	run("npm", "install", "--offline", "--no-audit", "--no-fund", "--cache", t.TempDir(), tarballs[0])
	run("node", "--test")
}

// What a page fetches of the engine, in brotli: the program and its loader at most 450 kB, the built-in model 320 kB.
func TestPackageSize(t *testing.T) {
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	built := t.TempDir()
	r, err := site.BuildPackage(t.Context(), root, built, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	if r.Go != site.Pinned {
		t.Skipf("built with %s: programs of %s are smaller", r.Go, site.Pinned)
	}
	packed := func(name string) int {
		b, err := os.ReadFile(filepath.Join(built, name))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		z := brotli.NewWriterOptions(&out, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
		if _, err := z.Write(b); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Len()
	}
	program, loader, model := packed(site.EngineName), packed("go.js"), packed("oneshot.osm")
	t.Logf("program %d, loader %d, model %d bytes", program, loader, model)
	if program+loader > 450_000 || model > 320_000 {
		t.Errorf("program and loader are %d bytes, at most 450,000; the model %d, at most 320,000", program+loader, model)
	}
}
