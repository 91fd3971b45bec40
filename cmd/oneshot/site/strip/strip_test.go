package strip_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"oneshot/cmd/oneshot/site/strip"
)

// compile builds a program of testdata for the browser.
func compile(t *testing.T, name string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "program.wasm")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./testdata/"+name)
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+strip.Release, "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=", "GOFLAGS=")
	if said, err := cmd.CombinedOutput(); err != nil {
		if bytes.Contains(said, []byte("toolchain")) {
			t.Skipf("%s cannot be had: %s", strip.Release, said)
		}
		t.Fatalf("%v\n%s", err, said)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// run runs a program in node and returns what it printed and said of its end.
func run(t *testing.T, program []byte) (out, trace string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is missing")
	}
	root := exec.CommandContext(t.Context(), "go", "env", "GOROOT")
	root.Env = append(os.Environ(), "GOTOOLCHAIN="+strip.Release)
	goroot, err := root.Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "program.wasm")
	if err := os.WriteFile(file, program, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, "--stack-size=8192", filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec_node.js"), file)
	cmd.Env = []string{"HOME=" + os.Getenv("HOME")}
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 2 {
		t.Fatalf("the program ended with %v, want exit status 2, that of a panic\n%s%s", err, &stdout, &stderr)
	}
	return stdout.String(), stderr.String()
}

// A stripped program grows stacks, collects garbage, panics and recovers as the whole one does, and is much smaller.
func TestProgram(t *testing.T) {
	whole := compile(t, "acts")
	stripped, err := strip.Program(whole)
	if err != nil {
		t.Fatal(err)
	}
	if len(stripped) > len(whole)*85/100 {
		t.Errorf("stripped %d bytes to %d", len(whole), len(stripped))
	}
	for _, name := range []string{"main.tooDeepInlined", "runtime.gcStart", "testdata/acts/main.go"} {
		if !bytes.Contains(whole, []byte(name)) || bytes.Contains(stripped, []byte(name)) {
			t.Errorf("%s is to be in the whole program and not in the stripped one", name)
		}
	}
	want, wantTrace := run(t, whole)
	got, trace := run(t, stripped)
	if got != want || strings.Count(want, "\n") != 23 {
		t.Errorf("the stripped program printed\n%s\nwant\n%s", got, want)
	}
	const reason = "panic: assignment to entry in nil map\n"
	if !strings.HasPrefix(wantTrace, reason) || !strings.HasPrefix(trace, reason) {
		t.Errorf("the reason of the end is %q, want %q", trace, reason)
	}
	if !strings.Contains(wantTrace, "main.main") || strings.Contains(trace, "main.main") {
		t.Errorf("the traces are\n%s\nand\n%s", wantTrace, trace)
	}
}

// A program that is not as expected is refused, or stripped if it can be, and never ends the build with a panic.
func TestProgramUnlike(t *testing.T) {
	whole := compile(t, "acts")
	for at := 0; at < len(whole); at += 1 + len(whole)/97 {
		if _, err := strip.Program(whole[:at]); !errors.Is(err, strip.ErrUnlike) {
			t.Errorf("cut off after %d bytes: error %v, want %v", at, err, strip.ErrUnlike)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		damaged := bytes.Clone(whole)
		for range 1 + r.IntN(300) { // the tables are in the last third
			damaged[len(damaged)-1-r.IntN(len(damaged)/3)] = byte(r.Uint32())
		}
		if _, err := strip.Program(damaged); err != nil && !errors.Is(err, strip.ErrUnlike) {
			t.Errorf("damaged: error %v, want %v", err, strip.ErrUnlike)
		}
	}
	stripped, err := strip.Program(whole)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := strip.Program(stripped); err != nil || !bytes.Equal(again, stripped) {
		t.Errorf("stripped twice: %d bytes, error %v; want the same %d bytes", len(again), err, len(stripped))
	}
}
