package ui

import "slices"

// visitorScene is the menu of a kiosk for whoever stands before it: what is fun, and nothing that outlasts a visit.
type visitorScene struct{}

func (visitorScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Menu"), 560, g.screen)
	at = l.rows(at,
		Node{ID: "fresh", Name: g.words.Say("Start over"), Label: g.words.Say("Start over"),
			Action: Action{Icon: iconErase, Detail: g.words.Say("A fresh board, as at the beginning"), Do: (*Game).freshBoard}},
		Node{ID: "menu:camera", Name: g.words.Say("Camera"), Label: g.words.Say("Camera"),
			Action: Action{Icon: iconCamera, Detail: g.words.Say("Hold a drawing before it"), Do: func(g *Game) { g.openCamera("menu:camera") }}},
	)
	at = l.rows(at, g.learnRows()...)
	at = l.rows(at, slices.DeleteFunc(insightRows(g.words), func(n Node) bool { return n.ID == "test" })...) // which opens files
	if rows := g.languageRows(); len(rows) > 0 {
		at = l.rows(at, rows...)
	}
	at = l.rows(at, Node{ID: "staff", Name: g.words.Say("For the staff"), Label: g.words.Say("For the staff"),
		Action: Action{Icon: iconLock, Detail: g.words.Say("Sets, files and names, behind a PIN"), Do: func(g *Game) { g.askPIN("staff") }}})
	l.Content = at.Y + 8
	return l
}

func (visitorScene) draw(*Game) {}

func (visitorScene) step(g *Game, _ float64) string { return g.words.Say("Menu") }
