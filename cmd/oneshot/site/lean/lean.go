// Package lean makes a copy of Ebitengine with which the page is a fifth smaller. Ebitengine composes its shaders with
// text/template, which may call any method by its name: the linker then keeps every method of every type. It also looks for the
// caller's files and rewrites shaders of an old kind, for which it brings along go/build, go/printer and regexp. The page asks for
// none of that. In the copy the shaders are composed already, and the rest says that it is not there.
//
// Nothing else is changed, and a release of Ebitengine that is not as expected is refused.
package lean

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// Module is what is copied.
const Module = "github.com/hajimehoshi/ebiten/v2"

// ErrUnlike says that the module is not as this package expects it.
var ErrUnlike = errors.New("lean: Ebitengine is not as expected")

// change is what becomes of one file of the module.
type change struct {
	file string
	make func(*source) error
}

func changes() []change {
	return []change{
		{"internal/builtinshader/shader.go", compose},
		{"internal/colormshader/shader.go", compose},
		{"internal/debug/caller.go", forgetCaller},
		{"internal/legacyshader/convert.go", refuseTexels},
	}
}

// compose writes down the shaders that a template makes: one for each filter and address.
func compose(s *source) error {
	text, err := s.literal("tmpl")
	if err != nil {
		return err
	}
	t, err := template.New("shader").Option("missingkey=error").Parse(text)
	if err != nil {
		return err
	}
	filters, addresses := s.constants("Filter"), s.constants("Address")
	if len(filters) == 0 || len(addresses) == 0 {
		return fmt.Errorf("%d filters and %d addresses", len(filters), len(addresses))
	}
	var body strings.Builder
	body.WriteString("{\n\treturn []byte([...]string{\n")
	for f := range filters {
		for a := range addresses {
			values := map[string]int{"Filter": f, "Address": a}
			for i, name := range filters {
				values[name] = i
			}
			for i, name := range addresses {
				values[name] = i
			}
			var shader strings.Builder
			if err := t.Execute(&shader, values); err != nil {
				return err
			}
			fmt.Fprintf(&body, "\t\t%q,\n", shader.String())
		}
	}
	fmt.Fprintf(&body, "\t}[int(filter)*%d+int(address)])\n}", len(addresses))
	return errors.Join(
		s.body("ShaderSource", body.String()),
		s.drop("tmpl", "shaders", "shadersM"),
		s.unimport("bytes", "fmt", "sync", "text/template"))
}

// forgetCaller has Ebitengine find no caller, as it finds none in a browser, where there are no files to look at.
func forgetCaller(s *source) error {
	return errors.Join(
		s.body("FirstCaller", "{\n\treturn \"\", 0, CallerTypeNone\n}"),
		s.drop("ebitengineFileDir", "ebitengineFileDirOnce"),
		s.unimport("go/build", "path", "path/filepath", "runtime", "strings", "sync"))
}

// refuseTexels refuses shaders that count in texels. Ebitengine's own count in pixels, and the page has none.
func refuseTexels(s *source) error {
	return errors.Join(
		s.body("convertToPixels", "{\n\treturn nil, errors.New(\"shaders in texels are left out\")\n}"),
		s.drop("texelHelperPrefix", "texelBuiltinNames", "texelHelpersSuffix", "srcPosConversionStmt", "blankUseStmt"),
		s.unimport("bytes", "fmt", "go/ast", "go/parser", "go/printer", "go/token", "strings", Module+"/internal/graphics"),
		s.imports("errors"))
}

// Copy copies the module, which lies in dir, into a folder in to, unless it is there already, and returns the name of that folder.
// The same module gives the same name and content.
func Copy(dir, to string) (string, error) {
	files := map[string][]byte{}
	hash := sha256.New()
	for _, c := range changes() {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(c.file)))
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrUnlike, err)
		}
		s, err := parse(c.file, text)
		if err == nil {
			err = c.make(s)
		}
		if err != nil {
			return "", fmt.Errorf("%w: %s: %w", ErrUnlike, c.file, err)
		}
		files[c.file] = s.edited()
		hash.Write(files[c.file])
	}
	_, release, _ := strings.Cut(filepath.Base(dir), "@")
	name := fmt.Sprintf("ebitengine-%s-%x", strings.Map(plain, release), hash.Sum(nil)[:4])
	if _, err := os.Stat(filepath.Join(to, name)); err == nil {
		return name, nil
	}
	return name, fill(dir, filepath.Join(to, name), files)
}

// plain is the rune of a name that needs no quotes in a go.mod.
func plain(r rune) rune {
	if r == '.' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' {
		return r
	}
	return '-'
}

// fill makes a folder of a module and of the files that differ, all at once.
func fill(dir, to string, files map[string][]byte) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return fmt.Errorf("lean: %w", err)
	}
	stage, err := os.MkdirTemp(filepath.Dir(to), "stage-")
	if err != nil {
		return fmt.Errorf("lean: %w", err)
	}
	defer os.RemoveAll(stage)
	whole := filepath.Join(stage, filepath.Base(to))
	if err := os.CopyFS(whole, os.DirFS(dir)); err != nil {
		return fmt.Errorf("lean: %w", err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(whole, filepath.FromSlash(name)), text, 0o666); err != nil {
			return fmt.Errorf("lean: %w", err)
		}
	}
	if err := os.Rename(whole, to); err != nil {
		if _, there := os.Stat(to); there == nil {
			return nil // another build was faster
		}
		return fmt.Errorf("lean: %w", err)
	}
	return nil
}
