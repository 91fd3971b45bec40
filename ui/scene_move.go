package ui

import (
	"strconv"

	"oneshot/ui/state"
)

// moveScene asks which class an example is to be moved to.
type moveScene struct{ shot state.ShotID }

func (s *moveScene) arrange(g *Game) *Layout {
	from, _, ok := g.state.FindShot(s.shot)
	if !ok {
		return arrangeGone(g)
	}
	l, at := sheet(g.words.Say("Move to"), 560, g.screen)
	l.Content = at.Y
	var rows []Node
	for _, c := range g.state.Board().Classes {
		if c.ID == from.ID {
			continue
		}
		rows = append(rows, Node{
			ID: "to:" + strconv.Itoa(int(c.ID)), Name: g.words.Say("Move to {class}", c.Name), Label: c.Name, Class: c.ID,
			Action: Action{Style: StyleOwn, Detail: g.words.Count(len(c.Shots), "{n} example|{n} examples"), Do: func(g *Game) {
				g.gone(2, from.ID, g.state.MoveShot(s.shot, c.ID), g.words.Say("Moved to {class}. Undo takes it back", c.Name))
			}},
		})
	}
	l.rows(at, rows...)
	return l
}

func (s *moveScene) draw(g *Game) {
	p, t, l := g.paint, g.theme, g.layout
	b := g.state.Board()
	for i := range l.Nodes {
		n := &l.Nodes[i]
		r := l.onScreen(n.Rect, g.scroll)
		if n.Action.Style != StyleOwn || !p.shows(r) {
			continue
		}
		if lk := g.look(n); lk.hover || lk.pressed {
			p.Box(r, radiusCtl, t.Sunken)
		}
		g.badge(Rect{r.X + 12, r.Y + (r.H-24)/2, 24, 24}, place(b, n.Class))
		g.rowWords(n, Rect{r.X + 52, r.Y, r.W - 64, r.H}, t.Text, t.Muted)
	}
}

func (s *moveScene) step(g *Game, _ float64) string { return g.words.Say("Which class is it?") }
