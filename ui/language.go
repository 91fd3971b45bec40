package ui

import "oneshot/ui/words"

// Tongues is what the machine knows of the languages of its user.
type Tongues interface {
	// Languages are the language tags that the user prefers, the best first: what was chosen here before, then
	// what the browser is set to.
	Languages() []string
	// SetLanguage remembers what was chosen.
	SetLanguage(code string)
	// ShowLanguage says in which language the page is now.
	ShowLanguage(code string)
}

// Speak lets the page say everything in the language of its user.
func (g *Game) Speak(t Tongues) {
	g.tongues = t
	g.speak(words.Choose(t.Languages()))
}

// speak changes the language. What was said and is still to be seen is said anew, as far as the page can tell.
func (g *Game) speak(w *words.Catalogue) {
	g.words = w
	g.tongues.ShowLanguage(w.Language())
	g.asked, g.toast = false, ""
	g.stale = true
}

// seen is the screen as the page knows it: what the host says, and the language.
func (g *Game) seen() Screen {
	sc := g.host.Screen()
	sc.Words = g.words
	return sc
}
