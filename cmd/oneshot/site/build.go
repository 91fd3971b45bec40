package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Report says what Build made.
type Report struct {
	Dir       string
	Go        string // the Go release that compiled the site
	SIMD      bool   // false: compiled by a Go without wasm SIMD128, so the kernels are the slow ones
	Files     int
	WasmBytes int64
}

// stagePrefix names the folder inside the target in which a build grows until it is complete.
const stagePrefix = ".building-"

// Build compiles the site from the module tree at root into the folder dir, which is made if it is
// missing. Progress and warnings go to log, one line each.
//
// dir must be empty or hold an earlier build; otherwise the error wraps ErrForeign. Everything is
// first made in a folder inside dir and then renamed into place, file by file: a build that fails
// leaves the old site as it was.
func Build(ctx context.Context, root, dir string, log io.Writer) (Report, error) {
	old, err := target(dir)
	if err != nil {
		return Report{}, err
	}
	tc, err := findToolchain(ctx)
	if err != nil {
		return Report{}, err
	}
	if !tc.simd() {
		fmt.Fprintf(log, "warning: %s cannot be had, building with %s: without its SIMD kernels an answer takes longer\n", Pinned, tc.version)
	}
	stage, err := os.MkdirTemp(dir, stagePrefix)
	if err != nil {
		return Report{}, fmt.Errorf("site: %s cannot be written: %w", dir, err)
	}
	defer os.RemoveAll(stage)

	if err := compile(ctx, tc, root, filepath.Join(stage, "oneshot.wasm")); err != nil {
		return Report{}, err
	}
	if err := copyAssets(tc, root, stage); err != nil {
		return Report{}, err
	}
	m, err := describe(tc, stage)
	if err != nil {
		return Report{}, err
	}
	if err := install(stage, dir, old, m); err != nil {
		return Report{}, err
	}
	info, err := os.Stat(filepath.Join(dir, "oneshot.wasm"))
	if err != nil {
		return Report{}, fmt.Errorf("site: %w", err)
	}
	return Report{Dir: dir, Go: tc.version, SIMD: tc.simd(), Files: len(m.Files) + 1, WasmBytes: info.Size()}, nil
}

// target makes dir if it is missing and returns the manifest of the site in it, empty if there is
// none. It refuses a folder that holds anything else.
func target(dir string) (manifest, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return manifest{}, fmt.Errorf("site: %s cannot be made: %w", dir, err)
	}
	old, err := readManifest(dir)
	if err == nil {
		return old, nil
	}
	if !errors.Is(err, ErrNotSite) {
		return manifest{}, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return manifest{}, fmt.Errorf("site: %w", err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), stagePrefix) { // what a killed build left behind
			return manifest{}, fmt.Errorf("%w: %s holds %s; name another folder or empty it", ErrForeign, dir, e.Name())
		}
	}
	return manifest{}, nil
}

// compile builds the package wasm of the module at root. Neither paths nor the state of the
// repository go into the file, so that the same source gives the same bytes.
func compile(ctx context.Context, tc toolchain, root, out string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	cmd := exec.CommandContext(ctx, tc.gocmd, "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, "./wasm")
	cmd.Dir = root
	cmd.Env = tc.env("GOOS=js", "GOARCH=wasm")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("site: compiling ./wasm: %w", context.Cause(ctx))
		}
		return fmt.Errorf("site: compiling ./wasm with %s: %w\n%s", tc.version, err, bytes.TrimSpace(said.Bytes()))
	}
	return nil
}

// copyAssets puts everything that is not compiled into stage: Go's own loader, which must be of
// the release that compiled the program, the page, and the files of wasm/web.
func copyAssets(tc toolchain, root, stage string) error {
	from := map[string]string{
		"wasm_exec.js": filepath.Join(tc.goroot, "lib", "wasm", "wasm_exec.js"),
		"index.html":   filepath.Join(root, "index.html"),
	}
	web := filepath.Join(root, "wasm", "web")
	entries, err := os.ReadDir(web)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || !plainName(e.Name()) {
			continue
		}
		if _, taken := from[e.Name()]; taken || e.Name() == "oneshot.wasm" || e.Name() == manifestName || e.Name() == headersName {
			return fmt.Errorf("site: %s has the name of a file that the build makes", filepath.Join(web, e.Name()))
		}
		from[e.Name()] = filepath.Join(web, e.Name())
	}
	for name, path := range from {
		b, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("site: %w", err)
		}
		if err := os.WriteFile(filepath.Join(stage, name), b, 0o666); err != nil {
			return fmt.Errorf("site: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(stage, headersName), headersFile(), 0o666); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return nil
}

// describe lists the files of stage.
func describe(tc toolchain, stage string) (manifest, error) {
	m := manifest{Module: modulePath, Go: tc.version, SIMD: tc.simd(), Files: map[string]string{}}
	err := fs.WalkDir(os.DirFS(stage), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(stage, name))
		m.Files[name] = hashOf(b)
		return err
	})
	if err != nil {
		return manifest{}, fmt.Errorf("site: %w", err)
	}
	return m, nil
}

// install moves the files of stage into dir, removes those that the old build had and the new one
// has not, and writes the manifest last.
func install(stage, dir string, old, m manifest) error {
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	if err := os.WriteFile(filepath.Join(stage, manifestName), append(b, '\n'), 0o666); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	for name := range m.Files {
		if err := os.Rename(filepath.Join(stage, name), filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("site: %w", err)
		}
	}
	if err := os.Rename(filepath.Join(stage, manifestName), filepath.Join(dir, manifestName)); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	for name := range old.Files {
		if _, kept := m.Files[name]; !kept {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("site: %w", err)
			}
		}
	}
	return nil
}
