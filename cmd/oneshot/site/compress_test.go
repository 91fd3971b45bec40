package site

import (
	"bytes"
	"compress/gzip"
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
	m := manifest{Module: modulePath, Files: map[string]string{"index.html": "", "load.js": "", "picture.png": ""}}
	if err := install(dir, dir, manifest{}, m); err != nil {
		t.Fatal(err)
	}
	if err := Compress(dir); err != nil {
		t.Fatal(err)
	}
	if err := Check(dir); err != nil {
		t.Error(err)
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
	if got, want := names(t, dir), []string{"build.json", "index.html", "load.js", "load.js.br", "load.js.gz", "picture.png"}; !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q: what is small or does not shrink stays as it is", got, want)
	}
	old, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := install(dir, dir, old, m); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); slices.Contains(got, "load.js.br") {
		t.Errorf("after another build %q: what was compressed is of the old one", got)
	}
	if err := Compress(t.TempDir()); err == nil {
		t.Error("an empty folder was compressed")
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
