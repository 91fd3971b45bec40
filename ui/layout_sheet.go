package ui

// Style says how an action is drawn.
type Style uint8

const (
	StyleRow     Style = iota // a row of a card: icon, label, detail
	StyleButton               // framed
	StylePrimary              // filled with the accent
	StyleDanger               // framed, for what takes something away
	StyleOwn                  // as its scene draws it
)

// Action is what a control of a scene does and how it looks. The Node it belongs to is of KindAction.
type Action struct {
	Style  Style
	Icon   Icon
	Detail string // a second line of a row
	Edits  bool   // opens a text field
	Do     func(g *Game)
	At     func(g *Game, x, y float64) // instead of Do, where it matters on which point of the screen it was pressed
}

// sheetLayout is the head of a scene.
type sheetLayout struct {
	Name  string // the title, and the name of the list
	Title Rect
	Cards []Rect // raised surfaces, in the list's coordinates
}

// Heights of a row: of one with a label and a detail on a line each, and of one where both need more.
const (
	sheetRow = 60
	tallRow  = 148
)

// sheet begins the layout of a scene: a way back, a title, and a column in the middle that scrolls. It returns the
// column: its X, W and first free Y in the list's coordinates. Whoever fills it sets Content.
func sheet(title string, widest float64, sc Screen) (*Layout, Rect) {
	m := 24.0
	switch {
	case sc.W < 340:
		m = 10
	case sc.W < 560:
		m = 16
	}
	l := &Layout{Screen: sc, Wide: sc.W >= 860, Sheet: &sheetLayout{Name: title}}
	w := min(sc.W-2*m, widest)
	x := (sc.W - w) / 2
	l.Header = Rect{x, 0, w, 60}
	back := Node{ID: "back", Kind: KindBack, Name: sc.Words.Say("Back"), Label: sc.Words.Say("Back"), Rect: Rect{x, 8, 100, touch}}
	if sc.W < 340 {
		back.Rect.W = touch
	}
	l.Nodes = append(l.Nodes, back)
	l.Sheet.Title = Rect{back.Rect.right() + 16, 8, l.Header.right() - back.Rect.right() - 24, touch}
	l.List = Rect{m, 60, sc.W - 2*m, sc.H - 60}
	return l, Rect{x, 8, w, 0}
}

// rows places actions under each other on a card at the top of a column and returns what is left of the column.
func (l *Layout) rows(at Rect, actions ...Node) Rect {
	y, h := at.Y+6, float64(sheetRow)
	switch {
	case at.W < tight:
		h = tallRow
	case at.W < 340:
		h += 14 // the detail may take two lines
	}
	for _, n := range actions {
		n.Kind, n.InList, n.Rect = KindAction, true, Rect{at.X + 6, y, at.W - 12, h}
		l.Nodes = append(l.Nodes, n)
		y = n.Rect.bottom()
	}
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{at.X, at.Y, at.W, y + 6 - at.Y})
	at.Y = y + 6 + 16
	l.Content = at.Y + 8
	return at
}

// action places one control.
func (l *Layout) action(n Node) {
	n.Kind, n.InList = KindAction, true
	l.Nodes = append(l.Nodes, n)
}
