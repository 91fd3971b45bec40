package lean_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"oneshot/cmd/oneshot/site/lean"
)

// ebitengine is the folder of the module that this one requires.
func ebitengine(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.Module.Dir}}", lean.Module).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// sources are what a copy of Ebitengine says that its shaders are, in the order of their filters and addresses.
func sources(t *testing.T, module, pkg string) string {
	t.Helper()
	program := `package main

import (
	"fmt"

	"` + lean.Module + `/internal/` + pkg + `"
)

func main() {
	for f := range ` + pkg + `.FilterCount {
		for a := range ` + pkg + `.AddressCount {
			fmt.Printf("%s\n--\n", ` + pkg + `.ShaderSource(` + pkg + `.Filter(f), ` + pkg + `.Address(a)))
		}
	}
}
`
	dir := filepath.Join(module, "internal", "tell"+pkg)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "run", "./internal/tell"+pkg)
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// The shaders of the copy are those of the original, to the byte; and the packages that it is to be rid of are gone.
func TestCopy(t *testing.T) {
	original, to := ebitengine(t), t.TempDir()
	name, err := lean.Copy(original, to)
	if err != nil {
		t.Fatal(err)
	}
	plain, copied := filepath.Join(to, "plain"), filepath.Join(to, name)
	if err := os.CopyFS(plain, os.DirFS(original)); err != nil {
		t.Fatal(err)
	}
	for _, pkg := range []string{"builtinshader", "colormshader"} {
		want, got := sources(t, plain, pkg), sources(t, copied, pkg)
		if n := strings.Count(want, "func Fragment("); n < 9 || got != want {
			t.Errorf("%s: of %d shaders some are not the same:\n%s\nwant\n%s", pkg, n, got, want)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", ".")
	cmd.Dir = copied
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOOS=js", "GOARCH=wasm")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, gone := range []string{"text/template", "go/printer", "go/build"} {
		if strings.Contains("\n"+string(out), "\n"+gone+"\n") {
			t.Errorf("the copy still has %s", gone)
		}
	}
	again, err := lean.Copy(original, to)
	if err != nil || again != name {
		t.Errorf("the second copy is %s (%v), want %s", again, err, name)
	}
}

// An Ebitengine that is not as expected is refused, and nothing is left of it.
func TestUnlike(t *testing.T) {
	original := ebitengine(t)
	const shader, caller = "internal/builtinshader/shader.go", "internal/debug/caller.go"
	for what, change := range map[string]struct{ file, old, new string }{
		"no template":    {shader, "var tmpl", "var other"},
		"no function":    {caller, "func FirstCaller", "func AnyCaller"},
		"another import": {caller, `"go/build"`, `"go/token"`},
		"a new constant": {shader, "{{if eq .Address .AddressRepeat}}", "{{if eq .Address .AddressMirror}}"},
		"not Go":         {caller, "package debug", "package"},
	} {
		module, to := filepath.Join(t.TempDir(), "v2@v2.99.0"), filepath.Join(t.TempDir(), "to")
		for _, f := range []string{shader, caller, "internal/colormshader/shader.go", "internal/legacyshader/convert.go"} {
			b, err := os.ReadFile(filepath.Join(original, f))
			if err != nil {
				t.Fatal(err)
			}
			if f == change.file {
				if !strings.Contains(string(b), change.old) {
					t.Fatalf("%s: %s has no %q", what, f, change.old)
				}
				b = []byte(strings.Replace(string(b), change.old, change.new, 1))
			}
			path := filepath.Join(module, f)
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, b, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		_, err := lean.Copy(module, to)
		if !errors.Is(err, lean.ErrUnlike) {
			t.Errorf("%s: %v, want an error that wraps ErrUnlike", what, err)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%s: something was copied", what)
		}
	}
}
