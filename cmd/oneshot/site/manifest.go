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
	"strings"
)

// manifestName is the file that marks a folder as a site built here. What it does not list was not
// put there by Build, and Build leaves it alone.
const manifestName = "build.json"

// manifest is the content of build.json.
type manifest struct {
	Module string            `json:"module"` // always "oneshot"
	Go     string            `json:"go"`     // the release that compiled it
	SIMD   bool              `json:"simd"`   // whether the fast kernels are in
	Files  map[string]string `json:"files"`  // name -> SHA-256 in hexadecimal
}

var (
	// ErrNotSite says that a folder holds no site built by Build.
	ErrNotSite = errors.New("site: no site in this folder")
	// ErrForeign says that a folder holds something else, which Build must not write into.
	ErrForeign = errors.New("site: the folder holds something else")
)

// readManifest reads dir/build.json. The error wraps ErrNotSite if there is none, or not of a build of the program.
func readManifest(dir, program string) (manifest, error) {
	var m manifest
	b, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("%w: %s", ErrNotSite, dir)
	}
	if err != nil {
		return m, fmt.Errorf("site: %w", err)
	}
	if err := json.Unmarshal(b, &m); err != nil || m.Module != modulePath {
		return manifest{}, fmt.Errorf("%w: %s was not written by oneshot build", ErrNotSite, filepath.Join(dir, manifestName))
	}
	if _, ok := m.Files[program]; !ok {
		return manifest{}, fmt.Errorf("%w: %s names no %s: it is of another build", ErrNotSite, filepath.Join(dir, manifestName), program)
	}
	for name := range m.Files {
		if !plainName(name) {
			return manifest{}, fmt.Errorf("%w: %s names the file %q, want a plain name", ErrNotSite, filepath.Join(dir, manifestName), name)
		}
	}
	return m, nil
}

// Check returns an error that wraps ErrNotSite unless dir holds a complete site.
func Check(dir string) error {
	m, err := readManifest(dir, appName)
	if err != nil {
		return err
	}
	for name := range m.Files {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("%w: %s misses %s; build it again", ErrNotSite, dir, name)
		}
	}
	return nil
}

// plainName reports whether name is one visible file of a flat folder, no path and no hidden file.
func plainName(name string) bool {
	return name != "" && name[0] != '.' && !strings.ContainsAny(name, `/\`) && filepath.IsLocal(name)
}

// servedName reports whether name is such a file and is for browsers: those that begin with an underscore are for hosts.
func servedName(name string) bool { return plainName(name) && name[0] != '_' }

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
