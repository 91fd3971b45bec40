package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The package has a folder of its own, so that it does not take the place of the site.
func TestBuildPackageFolder(t *testing.T) {
	root := t.TempDir()
	for name, content := range map[string]string{
		"go.mod":                    "module oneshot\n\ngo 1.26\n",
		"LICENSE":                   "free",
		"weights/oneshot.osm":       "model",
		"wasm/npm/main_js.go":       "package main\n\nfunc main() {}\n",
		"wasm/npm/package/index.js": "0",
	} {
		writeFile(t, filepath.Join(root, name), []byte(content))
	}
	t.Chdir(root)
	refuses(t, "-compress does not go with -npm", "build", "-npm", "-compress")
	stdout, stderr, code := oneshot("build", "-npm")
	if code != 0 || !strings.HasPrefix(stdout, "built dist-npm with go") || !strings.Contains(stdout, " oneshot-engine.wasm is ") {
		t.Fatalf("exit code %d, stderr %q, stdout %q", code, stderr, stdout)
	}
	if _, err := os.Stat("dist"); err == nil {
		t.Error("there is a dist too")
	}
	refuses(t, "dist-npm holds LICENSE", "build", "-o", "dist-npm")
}
