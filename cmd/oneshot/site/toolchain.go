package site

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Pinned is the Go release that the site is built with where it can be had. Its assembler is the
// first to take wasm SIMD128 instructions, which the fast kernels are written in.
const Pinned = "go1.27.4"

// ErrNoGo says that there is no go command to build with.
var ErrNoGo = errors.New("site: the go command is missing; install Go 1.26 or later and put it in PATH")

// toolchain is a Go distribution that builds the site.
type toolchain struct {
	gocmd   string // the go command, as found in PATH
	name    string // the value of GOTOOLCHAIN that selects it
	version string // what "go env GOVERSION" says, for example "go1.27.4"
	goroot  string
}

// findToolchain prefers the pinned release and falls back to the installed one, for a machine
// that may not download a toolchain.
func findToolchain(ctx context.Context) (toolchain, error) {
	gocmd, err := exec.LookPath("go")
	if err != nil {
		return toolchain{}, ErrNoGo
	}
	var last error
	for _, name := range []string{Pinned, "local"} {
		tc := toolchain{gocmd: gocmd, name: name}
		cmd := exec.CommandContext(ctx, gocmd, "env", "GOVERSION", "GOROOT")
		cmd.Env = tc.env()
		out, err := cmd.Output()
		if ctx.Err() != nil {
			return toolchain{}, fmt.Errorf("site: %w", context.Cause(ctx))
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if err == nil && len(lines) == 2 {
			tc.version, tc.goroot = strings.TrimSpace(lines[0]), strings.TrimSpace(lines[1])
			return tc, nil
		}
		last = fmt.Errorf("site: %s env: %w%s", gocmd, err, stderrOf(err))
	}
	return toolchain{}, last
}

// env is the environment of a go command that runs under tc. Experiments are for native tools: they
// must not change what the browser gets.
func (tc toolchain) env(more ...string) []string {
	return append(append(os.Environ(), "GOTOOLCHAIN="+tc.name, "GOEXPERIMENT=", "GOFLAGS=", "GOWORK=off"), more...)
}

// browser is the environment of a go command that builds for the browser. The second encoding/json is a megabyte larger than the
// first, and the page reads a few kilobytes with it.
func (tc toolchain) browser() []string {
	return tc.env("GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=nojsonv2")
}

// simd reports whether tc assembles wasm SIMD128 instructions: Go 1.27 and later do.
func (tc toolchain) simd() bool {
	var major, minor int
	if _, err := fmt.Sscanf(tc.version, "go%d.%d", &major, &minor); err != nil {
		return strings.HasPrefix(tc.version, "devel") // a development tree is newer than any release
	}
	return major > 1 || major == 1 && minor >= 27
}

func stderrOf(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return ": " + strings.TrimSpace(string(exit.Stderr))
	}
	return ""
}
