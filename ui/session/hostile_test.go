package session

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"oneshot/ui/state"
)

type file struct{ path, content string }

// packed is a zip of these files, deflated.
func packed(tb testing.TB, files ...file) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.path, Method: zip.Deflate}
		if strings.HasSuffix(f.path, "/") {
			h.Method = zip.Store
		}
		to, err := w.CreateHeader(h)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := to.Write([]byte(f.content)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// claiming is a zip with one file whose directory says what the header says, whatever is in it.
func claiming(tb testing.TB, h zip.FileHeader, content string) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	h.CompressedSize64 = uint64(len(content))
	to, err := w.CreateRaw(&h)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := to.Write([]byte(content)); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// encoded is a picture as PNG.
func encoded(tb testing.TB, img image.Image) string {
	tb.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// drawing is a PNG of a cross.
func drawing(tb testing.TB) string {
	tb.Helper()
	return encoded(tb, drawn([]state.Stroke{level, upright}))
}

// claimingPNG is a PNG of 33 bytes that says it has this size.
func claimingPNG(w, h uint32, depth, colour byte) string {
	b := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(b[4:], w)
	binary.BigEndian.PutUint32(b[8:], h)
	b[12], b[13] = depth, colour
	return "\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b)))
}

// listed is a zip with this list and the picture a/1.png.
func listed(tb testing.TB, list, picture string) []byte {
	tb.Helper()
	return packed(tb, file{listName, list}, file{"a/1.png", picture})
}

func classList(classes string) string {
	return `{"format": "oneshot set", "version": 1, "classes": [` + classes + `]}`
}

func strokeList(strokes string) string {
	return classList(`{"name": "a", "folder": "a", "shots": [{"file": "1.png", "strokes": ` + strokes + `}]}`)
}

// colourList is a list with one class without examples that has this colour.
func colourList(colour string) string {
	return `{"format": "oneshot set", "version": 2, "classes": [{"name": "a", "folder": "a", "colour": ` + colour + `, "shots": []}]}`
}

// Every fault has its kind, and is named with its place and value.
func TestReadRefuses(t *testing.T) {
	picture := classList(`{"name": "a", "folder": "a", "shots": [{"file": "1.png"}]}`)
	valid, cross := write(t, small(t)), drawing(t)
	var many []file
	for i := range state.MaxClasses + 1 {
		many = append(many, file{fmt.Sprintf("%d/1.png", i), cross})
	}
	var deep []file
	for i := range state.MaxShots + 1 {
		deep = append(deep, file{fmt.Sprintf("a/%d.png", i), cross})
	}
	lie := packed(t, file{"a/1.png", cross})
	lie[bytes.LastIndex(lie, []byte(signature))+16]++ // the checksum
	offset := packed(t, file{"a/1.png", cross})
	binary.LittleEndian.PutUint32(offset[bytes.LastIndex(offset, []byte(signature))+42:], 40) // of the file in the zip
	shots := func(n int) string { return strings.Repeat(`{"file": "1.png"},`, n-1) + `{"file": "1.png"}` }
	strokes := func(n int, s string) string { return "[" + strings.Repeat(s+",", n-1) + s + "]" }

	for name, c := range map[string]struct {
		b    []byte
		kind error
		says string
	}{
		"empty":               {nil, ErrArchive, "zip: not a valid zip file"},
		"text":                {[]byte("hello"), ErrArchive, ""},
		"cut short":           {valid[:len(valid)-1], ErrArchive, ""},
		"too long":            {make([]byte, MaxFileBytes+1), ErrLimit, "33554433 bytes, at most 33554432"},
		"too many entries":    {[]byte(strings.Repeat(signature, MaxEntries+1)), ErrLimit, "at most 21000"},
		"an empty zip":        {packed(t), ErrEmpty, ""},
		"only folders":        {packed(t, file{"a/", ""}), ErrEmpty, ""},
		"only text":           {packed(t, file{"a/b.txt", "x"}), ErrEmpty, ""},
		"only litter":         {packed(t, file{"__MACOSX/a/1.png", "x"}, file{"a/.hid.png", "x"}, file{"a/Thumbs.db", ""}, file{"desktop.ini", ""}), ErrEmpty, ""},
		"no folder":           {packed(t, file{"1.png", cross}), ErrEmpty, ""},
		"path up":             {packed(t, file{"../1.png", "x"}), ErrPath, `"../1.png": bad path: a part of it is ".."`},
		"absolute path":       {packed(t, file{"/a/1.png", "x"}), ErrPath, `a part of it is ""`},
		"path stays":          {packed(t, file{"a/./1.png", "x"}), ErrPath, ""},
		"backslash":           {packed(t, file{`a\1.png`, "x"}), ErrPath, "backslash"},
		"zero byte":           {packed(t, file{"a/\x00.png", "x"}), ErrPath, "zero"},
		"not UTF-8":           {packed(t, file{"a/\xff.png", "x"}), ErrPath, "UTF-8"},
		"long path":           {packed(t, file{"a/" + strings.Repeat("x", MaxPathBytes) + ".png", "x"}), ErrLimit, "1030 bytes in a path, at most 1024"},
		"same path twice":     {packed(t, file{"a/1.png", "x"}, file{"a/1.png", "y"}), ErrPath, "twice"},
		"claims too much":     {claiming(t, zip.FileHeader{Name: "a/1.png", UncompressedSize64: 1 << 40}, ""), ErrLimit, "1099511627776 bytes when unpacked, at most 4194304"},
		"list too large":      {claiming(t, zip.FileHeader{Name: listName, UncompressedSize64: MaxListBytes + 1}, ""), ErrLimit, "at most 16777216"},
		"encrypted":           {claiming(t, zip.FileHeader{Name: "a/1.png", Flags: 1}, ""), ErrArchive, "encrypted"},
		"unknown method":      {claiming(t, zip.FileHeader{Name: "a/1.png", Method: 12}, ""), ErrArchive, "compression method 12"},
		"more than it claims": {claiming(t, zip.FileHeader{Name: "a/1.png", Method: zip.Store, UncompressedSize64: 3}, "12345"), ErrArchive, ""},
		"less than it claims": {claiming(t, zip.FileHeader{Name: "a/1.png", Method: zip.Store, UncompressedSize64: 9}, "12345"), ErrArchive, ""},
		"wrong checksum":      {lie, ErrArchive, "checksum"},
		"wrong offset":        {offset, ErrArchive, ""},
		"damaged list":        {claiming(t, zip.FileHeader{Name: listName, Method: zip.Deflate, UncompressedSize64: 9}, "\xff"), ErrArchive, listName},
		"not a PNG":           {packed(t, file{"a/1.png", "GIF89a" + strings.Repeat("x", 40)}), ErrPicture, `"a/1.png": bad picture: it is not a PNG`},
		"an empty PNG":        {packed(t, file{"a/1.png", ""}), ErrPicture, "not a PNG"},
		"a huge PNG":          {packed(t, file{"a/1.png", claimingPNG(22000, 22000, 8, 6)}), ErrLimit, "22000 x 22000 pixels, at most 2048 a side"},
		"a lying PNG":         {packed(t, file{"a/1.png", claimingPNG(2048, 2048, 16, 6)}), ErrPicture, "33 bytes cannot hold 2048 x 2048 pixels"},
		"a lying colour PNG":  {packed(t, file{"a/1.png", claimingPNG(200, 200, 8, 2)}), ErrPicture, "cannot hold"},
		"a lying alpha PNG":   {packed(t, file{"a/1.png", claimingPNG(200, 200, 8, 4)}), ErrPicture, "cannot hold"},
		"a torn PNG":          {packed(t, file{"a/1.png", cross[:60]}), ErrPicture, "not enough pixel data"},
		"a blank PNG":         {packed(t, file{"a/1.png", encoded(t, image.NewGray(image.Rect(0, 0, 9, 9)))}), ErrPicture, "no ink"},
		"too many classes":    {packed(t, many...), ErrLimit, "101 class folders, at most 100"},
		"too many pictures":   {packed(t, deep...), ErrLimit, `folder "a": limit exceeded: 101 pictures, at most 100`},
		"a nameless folder":   {packed(t, file{"a/1.png", cross}, file{"\u202e/1.png", cross}), ErrName, "nothing of it can be shown"},

		"list of nothing":     {listed(t, "", ""), ErrList, "EOF"},
		"list that goes on":   {listed(t, classList("")+"x", ""), ErrList, "after its end"},
		"unknown key":         {listed(t, `{"script": 1}`, ""), ErrList, "unknown field"},
		"other format":        {listed(t, `{"format": "x"}`, ""), ErrList, `format "x"`},
		"newer version":       {listed(t, `{"format": "oneshot set", "version": 3}`, ""), ErrVersion, "3, want 1 to 2"},
		"no version":          {listed(t, `{"format": "oneshot set"}`, ""), ErrVersion, "0, want 1 to 2"},
		"colour too early":    {listed(t, classList(`{"name": "a", "colour": 1}`), ""), ErrList, `class "a": bad list: a colour in version 1, want version 2`},
		"colour 0":            {listed(t, colourList("0"), ""), ErrList, "colour 0, want 1 to 8"},
		"colour 9":            {listed(t, colourList("9"), ""), ErrList, "colour 9, want 1 to 8"},
		"colour below all":    {listed(t, colourList("-1"), ""), ErrList, "colour -1"},
		"half a colour":       {listed(t, colourList("1.5"), ""), ErrList, ""},
		"a colour's name":     {listed(t, colourList(`"red"`), ""), ErrList, ""},
		"endless colour":      {listed(t, colourList("1e99"), ""), ErrList, ""},
		"brackets":            {listed(t, strings.Repeat("[", MaxStrokes*2), ""), ErrLimit, "brackets"},
		"listed classes":      {listed(t, classList(strings.Repeat(`{"name":"a"},`, state.MaxClasses)+`{"name":"a"}`), ""), ErrLimit, "101 classes, at most 100"},
		"listed shots":        {listed(t, classList(`{"name": "a", "shots": [`+shots(state.MaxShots+1)+`]}`), ""), ErrLimit, `class "a": limit exceeded: 101 examples, at most 100`},
		"no name":             {listed(t, classList(`{}`), ""), ErrName, "empty"},
		"unclean name":        {listed(t, classList(`{"name": " a\u202e "}`), ""), ErrName, `want "a"`},
		"endless name":        {listed(t, classList(`{"name": "`+strings.Repeat("a", 1000)+`"}`), ""), ErrName, `...`},
		"missing picture":     {listed(t, classList(`{"name": "a", "folder": "b", "shots": [{"file": "1.png"}]}`), ""), ErrMissing, `"b/1.png" is not in the file`},
		"shared picture":      {listed(t, classList(`{"name": "a", "folder": "a", "shots": [{"file": "1.png", "strokes": [[0,0,0,1,1,1]]}, {"file": "1.png"}]}`), ""), ErrPath, "another example's"},
		"large picture":       {listed(t, picture, cross), ErrPicture, "112 x 112 pixels without strokes, want 28 x 28"},
		"colour picture":      {listed(t, picture, encoded(t, image.NewRGBA(image.Rect(0, 0, 28, 28)))), ErrPicture, "8 bits of grey"},
		"blank picture":       {listed(t, picture, encoded(t, white(28, 28))), ErrPicture, "blank"},
		"torn picture":        {listed(t, picture, ""), ErrPicture, "not a PNG"},
		"no strokes":          {listed(t, strokeList("[]"), ""), ErrStroke, "no ink"},
		"an empty stroke":     {listed(t, strokeList("[[]]"), ""), ErrStroke, `stroke 1 of example 1 of class "a": bad stroke: it has no point`},
		"half a point":        {listed(t, strokeList("[[0, 1]]"), ""), ErrStroke, "2 numbers"},
		"a point outside":     {listed(t, strokeList("[[0, 0, 0, 0, 1.5, 0]]"), ""), ErrStroke, "1.5, want 0 to 1"},
		"a negative pressure": {listed(t, strokeList("[[0, 0, -1]]"), ""), ErrStroke, "-1, want 0 to 1"},
		"no number":           {listed(t, strokeList(`[["x"]]`), ""), ErrList, ""},
		"a speck":             {listed(t, strokeList("[[0.5, 0.5, 0.5]]"), ""), ErrStroke, "speck"},
		"too many points":     {listed(t, strokeList("["+strokes(state.MaxPoints+1, "0,0,0")+"]"), ""), ErrLimit, "20001 points, at most 20000"},
	} {
		set, err := Read(c.b)
		var f *Fault
		if !errors.As(err, &f) || !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %v with %q", name, err, c.kind, c.says)
		}
		if set.Classes != nil {
			t.Errorf("%s: %d classes beside the error", name, len(set.Classes))
		}
	}
}

func white(w, h int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	return img
}

// The pixels of all pictures are counted together, before they are decoded.
func TestPixelsAreCounted(t *testing.T) {
	a, err := openArchive(packed(t, file{"a/1.png", drawing(t)}))
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

	bomb := packed(t, file{"a/1.png", claimingPNG(2048, 2048, 16, 6)})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Read(bomb); err == nil {
		t.Error("a PNG of 33 bytes was taken for one of 4 Mi pixels")
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
		t.Errorf("a hostile PNG of 33 bytes took %d bytes, want less than 1 MiB", grown)
	}
}

// No beginning of a valid file, and no file with one byte changed, panics or is half read.
func TestReadSurvivesDamage(t *testing.T) {
	valid := write(t, small(t)[:1])
	for n := range valid {
		if s, err := Read(valid[:n]); err == nil || s.Classes != nil {
			t.Fatalf("the first %d of %d bytes are taken for a set", n, len(valid))
		}
	}
	b := bytes.Clone(valid)
	for i := range b {
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			b[i] ^= flip
			if s, err := Read(b); err != nil && s.Classes != nil {
				t.Fatalf("byte %d: classes beside %v", i, err)
			}
			b[i] ^= flip
		}
	}
}

func TestReadFolders(t *testing.T) {
	d := drawing(t)
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
