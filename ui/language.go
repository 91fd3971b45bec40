package ui

import (
	"unicode/utf8"

	"oneshot/ui/words"
)

// Tongues is what the machine knows of the languages of its user.
type Tongues interface {
	// Languages are the language tags that the user prefers, the best first: what was chosen here before, then
	// what the browser is set to.
	Languages() []string
	// KeepLanguage remembers what was chosen.
	KeepLanguage(code string)
	// ShowLanguage says in which language the page is now, and what it is called there.
	ShowLanguage(code, title string)
}

// Speak lets the page say everything in the language of its user. It must come before Keep, which gives names.
func (g *Game) Speak(t Tongues) {
	g.tongues = t
	g.speak(words.Choose(t.Languages()))
}

// speak changes the language.
func (g *Game) speak(w *words.Catalogue) {
	g.words = w
	g.state.CallClasses(w.Say("Class"))
	if g.kept != nil {
		g.kept.CallSets(w.Say("My set"))
	}
	g.tongues.ShowLanguage(w.Language(), w.Say("oneshot: it learns from one drawing"))
	g.asked, g.toast = false, ""
	g.stale = true
}

// seen is the screen as the page knows it: what the host says, and the language.
func (g *Game) seen() Screen {
	sc := g.host.Screen()
	sc.Words = g.words
	return sc
}

// labelWidth is the width of a button without an icon: as its label needs, in any font, and not less than so much.
func labelWidth(label string, least float64) float64 {
	return max(least, 10*float64(utf8.RuneCountInString(label))+12)
}

// toolWidth is that of a button with an icon before its label.
func toolWidth(label string) float64 { return labelWidth(label, 70) + 26 }
