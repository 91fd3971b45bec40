//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"oneshot/cmd/oneshot/speed"
)

func TestBenchRefuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-chromium", "no-such-browser"}, "no program no-such-browser to measure in"},
		{[]string{"-turn", "0s"}, "-turn 0s, want more than 0"},
		{[]string{"-turn", "2s"}, "-turn 2s, want more than 0 and at most 1s"},
		{[]string{"folder"}, `unexpected argument "folder"`},
	} {
		var errs strings.Builder
		code := doMain(append([]string{"oneshot", "bench"}, c.args...), io.Discard, &errs)
		if code == 0 || !strings.Contains(errs.String(), c.want) {
			t.Errorf("bench %v: exit code %d, %q, want %q in it", c.args, code, errs.String(), c.want)
		}
	}
}

// The page works: with turns too short to trust, it still measures every shape.
func TestBenchInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("short: builds a page and opens it")
	}
	if _, err := findChromium(""); err != nil {
		t.Skip("Chromium is missing: the bench page was not opened")
	}
	var out bytes.Buffer
	var errs strings.Builder
	if code := doMain([]string{"oneshot", "bench", "-turn", "1ms", "-json"}, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	var r benchReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("%v in %s", err, out.Bytes())
	}
	shapes := speed.Shapes()
	if len(r.Native) != len(shapes) || len(r.Browser.Results) != len(shapes) || r.Browser.Version == "" {
		t.Fatalf("the report is %s", out.Bytes())
	}
	for i, s := range shapes {
		if got := r.Browser.Results[i]; got.Shape != s || !(got.OverScalar > 0) || !(got.OverRef > 0) {
			t.Errorf("in the browser, %+v: %+v", s, got)
		}
	}
}
