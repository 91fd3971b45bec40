package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestVerify(t *testing.T) {
	dir := classFolders(t, 3)
	file := func(kind string, v string) string { return filepath.Join(dir, "shape"+kind, v+".png") }
	logit := func(args ...string) float64 {
		t.Helper()
		stdout, stderr, code := oneshot(append([]string{"verify", "-json", "-threshold", "0"}, args...)...)
		if code != 0 || stderr != "" {
			t.Fatalf("%q: exit code %d, stderr %q", args, code, stderr)
		}
		var r sameReport
		decodeReport(t, stdout, &r)
		if r.Head != "prototype" || len(r.Weights) != digestLetters || r.Same != (r.Logit >= 0) || r.Threshold != 0 {
			t.Errorf("%+v", r)
		}
		return r.Logit
	}
	same, other, two := logit(file("0", "0"), file("0", "1")), logit(file("0", "0"), file("1", "1")), logit(file("0", "0"), file("0", "2"), file("0", "1"))
	if same <= other || two <= other {
		t.Errorf("logit %v with the same shape, %v with another, %v with two references", same, other, two)
	}
	for threshold, want := range map[string]string{"0.01": "same: score ", "1.5": "different: score "} {
		stdout, _, code := oneshot("verify", "-threshold", threshold, file("2", "0"), file("2", "1"))
		if code != 0 || !strings.HasPrefix(stdout, want) || !strings.Contains(stdout, ", threshold "+threshold) {
			t.Errorf("exit code %d, stdout %q, want %q", code, stdout, want)
		}
	}
	refuses(t, "name a reference and a picture", "verify", file("0", "0"))
	refuses(t, "none.png: no such file", "verify", "-threshold", "0", file("0", "0"), filepath.Join(dir, "none.png"))
	refuses(t, "want prototype", "verify", "-head", "pixels", file("0", "0"), file("0", "1"))
	refuses(t, "-threshold NaN, want a number", "verify", "-threshold", "NaN", file("0", "0"), file("0", "1"))
}
