package ui

// menuScene lists what the page can do besides drawing, teaching and asking.
type menuScene struct{}

func (menuScene) arrange(g *Game) *Layout {
	l, at := sheet("Menu", 560, g.screen)
	if g.kiosk != nil {
		at = l.rows(at, g.kioskRows()...)
	}
	if rows := g.keptRows(); len(rows) > 0 {
		at = l.rows(at, rows...)
	}
	at = l.rows(at,
		Node{ID: "menu:camera", Name: "Camera", Label: "Camera",
			Action: Action{Icon: iconCamera, Detail: "Hold a drawing before it", Do: func(g *Game) { g.openCamera("menu:camera") }}},
		Node{ID: "pictures", Name: "Pictures", Label: "Pictures",
			Action: Action{Icon: iconPicture, Detail: "Photographs and files, to teach or to ask about", Do: func(g *Game) { g.show(picturesScene{}, "pictures") }}},
		Node{ID: "save", Name: "Save a copy", Label: "Save a copy", Disabled: !taught(g.state.Board()),
			Action: Action{Icon: iconSave, Detail: "Everything you taught, as one zip file", Do: (*Game).save}},
		Node{ID: "open", Name: "Open", Label: "Open", Action: Action{Icon: iconOpen, Detail: "A saved set, or a zip of folders of pictures",
			Do: func(g *Game) { g.host.Pick() }}},
	)
	if g.address != nil {
		at = l.rows(at, g.linkRow())
	}
	at = l.rows(at, g.learnRows()...)
	at = l.rows(at, insightRows()...)
	if g.kept != nil {
		at = l.rows(at, g.eraseRow())
	}
	l.Content = at.Y + 8
	return l
}

func (menuScene) draw(*Game) {}

func (menuScene) step(*Game, float64) string { return "Menu" }
