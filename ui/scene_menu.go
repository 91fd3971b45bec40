package ui

// menuScene lists what the page can do besides drawing, teaching and asking.
type menuScene struct{}

func (menuScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Menu"), 560, g.screen)
	if g.kiosk != nil {
		at = l.rows(at, g.kioskRows()...)
	}
	if rows := g.keptRows(); len(rows) > 0 {
		at = l.rows(at, rows...)
	}
	at = l.rows(at,
		Node{ID: "menu:camera", Name: g.words.Say("Camera"), Label: g.words.Say("Camera"),
			Action: Action{Icon: iconCamera, Detail: g.words.Say("Hold a drawing before it"), Do: func(g *Game) { g.openCamera("menu:camera") }}},
		Node{ID: "pictures", Name: g.words.Say("Pictures"), Label: g.words.Say("Pictures"),
			Action: Action{Icon: iconPicture, Detail: g.words.Say("Photographs and files, to teach"), Do: func(g *Game) { g.show(picturesScene{}, "pictures") }}},
		Node{ID: "save", Name: g.words.Say("Save a copy"), Label: g.words.Say("Save a copy"), Disabled: !taught(g.state.Board()),
			Action: Action{Icon: iconSave, Detail: g.words.Say("All you taught, as one zip file"), Do: (*Game).save}},
		Node{ID: "open", Name: g.words.Say("Open"), Label: g.words.Say("Open"), Action: Action{Icon: iconOpen, Detail: g.words.Say("A saved set or a zip of pictures"),
			Do: func(g *Game) { g.host.Pick() }}},
	)
	if g.address != nil {
		at = l.rows(at, g.linkRow())
	}
	at = l.rows(at, g.learnRows()...)
	at = l.rows(at, insightRows(g.words)...)
	if rows := g.languageRows(); len(rows) > 0 {
		at = l.rows(at, rows...)
	}
	if g.kept != nil {
		at = l.rows(at, g.eraseRow())
	}
	l.Content = at.Y + 8
	return l
}

func (menuScene) draw(*Game) {}

func (menuScene) step(g *Game, _ float64) string { return g.words.Say("Menu") }
