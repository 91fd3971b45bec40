package ui

import "slices"

// visitorScene is the menu of a kiosk for whoever stands before it: what is fun, and nothing that outlasts a visit.
type visitorScene struct{}

func (visitorScene) arrange(g *Game) *Layout {
	l, at := sheet("Menu", 560, g.screen)
	at = l.rows(at,
		Node{ID: "fresh", Name: "Start over", Label: "Start over",
			Action: Action{Icon: iconErase, Detail: "A fresh board, as at the beginning", Do: (*Game).freshBoard}},
		Node{ID: "menu:camera", Name: "Camera", Label: "Camera",
			Action: Action{Icon: iconCamera, Detail: "Hold a drawing before it", Do: func(g *Game) { g.openCamera("menu:camera") }}},
	)
	at = l.rows(at, g.learnRows()...)
	at = l.rows(at, slices.DeleteFunc(insightRows(), func(n Node) bool { return n.ID == "test" })...) // which opens files
	at = l.rows(at, Node{ID: "staff", Name: "For the staff", Label: "For the staff",
		Action: Action{Icon: iconLock, Detail: "Sets, files and names, behind a PIN", Do: func(g *Game) { g.askPIN("staff") }}})
	l.Content = at.Y + 8
	return l
}

func (visitorScene) draw(*Game) {}

func (visitorScene) step(*Game, float64) string { return "Menu" }
