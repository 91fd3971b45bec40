// Package quickdraw reads drawings of the "Quick, Draw!" data set (Ha and Eck 2017, arXiv:1704.03477), which
// is under the Creative Commons Attribution 4.0 licence: doodles of things, for breadth beside the letters of
// Omniglot. It reads the format of a file of its own, not the data set's:
//
//	{"label": "anvil", "strokes": [[[x, y], ...], ...]}
//
// one drawing a line, gzipped, x to the right and y down, 0 to 255.
package quickdraw

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"slices"
	"strings"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
)

// Alphabet is that of every class.
const Alphabet = "Quick, Draw!"

// frame is the side of the area that the strokes were drawn in.
const frame = 256

// What a file may hold, far beyond what the published subset does.
const (
	maxLineBytes = 1 << 20
	maxDrawings  = 1 << 20
)

// heldOut is the place, among every heldOut categories by name, of those that are kept for validation.
const heldOut = 6

// line is one drawing of the file.
type line struct {
	Label   string         `json:"label"`
	Strokes [][][2]float32 `json:"strokes"`
}

// Load reads a file and returns the categories to train on and, every sixth by name, those held out. Drawings without
// enough ink to see are left out. Errors name the file and the line.
func Load(file string) (training, validation *fewshot.Set, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, fmt.Errorf("quickdraw: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, nil, fmt.Errorf("quickdraw: %s: %w", file, err)
	}
	classes, err := read(z)
	if err != nil {
		return nil, nil, fmt.Errorf("quickdraw: %s: %w", file, err)
	}
	training, validation = new(fewshot.Set), new(fewshot.Set)
	for i, c := range classes {
		if i%heldOut == heldOut-1 {
			validation.Classes = append(validation.Classes, c)
		} else {
			training.Classes = append(training.Classes, c)
		}
	}
	return training, validation, nil
}

// read returns the classes of a file, sorted by name.
func read(r io.Reader) ([]fewshot.Class, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLineBytes)
	drawings := map[string][]*fewshot.Drawing{}
	n := 0
	for ; lines.Scan(); n++ {
		if n == maxDrawings {
			return nil, fmt.Errorf("more than %d drawings", maxDrawings)
		}
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		if l.Label == "" {
			return nil, fmt.Errorf("line %d: no label", n+1)
		}
		d, err := draw(l.Strokes)
		if errors.Is(err, prep.ErrBlank) || errors.Is(err, prep.ErrSpeck) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		d.Name = fmt.Sprintf("%s/%04d", l.Label, len(drawings[l.Label]))
		drawings[l.Label] = append(drawings[l.Label], d)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	var classes []fewshot.Class
	for label, all := range drawings {
		classes = append(classes, fewshot.Class{Name: label, Alphabet: Alphabet, Drawings: all})
	}
	slices.SortFunc(classes, func(a, b fewshot.Class) int { return strings.Compare(a.Name, b.Name) })
	if len(classes) == 0 {
		return nil, errors.New("no drawings")
	}
	return classes, nil
}

// draw makes a drawing of strokes, as the page does.
func draw(strokes [][][2]float32) (*fewshot.Drawing, error) {
	var pen []prep.Stroke
	for _, s := range strokes {
		var to prep.Stroke
		for _, p := range s {
			to = append(to, prep.Point{X: p[0], Y: p[1]})
		}
		pen = append(pen, to)
	}
	ink, err := prep.InkOfStrokes(pen, frame)
	if err != nil {
		return nil, err
	}
	in, err := prep.FromStrokes(pen, frame)
	if err != nil {
		return nil, err
	}
	picture := image.NewGray(image.Rect(0, 0, ink.W, ink.H))
	for i, v := range ink.Pix {
		picture.Pix[i] = 255 - v
	}
	return &fewshot.Drawing{Image: picture, Input: in}, nil
}
