package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/kiosk"
)

// tongues is a user's languages on a machine that remembers a choice.
type tongues struct {
	kept  []string
	tags  []string
	lang  string
	title string
}

func (m *tongues) Languages() []string             { return append(slices.Clone(m.kept), m.tags...) }
func (m *tongues) KeepLanguage(code string)        { m.kept = []string{code} }
func (m *tongues) ShowLanguage(code, title string) { m.lang, m.title = code, title }

// speaking opens the page for somebody who prefers a language.
func speaking(t *testing.T, sc Screen, tags ...string) (*Game, *bench, *tongues) {
	t.Helper()
	g, b := open(t, sc)
	m := &tongues{tags: tags}
	g.Speak(m)
	b.frame(t, g)
	return g, b, m
}

// The page speaks what its user does, and something else as soon as that is chosen.
func TestLanguageStory(t *testing.T) {
	for _, sc := range []Screen{laptop, phone} {
		g, b, m := speaking(t, sc, "fr-CA", "en")
		if m.lang != "fr" || !strings.Contains(m.title, "dessin") {
			t.Errorf("the document is in %q and called %q", m.lang, m.title)
		}
		b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
		if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Donne-lui un nom.") {
			t.Errorf("status %q", got)
		}
		b.tap(t, g, "teach:1")
		b.stroke(t, g, 0.1, 0.45, 0.9, 0.5)
		if got, want := b.mirror.Status.Text, "Classe A, la seule classe enseignée pour l'instant, le plus proche : exemple 1 de Classe A"; got != want {
			t.Errorf("status %q, want %q", got, want)
		}
		b.menu(t, g, "language")
		if got := g.layout.Sheet.Name; got != "Langue" {
			t.Errorf("the languages are called %q", got)
		}
		if n := g.layout.node("language:fr"); n == nil || n.Name != "Français, choisie" {
			t.Errorf("the language in use is %+v", n)
		}
		b.tap(t, g, "language:pl")
		b.frame(t, g)
		if got := b.mirror.Status.Text; got != "Język: Polski" || g.layout.Sheet.Name != "Język" || m.lang != "pl" {
			t.Errorf("after Polish was chosen: %q, %q, %q", got, g.layout.Sheet.Name, m.lang)
		}
		b.frame(t, g, Event{Kind: Key, Key: "Escape"})
		b.frame(t, g, Event{Kind: Key, Key: "Escape"})
		if n := g.layout.node("teach:2"); n == nil || n.Name != "Naucz: Klasa B" {
			t.Errorf("a class without examples is taught by %+v", n)
		}
		if n := g.layout.node("teach:1"); n == nil || n.Name != "Naucz: Classe A" {
			t.Errorf("a class with an example is taught by %+v", n)
		}
		if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Classe A, na razie jedyna nauczona klasa") {
			t.Errorf("status %q", got)
		}
		again, _ := open(t, sc)
		again.Speak(m)
		if got := again.words.Language(); got != "pl" {
			t.Errorf("the next visit is in %q", got)
		}
	}
}

// Without languages of the host the page is English, and has nothing to choose.
func TestLanguageIsEnglishWithoutAHost(t *testing.T) {
	g, b := open(t, phone)
	b.frame(t, g, Event{Kind: Activate, Text: "menu"})
	if g.layout.node("language") != nil || g.words.Language() != "en" {
		t.Errorf("in %q there is %+v", g.words.Language(), g.layout.node("language"))
	}
}

// A visitor of a kiosk chooses a language for their visit; the next one finds that of the machine.
func TestLanguageOfAKioskIsTheVisitors(t *testing.T) {
	store := keepingtest.New()
	g, b := visit(t, store, phone)
	m := &tongues{tags: []string{"de"}}
	g.Speak(m)
	p := &porter{store: store}
	g.Attend(kiosk.Options{Set: "shapes", Times: museum}, p, store, func() {})
	store.Pass(5 * time.Second)
	b.frame(t, g)
	if err := g.kiosk.lock.SetPIN("2468"); err != nil {
		t.Fatal(err)
	}
	if got := g.state.Board().Classes[0].Name; got != "Kreis" {
		t.Errorf("the first class is %q", got)
	}
	b.menu(t, g, "language")
	b.tap(t, g, "language:fr")
	b.frame(t, g)
	if got := g.layout.Sheet.Name; got != "Langue" || len(m.kept) != 0 {
		t.Errorf("the visitor sees %q, %q is remembered", got, m.kept)
	}
	b.frame(t, g, Event{Kind: Activate, Text: "back"})
	b.frame(t, g, Event{Kind: Activate, Text: "fresh"})
	b.frame(t, g)
	if got := g.words.Language(); got != "de" || m.lang != "de" {
		t.Errorf("the next visitor finds %q, the document is in %q", got, m.lang)
	}
}
