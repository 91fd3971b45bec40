package ui

import "oneshot/ui/state"

// mirror has assistive technology see what the page shows, once what happens now has happened.
func (g *Game) mirror() { g.mirrored = false }

// reflect shows it that, unless it does already.
func (g *Game) reflect() {
	if g.mirrored || g.layout == nil {
		return
	}
	g.mirrored = true
	m := g.layout.mirror(g.scroll, g.spoken)
	m.Toast = g.toast
	g.host.Mirror(m)
}

// focus gives the twin called id the keyboard, which must be there by then.
func (g *Game) focus(id string) {
	g.reflect()
	g.host.Focus(id)
}

// mirror builds the twins of a layout, in reading order.
func (l *Layout) mirror(scroll float64, status string) *Mirror {
	m := &Mirror{List: l.List, Scroll: scroll, Title: l.Screen.Words.Say("Classes"), Status: Status{Text: status, Rect: l.answerOnScreen(scroll)}}
	if l.Sheet != nil {
		m.Title = l.Sheet.Name
	}
	for _, n := range l.Nodes {
		t := Twin{ID: n.ID, Name: n.Name, Rect: n.Rect, InList: n.InList, Disabled: n.Disabled, Edits: n.Kind == KindRename || n.Action.Edits}
		switch n.Kind {
		case KindPad:
			t.Role = RoleCanvas
		case KindStrict:
			t.Role, t.Value, t.Least, t.Most, t.Words = RoleSlider, n.Value, -state.MaxStrictness, state.MaxStrictness, n.Words
		}
		if n.InList {
			t.Rect = n.Rect.moved(-l.List.X, 0)
		}
		m.Twins = append(m.Twins, t)
	}
	return m
}

// answerOnScreen is where the answer area stands now.
func (l *Layout) answerOnScreen(scroll float64) Rect {
	if l.Compact {
		return l.onScreen(l.Answer, scroll)
	}
	return l.Answer
}
