package ui

import (
	"strconv"

	"oneshot/ui/words"
)

// picturesScene asks what pictures are for before they are chosen: for the pad or for a class. Dropping them there says
// the same, but not everybody can drop.
type picturesScene struct{}

func (picturesScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Pictures"), 560, g.screen)
	at = l.rows(at, Node{ID: "pictures:pad", Name: g.words.Say("Ask about a picture"), Label: g.words.Say("Ask about a picture"), Action: Action{
		Icon: iconPicture, Detail: g.words.Say("It goes on the pad"), Do: func(g *Game) { g.host.PickPictures(0) },
	}})
	var rows []Node
	for _, c := range g.state.Board().Classes {
		name := g.words.Say("Add pictures to {class}", c.Name)
		rows = append(rows, Node{ID: "pictures:" + strconv.Itoa(int(c.ID)), Name: name, Label: name, Class: c.ID, Action: Action{
			Icon: iconPlus, Detail: soFar(g.words, len(c.Shots)), Do: func(g *Game) { g.host.PickPictures(c.ID) },
		}})
	}
	if len(rows) > 0 {
		at = l.rows(at, rows...)
	}
	l.Content = at.Y + 8
	return l
}

// soFar says how many examples a class has.
func soFar(w *words.Catalogue, shots int) string {
	if shots == 0 {
		return w.Say("No example yet")
	}
	return w.Count(shots, "{n} example|{n} examples")
}

func (picturesScene) draw(*Game) {}

func (picturesScene) step(g *Game, _ float64) string {
	return g.words.Say("Pictures. They can also be dropped on a class or on the pad, or pasted.")
}
