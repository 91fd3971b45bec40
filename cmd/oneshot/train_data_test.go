package main

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadSetOfDoodles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "drawings.jsonl.gz")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	for i := range 12 {
		fmt.Fprintf(z, `{"label":"thing %02d","strokes":[[[0,0],[255,200]],[[10,90],[100,20]]]}`+"\n", i)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"validation": 2, "training": 10} {
		set, err := loadSet(file, name)
		if err != nil || len(set.Classes) != want {
			t.Errorf("%s: %v, %v, want %d classes", name, set, err, want)
		}
	}
	if _, err := loadSet(file, "evaluation"); err == nil || !strings.Contains(err.Error(), `"evaluation"`) {
		t.Errorf("the evaluation set of doodles: %v, want an error with its name", err)
	}
}
