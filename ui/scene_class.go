package ui

import (
	"strconv"

	"oneshot/ui/state"
	"oneshot/ui/words"
)

// classScene is the page of one class: its name, colour and place, and all its examples, large.
type classScene struct{ class state.ClassID }

func (s *classScene) arrange(g *Game) *Layout {
	c, ok := g.state.Class(s.class)
	if !ok {
		return arrangeGone(g)
	}
	return arrangeClass(g, c)
}

// arrangeGone lays out the page of what Undo or Redo has just taken away.
func arrangeGone(g *Game) *Layout {
	l, at := sheet(g.words.Say("Not here any more"), 560, g.screen)
	l.history(g)
	l.Content = at.Y
	return l
}

// arrangeClass lays out the page of a class: one card with what can be done to it, one with its examples.
func arrangeClass(g *Game, c state.Class) *Layout {
	l, at := sheet(c.Name, 640, g.screen)
	l.history(g)
	pad := cardPadding(at.W)
	in := Rect{at.X + pad, at.Y + pad, at.W - 2*pad, 48}
	l.Nodes = append(l.Nodes, Node{
		ID: "rename:" + strconv.Itoa(int(c.ID)), Kind: KindRename, Name: g.words.Say("Rename {class}", c.Name), Rect: in, InList: true, Class: c.ID,
	})
	in.Y = in.bottom() + 14
	in.Y = l.swatches(c, in) + 14
	in.Y = l.classActions(g, c, in)
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{at.X, at.Y, at.W, in.Y + pad - at.Y})

	in.Y += pad + 16
	top := in.Y
	in.Y += pad + 28 + 10
	if len(c.Shots) == 0 {
		in.Y += g.texts.height(fontSmall, noShots(l.Screen.Words), in.W) + 4
	} else {
		in.Y = l.largeShots(c, in)
	}
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{at.X, top, at.W, in.Y + pad - top})
	l.Content = in.Y + pad + 24
	return l
}

// swatches places the colours, as wide as there is room, and returns where they end.
func (l *Layout) swatches(c state.Class, in Rect) float64 {
	const gap = 4.0
	columns := 8
	for columns > 2 && in.W < float64(columns)*(touch+gap)-gap {
		columns /= 2
	}
	w := (in.W - gap*float64(columns-1)) / float64(columns)
	y := in.Y
	for i, name := range dyeNames(l.Screen.Words) {
		colour := i + 1
		y = in.Y + float64(i/columns)*(touch+gap)
		n := Node{
			ID: "colour:" + strconv.Itoa(colour), Name: l.Screen.Words.Say("Colour {colour}", name), Value: colour, Class: c.ID,
			Rect: Rect{in.X + float64(i%columns)*(w+gap), y, w, touch},
			Action: Action{Style: StyleOwn, Do: func(g *Game) {
				g.judged(g.state.RecolourClass(c.ID, colour), "")
			}},
		}
		if colour == c.Colour {
			n.Name = l.Screen.Words.Say("Colour {colour}, chosen", name)
		}
		l.action(n)
	}
	return y + touch
}

// classActions places what can be done to a class, and returns where it ends.
func (l *Layout) classActions(g *Game, c state.Class, in Rect) float64 {
	at, last := place(g.state.Board(), c.ID), len(g.state.Board().Classes)-1
	move := func(by int) func(*Game) {
		return func(g *Game) { g.judged(g.state.MoveClass(c.ID, at+by), "") }
	}
	return l.grid(in, 4,
		Node{ID: "up", Name: g.words.Say("Move up"), Label: g.words.Say("Move up"), Disabled: at == 0, Action: Action{Style: StyleButton, Icon: iconUp, Do: move(-1)}},
		Node{ID: "down", Name: g.words.Say("Move down"), Label: g.words.Say("Move down"), Disabled: at == last, Action: Action{Style: StyleButton, Icon: iconDown, Do: move(1)}},
		Node{ID: "duplicate", Name: g.words.Say("Duplicate"), Label: g.words.Say("Duplicate"), Action: Action{Style: StyleButton, Icon: iconCopy, Do: func(g *Game) {
			id, err := g.state.DuplicateClass(c.ID)
			copied, _ := g.state.Class(id)
			g.judged(err, g.words.Say("Copied as {class}", copied.Name))
		}}},
		Node{ID: "delete", Name: g.words.Say("Delete class"), Label: g.words.Say("Delete"), Action: Action{Style: StyleDanger, Icon: iconTrash, Do: func(g *Game) {
			if err := g.state.DeleteClass(c.ID); err != nil {
				g.judged(err, "")
				return
			}
			g.done(nil)
			g.leave(1, "add")
			g.tell(g.words.Say("{class} deleted. Undo brings it back", c.Name))
		}}},
	)
}

// grid places controls in at most so many columns, each wide enough for an icon and a word or two, and
// returns where they end.
func (l *Layout) grid(in Rect, columns int, nodes ...Node) float64 {
	const gap, least = 8.0, 132.0
	for columns > 1 && in.W < float64(columns)*(least+gap)-gap {
		columns = (columns + 1) / 2
	}
	w := (in.W - gap*float64(columns-1)) / float64(columns)
	y := in.Y
	for i, n := range nodes {
		y = in.Y + float64(i/columns)*(touch+gap)
		n.Rect = Rect{in.X + float64(i%columns)*(w+gap), y, w, touch}
		l.action(n)
	}
	return y + touch
}

// largeShots places all examples of a class, and returns where they end.
func (l *Layout) largeShots(c state.Class, in Rect) float64 {
	const gap, wanted = 10.0, 112.0
	columns := max(int((in.W+gap)/(wanted+gap)), 2)
	side := (in.W - gap*float64(columns-1)) / float64(columns)
	for i := range c.Shots {
		l.Nodes = append(l.Nodes, Node{
			ID: "shot:" + strconv.Itoa(int(c.Shots[i].ID)), Kind: KindShot, InList: true, Name: exampleName(l.Screen.Words, c, i),
			Rect:  Rect{in.X + float64(i%columns)*(side+gap), in.Y + float64(i/columns)*(side+gap), side, side},
			Class: c.ID, Shot: c.Shots[i].ID, Example: &c.Shots[i],
		})
	}
	return in.Y + float64((len(c.Shots)-1)/columns)*(side+gap) + side
}

// noShots is what a class without examples says.
func noShots(w *words.Catalogue) string {
	return w.Say("None yet. Draw one on the pad and press Teach.")
}

// exampleName is what the example at a place of a class is called.
func exampleName(w *words.Catalogue, c state.Class, place int) string {
	return w.Say("Example {n} of {class}", place+1, c.Name)
}

func (s *classScene) draw(g *Game) {
	p, t, l := g.paint, g.theme, g.layout
	c, ok := g.state.Class(s.class)
	if !ok {
		return
	}
	for i := range l.Nodes {
		n := &l.Nodes[i]
		if !n.InList {
			continue
		}
		r := l.onScreen(n.Rect, g.scroll)
		switch {
		case !p.shows(r):
		case n.Kind == KindRename:
			g.nameField(n, r, c)
		case n.Kind == KindShot:
			g.shot(n, r)
		case n.Action.Style == StyleOwn:
			g.swatch(n, r, c.Colour)
		}
	}
	card := l.onScreen(l.Sheet.Cards[1], g.scroll)
	pad := cardPadding(card.W)
	title := Rect{card.X + pad, card.Y + pad, card.W - 2*pad, 28}
	p.Text(g.words.Say("Examples"), fontTitle, title, Left, t.Text)
	if len(c.Shots) == 0 {
		p.Paragraph(noShots(g.words), fontSmall, Rect{title.X, title.bottom() + 10, title.W, card.bottom() - title.bottom() - 10}, Left, t.Muted)
	}
}

// nameField draws the name of a class as a field that is edited when it is pressed.
func (g *Game) nameField(n *Node, r Rect, c state.Class) {
	p, t, lk := g.paint, g.theme, g.look(n)
	fill := t.Surface
	if lk.hover || lk.pressed {
		fill = t.Sunken
	}
	p.Framed(r, radiusCtl, 1, t.Line, fill)
	g.numbered(Rect{r.X + 12, r.Y + (r.H-24)/2, 24, 24}, place(g.state.Board(), c.ID), t.dye(c.Colour))
	if g.editing == c.ID {
		return
	}
	p.Text(c.Name, fontStrong, Rect{r.X + 46, r.Y, r.W - 46 - 40, r.H}, Left, t.Text)
	p.Icon(iconPencil, Rect{r.right() - 38, r.Y, 24, r.H}, 20, 1.7, t.Muted)
}

// swatch draws one colour to choose; the one that is chosen has a tick.
func (g *Game) swatch(n *Node, r Rect, chosen int) {
	p, t, lk := g.paint, g.theme, g.look(n)
	d := t.dye(n.Value)
	box := Rect{r.X, r.Y + 4, r.W, r.H - 8}
	if lk.hover || lk.pressed {
		box = r.inset(1)
	}
	p.Box(box, radiusCtl, d.Fill)
	if n.Value == chosen {
		p.Icon(iconCheck, r, 22, 2.6, d.On)
	}
}

func (s *classScene) step(g *Game, _ float64) string {
	c, ok := g.state.Class(s.class)
	if !ok {
		return g.words.Say("This class is not here any more")
	}
	b := g.state.Board()
	return g.words.Say("{class}, number {n} of {all}, {colour}, {examples}", c.Name, place(b, c.ID)+1, len(b.Classes), dyeNames(g.words)[min(max(c.Colour, 1), state.Colours)-1], g.words.Count(len(c.Shots), "{n} example|{n} examples"))
}

// leave goes back through so many scenes. Where the control that opened the last of them is gone, another one
// gets the keyboard.
func (g *Game) leave(scenes int, instead string) {
	g.scenes = g.scenes[:len(g.scenes)-scenes+1]
	from := g.scenes[len(g.scenes)-1].from
	g.back()
	for _, id := range [...]string{from, instead, "back"} {
		if g.layout.node(id) != nil {
			g.focus(id)
			return
		}
	}
}
