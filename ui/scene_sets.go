package ui

import (
	"oneshot/ui/keeping"
	"oneshot/ui/session"
	"oneshot/ui/words"
)

// setsScene lists the sets that are kept.
type setsScene struct {
	deleted keeping.Entry // what Bring back brings back, if it has an id
}

func (s *setsScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Your sets"), 560, g.screen)
	if s.deleted.ID != "" {
		at = l.rows(at, Node{ID: "undelete", Name: g.words.Say("Bring back {set}", s.deleted.Name), Label: g.words.Say("Bring back {set}", s.deleted.Name),
			Action: Action{Icon: iconUndo, Detail: g.words.Say("It was just deleted"), Do: s.undelete}})
	}
	if sets := g.kept.Sets(); len(sets) > 0 {
		var rows []Node
		for _, e := range sets {
			rows = append(rows, s.row(g, e, at.W-12-64-52))
		}
		first := len(l.Nodes)
		at = l.rows(at, rows...)
		for i, e := range sets { // each row ends with a button of its own
			n := &l.Nodes[first+i]
			more := Rect{n.Rect.right() - 52, n.Rect.Y, 52, n.Rect.H}
			n.Rect.W -= more.W
			l.action(Node{ID: "more:" + e.ID, Name: g.words.Say("Rename, copy or delete {set}", e.Name), Rect: more,
				Action: Action{Icon: iconDots, Do: func(g *Game) { g.show(&setScene{id: e.ID, list: s}, "more:"+e.ID) }}})
		}
	}
	at = l.rows(at, Node{ID: "newset", Name: g.words.Say("New set"), Label: g.words.Say("New set"), Action: Action{Icon: iconPlus,
		Detail: g.words.Say("A blank page. This set is kept"), Do: (*Game).newSet}})
	l.Content = at.Y + 8
	return l
}

// row is the control that opens a set, with as much about it as there is room for.
func (s *setsScene) row(g *Game, e keeping.Entry, width float64) Node {
	detail := g.words.Count(e.Classes, "{n} class|{n} classes") + ", " + g.words.Count(e.Examples, "{n} example|{n} examples")
	n := Node{ID: "set:" + e.ID, Name: g.words.Say("Open {set}, {detail}", e.Name, detail), Label: e.Name}
	when := " \u00b7 " + ago(g.words, g.kept.now().Unix()-e.Changed)
	n.Action = Action{Icon: iconOpen, Detail: detail + when, Do: func(g *Game) { g.openSet(e.ID) }}
	if e.ID == g.state.Board().Set {
		n.Action.Icon, n.Name = iconCheck, g.words.Say("{set}, open now, {detail}", e.Name, detail)
		when = " \u00b7 " + g.words.Say("open now")
		n.Action.Detail = detail + when
		n.Action.Do = func(g *Game) { g.showPad() }
	}
	if g.texts.Measure(fontSmall, n.Action.Detail).Width > width {
		n.Action.Detail = g.words.Count(e.Examples, "{n} example|{n} examples") + when
	}
	return n
}

func (s *setsScene) draw(*Game) {}

func (s *setsScene) step(g *Game, _ float64) string {
	if s.deleted.ID != "" {
		return g.words.Say("{set} deleted. The first control brings it back", s.deleted.Name)
	}
	return g.words.Count(len(g.kept.Sets()), "Your sets. There is one|Your sets. There are {n}")
}

func (s *setsScene) undelete(g *Game) {
	name := s.deleted.Name
	g.kept.Undelete(s.deleted.ID, g.told(g.words.Say("{set} is back", name), func() { s.deleted = keeping.Entry{} }))
}

// told returns what to do when the store has answered: then says what was done, or what went wrong.
func (g *Game) told(done string, then func()) func(error) {
	return func(err error) {
		if err != nil {
			g.tell(g.words.Say("That did not work: {why}", whyNotKept(g.words, err)))
		} else {
			then()
			g.tell(done)
		}
		Wake()
	}
}

// ago says how long something is past, given in seconds.
func ago(w *words.Catalogue, seconds int64) string {
	switch {
	case seconds < 60:
		return w.Say("just now")
	case seconds < 2*60*60:
		return w.Count(int(seconds/60), "{n} minute ago|{n} minutes ago")
	case seconds < 2*24*60*60:
		return w.Count(int(seconds/3600), "{n} hour ago|{n} hours ago")
	}
	return w.Count(int(seconds/(24*3600)), "{n} day ago|{n} days ago")
}

// newSet puts a blank set on the page. What was there stays in the list of sets.
func (g *Game) newSet() {
	g.showPad()
	if g.done(g.state.OpenAs(g.kept.NewID(), g.state.Blank())) {
		g.scroll = 0
		g.tell(g.words.Say("A new set. Undo brings back the one before"))
	}
}

// openSet puts a set on the page, as one act.
func (g *Game) openSet(id string) {
	g.kept.Load(id, func(f keeping.Found) {
		Wake()
		g.stale = true
		if f.Classes == nil {
			why := g.words.Say("That set could not be read")
			if f.Err != nil {
				why += ": " + whyNotKept(g.words, f.Err)
			}
			g.tell(why)
			return
		}
		g.showPad()
		if g.done(g.state.OpenAs(f.ID, f.Classes)) {
			g.kept.Opened(f, g.state.Board().Classes)
			g.scroll = 0
			said := g.words.Say("Opened {set}. Undo brings back what was here", f.Name)
			if f.Damaged > 0 {
				said = restored(g.words, f)
			}
			g.tell(said)
		}
	})
}

// openAs is an act that puts the set of a file or a link on the page. Where sets are kept and there is something on the
// page, it becomes a set of its own, called name.
func (g *Game) openAs(name string, set session.Set) error {
	if g.kept == nil || !taught(g.state.Board()) {
		return g.state.Open(set.Classes)
	}
	id := g.kept.NewID()
	g.kept.Name(id, name)
	return g.state.OpenAs(id, set.Classes)
}
