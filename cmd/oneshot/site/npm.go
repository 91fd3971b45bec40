package site

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// EngineName is the program of the npm package.
const EngineName = "oneshot-engine.wasm"

// modelName is the built-in model. It is a file of its own: who loads another does not fetch it.
const modelName = "oneshot.osm"

// moduleLoader is Go's loader as a module.
const moduleLoader = "go.js"

// The loader puts Go, fs, process and path on the page, where its programs look for them. Between these lines it sees a page
// that has them apart, and the real one stays as it is.
const (
	loaderHead = `const own = { __proto__: null, Go: undefined, fs: undefined, process: undefined, path: undefined };
const fs = { writeSync: (...args) => own.fs.writeSync(...args) }; // the loader names it alone
((globalThis) => {
`
	loaderFoot = `
})(new Proxy(globalThis, {
  get: (page, name) => (name in own ? own : page)[name],
  set: (page, name, value) => Reflect.set(name in own ? own : page, name, value),
}));
export const Go = own.Go;
`
)

// BuildPackage is Build for the npm package: the engine alone and the modules of wasm/npm/package, ready for npm pack.
func BuildPackage(ctx context.Context, root, dir string, log io.Writer) (Report, error) {
	return product{"wasm/npm", EngineName, packageAssets}.build(ctx, root, dir, log)
}

func packageAssets(root, stage string) error {
	from := map[string]string{"LICENSE": filepath.Join(root, "LICENSE"), modelName: filepath.Join(root, "weights", modelName)}
	modules := filepath.Join(root, "wasm", "npm", "package")
	entries, err := os.ReadDir(modules)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	for _, e := range entries {
		if !e.IsDir() && plainName(e.Name()) {
			from[e.Name()] = filepath.Join(modules, e.Name())
		}
	}
	if err := copyFiles(from, stage); err != nil {
		return err
	}
	loader, err := os.ReadFile(filepath.Join(stage, loaderName))
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	if err := os.WriteFile(filepath.Join(stage, moduleLoader), []byte(loaderHead+string(loader)+loaderFoot), 0o666); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return os.Remove(filepath.Join(stage, loaderName))
}
