package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestCompress(t *testing.T) {
	script := strings.Repeat("load(); ", 200)
	dir := tree(t, map[string]string{"index.html": "<!doctype html>", "load.js": script, "picture.png": noise(4000)})
	var log bytes.Buffer
	if err := compress(t.Context(), dir, &log); err != nil {
		t.Fatal(err)
	}
	if want := "compressing load.js, 0.0 MB\ncompressing picture.png, 0.0 MB\n"; log.String() != want {
		t.Errorf("it says %q, want %q", log.String(), want)
	}
	for suffix, open := range map[string]func(io.Reader) (io.Reader, error){
		".br": func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		".gz": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	} {
		b, err := os.ReadFile(filepath.Join(dir, "load.js"+suffix))
		if err != nil {
			t.Fatal(err)
		}
		r, err := open(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != script {
			t.Errorf("%s unpacks to %d bytes, %v", suffix, len(got), err)
		}
	}
	if got, want := names(t, dir), []string{"index.html", "load.js", "load.js.br", "load.js.gz", "picture.png"}; !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q: what is small or does not shrink stays as it is", got, want)
	}
}

// cancelled ends a build as soon as it says that it compresses.
type cancelled struct{ cancel context.CancelFunc }

func (c cancelled) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("compressing")) {
		c.cancel()
	}
	return len(b), nil
}

// A build that is stopped while it compresses leaves the old site as it was, and nothing of the new one.
func TestBuildCompressedStops(t *testing.T) {
	root := tree(t, smallModule())
	dir := filepath.Join(root, "dist")
	if _, err := Build(t.Context(), root, dir, io.Discard); err != nil {
		t.Fatal(err)
	}
	want := names(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := BuildCompressed(ctx, root, dir, cancelled{cancel}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want one that wraps context.Canceled", err)
	}
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("it left %v, want %v", got, want)
	}
}

// What was compressed belongs to its build, and goes with it.
func TestBuildCompressed(t *testing.T) {
	root := tree(t, smallModule())
	dir := filepath.Join(root, "dist")
	if _, err := BuildCompressed(t.Context(), root, dir, io.Discard); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); !slices.Contains(got, "wasm_exec.js.br") || !slices.Contains(got, "oneshot.wasm.gz") {
		t.Errorf("built %v, want it compressed too", got)
	}
	if err := Check(dir); err != nil {
		t.Error(err)
	}
	if _, err := Build(t.Context(), root, dir, io.Discard); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); slices.ContainsFunc(got, func(name string) bool { return strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") }) {
		t.Errorf("after another build %v: what was compressed is of the old one", got)
	}
}

// noise is n bytes that nothing can shrink.
func noise(n int) string {
	b := make([]byte, n)
	for i, r := 0, rand.New(rand.NewPCG(1, 1)); i < n; i++ {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}
