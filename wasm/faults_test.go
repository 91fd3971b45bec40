//go:build !js

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// lastFault is the number of the last one.
const lastFault = 36

// FAULTS.md has every fault once, in order, with tests that there are or a word on what is missing.
func TestFaults(t *testing.T) {
	table, err := os.ReadFile("FAULTS.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(table)) {
		if !strings.HasPrefix(line, "| F") {
			continue
		}
		n++
		cells := strings.Split(line, "|")
		if len(cells) != 6 || strings.TrimSpace(cells[1]) != "F"+strconv.Itoa(n) {
			t.Fatalf("row %d has %d cells and begins with %q, want 6 and F%d", n, len(cells), cells[1], n)
		}
		named := regexp.MustCompile("`([^` ]+)\\.((?:Test|Fuzz)\\w+)(?:/(\\w+))?`").FindAllStringSubmatch(cells[4], -1)
		if len(named) == 0 && strings.TrimSpace(cells[4]) != "Not yet" {
			t.Errorf("F%d: neither a test nor a word on why there is none", n)
		}
		for _, name := range named {
			source := tests(t, name[1])
			if !bytes.Contains(source, []byte("\nfunc "+name[2]+"(")) {
				t.Errorf("F%d: there is no test %s", n, name[0])
			}
			if part := name[3]; part != "" && !bytes.Contains(source, []byte(`t.Run("`+part+`"`)) {
				t.Errorf("F%d: %s has no part %s", n, name[2], part)
			}
		}
	}
	if n != lastFault {
		t.Errorf("%d faults, want %d", n, lastFault)
	}
}

// tests are the sources of the tests of a package, by its folder.
func tests(t *testing.T, folder string) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(folder), "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Errorf("no tests in %s (%v)", folder, err)
	}
	var all []byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}
