package site

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each of the files says all headers, in the words of whom it is for.
func TestHeadersFiles(t *testing.T) {
	for name, form := range map[string]struct{ first, before, between, after, last string }{
		headersName:   {"/*", "  ", ": ", "", ""},
		"_nginx.conf": {"", "add_header ", ` "`, `" always;`, ""},
		"_Caddyfile":  {"header {", "\t", ` "`, `"`, "}"},
	} {
		var want []string
		if form.first != "" {
			want = append(want, form.first)
		}
		for _, h := range securityHeaders {
			if strings.ContainsAny(h.value, "\"$\n") {
				t.Errorf("%s cannot stand in quotes everywhere: %s", h.name, h.value)
			}
			want = append(want, form.before+h.name+form.between+h.value+form.after)
		}
		if form.last != "" {
			want = append(want, form.last)
		}
		if got := headersFiles()[name]; got != strings.Join(want, "\n")+"\n" {
			t.Errorf("%s is\n%s\nwant\n%s", name, got, strings.Join(want, "\n"))
		}
	}
}

// Where a host sends no headers, the page says the same itself, but for what only a header can say.
func TestPageSaysItsPolicy(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	meta := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]+)"`).FindSubmatch(page)
	if meta == nil {
		t.Fatal("index.html has no policy")
	}
	header, only, found := strings.Cut(securityHeaders[0].value, "; frame-ancestors")
	if !found || only != " 'none'" || string(meta[1]) != header {
		t.Errorf("index.html says\n%s\nthe header\n%s", meta[1], securityHeaders[0].value)
	}
}
