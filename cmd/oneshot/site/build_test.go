package site

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// tree writes files (path -> content) into a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// smallModule is a module of this name whose program does nothing.
func smallModule() map[string]string {
	return map[string]string{
		"go.mod":           "module oneshot\n\ngo 1.26\n",
		"index.html":       "<!doctype html>",
		"wasm/main_js.go":  "package main\n\nfunc main() {}\n",
		"wasm/web/load.js": "0",
		"wasm/web/.swp":    "an editor's",
	}
}

// names lists the files of dir, hidden ones too.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestBuildAndRebuild(t *testing.T) {
	root := tree(t, smallModule())
	dir := filepath.Join(root, "dist")
	var log bytes.Buffer
	r, err := Build(t.Context(), root, dir, &log)
	if err != nil {
		t.Fatal(err)
	}
	if r.SIMD == strings.Contains(log.String(), "warning:") || strings.Count(log.String(), "\n") > 1 {
		t.Errorf("SIMD %v, but the log says %q", r.SIMD, log.String())
	}
	want := []string{"_Caddyfile", "_headers", "_nginx.conf", "build.json", "index.html", "load.js", "oneshot.wasm", "wasm_exec.js"}
	if got := names(t, dir); !slices.Equal(got, want) || r.Files != len(want) {
		t.Fatalf("built %v (%d counted), want %v", got, r.Files, want)
	}
	if err := Check(dir); err != nil {
		t.Error(err)
	}
	first, err := os.ReadFile(filepath.Join(dir, "oneshot.wasm"))
	if err != nil || !bytes.HasPrefix(first, []byte("\x00asm")) || int64(len(first)) != r.WasmBytes {
		t.Errorf("oneshot.wasm: %d bytes (%v), want %d of wasm", len(first), err, r.WasmBytes)
	}

	// A file that went away in the source goes away in the site; what a person put there stays.
	if err := os.Rename(filepath.Join(root, "wasm/web/load.js"), filepath.Join(root, "wasm/web/start.js")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "CNAME"), []byte("example.org"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(t.Context(), root, dir, &log); err != nil {
		t.Fatal(err)
	}
	want = []string{"CNAME", "_Caddyfile", "_headers", "_nginx.conf", "build.json", "index.html", "oneshot.wasm", "start.js", "wasm_exec.js"}
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("rebuilt %v, want %v", got, want)
	}
	if second, err := os.ReadFile(filepath.Join(dir, "oneshot.wasm")); err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same source gave another program (%v)", err)
	}

	// A source that does not compile leaves the site as it is.
	if err := os.WriteFile(filepath.Join(root, "wasm/main_js.go"), []byte("package main\n\nfunc main() { missing() }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(t.Context(), root, dir, &log); err == nil || !strings.Contains(err.Error(), "undefined: missing") {
		t.Errorf("error %v, want the compiler's", err)
	}
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("a failed build left %v, want %v", got, want)
	}
	if err := Check(dir); err != nil {
		t.Error(err)
	}
}

// The same source gives the same site, byte for byte, wherever it lies and whenever it is built.
func TestBuildIsReproducible(t *testing.T) {
	source := smallModule()
	source["wasm/main_js.go"] = "package main\n\nfunc main() { panic(\"a panic names its file\") }\n"
	var sites [2]string
	for i := range sites {
		root := tree(t, source)
		sites[i] = filepath.Join(root, "dist")
		for path := range source {
			when := time.Unix(int64(1e9*(i+1)), 0)
			if err := os.Chtimes(filepath.Join(root, path), when, when); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Build(t.Context(), root, sites[i], &bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
	}
	all := names(t, sites[0])
	if other := names(t, sites[1]); !slices.Equal(all, other) || !slices.Contains(all, "oneshot.wasm") {
		t.Fatalf("files %v and %v", all, other)
	}
	for _, name := range all {
		a, errA := os.ReadFile(filepath.Join(sites[0], name))
		b, errB := os.ReadFile(filepath.Join(sites[1], name))
		if err := errors.Join(errA, errB); err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: %d bytes, then %d others (%v)", name, len(a), len(b), err)
		}
	}
}

func TestBuildRefusesFolders(t *testing.T) {
	root := tree(t, smallModule())
	for _, c := range []struct {
		name  string
		files map[string]string
		want  error
	}{
		{"somebody's files", map[string]string{"thesis.txt": "years of work"}, ErrForeign},
		{"another build.json", map[string]string{"build.json": `{"tool": "bundler"}`}, ErrForeign},
		{"a manifest that points outside", map[string]string{"build.json": `{"module": "oneshot", "files": {"oneshot.wasm": "", "../../thesis.txt": ""}}`}, ErrForeign},
		{"the npm package", map[string]string{"build.json": `{"module": "oneshot", "files": {"oneshot-engine.wasm": ""}}`, EngineName: ""}, ErrForeign},
	} {
		dir := tree(t, c.files)
		before := names(t, dir)
		if _, err := Build(t.Context(), root, dir, &bytes.Buffer{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want an error that wraps %v", c.name, err, c.want)
		}
		if got := names(t, dir); !slices.Equal(got, before) {
			t.Errorf("%s: the folder holds %v, held %v", c.name, got, before)
		}
	}
	site := tree(t, map[string]string{"build.json": `{"module": "oneshot", "files": {"oneshot.wasm": ""}}`})
	if _, err := BuildPackage(t.Context(), root, site, &bytes.Buffer{}); !errors.Is(err, ErrForeign) {
		t.Errorf("the package in place of a site: %v, want an error that wraps %v", err, ErrForeign)
	}
	if _, err := Build(t.Context(), root, filepath.Join(root, "go.mod", "dist"), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "cannot be made") {
		t.Errorf("a folder below a file: %v", err)
	}
}

func TestBuildStops(t *testing.T) {
	root := tree(t, smallModule())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := filepath.Join(root, "dist")
	if _, err := Build(ctx, root, dir, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want one that wraps context.Canceled", err)
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("a stopped build left %v", got)
	}
}

func TestBuildRefusesClashes(t *testing.T) {
	for _, name := range []string{"index.html", "wasm_exec.js", "oneshot.wasm", "build.json", "_headers"} {
		files := smallModule()
		files["wasm/web/"+name] = "twice"
		if err := copyAssets(tree(t, files), t.TempDir()); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("wasm/web/%s: %v, want an error that names it", name, err)
		}
	}
}

func TestRoot(t *testing.T) {
	root := tree(t, map[string]string{
		"go.mod":          "// a comment\nmodule oneshot // ours\n",
		"deep/down/a.txt": "",
		"other/go.mod":    "module elsewhere\n",
	})
	for _, dir := range []string{root, filepath.Join(root, "deep", "down"), filepath.Join(root, "other")} {
		if got, err := Root(dir); got != root || err != nil {
			t.Errorf("Root(%s) = %s, %v, want %s", dir, got, err, root)
		}
	}
	if got, err := Root(t.TempDir()); !errors.Is(err, ErrOutside) {
		t.Errorf("Root of an empty folder = %s, %v", got, err)
	}
}

func TestCheck(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"empty":      {},
		"incomplete": {"build.json": `{"module": "oneshot", "files": {"oneshot.wasm": ""}}`},
		"a package":  {"build.json": `{"module": "oneshot", "files": {"oneshot-engine.wasm": ""}}`, EngineName: ""},
		"not JSON":   {"build.json": "<html>"},
	} {
		if err := Check(tree(t, files)); !errors.Is(err, ErrNotSite) {
			t.Errorf("%s: %v, want an error that wraps ErrNotSite", name, err)
		}
	}
}

// The tests of a package become a program for the browser, with Go's loader beside it.
func TestCompileTest(t *testing.T) {
	files := smallModule()
	files["engine/engine.go"] = "package engine\n"
	files["engine/engine_test.go"] = "package engine\n\nimport \"testing\"\n\nfunc TestNothing(t *testing.T) {}\n"
	root, dir := tree(t, files), t.TempDir()
	p, err := CompileTest(t.Context(), root, "engine", dir, "engine.test.wasm")
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := os.ReadFile(filepath.Join(dir, "engine.test.wasm"))
	if err != nil || !bytes.HasPrefix(wasm, []byte("\x00asm")) || !bytes.Contains(wasm, []byte("TestNothing")) || p.Go == "" {
		t.Errorf("%+v, %v: not a program with the test", p, err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"engine.test.wasm", loaderName}) {
		t.Errorf("the folder has %v", got)
	}
	if _, err := CompileTest(t.Context(), root, "absent", dir, "absent.wasm"); err == nil {
		t.Error("a package that is not there was compiled")
	}
}
