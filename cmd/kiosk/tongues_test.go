//go:build unix

package main

import (
	"slices"
	"testing"
)

func TestSystemTongues(t *testing.T) {
	for _, c := range []struct {
		list, all, lang string
		want            []string
	}{
		{"", "", "de_AT.UTF-8", []string{"de-AT"}},
		{"pl:fr", "", "en_GB.UTF-8", []string{"pl", "fr", "en-GB"}},
		{"", "C", "de_DE", nil},
		{"", "", "", nil},
		{"", "pt_BR", "fr_FR", []string{"pt-BR"}},
	} {
		t.Setenv("LANGUAGE", c.list)
		t.Setenv("LC_ALL", c.all)
		t.Setenv("LC_MESSAGES", "")
		t.Setenv("LANG", c.lang)
		m := systemTongues()
		if got := m.Languages(); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q", c, got)
		}
		m.KeepLanguage("es")
		if got := m.Languages(); got[0] != "es" {
			t.Errorf("after a choice: %q", got)
		}
	}
}
