package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/engine/train"
	"oneshot/engine/train/papers"
)

// writeNpy writes little-endian values as numpy.save does: magic, a header that fills 128 bytes, the values.
func writeNpy(t *testing.T, file, descr, shape string, values any) {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "\x93NUMPY\x01\x00\x76\x00%-117s\n", "{'descr': '"+descr+"', 'fortran_order': False, 'shape': ("+shape+"), }")
	if err := binary.Write(&b, binary.LittleEndian, values); err != nil {
		t.Fatal(err)
	}
	writeFile(t, file, b.Bytes())
}

// writeSpectra writes cubes of 9 x 9 x 8 of invented materials, and their labels.
func writeSpectra(t *testing.T, file string, classes, each int) {
	t.Helper()
	const size = 9 * 9 * 8
	r := rand.New(rand.NewPCG(1, 1))
	var values []float32
	var labels []int64
	for c := range classes {
		for range each {
			for i := range size {
				values = append(values, float32(math.Sin(float64((c+1)*(i%8)))+0.3*r.NormFloat64()))
			}
			labels = append(labels, int64(c))
		}
	}
	n := strconv.Itoa(len(labels))
	writeNpy(t, file, "<f4", n+", 9, 9, 8", values)
	writeNpy(t, papers.LabelsOf(file), "<i8", n+",", labels)
}

// Train a spectral network from files, resume it longer, and ask the checkpoint.
func TestTrainOnSpectra(t *testing.T) {
	dir := t.TempDir()
	file, out := filepath.Join(dir, "scene.npy"), filepath.Join(dir, "run")
	writeSpectra(t, file, 12, 7)
	args := []string{"train", "-recipe", "gao2020-small", "-data", file, "-out", out, "-episodes", "3"}
	stdout, stderr, code := oneshot(append(args, "-scale", "0.001")...)
	if code != 0 || !strings.Contains(stdout, "60 examples: 2-way 1-shot") || !strings.Contains(stdout, "queries together") {
		t.Fatalf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	refuses(t, "go on with -resume", append(args, "-scale", "0.001")...)
	stdout, stderr, code = oneshot(append(args, "-scale", "0.0015", "-resume")...)
	if code != 0 || !strings.Contains(stdout, "90 examples") {
		t.Fatalf("resumed: exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	log, err := os.ReadFile(filepath.Join(out, train.LogName))
	if err != nil || bytes.Count(log, []byte("\n")) != 3 {
		t.Errorf("log %q, %v; want a header and a line for each run", log, err)
	}
	cubes, err := papers.ReadCubes(file)
	if err != nil {
		t.Fatal(err)
	}
	l, err := papers.Load(filepath.Join(out, train.CheckpointName), cubes)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := fewshot.Evaluate(cubes.Set, fewshot.Protocol{Way: 5, Shot: 1, Episodes: 2, Seed: 1}, l); err != nil || r.Queries != 10 {
		t.Errorf("the checkpoint answered %d queries: %v", r.Queries, err)
	}
}

// Train Sung's network on a tree like Omniglot's.
func TestTrainPapersOnDrawings(t *testing.T) {
	if testing.Short() {
		t.Skip("trains published networks: left out with -short")
	}
	dir := t.TempDir()
	for _, alphabet := range []string{"Invented", "Korean"} { // the second is held out
		for kind := range shapes {
			for v := range 20 {
				name := strconv.Itoa(100+v) + ".png"
				writePNG(t, filepath.Join(dir, "images_background", alphabet, "character0"+strconv.Itoa(kind), name), shape(kind, v))
			}
		}
	}
	out := filepath.Join(dir, "run")
	stdout, stderr, code := oneshot("train", "-recipe", "sung2018", "-data", dir, "-out", out, "-scale", "0.000002", "-episodes", "3")
	if code != 0 || !strings.Contains(stdout, "200 examples: 5-way 1-shot") || !strings.Contains(stdout, "within an alphabet") {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	if _, err := papers.Load(filepath.Join(out, train.CheckpointName), nil); err != nil {
		t.Error(err)
	}
}

func TestTrainRefuses(t *testing.T) {
	dir := t.TempDir()
	refuses(t, "papers: ", "train", "-recipe", "gao2020", "-data", filepath.Join(dir, "none.npy"), "-out", filepath.Join(dir, "a"))
	refuses(t, "want more than 0", "train", "-recipe", "koch2015", "-data", dir, "-out", filepath.Join(dir, "b"), "-scale", "0")
	refuses(t, "-episodes 0", "train", "-recipe", "koch2015", "-data", dir, "-out", filepath.Join(dir, "b"), "-episodes", "0")
	refuses(t, "no recipe", "train", "-recipe", "vinyals2016", "-data", dir, "-out", filepath.Join(dir, "c"))
}
