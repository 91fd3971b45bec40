package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneshot/engine/train/safetensors"
	"oneshot/weights"
)

// foreign writes a network of another tool: two convolutions with random weights.
func foreign(t *testing.T) string {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	values := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(r.NormFloat64()) * 0.4
		}
		return v
	}
	f := &safetensors.File{
		Metadata: map[string]string{"architecture": `{"input": [1, 28, 28], "encoder": [{"conv": "a", "pad": 0, "pool": 2}, {"conv": "b", "pad": 1, "pool": 2}]}`},
		Tensors: []weights.Tensor{
			{Name: "a.bias", Dims: []int{5}, F32: values(5)}, {Name: "a.weight", Dims: []int{5, 1, 3, 3}, F32: values(45)},
			{Name: "b.bias", Dims: []int{4}, F32: values(4)}, {Name: "b.weight", Dims: []int{4, 5, 3, 3}, F32: values(180)},
		},
	}
	b, err := safetensors.Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "foreign.safetensors")
	writeFile(t, file, b)
	return file
}

func TestImport(t *testing.T) {
	in, out := foreign(t), filepath.Join(t.TempDir(), "out.osm")
	stdout, stderr, code := oneshot("import", in, "-o", out, "-json")
	if code != 0 || stderr != "" {
		t.Fatalf("exit code %d, stderr %q", code, stderr)
	}
	var r importReport
	decodeReport(t, stdout, &r)
	if r.Network != "valid 5, pool, conv 4, pool" || len(r.Weights) != digestLetters {
		t.Fatalf("%+v", r)
	}
	stdout, stderr, code = oneshot("inspect", "-json", out)
	if code != 0 || stderr != "" {
		t.Fatalf("inspect: exit code %d, stderr %q", code, stderr)
	}
	var about inspection
	decodeReport(t, stdout, &about)
	macs := 26*26*9*5 + 13*13*9*5*4
	if about.Weights != r.Weights || about.Bytes != r.Bytes || !about.Int8 || about.MultiplyAdds != macs || about.Embedding != [3]int{6, 6, 4} ||
		len(about.Layers) != 4 || about.Layers[2].Weights != 184 || len(about.Layers[0].Ranges) != 1 || len(about.Layers[1].Ranges) != 0 {
		t.Errorf("%+v", about)
	}
	stdout, _, _ = oneshot("inspect", out)
	for _, want := range []string{"model " + r.Weights + ", int8, ", "encoder.0  conv 3x3 valid  28x28x1  26x26x5  30420", "embedding 6x6x4, 0.06 million multiply-adds", "prototype head, temperature 10.000"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q lacks %q", stdout, want)
		}
	}
	// Drawings of one's own give other ranges.
	stdout, _, _ = oneshot("import", in, "-o", out, "-json", "-data", classFolders(t, 2))
	var drawn importReport
	if decodeReport(t, stdout, &drawn); drawn.Weights == r.Weights {
		t.Error("-data changed nothing")
	}
	// The model answers like any other.
	support := classFolders(t, 1)
	query := filepath.Join(support, "shape0", "0.png")
	stdout, stderr, code = oneshot("classify", "-weights", out, "-support", support, query)
	if code != 0 || !strings.HasPrefix(stdout, query+": shape0 ") {
		t.Errorf("exit code %d, stderr %q, stdout %q", code, stderr, stdout)
	}

	refuses(t, "0 files, want one", "import", "-o", out)
	refuses(t, "2 files, want one", "import", in, in, "-o", out)
	refuses(t, "-o is missing", "import", in)
	refuses(t, "no such file", "import", "missing.safetensors", "-o", out)
	refuses(t, out+": safetensors: not a safetensors file", "import", out, "-o", out+".osm")
	refuses(t, "not a model file", "inspect", in)
}

// What is exported is imported as the same model, to the byte.
func TestExport(t *testing.T) {
	shipped, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	want, err := weights.Encode(shipped)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	in, tensors, out := filepath.Join(dir, "in.osm"), filepath.Join(dir, "x.safetensors"), filepath.Join(dir, "out.osm")
	writeFile(t, in, want)
	stdout, stderr, code := oneshot("export", in, "-o", tensors)
	if code != 0 || stderr != "" || !strings.HasPrefix(stdout, tensors+": ") {
		t.Fatalf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	if _, stderr, code = oneshot("import", tensors, "-o", out); code != 0 {
		t.Fatalf("exit code %d, stderr %q", code, stderr)
	}
	got, err := os.ReadFile(out)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("another model comes back, %v", err)
	}
	stdout, _, _ = oneshot("inspect")
	if other, _, _ := oneshot("inspect", in); other != stdout || !strings.Contains(stdout, "relation.0") {
		t.Errorf("the built-in model is %q, its file %q", stdout, other)
	}
	refuses(t, "-o is missing", "export", in)
	refuses(t, "would overwrite "+in, "export", in, "-o", filepath.Join(dir, ".", "in.osm"))
	refuses(t, "would overwrite "+tensors, "import", tensors, "-o", tensors)
	refuses(t, "the file has ranges of its own", "import", tensors, "-o", out, "-data", classFolders(t, 2))
	refuses(t, "not a model file", "export", tensors, "-o", out)
	refuses(t, "0 files, want one", "export", "-o", out)
}
