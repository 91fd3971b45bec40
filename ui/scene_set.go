package ui

import (
	"oneshot/ui/keeping"
	"oneshot/ui/state"
)

// setScene is what can be done to one set of the list.
type setScene struct {
	id   string
	list *setsScene
}

func (s *setScene) entry(g *Game) keeping.Entry {
	e, _ := g.kept.Set(s.id)
	return e
}

func (s *setScene) arrange(g *Game) *Layout {
	e := s.entry(g)
	l, at := sheet(e.Name, 560, g.screen)
	at = l.rows(at,
		Node{ID: "openset", Name: "Open", Label: "Open", Action: Action{Icon: iconOpen,
			Detail: count(e.Classes, "class") + ", " + count(e.Examples, "example"), Do: func(g *Game) { g.openSet(s.id) }}},
		Node{ID: "renameset", Name: "Rename", Label: "Rename", Action: Action{Icon: iconPencil, Edits: true, Do: s.rename}},
		Node{ID: "duplicate", Name: "Duplicate", Label: "Duplicate", Action: Action{Icon: iconPlus,
			Detail: "A second set with the same examples", Do: s.duplicate}},
	)
	at = l.rows(at, Node{ID: "deleteset", Name: "Delete", Label: "Delete", Action: Action{Icon: iconTrash,
		Detail: "You can bring it back from the list", Do: s.delete}})
	l.Content = at.Y + 8
	return l
}

func (s *setScene) draw(*Game) {}

func (s *setScene) step(g *Game, _ float64) string { return s.entry(g).Name }

// rename opens the text field over the row.
func (s *setScene) rename(g *Game) {
	n := g.layout.node("renameset")
	if n == nil {
		return
	}
	g.reveal(n.ID)
	r := g.layout.onScreen(n.Rect, g.scroll)
	e := s.entry(g)
	g.naming = func(name string) {
		g.kept.Rename(s.id, name, g.told("Renamed", func() {}))
	}
	g.host.Edit(EditBox{Rect: Rect{r.X + 44, r.Y + 8, r.W - 56, touch}, Value: e.Name, Label: "Name of " + e.Name, Font: fontStrong})
}

func (s *setScene) duplicate(g *Game) {
	g.kept.Duplicate(s.id, g.told("There are two now", g.back))
}

// delete takes the set off the list. If it is the one on the page, a blank one takes its place, as Undo can take back.
func (s *setScene) delete(g *Game) {
	e := s.entry(g)
	if g.state.Board().Set == s.id {
		g.keepUp() // what was done to it last goes with it
		if err := g.state.OpenAs(g.kept.NewID(), state.Blank()); err != nil {
			g.toast = refusal(err).Spoken
			return
		}
		g.asked = false
	}
	g.kept.Delete(s.id, g.told(e.Name+" deleted", func() {
		s.list.deleted = e
		g.back()
		g.host.Focus("undelete")
	}))
}
