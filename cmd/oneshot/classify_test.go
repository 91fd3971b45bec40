package main

import (
	"fmt"
	"image"
	"path/filepath"
	"strings"
	"testing"

	"oneshot/engine"
	"oneshot/weights"
)

// builtInHeads names the heads of the built-in model.
func builtInHeads(t *testing.T) (names []string) {
	t.Helper()
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	a, err := engine.ParseArch(m.Arch)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range a.Heads() {
		names = append(names, h.String())
	}
	return names
}

func TestClassify(t *testing.T) {
	support := classFolders(t, 1)
	queries := t.TempDir()
	args := []string{"classify", "-support", support}
	for kind := range shapes {
		file := filepath.Join(queries, fmt.Sprintf("query%d.png", kind))
		writePNG(t, file, shape(kind, 0)) // the example itself
		args = append(args, file)
	}
	for _, head := range builtInHeads(t) {
		stdout, stderr, code := oneshot(append(args, "-head", head)...) // flags may follow the pictures
		lines := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
		if code != 0 || stderr != "" || len(lines) != shapes {
			t.Fatalf("exit code %d, stderr %q, stdout %q", code, stderr, stdout)
		}
		for kind, line := range lines {
			if !strings.HasPrefix(line, args[3+kind]+": shape") || !strings.HasSuffix(line, fmt.Sprintf(", nearest shape%d/0.png", kind)) {
				t.Errorf("%s: %q, want the nearest example shape%d/0.png", head, line, kind)
			}
			if head == "prototype" && !strings.HasPrefix(line, fmt.Sprintf("%s: shape%d ", args[3+kind], kind)) {
				t.Errorf("%q, want shape%d", line, kind)
			}
		}
	}
}

func TestClassifyOneClass(t *testing.T) {
	support := t.TempDir()
	writePNG(t, filepath.Join(support, "ring", "a.png"), shape(0, 0))
	query := filepath.Join(t.TempDir(), "q.png")
	writePNG(t, query, shape(0, 1))
	stdout, stderr, code := oneshot("classify", "-support", support, query)
	if code != 0 || !strings.HasPrefix(stdout, query+": ring 100.0 %, ") || !strings.HasSuffix(stdout, ", nearest ring/a.png\n") {
		t.Errorf("exit code %d, stderr %q, stdout %q, want ring and its example", code, stderr, stdout)
	}
}

// With a threshold a picture can be none of the classes, be there one class or more; without one never.
func TestClassifyNone(t *testing.T) {
	support := t.TempDir()
	writePNG(t, filepath.Join(support, "ring", "a.png"), shape(0, 0))
	query := filepath.Join(t.TempDir(), "q.png")
	writePNG(t, query, shape(1, 0))
	for _, classes := range []string{"100.0 %, evidence", "%, then "} {
		for _, head := range builtInHeads(t) {
			args := []string{"classify", "-support", support, "-head", head, query}
			stdout, stderr, code := oneshot(append(args, "-threshold", "1000")...)
			if code != 0 || !strings.HasPrefix(stdout, query+": none of these, most like ") || !strings.Contains(stdout, classes) || !strings.Contains(stdout, ", threshold 1000.000, nearest ") {
				t.Errorf("%s: exit code %d, stderr %q, stdout %q", head, code, stderr, stdout)
			}
			stdout, stderr, code = oneshot(append(args, "-threshold=-1000")...)
			if code != 0 || strings.Contains(stdout, "none of these") || !strings.Contains(stdout, ", evidence ") {
				t.Errorf("%s: exit code %d, stderr %q, stdout %q", head, code, stderr, stdout)
			}
		}
		writePNG(t, filepath.Join(support, "other", "a.png"), shape(2, 0))
	}
	refuses(t, "threshold", "classify", "-support", support, "-threshold", "high", query)
	refuses(t, "-threshold NaN, want a number", "classify", "-support", support, "-threshold", "NaN", query)
}

func TestClassifyErrors(t *testing.T) {
	support := classFolders(t, 1)
	dir := t.TempDir()
	good, blank, text := filepath.Join(dir, "good.png"), filepath.Join(dir, "blank.png"), filepath.Join(dir, "text.png")
	writePNG(t, good, shape(2, 1))
	writePNG(t, blank, image.NewGray(image.Rect(0, 0, 50, 50)))
	writeFile(t, text, []byte("a text that calls itself a picture"))
	long := t.TempDir()
	writePNG(t, filepath.Join(long, "ring", "a.png"), image.NewGray(image.Rect(0, 0, 9, 9)))

	refuses(t, "-support DIR is missing", "classify", good)
	refuses(t, "at least one picture", "classify", "-support", support)
	refuses(t, "want prototype, siamese, relation or matching", "classify", "-support", support, "-head", "pixels", good)
	refuses(t, text+": weights: not a model file", "classify", "-support", support, "-weights", text, good)
	refuses(t, "nor class folders of PNG", "classify", "-support", t.TempDir(), good)
	refuses(t, "ring/a.png: prep: no ink", "classify", "-support", long, good)
	refuses(t, blank+": prep: no ink", "classify", "-support", support, blank)
	refuses(t, text+": gate: not a picture", "classify", "-support", support, text)
	refuses(t, "none.png: no such file", "classify", "-support", support, filepath.Join(dir, "none.png"))

	// One bad picture does not lose the answers about the others.
	stdout, stderr, code := oneshot("classify", "-support", support, blank, good)
	if code != 1 || !strings.Contains(stderr, blank) || !strings.HasPrefix(stdout, good+": shape2 ") {
		t.Errorf("exit code %d, stderr %q, stdout %q", code, stderr, stdout)
	}
}
