package site

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"oneshot/cmd/oneshot/site/strip"
)

// loaderName is Go's own loader of wasm programs.
const loaderName = "wasm_exec.js"

// Program says what Compile compiled with.
type Program struct {
	Go   string // the Go release
	SIMD bool   // false: a Go without wasm SIMD128, so the fast kernels are not in
}

// Compile builds the program in the folder pkg of the module at root for the browser, as dir/name,
// and puts the loader beside it, which must be of the same Go release. It takes the pinned release
// where that can be had, and strips what only stack traces need. Neither paths nor the state of the repository go into the
// program, so that the same source gives the same bytes.
func Compile(ctx context.Context, root, pkg, dir, name string) (Program, error) {
	p, err := compile(ctx, root, pkg, dir, name, "build", "-ldflags=-s -w")
	if err != nil || p.Go != strip.Release {
		return p, err
	}
	path := filepath.Join(dir, name)
	b, err := os.ReadFile(path)
	if err != nil {
		return Program{}, fmt.Errorf("site: %w", err)
	}
	if b, err = strip.Program(b); err != nil {
		return Program{}, fmt.Errorf("site: %s: %w", name, err)
	}
	if err := os.WriteFile(path, b, 0o777); err != nil {
		return Program{}, fmt.Errorf("site: %w", err)
	}
	return p, nil
}

// CompileTest is Compile for the tests of the package in the folder pkg: a program that runs them in
// the browser, with the flags of "go test" as its arguments.
func CompileTest(ctx context.Context, root, pkg, dir, name string) (Program, error) {
	return compile(ctx, root, pkg, dir, name, "test", "-c")
}

// compile runs a go command that writes a program, with further flags.
func compile(ctx context.Context, root, pkg, dir, name, command string, flags ...string) (Program, error) {
	tc, err := findToolchain(ctx)
	if err != nil {
		return Program{}, err
	}
	out, err := filepath.Abs(filepath.Join(dir, name))
	if err != nil {
		return Program{}, fmt.Errorf("site: %w", err)
	}
	args := append([]string{command, "-trimpath", "-buildvcs=false", "-o", out}, flags...)
	mod, err := tc.leanModule(ctx, root, pkg)
	if ctx.Err() != nil {
		return Program{}, fmt.Errorf("site: compiling ./%s: %w", pkg, context.Cause(ctx))
	}
	if err != nil {
		return Program{}, fmt.Errorf("site: compiling ./%s with %s: %w", pkg, tc.version, err)
	}
	if mod != "" {
		args = append(args, "-modfile="+mod)
	}
	cmd := exec.CommandContext(ctx, tc.gocmd, append(args, "./"+pkg)...)
	cmd.Dir = root
	cmd.Env = tc.browser()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return Program{}, fmt.Errorf("site: compiling ./%s: %w", pkg, context.Cause(ctx))
		}
		return Program{}, fmt.Errorf("site: compiling ./%s with %s: %w\n%s", pkg, tc.version, err, bytes.TrimSpace(said.Bytes()))
	}
	loader, err := os.ReadFile(filepath.Join(tc.goroot, "lib", "wasm", loaderName))
	if err != nil {
		return Program{}, fmt.Errorf("site: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, loaderName), loader, 0o666); err != nil {
		return Program{}, fmt.Errorf("site: %w", err)
	}
	return Program{Go: tc.version, SIMD: tc.simd()}, nil
}
