//go:build !js

package e2e

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The page is in the browser's language, and in another as soon as that is chosen, which it remembers.
func TestWords(t *testing.T) {
	h := newHarness(t, chromedp.Flag("accept-lang", "fr-FR,fr,en"))
	t.Run("Laptop", func(t *testing.T) { speaks(t, h.open(t, laptop)) })
	t.Run("Phone", func(t *testing.T) { speaks(t, h.open(t, phone.darkened())) })
}

func speaks(t *testing.T, p *page) {
	const language = `document.documentElement.lang + ", " + document.title`
	if got := eval[string](p, language); !strings.HasPrefix(got, "fr, oneshot : il apprend") {
		t.Errorf("the document is in %q", got)
	}
	p.screenshot("french")
	p.drawOn("Ardoise", drawings(t)[0].example)
	p.press("Enseigner Classe A")
	p.waitForButton("Exemple 1 de Classe A")
	p.press("Menu")
	p.screenshot("french-menu")
	p.press("Langue")
	p.focus("Polski")
	p.keys(kb.Enter)
	p.waitForButton("Polski, wybrany")
	p.screenshot("polish-languages")
	p.press("Wstecz")
	p.press("Wstecz")
	p.waitForButton("Naucz: Klasa B")
	p.press("Wyczyść")
	p.drawOn("Tablica", drawings(t)[0].queries[0])
	p.waitFor("the answer in Polish", `/na razie jedyna nauczona klasa/.test(document.querySelector("[role=status]").textContent)`)
	p.screenshot("polish")

	p.do(chromedp.Reload())
	p.waitFor("the page to be ready again", `document.documentElement.dataset.ready === "true"`)
	if got := eval[string](p, language); !strings.HasPrefix(got, "pl, oneshot: uczy") {
		t.Errorf("after it was loaded anew the document is in %q", got)
	}
}

// What the loader says is translated into all languages.
func TestLoaderWords(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile("../web/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	loader, words := read("loader.js"), read("words.js")
	said := regexp.MustCompile(`say\("([^"]+)"`).FindAllStringSubmatch(loader, -1)
	if len(said) < 12 {
		t.Fatalf("the loader says only %d sentences", len(said))
	}
	for _, m := range said {
		key := `"` + m[1] + `"`
		if name := regexp.MustCompile(`const (\w+) = ` + regexp.QuoteMeta(key)).FindStringSubmatch(words); name != nil {
			key = "[" + name[1] + "]"
		}
		translations := regexp.MustCompile(regexp.QuoteMeta(key)+`: "([^"]+)"`).FindAllStringSubmatch(words, -1)
		if len(translations) != 5 {
			t.Errorf("%q has %d translations, want 5", m[1], len(translations))
		}
		places := regexp.MustCompile(`\{\w+\}`)
		for _, tr := range translations {
			if got, want := places.FindAllString(tr[1], -1), places.FindAllString(m[1], -1); strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%q has the places %v, want %v", tr[1], got, want)
			}
		}
	}
	if loose := regexp.MustCompile("(Plain|fail)\\([\"`]").FindAllString(loader, -1); loose != nil {
		t.Errorf("the loader says %d sentences without a translation", len(loose))
	}
}
