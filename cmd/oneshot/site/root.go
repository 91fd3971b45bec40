package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// ErrOutside says that a folder is not inside the module tree, which Build compiles from.
var ErrOutside = errors.New("site: outside the source tree of oneshot")

// modulePath is the first line of the go.mod that Root looks for.
const modulePath = "oneshot"

// Root returns the root of the module tree that holds dir: the nearest folder upwards whose go.mod
// says "module oneshot". The error wraps ErrOutside if there is none.
func Root(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("site: %w", err)
	}
	for at := abs; ; at = filepath.Dir(at) {
		mod, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err == nil && isOurs(string(mod)) {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("%w: no go.mod of module %s in %s or above it; run this inside a clone", ErrOutside, modulePath, abs)
		}
	}
}

// isOurs reports whether mod, the text of a go.mod, declares this module.
func isOurs(mod string) bool {
	for line := range strings.Lines(mod) {
		if f := strings.Fields(line); len(f) >= 2 && f[0] == "module" {
			return f[1] == modulePath
		}
	}
	return false
}
