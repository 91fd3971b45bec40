package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"oneshot/cmd/oneshot/site/lean"
)

// leanDir is the folder in the module's root for what a build makes on its way. The program remembers the name, so it is the
// same everywhere.
const leanDir = ".build"

// leanModule writes a go.mod beside that of the module at root, with which the program in the folder pkg gets a smaller
// Ebitengine, and returns its path. It returns nothing if the program has none. See package lean.
func (tc toolchain) leanModule(ctx context.Context, root, pkg string) (string, error) {
	const dirs = "{{with .Module}}{{if eq .Path `" + lean.Module + "`}}{{.Dir}}{{end}}{{end}}"
	cmd := exec.CommandContext(ctx, tc.gocmd, "list", "-deps", "-f", dirs, "./"+pkg)
	cmd.Dir, cmd.Env = root, tc.browser()
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%w%s", err, stderrOf(err))
	}
	lines := bytes.Fields(out)
	if len(lines) == 0 {
		return "", nil
	}
	dir := filepath.Join(root, leanDir)
	name, err := lean.Copy(string(lines[0]), dir)
	if err != nil {
		return "", err
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", err
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return "", err
	}
	mod = fmt.Appendf(mod, "\nreplace %s => ./%s/%s\n", lean.Module, leanDir, name)
	path := filepath.Join(dir, name+".mod")
	return path, errors.Join(writeWhole(filepath.Join(dir, name+".sum"), sum), writeWhole(path, mod))
}

// writeWhole writes a file that another build may read meanwhile, unless it is as it should be.
func writeWhole(path string, b []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, b) {
		return nil
	}
	stage, err := os.MkdirTemp(filepath.Dir(path), "stage-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(stage)
	whole := filepath.Join(stage, filepath.Base(path))
	if err := os.WriteFile(whole, b, 0o666); err != nil {
		return err
	}
	return os.Rename(whole, path)
}
