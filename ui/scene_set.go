package ui

import (
	"oneshot/ui/keeping"
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
		Node{ID: "openset", Name: g.words.Say("Open"), Label: g.words.Say("Open"), Action: Action{Icon: iconOpen,
			Detail: g.words.Count(e.Classes, "{n} class|{n} classes") + ", " + g.words.Count(e.Examples, "{n} example|{n} examples"), Do: func(g *Game) { g.openSet(s.id) }}},
		Node{ID: "renameset", Name: g.words.Say("Rename"), Label: g.words.Say("Rename"), Action: Action{Icon: iconPencil, Edits: true, Do: s.rename}},
		Node{ID: "duplicate", Name: g.words.Say("Duplicate"), Label: g.words.Say("Duplicate"), Action: Action{Icon: iconPlus,
			Detail: g.words.Say("A second set with the same examples"), Do: s.duplicate}},
	)
	at = l.rows(at, Node{ID: "deleteset", Name: g.words.Say("Delete"), Label: g.words.Say("Delete"), Action: Action{Icon: iconTrash,
		Detail: g.words.Say("You can bring it back from the list"), Do: s.delete}})
	l.Content = at.Y + 8
	return l
}

func (s *setScene) draw(*Game) {}

func (s *setScene) step(g *Game, _ float64) string { return s.entry(g).Name }

// rename opens the text field over the row.
func (s *setScene) rename(g *Game) {
	e := s.entry(g)
	g.naming = func(name string) {
		g.kept.Rename(s.id, name, g.told(g.words.Say("Renamed"), func() {}))
	}
	g.edit("renameset", e.Name, g.words.Say("Name of {set}", e.Name))
}

func (s *setScene) duplicate(g *Game) {
	g.kept.Duplicate(s.id, g.told(g.words.Say("There are two now"), g.back))
}

// delete takes the set off the list. If it is the one on the page, a blank one takes its place, as Undo can take back.
func (s *setScene) delete(g *Game) {
	e := s.entry(g)
	if g.state.Board().Set == s.id {
		g.keepUp() // what was done to it last goes with it
		if err := g.state.OpenAs(g.kept.NewID(), g.state.Blank()); err != nil {
			g.tell(refusal(g.words, err).Spoken)
			return
		}
		g.asked = false
	}
	g.kept.Delete(s.id, g.told(g.words.Say("{set} deleted", e.Name), func() {
		s.list.deleted = e
		g.back()
		g.focus("undelete")
	}))
}
