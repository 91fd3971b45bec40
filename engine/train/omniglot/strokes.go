package omniglot

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"oneshot/engine/prep"
)

// Frame is the side of the area that Omniglot's strokes were drawn in, in their own unit: pass it to
// prep.FromStrokes.
const Frame = 105

// StrokeClass is one character as pen strokes.
type StrokeClass struct {
	Name     string // as in fewshot.Class, e.g. "Korean/character01"
	Alphabet string
	Drawings []StrokeDrawing
}

// StrokeDrawing is one drawing. Its number in the file's name is that of the person who drew it.
type StrokeDrawing struct {
	Name    string // e.g. "0643_01"
	Strokes []prep.Stroke
}

const maxStrokeFileBytes = 4 << 20

// ReadStrokes reads one of Omniglot's stroke archives, e.g. strokes_background_small1.zip, or the
// folder unpacked from it. Classes are sorted by name and drawings by file name. Coordinates are in
// Frame with y down (the files have it up); times are left out.
func ReadStrokes(file string) ([]StrokeClass, error) {
	fsys, done, err := open(file, Any)
	if err != nil {
		return nil, err
	}
	defer done()
	classes, err := readStrokeTree(fsys)
	if err != nil {
		return nil, fmt.Errorf("omniglot: %s: %w", file, err)
	}
	return classes, nil
}

func readStrokeTree(fsys fs.FS) ([]StrokeClass, error) {
	files, err := listFiles(fsys, ".txt")
	if err != nil {
		return nil, err
	}
	var classes []StrokeClass
	for _, file := range files { // sorted by path, so the files of a class stand together
		data, err := readFile(fsys, file, maxStrokeFileBytes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		strokes, err := parseStrokes(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		dir := path.Dir(file)
		alphabet := path.Base(path.Dir(dir))
		name := alphabet + "/" + path.Base(dir)
		if len(classes) == 0 || classes[len(classes)-1].Name != name {
			classes = append(classes, StrokeClass{Name: name, Alphabet: alphabet})
		}
		last := &classes[len(classes)-1]
		drawing := strings.TrimSuffix(path.Base(file), path.Ext(file))
		last.Drawings = append(last.Drawings, StrokeDrawing{Name: drawing, Strokes: strokes})
	}
	if len(classes) == 0 {
		return nil, fmt.Errorf("%w: no stroke files", ErrNoData)
	}
	return classes, nil
}

// parseStrokes reads lines of "x,y,milliseconds": START once, and BREAK where the pen lifts off.
func parseStrokes(data []byte) ([]prep.Stroke, error) {
	var strokes []prep.Stroke
	var stroke prep.Stroke
	points := 0
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		switch line := strings.TrimSpace(lines.Text()); line {
		case "", "START":
		case "BREAK":
			strokes = append(strokes, stroke)
			stroke = nil
		default:
			p, err := parsePoint(line)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			stroke = append(stroke, p)
			points++
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(stroke) > 0 {
		strokes = append(strokes, stroke)
	}
	if points == 0 {
		return nil, prep.ErrBlank
	}
	return strokes, nil
}

func parsePoint(line string) (prep.Point, error) {
	xText, rest, _ := strings.Cut(line, ",")
	yText, _, _ := strings.Cut(rest, ",")
	x, errX := strconv.ParseFloat(xText, 32)
	y, errY := strconv.ParseFloat(yText, 32)
	if errX != nil || errY != nil {
		return prep.Point{}, fmt.Errorf("%q is not a point x,y,milliseconds", line)
	}
	return prep.Point{X: float32(x), Y: float32(-y)}, nil
}
