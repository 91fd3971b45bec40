package site

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSealPage(t *testing.T) {
	dir := tree(t, map[string]string{
		"index.html": `<link rel="icon" href="icon.svg"><link rel="stylesheet" href="style.css"><link rel="preload" href="a.wasm" as="fetch"><script src="a.js" defer></script>`,
		"style.css":  "style", "a.wasm": "program", "a.js": "script",
	})
	if err := sealPage(dir); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	want := `<link rel="icon" href="icon.svg"><link rel="stylesheet" href="style.css" integrity="` + integrity([]byte("style")) +
		`"><link rel="preload" href="a.wasm" data-integrity="` + integrity([]byte("program")) +
		`" as="fetch"><script src="a.js" integrity="` + integrity([]byte("script")) + `" defer></script>`
	if string(got) != want {
		t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
	// echo -n abc | openssl dgst -sha256 -binary | base64
	if got, want := integrity([]byte("abc")), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; got != want {
		t.Errorf("the hash of abc is %s, want %s", got, want)
	}
	if err := sealPage(tree(t, map[string]string{"index.html": `<script src="gone.js">`})); err == nil {
		t.Error("a page that runs a file which is not there was sealed")
	}
}
