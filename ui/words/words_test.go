package words

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// catalogues are all but English, by their codes.
func catalogues(t *testing.T) map[string]*Catalogue {
	t.Helper()
	all := map[string]*Catalogue{}
	for _, l := range Languages() {
		c, ok := In(l.Code)
		if !ok || c.Language() != l.Code || NameOf(l.Code) != l.Name {
			t.Fatalf("%s: there is %v, it is %q, called %q", l.Code, ok, c.Language(), NameOf(l.Code))
		}
		if c != nil {
			all[l.Code] = c
		}
	}
	return all
}

func TestSay(t *testing.T) {
	c := &Catalogue{messages: map[string]string{
		"Move {example} to {class}":                         "{class} <- {example}",
		"{n} class|{n} classes":                             "{n} klasa|{n} klasy|{n} klas",
		"Opened {set}, {n} class|Opened {set}, {n} classes": "{n} klasa: {set}|{n} klasy: {set}|{n} klas: {set}",
	}, plural: slavic, comma: ",", group: "."}
	for want, got := range map[string]string{
		"B <- example 1":        c.Say("Move {example} to {class}", "example 1", "B"),
		"Move a to {n}":         (*Catalogue)(nil).Say("Move {example} to {class}", "a", "{n}"),
		"{other} <- {":          c.Say("Move {example} to {class}", "{", "{other}"),
		"Undo":                  c.Say("Undo"),
		"It failed: gone":       c.Say("It failed: {error}", errors.New("gone")),
		"page 3 of 4":           c.Say("page {n} of {all}", 3, 4),
		"1 class":               (*Catalogue)(nil).Count(1, "{n} class|{n} classes"),
		"0 classes":             (*Catalogue)(nil).Count(0, "{n} class|{n} classes"),
		"3 klasy":               c.Count(3, "{n} class|{n} classes"),
		"12 klas":               c.Count(12, "{n} class|{n} classes"),
		"22 klasy: Runes":       c.Count(22, "Opened {set}, {n} class|Opened {set}, {n} classes", "Runes"),
		"Opened Runes, 1 class": (*Catalogue)(nil).Count(1, "Opened {set}, {n} class|Opened {set}, {n} classes", "Runes"),
		"95,3":                  c.Decimal(95.34, 1),
		"0.50":                  (*Catalogue)(nil).Decimal(0.5, 2),
		"1.234.567":             c.Thousands(1234567),
		"999":                   c.Thousands(999),
		"12,345":                (*Catalogue)(nil).Thousands(12345),
		"an open { brace":       c.Say("an open { brace", 1),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The plural forms follow Unicode's CLDR.
func TestPluralForms(t *testing.T) {
	for code, want := range map[string]string{
		//    0 1 2 4 5 11 12 14 21 22 25 101 102 112
		"fr": "0 0 1 1 1 1 1 1 1 1 1 1 1 1",
		"pt": "0 0 1 1 1 1 1 1 1 1 1 1 1 1",
		"es": "1 0 1 1 1 1 1 1 1 1 1 1 1 1",
		"de": "1 0 1 1 1 1 1 1 1 1 1 1 1 1",
		"pl": "2 0 1 1 2 2 2 2 2 1 2 2 1 2",
	} {
		c, _ := In(code)
		var got []string
		for _, n := range []int{0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 102, 112} {
			got = append(got, string(rune('0'+c.plural(n))))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: forms %s, want %s", code, s, want)
		}
	}
}

func TestChoose(t *testing.T) {
	for tags, want := range map[string]string{
		"": "en", "fr": "fr", "pt-BR,en": "pt", "PL-pl": "pl", "tlh,ja-JP,de-AT,fr": "de", "en-GB,fr": "en", "xx,-,": "en",
	} {
		if got := Choose(strings.Split(tags, ",")).Language(); got != want {
			t.Errorf("%q chooses %s, want %s", tags, got, want)
		}
	}
	if c, ok := In("la"); c != nil || ok {
		t.Errorf("Latin: %v, %v", c, ok)
	}
}

// A translation has the places of its message, and as many forms as its language counts.
func TestTranslationsHaveTheSamePlaces(t *testing.T) {
	sorted := func(s string) []string { p := places(s); slices.Sort(p); return p }
	for code, c := range catalogues(t) {
		forms := 0
		for n := range 200 {
			forms = max(forms, c.plural(n)+1)
		}
		for message, text := range c.messages {
			english, own := strings.Split(message, "|"), strings.Split(text, "|")
			switch {
			case text == "" || strings.TrimSpace(text) != text || strings.Contains(text, "  "):
				t.Errorf("%s: %q is %q", code, message, text)
			case len(english) == 1 && len(own) != 1, len(english) > 1 && len(own) != forms:
				t.Errorf("%s: %q has %d forms, want %d", code, message, len(own), forms)
			}
			want := sorted(english[len(english)-1])
			for _, form := range own {
				if got := sorted(form); !slices.Equal(got, want) {
					t.Errorf("%s: %q has the places %q, want %q", code, form, got, want)
				}
			}
		}
	}
}
