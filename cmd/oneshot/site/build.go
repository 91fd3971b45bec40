package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Report says what Build made.
type Report struct {
	Dir       string
	Program   string // the name of the wasm file
	Go        string // the Go release that compiled the site
	SIMD      bool   // false: compiled by a Go without wasm SIMD128, so the kernels are the slow ones
	Files     int
	WasmBytes int64
}

// stagePrefix names the folder inside the target in which a build grows until it is complete.
const stagePrefix = ".building-"

// made are the files that do not come from wasm/web; nor do those for hosts.
var made = []string{"index.html", appName, loaderName, manifestName}

// appName is the program of the site.
const appName = "oneshot.wasm"

// product is something to build: a program, compiled from the folder pkg, and the files around it. A folder that holds
// another product is not built into.
type product struct {
	pkg, wasm string
	assets    func(root, stage string) error
}

// Build compiles the site from the module tree at root into the folder dir, which is made if it is
// missing. Progress and warnings go to log, one line each.
//
// dir must be empty or hold an earlier build of the site; otherwise the error wraps ErrForeign. Everything is
// first made in a folder inside dir and then renamed into place, file by file: a build that fails
// leaves the old site as it was.
func Build(ctx context.Context, root, dir string, log io.Writer) (Report, error) {
	return product{"wasm", appName, copyAssets}.build(ctx, root, dir, log)
}

// BuildCompressed is Build with each file once more in brotli and in gzip, as name.br and name.gz, which servers can send
// as they are. The program takes a minute or two.
func BuildCompressed(ctx context.Context, root, dir string, log io.Writer) (Report, error) {
	return product{"wasm", appName, func(root, stage string) error {
		if err := copyAssets(root, stage); err != nil {
			return err
		}
		return compress(ctx, stage, log)
	}}.build(ctx, root, dir, log)
}

func (what product) build(ctx context.Context, root, dir string, log io.Writer) (Report, error) {
	old, err := target(dir, what.wasm)
	if err != nil {
		return Report{}, err
	}
	stage, err := os.MkdirTemp(dir, stagePrefix)
	if err != nil {
		return Report{}, fmt.Errorf("site: %s cannot be written: %w", dir, err)
	}
	defer os.RemoveAll(stage)

	p, err := Compile(ctx, root, what.pkg, stage, what.wasm)
	if err != nil {
		return Report{}, err
	}
	if !p.SIMD {
		fmt.Fprintf(log, "warning: %s cannot be had, built with %s: without its SIMD kernels an answer takes longer\n", Pinned, p.Go)
	}
	if err := what.assets(root, stage); err != nil {
		return Report{}, err
	}
	m, err := describe(p, stage)
	if err != nil {
		return Report{}, err
	}
	if err := install(stage, dir, old, m); err != nil {
		return Report{}, err
	}
	info, err := os.Stat(filepath.Join(dir, what.wasm))
	if err != nil {
		return Report{}, fmt.Errorf("site: %w", err)
	}
	return Report{Dir: dir, Program: what.wasm, Go: p.Go, SIMD: p.SIMD, Files: len(m.Files) + 1, WasmBytes: info.Size()}, nil
}

// target makes dir if it is missing and returns the manifest of the earlier build of a program in it, empty if there
// is none. It refuses a folder that holds anything else.
func target(dir, program string) (manifest, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return manifest{}, fmt.Errorf("site: %s cannot be made: %w", dir, err)
	}
	old, err := readManifest(dir, program)
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

// copyAssets puts what is not compiled into stage: the page, the files of wasm/web, and the headers.
func copyAssets(root, stage string) error {
	from := map[string]string{"index.html": filepath.Join(root, "index.html")}
	web := filepath.Join(root, "wasm", "web")
	entries, err := os.ReadDir(web)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || !plainName(e.Name()) {
			continue
		}
		if slices.Contains(made, e.Name()) || !servedName(e.Name()) {
			return fmt.Errorf("site: %s has the name of a file that the build makes", filepath.Join(web, e.Name()))
		}
		from[e.Name()] = filepath.Join(web, e.Name())
	}
	if err := copyFiles(from, stage); err != nil {
		return err
	}
	for name, text := range headersFiles() {
		if err := os.WriteFile(filepath.Join(stage, name), []byte(text), 0o666); err != nil {
			return fmt.Errorf("site: %w", err)
		}
	}
	if err := sealPage(stage); err != nil {
		return err
	}
	return sealWorker(stage)
}

// copyFiles copies files, named by what they are called in stage.
func copyFiles(from map[string]string, stage string) error {
	for name, path := range from {
		b, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("site: %w", err)
		}
		if err := os.WriteFile(filepath.Join(stage, name), b, 0o666); err != nil {
			return fmt.Errorf("site: %w", err)
		}
	}
	return nil
}

// describe lists the files of stage.
func describe(p Program, stage string) (manifest, error) {
	m := manifest{Module: modulePath, Go: p.Go, SIMD: p.SIMD, Files: map[string]string{}}
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
