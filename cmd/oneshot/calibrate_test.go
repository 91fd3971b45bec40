package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestCalibrate(t *testing.T) {
	dir := classFolders(t, 6)
	out := filepath.Join(t.TempDir(), "out.osm")
	args := []string{"calibrate", "-data", dir, "-set", "", "-o", out, "-episodes", "10"}
	stdout, stderr, code := oneshot(append(args, "-json")...)
	if code != 0 || stderr != "" {
		t.Fatalf("exit code %d, stderr %q", code, stderr)
	}
	var r confidenceReport
	decodeReport(t, stdout, &r)
	if len(r.Heads) < 2 || r.Heads[0].Head != "prototype" || r.Heads[0].Temperature <= 0 || len(r.Weights) != digestLetters {
		t.Fatalf("%+v", r)
	}
	// The model is found again, its threshold is at work, and it is the one that verify takes.
	var open openReport
	more := alphabets(t, 3)
	measured(t, &open, "-data", more, "-open", "-episodes", "10", "-weights", out)
	if open.Weights != r.Weights || open.Model == nil || open.Model.Threshold != float64(r.Heads[0].Threshold) {
		t.Errorf("open set %+v, want the threshold %v of %s", open, r.Heads[0].Threshold, r.Weights)
	}
	stdout, _, _ = oneshot("verify", "-json", "-weights", out, filepath.Join(dir, "shape0", "0.png"), filepath.Join(dir, "shape0", "1.png"))
	var same sameReport
	decodeReport(t, stdout, &same)
	if same.Threshold != float64(r.Heads[0].Threshold) || same.Weights != r.Weights {
		t.Errorf("%+v", same)
	}
	stdout, _, _ = oneshot(args...)
	if !strings.HasPrefix(stdout, "prototype: temperature ") || !strings.Contains(stdout, out+": model "+r.Weights) {
		t.Errorf("%q", stdout)
	}
	refuses(t, "-o is missing", "calibrate", "-data", dir)
	refuses(t, "-data is missing", "calibrate", "-o", out)
	refuses(t, "images_background.zip", "calibrate", "-data", dir, "-o", out)
	refuses(t, "class folders of PNG, which are the set \"\"", "calibrate", "-data", dir, "-o", out) // of calibrate it is not the default
	few := t.TempDir()
	writePNG(t, filepath.Join(few, "ring", "a.png"), shape(0, 0))
	writePNG(t, filepath.Join(few, "ring", "b.png"), shape(0, 1))
	refuses(t, "the set has 1 classes, 5-way needs 5", "calibrate", "-data", few, "-set", "", "-o", out)
	refuses(t, "episodes 0, at least 1", "calibrate", "-data", dir, "-set", "", "-o", out, "-episodes", "0")
	refuses(t, "oneshot-f32.osm: ", "calibrate", "-data", dir, "-set", "", "-o", out, "-weights", filepath.Join("..", "..", "weights", "float", "oneshot-f32.osm"))
}
