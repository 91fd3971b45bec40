package omniglot

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"oneshot/engine/prep"
)

const twoStrokes = "START\n10.5,-20,0\n11,-21.25,12\nBREAK\n30,-40,100\r\nBREAK\n"

func TestReadStrokes(t *testing.T) {
	tree := fstest.MapFS{
		"strokes_background_small1/Korean/character02/0644_01.txt":      {Data: []byte("START\n1,-1,0\n9,-9,5\n")}, // no BREAK at the end
		"strokes_background_small1/Korean/character01/0643_02.txt":      {Data: []byte(twoStrokes)},
		"strokes_background_small1/Korean/character01/0643_01.txt":      {Data: []byte(twoStrokes)},
		"__MACOSX/strokes_background_small1/Korean/._character01/x.txt": {Data: []byte("resource fork")},
		"strokes_background_small1/.DS_Store":                           {Data: []byte("folder view")},
	}
	file := filepath.Join(t.TempDir(), "strokes_background_small1.zip")
	writeZip(t, file, tree)
	got, err := ReadStrokes(file)
	if err != nil {
		t.Fatal(err)
	}
	two := []prep.Stroke{{{X: 10.5, Y: 20}, {X: 11, Y: 21.25}}, {{X: 30, Y: 40}}}
	want := []StrokeClass{
		{"Korean/character01", "Korean", []StrokeDrawing{{"0643_01", two}, {"0643_02", two}}},
		{"Korean/character02", "Korean", []StrokeDrawing{{"0644_01", []prep.Stroke{{{X: 1, Y: 1}, {X: 9, Y: 9}}}}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestReadStrokesErrors(t *testing.T) {
	for name, test := range map[string]struct {
		tree fstest.MapFS
		is   error
		text string
	}{
		"none":      {fstest.MapFS{}, ErrNoData, "no stroke files"},
		"no number": {fstest.MapFS{"a/b/c.txt": {Data: []byte("START\n1,x,2\n")}}, nil, `a/b/c.txt: line 2: "1,x,2" is not a point`},
		"no points": {fstest.MapFS{"a/b/c.txt": {Data: []byte("START\nBREAK\n")}}, prep.ErrBlank, "a/b/c.txt"},
		"long line": {fstest.MapFS{"a/b/c.txt": {Data: []byte(strings.Repeat("1", 1<<17))}}, nil, "token too long"},
		"long file": {fstest.MapFS{"a/b/c.txt": {Data: make([]byte, maxStrokeFileBytes+1)}}, nil, "file of more than"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, test.tree)
			_, err := ReadStrokes(dir)
			if err == nil || !strings.Contains(err.Error(), test.text) || (test.is != nil && !errors.Is(err, test.is)) {
				t.Errorf("error %v, want %v with %q", err, test.is, test.text)
			}
		})
	}
	if _, err := ReadStrokes(filepath.Join(t.TempDir(), "none.zip")); !errors.Is(err, ErrNoData) {
		t.Errorf("no such file: error %v", err)
	}
}

// maxStrokeDifference is the mean absolute difference of a pixel between a drawing's picture and its
// strokes, of 255. Measured 6.96 over all 2,720 drawings; the pen's width in prep was chosen by it.
const maxStrokeDifference = 7.5

// TestStrokesLookLikePictures compares the two ways into the network on drawings published both ways.
func TestStrokesLookLikePictures(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the validation alphabets")
	}
	dir := sharedOmniglot(t)
	classes, err := ReadStrokes(filepath.Join(dir, "strokes_background_small1.zip"))
	if err != nil {
		t.Fatal(err)
	}
	pictures, err := Load(dir, Validation)
	if err != nil {
		t.Fatal(err)
	}
	inputs := map[string]prep.Input{}
	for _, c := range pictures.Classes {
		for _, d := range c.Drawings {
			inputs[strings.TrimSuffix(filepath.Base(d.Name), ".png")] = d.Input
		}
	}
	sum, drawings := 0, 0
	for _, c := range classes {
		for _, d := range c.Drawings {
			picture, ok := inputs[d.Name]
			if !ok {
				continue // an alphabet of training
			}
			in, err := prep.FromStrokes(d.Strokes, Frame)
			if err != nil {
				t.Fatalf("%s %s: %v", c.Name, d.Name, err)
			}
			for i, v := range in {
				sum += max(int(v)-int(picture[i]), int(picture[i])-int(v))
			}
			drawings++
		}
	}
	if drawings != 66*20 { // Korean has 40 characters and Latin 26
		t.Fatalf("compared %d drawings, want %d", drawings, 66*20)
	}
	mean := float64(sum) / float64(drawings*len(prep.Input{}))
	t.Logf("mean difference of %d drawings: %.2f of 255", drawings, mean)
	if mean > maxStrokeDifference {
		t.Errorf("mean difference %.2f of 255, at most %v", mean, maxStrokeDifference)
	}
}
