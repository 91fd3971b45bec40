// Package hostile keeps files that are wrong on purpose, for the tests of what reads files.
//
// They lie in testdata/hostile of the package that refuses them, each named by its fault, so that any other reader
// can be tried on them too. The tables that they are made from stand in the tests of that package; there
//
//	go test -run TestHostile -update
//
// writes them anew.
package hostile

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// File is a file with a fault. It is an alias so that tables need no keys.
type File = struct {
	Name  string // of the file: its fault
	Bytes []byte
	Kind  error  // what its error wraps
	Says  string // what its error says, among other things
}

// folder is where the files lie, seen from the package under test.
const folder = "testdata/hostile"

var update = flag.Bool("update", false, "write the files of testdata anew")

// Refused fails the test unless the folder holds exactly these files, and read refuses each of them as it should,
// without allocating more than ceiling bytes.
func Refused(t *testing.T, files []File, ceiling uint64, read func(name string, b []byte) error) {
	t.Helper()
	if *update {
		write(t, files)
	}
	known := map[string]bool{}
	for _, f := range files {
		if known[f.Name] || f.Says == "" {
			t.Errorf("%s stands twice in the table, or nobody knows what its error says", f.Name)
		}
		known[f.Name] = true
		t.Run(f.Name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(folder, f.Name))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b, f.Bytes) {
				t.Errorf("%d bytes in the folder are not the %d that the table makes: see -update", len(b), len(f.Bytes))
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err = read(f.Name, b)
			runtime.ReadMemStats(&after)
			if !errors.Is(err, f.Kind) || !strings.Contains(err.Error(), f.Says) {
				t.Errorf("error %v, want %v with %q", err, f.Kind, f.Says)
			}
			if got := after.TotalAlloc - before.TotalAlloc; got > ceiling {
				t.Errorf("%d bytes made it allocate %d, at most %d", len(b), got, ceiling)
			}
		})
	}
	lying, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range lying {
		if !known[f.Name()] {
			t.Errorf("%s lies in the folder, and is not in the table", f.Name())
		}
	}
}

func write(t *testing.T, files []File) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(folder, f.Name), f.Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
