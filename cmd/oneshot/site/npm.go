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

// moduleLoader is Go's loader as a module, which leaves a page's own Go alone.
const moduleLoader = "go.js"

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
	module := "const before = globalThis.Go;\n" + string(loader) +
		"\nexport const Go = globalThis.Go;\nif (before === undefined) delete globalThis.Go;\nelse globalThis.Go = before;\n"
	if err := os.WriteFile(filepath.Join(stage, moduleLoader), []byte(module), 0o666); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return os.Remove(filepath.Join(stage, loaderName))
}
