package ui

import "oneshot/ui/words"

// languageScene lists the languages that the page speaks, each by its own name, for whoever does not understand the
// one that it speaks now.
type languageScene struct{}

func (languageScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Language"), 560, g.screen)
	var rows []Node
	for _, language := range words.Languages() {
		n := Node{ID: "language:" + language.Code, Name: language.Name, Label: language.Name, Action: Action{
			Icon: iconGlobe, Do: func(g *Game) { g.chooseLanguage(language.Code) },
		}}
		if language.Code == g.words.Language() {
			n.Action.Icon, n.Name = iconCheck, g.words.Say("{language}, chosen", language.Name)
		}
		rows = append(rows, n)
	}
	at = l.rows(at, rows...)
	l.Content = at.Y + 8
	return l
}

func (languageScene) draw(*Game) {}

func (languageScene) step(g *Game, _ float64) string {
	return g.words.Say("Language: {language}", words.NameOf(g.words.Language()))
}

// chooseLanguage changes the language and remembers it; that of a visitor of a kiosk only until the next one.
func (g *Game) chooseLanguage(code string) {
	w, ok := words.In(code)
	if !ok {
		return
	}
	if g.kiosk == nil || g.kiosk.staff {
		g.tongues.KeepLanguage(code)
	}
	g.speak(w)
}

// languageRows is the way to the languages, where there is one.
func (g *Game) languageRows() []Node {
	if g.tongues == nil {
		return nil
	}
	return []Node{{ID: "language", Name: g.words.Say("Language"), Label: g.words.Say("Language"), Action: Action{
		Icon: iconGlobe, Detail: words.NameOf(g.words.Language()),
		Do: func(g *Game) { g.show(languageScene{}, "language") },
	}}}
}

var iconGlobe = Icon{
	{12, 4, 16, 4.8, 19.2, 8, 20, 12, 19.2, 16, 16, 19.2, 12, 20, 8, 19.2, 4.8, 16, 4, 12, 4.8, 8, 8, 4.8, 12, 4},
	{12, 4, 9.6, 6.6, 8.4, 12, 9.6, 17.4, 12, 20}, {12, 4, 14.4, 6.6, 15.6, 12, 14.4, 17.4, 12, 20}, {4.4, 12, 19.6, 12},
}
