package site

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sealed returns the line that sealWorker wrote, apart: the name of the build and the files with their hashes.
func sealed(t *testing.T, dir string) (build string, files map[string]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, workerName))
	if err != nil {
		t.Fatal(err)
	}
	line, rest, _ := strings.Cut(string(b), "\n")
	build, list, ok := strings.Cut(strings.TrimPrefix(line, "const build = "), ", files = ")
	if !ok || !strings.HasPrefix(rest, "work") {
		t.Fatalf("the service worker is %q", b)
	}
	if err := json.Unmarshal([]byte(strings.TrimSuffix(list, ";")), &files); err != nil {
		t.Fatal(err)
	}
	return build, files
}

func TestSealWorker(t *testing.T) {
	content := map[string]string{"index.html": "page", "oneshot.wasm": "program", workerName: "work", headersName: "no file of the page"}
	dir := tree(t, content)
	if err := sealWorker(dir); err != nil {
		t.Fatal(err)
	}
	build, files := sealed(t, dir)
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, []string{"index.html", "oneshot.wasm"}) {
		t.Errorf("it keeps %q", got)
	}
	for name, hash := range files {
		sum := sha256.Sum256([]byte(content[name]))
		if want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:]); hash != want {
			t.Errorf("%s has the hash %s, want %s", name, hash, want)
		}
	}
	again := tree(t, content)
	content["oneshot.wasm"] = "programs"
	other := tree(t, content)
	content["oneshot.wasm"], content[workerName] = "program", "work harder"
	harder := tree(t, content)
	for _, d := range []string{again, other, harder} {
		if err := sealWorker(d); err != nil {
			t.Fatal(err)
		}
	}
	if b, _ := sealed(t, again); b != build {
		t.Errorf("the same files are build %s and %s", build, b)
	}
	if b, _ := sealed(t, other); b == build {
		t.Errorf("other files are build %s too", b)
	}
	if b, _ := sealed(t, harder); b == build {
		t.Errorf("another service worker is build %s too", b)
	}
	if err := sealWorker(tree(t, map[string]string{"index.html": "page"})); err != nil {
		t.Errorf("a site without a service worker: %v", err)
	}
}
