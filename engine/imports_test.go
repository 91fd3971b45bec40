//go:build !js

package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The rooms and which way the arrows point between them: a package imports only packages of its own
// room or of one with a smaller number.
var rooms = map[string]int{"weights": 0, "engine": 1, "ui": 2, "wasm": 3, "cmd": 3}

// pkg is one package of the project as go list sees it, tests left out.
type pkg struct {
	path    string // inside the module, e.g. "engine/kernel"
	main    bool
	imports []string
	deps    []string
}

// list asks the go command for the packages of the whole module, as built natively or for js/wasm.
func list(t *testing.T, env ...string) []pkg {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("skipped: the go command is not there to list imports")
	}
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}}|{{.Name}}|{{join .Imports " "}}|{{join .Deps " "}}`, "./...")
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		if e, ok := err.(*exec.ExitError); ok {
			out = e.Stderr
		}
		t.Fatalf("go list: %v\n%s", err, out)
	}
	var all []pkg
	for line := range strings.Lines(string(out)) {
		f := strings.Split(strings.TrimSpace(line), "|")
		path, ok := strings.CutPrefix(f[0], "oneshot/")
		if len(f) != 4 || !ok {
			t.Fatalf("go list says %q", line)
		}
		all = append(all, pkg{path, f[1] == "main", strings.Fields(f[2]), strings.Fields(f[3])})
	}
	if !slices.ContainsFunc(all, func(p pkg) bool { return p.path == "engine" }) {
		t.Fatal("go list does not know this package")
	}
	return all
}

func under(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }

// hostile holds files for tests alone.
const hostile = "weights/hostile"

// runtime reports whether the package is a part of what every program carries, the browser's too.
func (p pkg) runtime() bool {
	return !p.main && (under(p.path, "engine") || under(p.path, "weights")) && !under(p.path, "engine/train") && p.path != hostile
}

func TestImports(t *testing.T) {
	for _, env := range [][]string{{"GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0"}, {"GOOS=js", "GOARCH=wasm"}} {
		for _, p := range list(t, env...) {
			for _, dep := range p.imports {
				if why := forbiddenImport(p, dep); why != "" {
					t.Errorf("%s: %s imports %s: %s", env[0], p.path, dep, why)
				}
			}
			for _, dep := range p.deps {
				if why := forbiddenDep(p, dep); why != "" {
					t.Errorf("%s: %s depends on %s: %s", env[0], p.path, dep, why)
				}
			}
		}
	}
}

// forbiddenImport judges a direct import and says what it breaks.
func forbiddenImport(p pkg, dep string) string {
	if dep == "oneshot/"+hostile {
		return "only tests use it"
	}
	room := func(path string) int {
		name, _, _ := strings.Cut(path, "/")
		return rooms[name]
	}
	if own, ok := strings.CutPrefix(dep, "oneshot/"); ok {
		if room(own) > room(p.path) {
			return "arrows point from cmd and wasm to ui to engine to weights"
		}
		if under(own, "engine/train") && !under(p.path, "engine/train") && !under(p.path, "cmd") {
			return "training is for native tools"
		}
		if own == "weights/float" && !under(p.path, "cmd") && !under(p.path, "engine/train") {
			return "the float32 model is for native tools"
		}
		return ""
	}
	switch {
	case dep == "syscall/js" && !under(p.path, "wasm"):
		return "only wasm talks to the browser"
	case strings.HasPrefix(dep, "github.com/hajimehoshi/ebiten/"):
		if p.path != "ui" && !(p.main && (under(p.path, "wasm") || under(p.path, "cmd"))) &&
			(!under(p.path, "ui") || under(p.path, "ui/state") || under(p.path, "ui/session")) {
			return "the screen is for ui and the programs that open a window"
		}
	case strings.HasPrefix(dep, "gorgonia.org/") && !under(p.path, "engine/train"):
		return "gorgonia is the workshop's"
	case p.runtime() && (dep == "time" || dep == "os" || dep == "net" || dep == "syscall" ||
		strings.HasPrefix(dep, "os/") || strings.HasPrefix(dep, "net/")):
		return "the engine has no files, network or clock"
	}
	return ""
}

// forbiddenDep judges anything that a package brings along.
func forbiddenDep(p pkg, dep string) string {
	switch {
	case (p.runtime() || p.path == "wasm/npm" && slices.Contains(p.imports, "syscall/js")) &&
		(dep == "fmt" || dep == "reflect" || dep == "regexp" || dep == "os" || under(dep, "crypto")):
		return "the engine stays small"
	case under(p.path, "wasm") && (under(dep, "oneshot/engine/train") || dep == "oneshot/weights/float" ||
		strings.HasPrefix(dep, "gorgonia.org/")):
		return "training and float32 weights stay out of the browser"
	}
	return ""
}

// The engine and the weights draw no numbers from the global generator: whoever samples has a seed.
func TestNoGlobalRandomness(t *testing.T) {
	for _, root := range []string{".", "../weights"} {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					x, ok := s.X.(*ast.Ident)
					if ok && x.Name == "rand" && x.Obj == nil && !slices.Contains(seeded, s.Sel.Name) {
						t.Errorf("%s uses rand.%s of the global generator", path, s.Sel.Name)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// seeded is what math/rand/v2 has for generators with a seed.
var seeded = []string{"New", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "PCG", "ChaCha8", "Source", "Zipf"}
