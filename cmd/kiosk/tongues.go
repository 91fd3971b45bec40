//go:build unix

package main

import (
	"cmp"
	"os"
	"slices"
	"strings"

	"github.com/hajimehoshi/ebiten/v2"
)

// tongues are the languages of the system. A choice lasts as long as the window.
type tongues struct {
	chosen []string
	system []string
}

// systemTongues reads the languages as other programs do: LANGUAGE is a list, the others name one.
func systemTongues() *tongues {
	one := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	var tags []string
	for _, name := range append(strings.Split(os.Getenv("LANGUAGE"), ":"), one) {
		name, _, _ = strings.Cut(name, ".")
		if tag := strings.ReplaceAll(name, "_", "-"); tag != "" && tag != "C" && tag != "POSIX" {
			tags = append(tags, tag)
		}
	}
	return &tongues{system: tags}
}

// Languages implements ui.Tongues.
func (t *tongues) Languages() []string { return append(slices.Clone(t.chosen), t.system...) }

// KeepLanguage implements ui.Tongues.
func (t *tongues) KeepLanguage(code string) { t.chosen = []string{code} }

// ShowLanguage implements ui.Tongues.
func (t *tongues) ShowLanguage(_, title string) { ebiten.SetWindowTitle(title) }
