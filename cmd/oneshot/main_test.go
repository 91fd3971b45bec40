package main

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// oneshot runs the program and returns what it wrote and its exit code.
func oneshot(args ...string) (stdout, stderr string, code int) {
	var out, err bytes.Buffer
	code = doMain(append([]string{"oneshot"}, args...), &out, &err)
	return out.String(), err.String(), code
}

// shape draws one of the shapes a person would tell apart at once; variant changes its size and
// place. Coverage of a pixel is 255 where the shape's distance field is below the pen.
func shape(kind, variant int) *image.Gray {
	const size = 105
	m := image.NewGray(image.Rect(0, 0, size, size))
	scale := 32 + 1.5*float64(variant%3)
	cx, cy := 50+3*float64(variant%4), 52-2*float64(variant%5)
	for i := range m.Pix {
		x, y := (float64(i%size)-cx)/scale, (float64(i/size)-cy)/scale
		var d float64 // from the shape's line, in parts of its size
		switch kind {
		case 0: // ring
			d = math.Abs(math.Hypot(x, y) - 0.9)
		case 1: // cross of two diagonals
			d = max(min(math.Abs(x-y), math.Abs(x+y))/math.Sqrt2, max(math.Abs(x), math.Abs(y))-1)
		case 2: // upright with a foot
			d = min(max(math.Abs(x+0.6), math.Abs(y)-1), max(math.Abs(y-1), math.Abs(x)-0.6))
		case 3: // three bars
			d = max(min(math.Abs(y), math.Abs(y-0.9), math.Abs(y+0.9)), math.Abs(x)-1)
		case 4: // open square
			d = math.Abs(max(math.Abs(x), math.Abs(y)) - 0.9)
			if y < -0.5 && math.Abs(x) < 0.5 {
				d = 1
			}
		}
		if m.Pix[i] = 255; d < 0.09 {
			m.Pix[i] = 0
		}
	}
	return m
}

const shapes = 5

func writePNG(t *testing.T, file string, img image.Image) {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	writeFile(t, file, b.Bytes())
}

func writeFile(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// classFolders makes a folder for each shape with some variants of it.
func classFolders(t *testing.T, variants int) string {
	t.Helper()
	dir := t.TempDir()
	for kind := range shapes {
		for v := range variants {
			writePNG(t, filepath.Join(dir, "shape"+strconv.Itoa(kind), strconv.Itoa(v)+".png"), shape(kind, v))
		}
	}
	return dir
}

// refuses runs the program and wants exit code 1, an empty stdout and one line on stderr that begins
// with the program's name and has the words.
func refuses(t *testing.T, words string, args ...string) {
	t.Helper()
	stdout, stderr, code := oneshot(args...)
	if code != 1 || stdout != "" {
		t.Errorf("%q: exit code %d and %q on stdout, want 1 and nothing", args, code, stdout)
	}
	if !strings.HasPrefix(stderr, "oneshot") || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, words) {
		t.Errorf("%q: stderr %q, want one line with %q", args, stderr, words)
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{}, {"--help"}, {"-h"}, {"help"}} {
		stdout, stderr, code := oneshot(args...)
		if code != 0 || stderr != "" {
			t.Errorf("%q: exit code %d, stderr %q", args, code, stderr)
		}
		for _, c := range commands() {
			if !strings.Contains(stdout, c.Name+" ") || !strings.Contains(stdout, c.Usage) {
				t.Errorf("%q: the help does not name %s", args, c.Name)
			}
		}
	}
	for _, c := range commands() {
		stdout, stderr, code := oneshot(c.Name, "--help")
		if code != 0 || stderr != "" || !strings.Contains(stdout, "oneshot "+c.Name) {
			t.Errorf("%s --help: exit code %d, stderr %q, stdout %q", c.Name, code, stderr, stdout)
		}
		for _, f := range c.Flags {
			if !strings.Contains(stdout, "-"+f.Names()[0]) {
				t.Errorf("%s --help does not name -%s", c.Name, f.Names()[0])
			}
		}
	}
}

func TestUsageErrors(t *testing.T) {
	refuses(t, `unknown command "evil", see oneshot --help`, "evil")
	refuses(t, "flag provided but not defined: -nope", "-nope")
	for _, c := range commands() {
		refuses(t, "see oneshot "+c.Name+" --help", c.Name, "-nope")
	}
}
