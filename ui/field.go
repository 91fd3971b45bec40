package ui

// edit opens the text field over the control called id.
func (g *Game) edit(id, value, label string) {
	g.reveal(id)
	if n := g.layout.node(id); n != nil {
		g.fieldOn = id
		g.damageAll()
		g.host.Edit(EditBox{Rect: g.field(n), Value: value, Label: label, Font: fontStrong})
	}
}

// field is where the text field stands on the screen while it is open over a control.
func (g *Game) field(n *Node) Rect {
	r := g.layout.onScreen(n.Rect, g.scroll)
	switch {
	case n.Kind != KindRename: // a row
		return Rect{r.X + 44, r.Y + 8, r.W - 56, touch}
	case g.scene() != nil:
		return Rect{r.X + 38, r.Y + 4, r.W - 42, r.H - 8}
	}
	return Rect{r.X + 30, r.Y + 3, r.W - 30 + touch, r.H - 6} // up to the end of the button beside the name
}

// keepField moves the text field to where its control stands now.
func (g *Game) keepField() {
	if n := g.layout.node(g.fieldOn); n != nil {
		g.reveal(n.ID)
		g.host.MoveEdit(g.field(n))
	}
}

// closeField forgets what the text field was for.
func (g *Game) closeField() { g.editing, g.naming, g.fieldOn = 0, nil, "" }
