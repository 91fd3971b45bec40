package ui

import "oneshot/ui/state"

// mirror shows assistive technology what the page shows.
func (g *Game) mirror() {
	m := g.layout.mirror(g.scroll, g.spoken)
	m.Toast = g.toast
	g.host.Mirror(m)
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
