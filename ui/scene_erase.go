package ui

import (
	"oneshot/ui/keeping"
)

// eraseScene asks before everything is erased.
type eraseScene struct {
	words   Rect // in the list's coordinates
	erasing bool
	failed  error
}

// eraseRow is the row of the menu that leads here.
func (g *Game) eraseRow() Node {
	row := Node{ID: "erase", Name: g.words.Say("Erase everything"), Label: g.words.Say("Erase everything"), Action: Action{Icon: iconTrash,
		Detail: g.words.Say("All sets, and all else kept here"), Do: func(g *Game) { g.show(&eraseScene{}, "erase") }}}
	if g.kept.Status().Phase == keeping.Elsewhere {
		row.Disabled, row.Action.Detail = true, g.words.Say("Only in the tab that saves")
	}
	return row
}

func (s *eraseScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Erase everything?"), 560, g.screen)
	const p = 20.0
	s.words = Rect{at.X + p, at.Y + p, at.W - 2*p, 24 * float64(len(g.eraseLines(s, at.W-2*p)))}
	y := s.words.bottom() + p
	button := func(id, name string, st Style, do func(g *Game)) {
		n := Node{ID: id, Name: name, Label: name, Rect: Rect{at.X + p, y, at.W - 2*p, touch + 4}, Disabled: s.erasing,
			Action: Action{Style: st, Icon: iconTrash, Do: do}}
		switch st {
		case StylePrimary:
			n.Action.Icon = iconBack
		case StyleButton:
			n.Action.Icon = iconSave
			n.Disabled = n.Disabled || !taught(g.state.Board())
		}
		l.action(n)
		y = n.Rect.bottom() + 12
	}
	button("keep", g.words.Say("Keep everything"), StylePrimary, func(g *Game) { g.back() })
	button("copy", g.words.Say("Save a copy first"), StyleButton, (*Game).save)
	button("eraseall", g.words.Say("Erase everything now"), StyleDanger, s.erase)
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{at.X, at.Y, at.W, y + p - 12 - at.Y})
	l.Content = y + p
	return l
}

func (g *Game) eraseLines(s *eraseScene, width float64) []string {
	words := g.words.Say("All sets, drawings and settings that oneshot keeps in this browser are deleted. This is the one thing that Undo does not bring back.")
	if s.failed != nil {
		words = g.words.Say("Not everything could be erased: {why}. You can try again, or clear the data of this site in the browser's settings.", whyNotKept(g.words, s.failed))
	}
	return g.texts.wrap(fontBody, words, width, 12)
}

func (s *eraseScene) draw(g *Game) {
	r := g.layout.onScreen(s.words, g.scroll)
	for i, line := range g.eraseLines(s, r.W) {
		g.paint.Text(line, fontBody, Rect{r.X, r.Y + 24*float64(i), r.W, 24}, Left, g.theme.Text)
	}
}

func (s *eraseScene) step(g *Game, _ float64) string {
	switch {
	case s.erasing:
		return g.words.Say("Erasing")
	case s.failed != nil:
		return g.words.Say("Not everything could be erased")
	}
	return g.words.Say("Erase everything? Undo does not bring it back")
}

// erase begins. The page is made new when nothing is left of the old one.
func (s *eraseScene) erase(g *Game) {
	s.erasing, s.failed, g.stale = true, nil, true
	g.kept.Erase(func(err error) {
		s.erasing, s.failed, g.stale = false, err, true
		if err == nil {
			g.beginAnew(keeping.Found{ID: g.kept.NewID()})
			g.tell(g.words.Say("Everything is erased"))
		}
		Wake()
	})
}

// beginAnew puts a set on the page, or a blank one, with nothing to undo.
func (g *Game) beginAnew(f keeping.Found) {
	set := f.Classes
	if set == nil {
		set = g.state.Blank()
	}
	g.showPad()
	g.state.ClearPad()
	if g.done(g.state.Restore(f.ID, set)) {
		g.kept.Opened(f, g.state.Board().Classes)
		g.scroll = 0
	}
}
