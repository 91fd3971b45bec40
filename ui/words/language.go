package words

import "strings"

// Language is one that the page speaks.
type Language struct{ Code, Name string }

// Languages are those that there are, each by its own name.
func Languages() []Language {
	return []Language{
		{"en", "English"}, {"fr", "Français"}, {"es", "Español"}, {"de", "Deutsch"}, {"pt", "Português"}, {"pl", "Polski"},
	}
}

// NameOf is a language's own name.
func NameOf(code string) string {
	for _, l := range Languages() {
		if l.Code == code {
			return l.Name
		}
	}
	return code
}

// In returns the catalogue of a language, and whether there is one.
func In(code string) (*Catalogue, bool) {
	switch code {
	case "en":
		return nil, true
	case "fr":
		return &Catalogue{code, ",", "\u202f", romance, french()}, true
	case "es":
		return &Catalogue{code, ",", "\u00a0", english, spanish()}, true
	case "de":
		return &Catalogue{code, ",", ".", english, german()}, true
	case "pt":
		return &Catalogue{code, ",", ".", romance, portuguese()}, true
	case "pl":
		return &Catalogue{code, ",", "\u00a0", slavic, polish()}, true
	}
	return nil, false
}

// Choose returns the catalogue of the first of some language tags, such as pt-BR, that there is one for. Without any
// it is English.
func Choose(tags []string) *Catalogue {
	for _, tag := range tags {
		code, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if c, ok := In(code); ok {
			return c
		}
	}
	return nil
}

// The plural rules of Unicode's CLDR for whole numbers. French, Spanish and Portuguese have one more form, for round
// millions; nothing here is counted so far.

// english has one for 1; so do German and Spanish.
func english(n int) int {
	if n == 1 {
		return 0
	}
	return 1
}

// romance has one for 0 and 1: French, and Portuguese as in Brazil.
func romance(n int) int {
	if n == 0 || n == 1 {
		return 0
	}
	return 1
}

// slavic is Polish: one, few, many.
func slavic(n int) int {
	switch {
	case n == 1:
		return 0
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return 1
	}
	return 2
}
