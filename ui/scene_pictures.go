package ui

import "strconv"

// picturesScene asks what pictures are for before they are chosen: for the pad or for a class. Dropping them there says
// the same, but not everybody can drop.
type picturesScene struct{}

func (picturesScene) arrange(g *Game) *Layout {
	l, at := sheet("Pictures", 560, g.screen)
	at = l.rows(at, Node{ID: "pictures:pad", Name: "Ask about a picture", Label: "Ask about a picture", Action: Action{
		Icon: iconPicture, Detail: "It goes on the pad", Do: func(g *Game) { g.host.PickPictures(0) },
	}})
	var rows []Node
	for _, c := range g.state.Board().Classes {
		name := "Add pictures to " + c.Name
		rows = append(rows, Node{ID: "pictures:" + strconv.Itoa(int(c.ID)), Name: name, Label: name, Class: c.ID, Action: Action{
			Icon: iconPlus, Detail: soFar(len(c.Shots)), Do: func(g *Game) { g.host.PickPictures(c.ID) },
		}})
	}
	if len(rows) > 0 {
		at = l.rows(at, rows...)
	}
	l.Content = at.Y + 8
	return l
}

// soFar says how many examples a class has.
func soFar(shots int) string {
	if shots == 0 {
		return "No example yet"
	}
	return count(shots, "example")
}

func (picturesScene) draw(*Game) {}

func (picturesScene) step(*Game, float64) string {
	return "Pictures. They can also be dropped on a class or on the pad, or pasted."
}
