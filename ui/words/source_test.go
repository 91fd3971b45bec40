package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"oneshot/ui/starters"
)

// untranslated are files of the page whose texts are English in every language for now.
func untranslated() []string { return nil }

// sourceFiles are the files that word what the page says.
func sourceFiles(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("../*.go")
	if err != nil || len(all) < 50 {
		t.Fatalf("%d files of the page, %v", len(all), err)
	}
	return slices.DeleteFunc(all, func(name string) bool {
		return strings.HasSuffix(name, "_test.go") || slices.Contains(untranslated(), filepath.Base(name))
	})
}

// said returns the messages of a file, and calls loose for each text that people could see and that no catalogue
// knows of.
func said(t *testing.T, name string, loose func(at token.Position, text string)) []string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var messages []string
	var visit func(n ast.Node, shown bool)
	within := func(n ast.Node, shown bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			if m == nil || m == n {
				return true
			}
			visit(m, shown)
			return false
		})
	}
	visit = func(n ast.Node, shown bool) {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.CaseClause, *ast.GenDecl:
			if c, ok := n.(*ast.CaseClause); ok {
				for _, s := range c.Body {
					visit(s, false)
				}
				return
			}
			if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.VAR {
				within(n, false)
			}
			return
		case *ast.CallExpr:
			fun := called(n)
			switch {
			case fun == "Say" || fun == "Count":
				at := 0
				if fun == "Count" {
					at = 1
				}
				if text, ok := literal(n.Args[at]); ok {
					messages = append(messages, text)
				}
				for i, arg := range n.Args {
					if i != at {
						visit(arg, false)
					}
				}
				return
			case slices.Contains(mute(), fun):
				return
			case (fun == "Text" || fun == "Paragraph") && len(n.Args) > 0:
				visit(n.Args[0], true)
				for _, arg := range n.Args[1:] {
					visit(arg, false)
				}
				return
			}
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				return
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok {
				switch key.Name {
				case "ID", "id":
					return
				case "Name", "Label", "Detail":
					visit(n.Value, true)
					return
				}
			}
		case *ast.BasicLit:
			if text, ok := literal(n); ok && readable(text, shown) {
				loose(set.Position(n.Pos()), text)
			}
			return
		}
		within(n, shown)
	}
	visit(file, false)
	return messages
}

// mute are functions whose texts nobody sees: errors for programs, names of controls and of formats.
func mute() []string {
	return []string{"New", "Errorf", "node", "damageNode", "Focus", "turnPage", "mustCompile"}
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

func literal(e ast.Node) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

var letters = regexp.MustCompile(`\pL{2}`)

// readable reports whether a text looks like one for people. Where it is certainly shown, every word is; elsewhere
// one that begins like a sentence or has several words.
func readable(text string, shown bool) bool {
	if !letters.MatchString(text) || text == "oneshot" {
		return false
	}
	first := []rune(text)[0]
	return shown || unicode.IsUpper(first) || strings.Contains(strings.TrimSpace(text), " ")
}

// What the page shows and says goes through the catalogue.
func TestAllTextsGoThroughTheCatalogue(t *testing.T) {
	// Letters of alphabets, and what is no language: keys of the keyboard, and file formats.
	known := []string{"α β γ δ ε", "Ж Д Я Ю Ф", "א ב ג ד ה"}
	for _, name := range sourceFiles(t) {
		if base := filepath.Base(name); base == "painter.go" {
			continue // its texts are programs for the GPU
		}
		said(t, name, func(at token.Position, text string) {
			if !slices.Contains(known, text) {
				t.Errorf("%s: %q does not go through the catalogue", at, text)
			}
		})
	}
}

// Every message has a translation in every language, and no catalogue has one that nobody says.
func TestEveryMessageIsTranslated(t *testing.T) {
	messages := map[string]bool{}
	for _, name := range sourceFiles(t) {
		for _, m := range said(t, name, func(token.Position, string) {}) {
			messages[m] = true
		}
	}
	for _, set := range starters.All() {
		messages[set.Name], messages[set.About] = true, true
		if set.ID == "runes" {
			continue // their names are the same everywhere
		}
		for _, sign := range set.Signs {
			messages[sign.Name] = true
		}
	}
	if len(messages) < 500 {
		t.Fatalf("only %d messages were found", len(messages))
	}
	for code, c := range catalogues(t) {
		for m := range messages {
			if _, ok := c.messages[m]; !ok {
				t.Errorf("%s: no translation of %q", code, m)
			}
		}
		for m := range c.messages {
			if !messages[m] {
				t.Errorf("%s: nobody says %q", code, m)
			}
		}
	}
}
