package papers

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gorgonia.org/tensor"

	"oneshot/engine/fewshot"
)

// writeNpy writes an array as numpy.save does.
func writeNpy(t *testing.T, file string, backing any, shape ...int) {
	t.Helper()
	var b bytes.Buffer
	if err := tensor.New(tensor.WithShape(shape...), tensor.WithBacking(backing)).WriteNpy(&b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestReadCubes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "scene.npy")
	values := make([]float64, 6*2*3*4)
	for i := range values {
		values[i] = float64(i)
	}
	writeNpy(t, file, values, 6, 2, 3, 4)
	writeNpy(t, LabelsOf(file), []int64{7, -1, 7, 9, 9, -1}, 6)
	c, err := ReadCubes(file)
	if err != nil {
		t.Fatal(err)
	}
	if c.H != 2 || c.W != 3 || c.Bands != 4 || len(c.Set.Classes) != 3 {
		t.Fatalf("cubes of %d x %d x %d in %d classes", c.H, c.W, c.Bands, len(c.Set.Classes))
	}
	for i, name := range []string{"-1", "7", "9"} { // in the order of the labels
		if class := c.Set.Classes[i]; class.Name != name || len(class.Drawings) != 2 {
			t.Errorf("class %d is %q with %d cubes", i, class.Name, len(class.Drawings))
		}
	}
	second := c.Set.Classes[0].Drawings[0] // cube 1: values 24 to 47, band 0 is 24, 28, ... 44
	if got := c.Spectrum(second); got[0] != 34 || got[3] != 37 {
		t.Errorf("mean spectrum %v", got)
	}
	if c.Spectrum(&fewshot.Drawing{}) != nil {
		t.Error("a drawing from elsewhere has a spectrum")
	}
}

// Every fifth class is held out, and the values that training sees have mean 0 and deviation 1.
func TestSplitNormalises(t *testing.T) {
	c := spectra(t, 11, 3, 5)
	training, validation := c.Split()
	if len(training.Classes) != 9 || len(validation.Classes) != 2 || validation.Classes[0].Name != "14" || validation.Classes[1].Name != "19" {
		t.Fatalf("%d and %d classes", len(training.Classes), len(validation.Classes))
	}
	var sum, squares, n float64
	for _, class := range training.Classes {
		for _, d := range class.Drawings {
			v, err := c.read(d)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range v {
				sum, squares, n = sum+float64(x), squares+float64(x)*float64(x), n+1
			}
		}
	}
	if mean := sum / n; math.Abs(mean) > 1e-3 || math.Abs(squares/n-1) > 1e-3 {
		t.Errorf("mean %v, mean square %v", mean, squares/n)
	}
}

func TestBadCubes(t *testing.T) {
	good := func(t *testing.T) string {
		file := filepath.Join(t.TempDir(), "scene.npy")
		writeNpy(t, file, make([]float32, 2*2*2*3), 2, 2, 2, 3)
		writeNpy(t, LabelsOf(file), []int32{0, 1}, 2)
		return file
	}
	change := func(f func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, file string) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, f(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	header := func(old, new string) func(*testing.T, string) {
		return change(func(b []byte) []byte { return bytes.Replace(b, []byte(old), []byte(new), 1) })
	}
	for words, spoil := range map[string]func(t *testing.T, file string){
		"no npy file":            change(func([]byte) []byte { return []byte("band,value\n") }),
		"no npy file of version": change(func(b []byte) []byte { b[6] = 2; return b }),
		"bytes of values":        change(func(b []byte) []byte { return b[:len(b)-4] }),
		"in a file of":           change(func(b []byte) []byte { b[9] = 0xff; return b }),
		"the shape makes":        header("(2, 2, 2, 3)", "(2, 2, 2, 4)"),
		"dimension 99999999":     header("(2, 2, 2, 3)", "(99999999, 2)"),
		"dimension 0":            header("(2, 2, 2, 3)", "(0, 2, 2, 3)"),
		"little-endian numbers":  header("<f4", ">f4"),
		"2 dimensions":           header("(2, 2, 2, 3)", "(2, 12)     "),
		"labels [3] of cubes":    func(t *testing.T, file string) { writeNpy(t, LabelsOf(file), []int32{0, 1, 2}, 3) },
		"want an integer":        func(t *testing.T, file string) { writeNpy(t, LabelsOf(file), []float32{0, 0.5}, 2) },
		"value 5 of cube 1 is NaN": func(t *testing.T, file string) {
			v := make([]float32, 24)
			v[17] = float32(math.NaN())
			writeNpy(t, file, v, 2, 2, 2, 3)
		},
		"no such file": func(t *testing.T, file string) { os.Remove(LabelsOf(file)) },
	} {
		file := good(t)
		spoil(t, file)
		_, err := ReadCubes(file)
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("want %q, got %v", words, err)
		}
		if words != "no such file" && !errors.Is(err, ErrCubes) {
			t.Errorf("%v does not wrap ErrCubes", err)
		}
	}
}

func TestBadCheckpoints(t *testing.T) {
	cfg, _ := networks["sung"](t)
	cfg = short(cfg, 1)
	if _, err := Resume(cfg); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nothing to resume: %v", err)
	}
	finish(t, begin(t, cfg))
	for words, change := range map[string]func(*Config){
		"with seed 3": func(c *Config) { c.Seed = 4 },
		"as it stands": func(c *Config) {
			s := *c.Recipe.Sung
			s.LR *= 2
			c.Recipe.Sung = &s
		},
	} {
		c := cfg
		change(&c)
		if _, err := Resume(c); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("want %q, got %v", words, err)
		}
	}
	file := filepath.Join(cfg.Dir, "checkpoint.gob")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data[:len(data)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Resume(cfg); err == nil {
		t.Error("half a checkpoint is resumed")
	}
	if _, err := Load(file, nil); err == nil {
		t.Error("half a checkpoint is loaded")
	}
}
