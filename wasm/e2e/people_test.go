//go:build !js

package e2e

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"oneshot/cmd/oneshot/site"
	"oneshot/engine/prep"
	"oneshot/engine/train/omniglot"
)

const (
	classes = 5 // in one test
	queries = 4 // drawings asked about, of each class
)

// class is what one test teaches and asks: an example, and drawings by others.
type class struct {
	name    string
	example drawing
	queries []drawing
}

// drawing is pen strokes in a square of side frame, y down.
type drawing struct {
	strokes []prep.Stroke
	frame   float32
}

// koreans are the characters that are taught: every eighth of the forty, not chosen by how they look.
var koreans = [classes]struct{ folder, name string }{
	{"Korean/character01", "Alef"}, {"Korean/character09", "Bravo"}, {"Korean/character17", "Cairo"},
	{"Korean/character25", "Delta"}, {"Korean/character33", "Echo"},
}

// drawings returns the classes to test with: characters of Omniglot where the data lies beside the
// module, one person's as the example and other people's as queries; else the package's symbols.
func drawings(t *testing.T) []class {
	t.Helper()
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, "..", "shared", "omniglot", "strokes_background_small1.zip")
	characters, err := omniglot.ReadStrokes(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Log("drawings: Omniglot is not here, so these are the symbols of the package, drawn by a program")
		return symbols()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Log("drawings: pen strokes of people (Omniglot, Korean); person 1 teaches, others ask")
	byName := map[string]omniglot.StrokeClass{}
	for _, c := range characters {
		byName[c.Name] = c
	}
	var out []class
	for i, k := range koreans {
		people := byName[k.folder].Drawings
		if len(people) < 20 {
			t.Fatalf("%s has %d drawings, want 20", k.folder, len(people))
		}
		c := class{name: k.name, example: drawing{people[0].Strokes, omniglot.Frame}}
		for q := range queries {
			c.queries = append(c.queries, drawing{people[1+i+4*q].Strokes, omniglot.Frame})
		}
		out = append(out, c)
	}
	return out
}

// symbols is the package's own drawings in the same form.
func symbols() []class {
	var out []class
	for _, s := range Symbols() {
		c := class{name: s.Name, example: drawing{s.Drawings[0], Frame}}
		for q := range queries {
			c.queries = append(c.queries, drawing{s.Drawings[1+q], Frame})
		}
		out = append(out, c)
	}
	return out
}

func TestSymbolsAreDrawable(t *testing.T) {
	for _, s := range Symbols() {
		if len(s.Drawings) != 1+queries {
			t.Errorf("%s: %d drawings, want %d", s.Name, len(s.Drawings), 1+queries)
		}
		seen := map[prep.Input]int{}
		for i, d := range s.Drawings {
			for _, stroke := range d {
				for _, p := range stroke {
					if !(p.X > 0 && p.X < Frame && p.Y > 0 && p.Y < Frame) {
						t.Fatalf("%s, drawing %d: point %v outside the frame", s.Name, i, p)
					}
				}
			}
			in, err := prep.FromStrokes(d, Frame)
			if err != nil {
				t.Fatalf("%s, drawing %d: %v", s.Name, i, err)
			}
			if j, twice := seen[in]; twice {
				t.Errorf("%s: drawings %d and %d look the same", s.Name, j, i)
			}
			seen[in] = i
		}
	}
}

func TestCornersKeepTheDrawing(t *testing.T) {
	line := prep.Stroke{{X: 0, Y: 0}, {X: 10, Y: 0.1}, {X: 20, Y: 0}, {X: 20, Y: 30}}
	want := prep.Stroke{{X: 0, Y: 0}, {X: 20, Y: 0}, {X: 20, Y: 30}}
	if got := corners(line, 0.5); !slices.Equal(got, want) {
		t.Errorf("corners of an angle: %v, want %v", got, want)
	}
	for _, s := range Symbols() {
		for i, d := range s.Drawings {
			var fewer []prep.Stroke
			for _, stroke := range d {
				fewer = append(fewer, corners(stroke, bend*Frame))
			}
			all, err := prep.FromStrokes(d, Frame)
			if err != nil {
				t.Fatal(err)
			}
			kept, err := prep.FromStrokes(fewer, Frame)
			if err != nil {
				t.Fatal(err)
			}
			sum := 0
			for j := range all {
				sum += max(int(all[j])-int(kept[j]), int(kept[j])-int(all[j]))
			}
			// Omniglot's pictures differ by 7 from what prep makes of the same strokes.
			if mean := float64(sum) / float64(len(all)); mean > 5 {
				t.Errorf("%s, drawing %d: a pixel differs by %.1f of 255 on average, want at most 5", s.Name, i, mean)
			}
		}
	}
}
