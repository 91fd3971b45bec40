package session

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// shotOf is an example drawn with strokes.
func shotOf(tb testing.TB, strokes ...state.Stroke) state.Shot {
	tb.Helper()
	in, err := state.Input(strokes)
	if err != nil {
		tb.Fatal(err)
	}
	return state.Shot{Strokes: strokes, Input: in}
}

var (
	level   = state.Stroke{{X: 0.1, Y: 0.5, Pressure: 0.5}, {X: 0.9, Y: 0.5, Pressure: 0.7}}
	upright = state.Stroke{{X: 0.5, Y: 0, Pressure: 0}, {X: 0.5, Y: 1, Pressure: 1}}
)

// small is a set with every kind of example: strokes, several strokes, a picture, none.
func small(tb testing.TB) []state.Class {
	tb.Helper()
	return []state.Class{
		{Name: "Cat", Shots: []state.Shot{shotOf(tb, level), shotOf(tb, level, upright)}},
		{Name: `a/b "\ 十二`, Shots: []state.Shot{{Input: shotOf(tb, upright).Input}}},
		{Name: "cat"},
	}
}

func write(tb testing.TB, classes []state.Class) []byte {
	tb.Helper()
	b, err := Write(classes)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func read(tb testing.TB, b []byte) Set {
	tb.Helper()
	s, err := Read(b)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestWriteLaysOutFolders(t *testing.T) {
	r, err := zip.NewReader(bytes.NewReader(write(t, small(t))), int64(len(write(t, small(t)))))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if !f.Modified.IsZero() && f.Modified.Year() != 1980 {
			t.Errorf("%s bears the time %v", f.Name, f.Modified)
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == listName {
			continue
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		want := image.Rect(0, 0, pictureSide, pictureSide)
		if strings.HasPrefix(f.Name, "a_b") {
			want = image.Rect(0, 0, prep.Side, prep.Side)
		}
		if img.Bounds() != want || img.ColorModel() != color.GrayModel {
			t.Errorf("%s is %v, want %v in grey", f.Name, img.Bounds(), want)
		}
	}
	want := []string{"oneshot.json", "Cat/001.png", "Cat/002.png", "a_b __ 十二/001.png"}
	if !reflect.DeepEqual(names, want) {
		t.Errorf("files %q, want %q", names, want)
	}
}

// A drawing's picture, read as a plain picture, is seen almost as its strokes are.
func TestPictureIsSeenAsStrokes(t *testing.T) {
	var round, tiny state.Stroke
	for i := range 41 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 20)
		round = append(round, state.Point{X: float32(0.5 + 0.5*cos), Y: float32(0.5 + 0.5*sin), Pressure: 0.5})
		tiny = append(tiny, state.Point{X: float32(0.2 + 0.06*cos), Y: float32(0.8 + 0.09*sin), Pressure: 0.5})
	}
	for name, c := range map[string]struct {
		shot state.Shot
		most float64 // by which a pixel may differ on average, of 255
	}{
		"cross": {shotOf(t, level, upright), 8},
		"round": {shotOf(t, round), 8},
		// Below prep.MinCrop of the frame a drawing is not scaled up, and the picture's frame has a margin.
		"tiny": {shotOf(t, tiny), 18},
	} {
		in, err := prep.FromImage(drawn(c.shot.Strokes))
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for i := range in {
			sum += max(int(in[i])-int(c.shot.Input[i]), int(c.shot.Input[i])-int(in[i]))
		}
		if mean := float64(sum) / float64(len(in)); mean > c.most {
			t.Errorf("%s: a pixel differs by %.1f of 255 on average, want at most %v", name, mean, c.most)
		}
	}
}

// Any set that a page can hold comes back as it was, and is written again byte for byte.
func TestRoundTripProperty(t *testing.T) {
	unit := rapid.Float32Range(0, 1)
	point := rapid.Custom(func(t *rapid.T) state.Point {
		return state.Point{X: unit.Draw(t, "x"), Y: unit.Draw(t, "y"), Pressure: unit.Draw(t, "pressure")}
	})
	stroke := rapid.Map(rapid.SliceOfN(point, 1, 12), func(p []state.Point) state.Stroke { return p })
	shot := rapid.Custom(func(t *rapid.T) state.Shot {
		strokes := append([]state.Stroke{level}, rapid.SliceOfN(stroke, 0, 3).Draw(t, "strokes")...)
		in, err := state.Input(strokes)
		if err != nil {
			t.Fatal(err)
		}
		s := state.Shot{Strokes: strokes, Input: in}
		if rapid.Bool().Draw(t, "picture") {
			s.Strokes = nil
		}
		return s
	})
	name := rapid.Custom(func(t *rapid.T) string {
		return state.CleanName(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"con", "..", ".x", "a.", "COM1", "__macosx", "A", "a"})).Draw(t, "name"))
	}).Filter(func(s string) bool { return s != "" })
	rapid.Check(t, func(t *rapid.T) {
		set := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) state.Class {
			return state.Class{Name: name.Draw(t, "name"), Colour: rapid.IntRange(0, state.Colours).Draw(t, "colour"), Shots: rapid.SliceOfN(shot, 0, 3).Draw(t, "shots")}
		}), 0, 4).Draw(t, "set")
		b, err := Write(set)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(b)
		if err != nil {
			t.Fatal(err)
		}
		if got.Ignored != 0 || len(got.Classes) != len(set) {
			t.Fatalf("%d classes and %d files passed over, want %d and 0", len(got.Classes), got.Ignored, len(set))
		}
		for i, c := range set {
			g := got.Classes[i]
			if g.Name != c.Name || g.Colour != c.Colour || len(g.Shots) != len(c.Shots) {
				t.Fatalf("class %q in %d with %d shots, want %q in %d with %d", g.Name, g.Colour, len(g.Shots), c.Name, c.Colour, len(c.Shots))
			}
			for j := range c.Shots {
				if !reflect.DeepEqual(g.Shots[j], c.Shots[j]) {
					t.Fatalf("shot %d of %q differs", j, c.Name)
				}
			}
		}
		again, err := Write(got.Classes)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again, b) {
			t.Fatal("written again it has other bytes")
		}
	})
}

func TestFolders(t *testing.T) {
	got := folders([]string{"Cat", "cat", "CAT", "cat (2)", "con", "NUL.txt", "COM1", "LPT5", "com10", ". .", "...", ".x", "a: b?", "__macosx", strings.Repeat("十", 64)})
	want := []string{"Cat", "cat (2)", "CAT (3)", "cat (2) (2)", "_con", "_NUL.txt", "_COM1", "_LPT5", "com10", "_", "_ (2)", "_.x", "a_ b_", "___macosx", strings.Repeat("十", 33)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A writer that remembers pictures makes the same file as one that does not, whatever has changed since.
func TestWriterRemembers(t *testing.T) {
	set := small(t)
	for i := range set {
		for j := range set[i].Shots {
			set[i].Shots[j].ID = state.ShotID(10*i + j + 1)
		}
	}
	var w Writer
	for _, classes := range [][]state.Class{
		set, set, set[1:], set,
		{{Name: "New", Shots: []state.Shot{set[0].Shots[1], {ID: 99, Strokes: []state.Stroke{upright}, Input: shotOf(t, upright).Input}}}},
	} {
		got, err := w.Write(classes)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, write(t, classes)) {
			t.Errorf("another file of %d classes", len(classes))
		}
	}
	if n := len(w.pictures); n != 2 {
		t.Errorf("%d pictures are remembered, want those of the last file, 2", n)
	}
}

// A writer may draw its pictures before it writes, a few at a time.
func TestWriterDrawsAhead(t *testing.T) {
	set := small(t)
	shots := 0
	for i := range set {
		for j := range set[i].Shots {
			shots++
			set[i].Shots[j].ID = state.ShotID(shots)
		}
	}
	var w Writer
	for n := range shots {
		if done := w.Draw(set, once()); done != (n == shots-1) {
			t.Fatalf("after %d of %d pictures it says %v", n+1, shots, done)
		}
		if len(w.pictures) != n+1 {
			t.Fatalf("%d pictures after %d turns", len(w.pictures), n+1)
		}
	}
	if !w.Draw(set, func() bool { return false }) {
		t.Error("all is drawn, and it does not say so")
	}
	got, err := w.Write(set)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, write(t, set)) {
		t.Error("another file than without drawing ahead")
	}
}

// once says yes once.
func once() func() bool {
	n := 0
	return func() bool { n++; return n == 1 }
}
