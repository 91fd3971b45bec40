package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// workerName is the service worker, which keeps a build for when there is no network.
const workerName = "sw.js"

// sealWorker writes into stage's service worker which files there are and what they must be: the hashes that browsers
// compare, as in Subresource Integrity. The worker's own bytes then change with every build, which is how browsers
// notice a new one; and the name of a build changes with the worker, so that no two of them share a cache. A site
// without a service worker is left as it is.
func sealWorker(stage string) error {
	worker, err := os.ReadFile(filepath.Join(stage, workerName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	entries, err := os.ReadDir(stage)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	files, all := map[string]string{}, sha256.New()
	for _, e := range entries {
		if !servedName(e.Name()) {
			continue
		}
		b, err := os.ReadFile(filepath.Join(stage, e.Name()))
		if err != nil {
			return fmt.Errorf("site: %w", err)
		}
		hash := integrity(b)
		fmt.Fprintf(all, "%s %s\n", e.Name(), hash) // a hash never fails to write
		if e.Name() != workerName {
			files[e.Name()] = hash
		}
	}
	list, err := json.Marshal(files)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	line := fmt.Sprintf("const build = %q, files = %s;\n", hex.EncodeToString(all.Sum(nil)[:8]), list)
	if err := os.WriteFile(filepath.Join(stage, workerName), append([]byte(line), worker...), 0o666); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return nil
}
