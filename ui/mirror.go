package ui

// mirror builds the twins of a layout, in reading order.
func (l *Layout) mirror(scroll float64, status string) *Mirror {
	m := &Mirror{List: l.List, Scroll: scroll, Status: Status{Text: status, Rect: l.answerOnScreen(scroll)}}
	for _, n := range l.Nodes {
		t := Twin{ID: n.ID, Name: n.Name, Rect: n.Rect, InList: n.InList, Disabled: n.Disabled, Edits: n.Kind == KindRename}
		if n.Kind == KindPad {
			t.Role = RoleCanvas
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
