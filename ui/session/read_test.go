package session

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"oneshot/ui/state"
)

// What is too large to lie in the tree is refused by its kind, place and bound, too.
func TestReadRefusesLargeFiles(t *testing.T) {
	cross := drawing()
	var many, deep []file
	for i := range state.MaxClasses + 1 {
		many = append(many, file{fmt.Sprintf("%d/1.png", i), cross})
	}
	for i := range state.MaxShots + 1 {
		deep = append(deep, file{fmt.Sprintf("a/%d.png", i), cross})
	}
	shots := strings.Repeat(`{"file": "1.png"},`, state.MaxShots) + `{"file": "1.png"}`
	points := strings.Repeat("0,0,0,", state.MaxPoints) + "0,0,0"
	for name, c := range map[string]struct {
		b    []byte
		kind error
		says string
	}{
		"too long":          {make([]byte, MaxFileBytes+1), ErrLimit, "33554433 bytes, at most 33554432"},
		"too many entries":  {[]byte(strings.Repeat(signature, MaxEntries+1)), ErrLimit, "at most 21000"},
		"too many classes":  {packed(t, many...), ErrLimit, "101 class folders, at most 100"},
		"too many pictures": {packed(t, deep...), ErrLimit, `folder "a": limit exceeded: 101 pictures, at most 100`},
		"brackets":          {listed(t, strings.Repeat("[", MaxStrokes*2), ""), ErrLimit, "brackets"},
		"listed classes":    {listed(t, classList(strings.Repeat(`{"name":"a"},`, state.MaxClasses)+`{"name":"a"}`), ""), ErrLimit, "101 classes, at most 100"},
		"listed shots":      {listed(t, classList(`{"name": "a", "shots": [`+shots+`]}`), ""), ErrLimit, `class "a": limit exceeded: 101 examples, at most 100`},
		"too many points":   {listed(t, strokeList("[["+points+"]]"), ""), ErrLimit, "20001 points, at most 20000"},
	} {
		set, err := Read(c.b)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) || set.Classes != nil {
			t.Errorf("%s: %d classes, error %v; want %v with %q", name, len(set.Classes), err, c.kind, c.says)
		}
	}
}

// The pixels of all pictures are counted together, before they are decoded.
func TestPixelsAreCounted(t *testing.T) {
	a, err := openArchive(packed(t, file{"a/1.png", drawing()}))
	if err != nil {
		t.Fatal(err)
	}
	d := decoder{archive: a, pixels: MaxPixels - pictureSide*pictureSide}
	if _, err := d.picture("a/1.png"); err != nil {
		t.Errorf("the last picture that fits: %v", err)
	}
	if _, err := d.picture("a/1.png"); !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), "more than 67108864 pixels") {
		t.Errorf("one more picture: %v, want ErrLimit", err)
	}
}

// Many files that unpack to more than the limit together are refused by what they claim.
func TestReadRefusesBombs(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range MaxTotalBytes/MaxPictureBytes + 1 {
		to, err := w.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("a/%d.png", i), Method: zip.Deflate, CompressedSize64: 1, UncompressedSize64: MaxPictureBytes})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write([]byte{0}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(b.Bytes()); !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), "when unpacked") {
		t.Errorf("error %v, want ErrLimit", err)
	}
}

func TestReadFolders(t *testing.T) {
	d := drawing()
	for name, c := range map[string]struct {
		files   []file
		want    string
		ignored int
	}{
		"plain":       {[]file{{"dog/2.png", d}, {"cat/1.png", d}, {"dog/1.PNG", d}}, "cat 1, dog 2", 0},
		"in folders":  {[]file{{"x/y/cat/1.png", d}, {"x/y/dog/1.png", d}, {"x/README", "r"}, {"x/y/", ""}}, "cat 1, dog 1", 1},
		"one class":   {[]file{{"cat/1.png", d}, {"cat/2.png", d}}, "cat 2", 0},
		"nested":      {[]file{{"Greek/a/1.png", d}, {"Latin/a/1.png", d}, {"0.png", d}}, "Greek a 1, Latin a 1", 1},
		"with litter": {[]file{{"cat/1.png", d}, {"cat/.DS_Store", ""}, {"__MACOSX/cat/._1.png", ""}, {"labels.csv", ""}}, "cat 1", 1},
	} {
		s := read(t, packed(t, c.files...))
		var got []string
		for _, k := range s.Classes {
			got = append(got, fmt.Sprintf("%s %d", k.Name, len(k.Shots)))
			for _, shot := range k.Shots {
				if shot.Strokes != nil || shot.Input == (state.Shot{}).Input {
					t.Errorf("%s: an example has strokes, or no ink", name)
				}
			}
		}
		if strings.Join(got, ", ") != c.want || s.Ignored != c.ignored {
			t.Errorf("%s: %q and %d passed over, want %q and %d", name, got, s.Ignored, c.want, c.ignored)
		}
	}
}

// A saved set that somebody has unpacked and packed again as a folder, with more beside it, is read.
func TestReadPackedAgain(t *testing.T) {
	valid := write(t, small(t))
	r, err := zip.NewReader(bytes.NewReader(valid), int64(len(valid)))
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(valid)
	if err != nil {
		t.Fatal(err)
	}
	files := []file{{"my set/notes.txt", "x"}, {"my set/Cat/extra.png", "x"}}
	for _, f := range r.File {
		b, err := a.read(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file{"my set/" + f.Name, string(b)})
	}
	s := read(t, packed(t, files...))
	if len(s.Classes) != 3 || len(s.Classes[0].Shots) != 2 || s.Ignored != 2 {
		t.Errorf("%d classes, %d passed over; want 3 and 2", len(s.Classes), s.Ignored)
	}
}

// What could not be read again is not written.
func TestWriteRefuses(t *testing.T) {
	long := make(state.Stroke, 100)
	for i := range long {
		long[i] = state.Point{X: 0.123456789, Y: float32(i) / 123.456, Pressure: 0.987654321}
	}
	var strokes []state.Stroke
	for range 150 {
		strokes = append(strokes, long)
	}
	big := state.Class{Name: "a"}
	for range 60 {
		big.Shots = append(big.Shots, state.Shot{Strokes: strokes})
	}
	var full []state.Class
	for range 40 {
		c := state.Class{Name: "a"}
		for range state.MaxShots {
			c.Shots = append(c.Shots, state.Shot{Strokes: make([]state.Stroke, 51)})
			for i := range c.Shots[len(c.Shots)-1].Strokes {
				c.Shots[len(c.Shots)-1].Strokes[i] = level[:1]
			}
		}
		full = append(full, c)
	}
	for name, c := range map[string]struct {
		set  []state.Class
		kind error
		says string
	}{
		"classes": {make([]state.Class, state.MaxClasses+1), ErrLimit, "101 classes, at most 100"},
		"name":    {[]state.Class{{Name: "a\n"}}, ErrName, "class 1: "},
		"colour":  {[]state.Class{{Name: "a", Colour: 9}}, ErrList, `class "a": bad list: colour 9, want 0 to 8`},
		"shots":   {[]state.Class{{Name: "a", Shots: make([]state.Shot, state.MaxShots+1)}}, ErrLimit, "101 examples"},
		"point":   {[]state.Class{{Name: "a", Shots: []state.Shot{{Strokes: []state.Stroke{{{X: 2}}}}}}}, ErrStroke, "2, want 0 to 1"},
		"list":    {[]state.Class{big}, ErrLimit, "oneshot.json: limit exceeded"},
		"strokes": {full, ErrLimit, "204000 strokes, at most 200000"},
	} {
		if b, err := Write(c.set); b != nil || !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %d bytes, error %v; want %v with %q", name, len(b), err, c.kind, c.says)
		}
	}
}
