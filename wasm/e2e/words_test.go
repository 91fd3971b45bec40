//go:build !js

package e2e

import (
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
