package site

import (
	"errors"
	"os"
	"strings"
	"testing"

	"oneshot/cmd/oneshot/site/strip"
)

// fakeGo puts a go command into PATH that is the given shell script.
func fakeGo(t *testing.T, script string) {
	t.Helper()
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("no /bin/sh to play the go command with")
	}
	t.Setenv("PATH", tree(t, map[string]string{"go": "#!/bin/sh\n" + script}))
}

func TestToolchainFallsBack(t *testing.T) {
	fakeGo(t, `if [ "$GOTOOLCHAIN" = local ]; then echo go1.26.8; echo /usr/lib/go; else echo "download refused" >&2; exit 1; fi`)
	tc, err := findToolchain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if tc.name != "local" || tc.version != "go1.26.8" || tc.goroot != "/usr/lib/go" || tc.simd() {
		t.Errorf("got %+v, want the local go1.26.8 without SIMD", tc)
	}
}

func TestToolchainPrefersThePinned(t *testing.T) {
	fakeGo(t, `echo "$GOTOOLCHAIN"; echo /usr/lib/go`)
	tc, err := findToolchain(t.Context())
	if err != nil || tc.version != Pinned || !tc.simd() {
		t.Errorf("got %+v, %v, want %s", tc, err, Pinned)
	}
}

// Whoever raises the pinned release without reading what package strip says builds a larger page.
func TestPinnedIsStripped(t *testing.T) {
	if Pinned != strip.Release {
		t.Errorf("the site is built with %s, and programs of %s are stripped", Pinned, strip.Release)
	}
}

func TestToolchainErrors(t *testing.T) {
	fakeGo(t, `echo "the disk is full" >&2; exit 1`)
	if _, err := findToolchain(t.Context()); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("error %v, want what the go command said", err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := findToolchain(t.Context()); !errors.Is(err, ErrNoGo) {
		t.Errorf("error %v, want ErrNoGo", err)
	}
}

func TestSIMDByVersion(t *testing.T) {
	for version, want := range map[string]bool{
		"go1.26.8": false, "go1.27.4": true, "go1.27rc1": true, "go1.28": true, "go2.0": true, "devel go1.28-abc": true, "": false,
	} {
		if got := (toolchain{version: version}).simd(); got != want {
			t.Errorf("%q: %v, want %v", version, got, want)
		}
	}
}
