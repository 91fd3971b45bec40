package omniglot

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
)

// background is a tree as the published images_background.zip has it, small: two alphabets of
// training, one of validation, with what operating systems leave about.
func background(t testing.TB) fstest.MapFS {
	tree := fstest.MapFS{
		"__MACOSX/images_background/Korean/character01/._0643_01.png": {Data: []byte("resource fork")},
		"images_background/.DS_Store":                                 {Data: []byte("folder view")},
		"images_background/Korean/character01/._0643_01.png":          {Data: []byte("resource fork")},
		"images_background/Korean/notes.txt":                          {Data: []byte("not a picture")},
	}
	for i, class := range []string{"Korean/character01", "Korean/character02", "Greek/character01", "N_Ko/character10"} {
		for j, name := range []string{"0643_02.png", "0643_01.png"} {
			tree["images_background/"+class+"/"+name] = &fstest.MapFile{Data: pngOf(t, 105, 10+20*i+j)}
		}
	}
	return tree
}

func names(set *fewshot.Set) []string {
	var names []string
	for _, c := range set.Classes {
		names = append(names, c.Name)
	}
	return names
}

func TestLoadOmniglot(t *testing.T) {
	zipped, unpacked := t.TempDir(), t.TempDir()
	writeZip(t, filepath.Join(zipped, "images_background.zip"), background(t))
	write(t, unpacked, background(t))
	want := map[SetName][]string{
		Background: {"Greek/character01", "Korean/character01", "Korean/character02", "N_Ko/character10"},
		Training:   {"Greek/character01", "N_Ko/character10"},
		Validation: {"Korean/character01", "Korean/character02"},
		Small1:     {"Greek/character01", "Korean/character01", "Korean/character02"},
		Small2:     {"Greek/character01"},
	}
	for _, dir := range []string{
		zipped, filepath.Join(zipped, "images_background.zip"),
		unpacked, filepath.Join(unpacked, "images_background"),
	} {
		for set, classes := range want {
			got, err := Load(dir, set)
			if err != nil {
				t.Fatalf("%s of %s: %v", set, dir, err)
			}
			if !slices.Equal(names(got), classes) {
				t.Errorf("%s of %s: classes %q, want %q", set, dir, names(got), classes)
			}
			c := got.Classes[0]
			if len(c.Drawings) != 2 || !strings.HasSuffix(c.Drawings[0].Name, c.Name+"/0643_01.png") {
				t.Fatalf("drawings of %s: %d, the first %q, want 2 sorted by name", c.Name, len(c.Drawings), c.Drawings[0].Name)
			}
			if alphabet, _, _ := strings.Cut(c.Name, "/"); c.Alphabet != alphabet {
				t.Errorf("alphabet %q of %s", c.Alphabet, c.Name)
			}
		}
	}
}

func TestDrawingIsDarkInkOnLightPaper(t *testing.T) {
	light := pngOf(t, 40, 10)
	set, err := ReadTree(fstest.MapFS{"bar/a.png": {Data: light}, "bar/b.PNG": {Data: negativeOf(t, light)}})
	if err != nil {
		t.Fatal(err)
	}
	a, b := set.Classes[0].Drawings[0], set.Classes[0].Drawings[1]
	if !bytes.Equal(a.Image.Pix, b.Image.Pix) || a.Input != b.Input {
		t.Error("a picture and its negative differ as drawings")
	}
	if a.Image.GrayAt(0, 0).Y != 255 || a.Image.GrayAt(11, 20).Y != 0 {
		t.Errorf("paper %v and ink %v, want 255 and 0", a.Image.GrayAt(0, 0), a.Image.GrayAt(11, 20))
	}
	want, err := prep.FromImage(a.Image)
	if err != nil || a.Input != want {
		t.Errorf("Input is not that of prep.FromImage, error %v", err)
	}
}

func TestClassFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fstest.MapFS{
		"giraffe/1.png":     {Data: pngOf(t, 30, 3)},
		"giraffe/2.png":     {Data: pngOf(t, 60, 9)},
		"zebra/a.png":       {Data: pngOf(t, 28, 12)},
		"birds/wren/a.png":  {Data: pngOf(t, 28, 12)},
		"birds/tit/a.png":   {Data: pngOf(t, 28, 12)},
		".hidden/x/a.png":   {Data: []byte("no PNG")},
		"loose.png":         {Data: []byte("no PNG")}, // outside any class
		"giraffe/notes.txt": {Data: []byte("text")},
	})
	set, err := Load(dir, Any)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"birds/tit", "birds/wren", "giraffe", "zebra"}; !slices.Equal(names(set), want) {
		t.Errorf("classes %q, want %q", names(set), want)
	}
	if set.Classes[0].Alphabet != "birds" || set.Classes[2].Alphabet != "" {
		t.Errorf("alphabets %q and %q, want birds and none", set.Classes[0].Alphabet, set.Classes[2].Alphabet)
	}
}

func TestLoadErrors(t *testing.T) {
	good := pngOf(t, 30, 3)
	wide := slices.Clone(good)
	binary.BigEndian.PutUint32(wide[16:], prep.MaxImageSide+1) // the width in IHDR, and its checksum
	binary.BigEndian.PutUint32(wide[29:], crc32.ChecksumIEEE(wide[12:29]))
	long := append(slices.Clone(good), make([]byte, maxFileBytes)...)
	tests := []struct {
		name string
		tree fstest.MapFS
		set  SetName
		is   error
		text string
	}{
		{"empty folder", fstest.MapFS{}, Any, ErrNoData, ": no data: neither images_background.zip nor images_evaluation.zip, nor class folders of PNG pictures"},
		{"no Omniglot", fstest.MapFS{}, Background, ErrNoData, "holds neither images_background.zip nor images_background"},
		{"no evaluation", fstest.MapFS{"images_background/a/b/c.png": {Data: good}}, Evaluation, ErrNoData, "images_evaluation.zip"},
		{"class folders for a set", fstest.MapFS{"a/b.png": {Data: good}}, Validation, ErrNoData, "class folders of PNG, which are the set \"\""},
		{"Omniglot without a set", fstest.MapFS{"images_background/a/b/c.png": {Data: good}}, Any, ErrNoData, "say which set"},
		{"no validation alphabet", fstest.MapFS{"images_background/a/b/c.png": {Data: good}}, Validation, ErrNoData, ""},
		{"pictures without folders", fstest.MapFS{"a.png": {Data: good}}, Any, ErrNoData, "a.png lies outside any class folder"},
		{"unknown set", fstest.MapFS{}, "test", nil, `unknown set "test", want background`},
		{"not a PNG", fstest.MapFS{"a/good.png": {Data: good}, "b/bad.png": {Data: []byte("GIF89a, not a PNG")}}, Any, nil, "b/bad.png: gate: not a picture"},
		{"cut off", fstest.MapFS{"a/bad.png": {Data: good[:len(good)-20]}}, Any, nil, "a/bad.png: png: invalid format: unexpected EOF"},
		{"the first bad one", fstest.MapFS{"a/x.png": {Data: []byte("x")}, "b/y.png": {Data: []byte("y")}}, Any, nil, "a/x.png"},
		{"blank", fstest.MapFS{"a/blank.png": {Data: blankPNG(t)}}, Any, prep.ErrBlank, "a/blank.png: prep: no ink"},
		{"speck", fstest.MapFS{"a/speck.png": {Data: speckPNG(t)}}, Any, prep.ErrSpeck, "a/speck.png"},
		{"too wide", fstest.MapFS{"a/wide.png": {Data: wide}}, Any, nil, "a/wide.png: picture of 8193 x 30 pixels, at most 8192 a side"},
		{"too long", fstest.MapFS{"a/long.png": {Data: long}}, Any, nil, "a/long.png: file of more than 16777216 bytes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, test.tree)
			_, err := Load(dir, test.set)
			if err == nil || !strings.Contains(err.Error(), test.text) || (test.is != nil && !errors.Is(err, test.is)) {
				t.Errorf("error %v, want %v with %q", err, test.is, test.text)
			}
		})
	}
	if _, err := Load(filepath.Join(t.TempDir(), "nowhere"), Background); !errors.Is(err, ErrNoData) {
		t.Errorf("a folder that does not exist: error %v", err)
	}
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(file, Background); !errors.Is(err, ErrNoData) || !strings.Contains(err.Error(), "neither a folder nor a zip file") {
		t.Errorf("a text file: error %v", err)
	}
	broken := filepath.Join(t.TempDir(), "images_background.zip")
	if err := os.WriteFile(broken, []byte("PK but no more"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(filepath.Dir(broken), Background); !errors.Is(err, zip.ErrFormat) || !strings.Contains(err.Error(), broken) {
		t.Errorf("a broken zip file: error %v", err)
	}
}

func TestReadDrawing(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fstest.MapFS{"query.png": {Data: pngOf(t, 30, 3)}, "blank.png": {Data: blankPNG(t)}, "folder.png/x": {}})
	d, err := ReadDrawing(filepath.Join(dir, "query.png"))
	if err != nil || d.Name != filepath.Join(dir, "query.png") || d.Image.Rect.Dx() != 30 {
		t.Errorf("drawing %+v, error %v", d, err)
	}
	for name, text := range map[string]string{"blank.png": "prep: no ink", "none.png": "no such file", "folder.png": "not a regular file", "..": ""} {
		file := filepath.Join(dir, name)
		if name == ".." {
			file = ".."
		}
		if _, err := ReadDrawing(file); err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: error %v, want the file and %q", name, err, text)
		}
	}
}

// TestPublishedBackground counts what every paper counts.
func TestPublishedBackground(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all of Omniglot's background")
	}
	dir := sharedOmniglot(t)
	for set, want := range map[SetName][3]int{Training: {25, 749, 14980}, Validation: {5, 215, 4300},
		Small1: {5, 136, 2720}, Small2: {5, 156, 3120}} {
		got, err := Load(dir, set)
		if err != nil {
			t.Fatal(err)
		}
		alphabets := map[string]bool{}
		drawings := 0
		for _, c := range got.Classes {
			alphabets[c.Alphabet] = true
			drawings += len(c.Drawings)
		}
		if n := [3]int{len(alphabets), len(got.Classes), drawings}; n != want {
			t.Errorf("%s: %d alphabets, classes and drawings, want %d", set, n, want)
		}
		for _, a := range ValidationAlphabets() {
			if smallSet(set) == nil && alphabets[a] != (set == Validation) {
				t.Errorf("%s: alphabet %s present: %v", set, a, alphabets[a])
			}
		}
	}
}
