package lean

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
)

// source is a Go file and what is to be changed in it.
type source struct {
	text  []byte
	file  *ast.File
	set   *token.FileSet
	edits []edit
}

// edit puts a text in place of another.
type edit struct {
	from, to int
	text     string
}

func parse(name string, text []byte) (*source, error) {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, name, text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	return &source{text: text, file: f, set: set}, nil
}

func (s *source) replace(from, to token.Pos, text string) {
	s.edits = append(s.edits, edit{s.set.Position(from).Offset, s.set.Position(to).Offset, text})
}

// edited is the file with all changes made.
func (s *source) edited() []byte {
	slices.SortFunc(s.edits, func(a, b edit) int { return a.from - b.from })
	var out []byte
	at := 0
	for _, e := range s.edits {
		out = append(append(out, s.text[at:e.from]...), e.text...)
		at = e.to
	}
	return append(out, s.text[at:]...)
}

// body gives a function another body.
func (s *source) body(name, text string) error {
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == name {
			s.replace(f.Body.Pos(), f.Body.End(), text)
			return nil
		}
	}
	return fmt.Errorf("there is no function %s", name)
}

// drop takes functions, constants and variables out.
func (s *source) drop(names ...string) error {
	for _, name := range names {
		if !s.dropOne(name) {
			return fmt.Errorf("there is no %s", name)
		}
	}
	return nil
}

func (s *source) dropOne(name string) bool {
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == name {
				s.replace(d.Pos(), d.End(), "")
				return true
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				v, ok := spec.(*ast.ValueSpec)
				if !ok || len(v.Names) != 1 || v.Names[0].Name != name {
					continue
				}
				if d.Lparen.IsValid() {
					s.replace(v.Pos(), v.End(), "")
				} else {
					s.replace(d.Pos(), d.End(), "")
				}
				return true
			}
		}
	}
	return false
}

// unimport takes imports out.
func (s *source) unimport(paths ...string) error {
	for _, path := range paths {
		i := slices.IndexFunc(s.file.Imports, func(spec *ast.ImportSpec) bool { return spec.Path.Value == strconv.Quote(path) })
		if i < 0 {
			return fmt.Errorf("%s is not imported", path)
		}
		s.replace(s.file.Imports[i].Pos(), s.file.Imports[i].End(), "")
	}
	return nil
}

// imports puts an import in.
func (s *source) imports(path string) error {
	s.replace(s.file.Name.End(), s.file.Name.End(), "\n\nimport "+strconv.Quote(path))
	return nil
}

// literal is the text in quotes in the value of a variable.
func (s *source) literal(name string) (string, error) {
	text, found := "", 0
	for _, d := range s.file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range g.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Names) != 1 || v.Names[0].Name != name || len(v.Values) != 1 {
				continue
			}
			ast.Inspect(v.Values[0], func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && len(lit.Value) > len(text) {
					text = lit.Value
					found++
				}
				return true
			})
		}
	}
	if found == 0 {
		return "", fmt.Errorf("%s holds no text", name)
	}
	return strconv.Unquote(text)
}

// constants are the names of the constants that are counted from 0 with a type.
func (s *source) constants(typ string) []string {
	for _, d := range s.file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		first, ok := g.Specs[0].(*ast.ValueSpec)
		if !ok || len(first.Values) != 1 {
			continue
		}
		named, isNamed := first.Type.(*ast.Ident)
		counted, isIdent := first.Values[0].(*ast.Ident)
		if !isNamed || !isIdent || named.Name != typ || counted.Name != "iota" {
			continue
		}
		var names []string
		for _, spec := range g.Specs {
			names = append(names, spec.(*ast.ValueSpec).Names[0].Name)
		}
		return names
	}
	return nil
}
