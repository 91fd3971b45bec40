package quickdraw

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneshot/engine/prep"
)

// write gzips lines into a file.
func write(t *testing.T, lines ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "drawings.jsonl.gz")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(strings.Join(lines, "\n") + "\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

const stroke = `[[[0,0],[255,200]],[[10,90],[100,20]]]`

func TestLoad(t *testing.T) {
	var lines []string
	for i := range 13 {
		for range 2 {
			lines = append(lines, fmt.Sprintf(`{"label":"thing %02d","strokes":%s}`, 12-i, stroke))
		}
	}
	lines = append(lines, `{"label":"thing 00","strokes":[[[7,7]]]}`, `{"label":"thing 00","strokes":[]}`) // a speck and nothing
	training, validation, err := Load(write(t, lines...))
	if err != nil {
		t.Fatal(err)
	}
	if len(training.Classes) != 11 || len(validation.Classes) != 2 || validation.Classes[0].Name != "thing 05" || validation.Classes[1].Name != "thing 11" {
		t.Fatalf("%d classes to train on, held out %+v", len(training.Classes), validation.Classes)
	}
	for _, c := range append(training.Classes, validation.Classes...) {
		if len(c.Drawings) != 2 || c.Alphabet != Alphabet {
			t.Errorf("%s of %s has %d drawings, want 2", c.Name, c.Alphabet, len(c.Drawings))
		}
	}
	// The picture shows what the strokes give: the way over a picture of it ends close to the direct one.
	d := training.Classes[0].Drawings[0]
	in, err := prep.FromImage(d.Image)
	if err != nil {
		t.Fatal(err)
	}
	diff := 0
	for i, v := range in {
		diff += max(int(v)-int(d.Input[i]), int(d.Input[i])-int(v))
	}
	if mean := float64(diff) / float64(len(in)); mean > 4 {
		t.Errorf("a pixel of the picture's input differs by %.1f of 255 from that of the strokes", mean)
	}
}

func TestLoadRefuses(t *testing.T) {
	good := `{"label":"a","strokes":` + stroke + `}`
	for want, file := range map[string]string{
		"no such file": filepath.Join(t.TempDir(), "none"),
		"line 2: ":     write(t, good, `{"label":`),
		"no label":     write(t, `{"strokes":`+stroke+`}`),
		"line 1: prep": write(t, `{"label":"a","strokes":[[[0,0],[1e30,1]]]}`),
		"no drawings":  write(t, `{"label":"a","strokes":[]}`),
		"token too":    write(t, good, strings.Repeat(" ", maxLineBytes+1)),
	} {
		if _, _, err := Load(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.WriteFile(plain, []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Load(plain); err == nil || !strings.Contains(err.Error(), "gzip") {
		t.Errorf("a file that is not gzipped: %v", err)
	}
}
