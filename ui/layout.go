package ui

import "oneshot/ui/state"

// Kind says what a control is, and so how it is drawn and what it does.
type Kind uint8

const (
	KindPad Kind = iota
	KindUndo
	KindRedo
	KindClear
	KindMenu // opens the menu
	KindAdd
	KindHead // how drawings are compared; pressing it changes to the next way
	KindTeach
	KindRename // the name of a class
	KindMore   // opens the page of a class
	KindShot   // a thumbnail; pressing it opens the page of the shot
	KindWas    // a class of the ranking; pressing it teaches the class what is on the pad

	KindBack   // leaves a scene
	KindAction // does what its Action says
	KindCheck  // opens the check
	KindStrict // the slider of the strictness
	KindReset  // sets it back
	KindOpen   // shows the drawings behind a warning or a cell of the confusion matrix
	KindMove   // makes a shot one of another class
	KindDrop   // deletes a shot
)

// Node is one control with its place. Nodes with InList are in the list's own coordinates: the first
// card starts at y = 0 of the list, however far it is scrolled.
type Node struct {
	ID       string
	Kind     Kind
	Name     string // accessible name
	Label    string // drawn text, if any
	Rect     Rect
	InList   bool
	Disabled bool
	Class    state.ClassID
	Shot     state.ShotID
	Example  *state.Shot // KindShot
	Behind   behind      // KindOpen
	Value    int         // KindStrict; the colour of a swatch
	Words    string      // KindStrict: the value for people
	Action   Action      // KindAction
	Through  bool        // pointers reach what lies below
}

// Layout is where everything is.
type Layout struct {
	Screen  Screen
	Wide    bool
	Rows    bool // cards are rows with the Teach button beside the name, where that fits
	Compact bool // the answer scrolls with the list, for want of height
	canUndo bool
	canRedo bool
	ink     bool // on the pad

	Header  Rect
	PadCard Rect
	Pad     Rect
	Answer  Rect // in the list's coordinates if Compact
	Heading Rect // the title of the list, which does not scroll; empty where there is no room
	Hint    Rect // keyboard help under the pad; empty where there is no room
	List    Rect // the window of the list
	Content float64
	Cards   []Card
	Nodes   []Node
	Sheet   *sheetLayout // of a scene; nil on the page to draw on
	Check   *checkLayout // of the check; nil elsewhere
}

// arrange lays the page out: on a wide screen the pad stands left of answer and list, on a narrow one
// above them. head names the way to compare, or is empty if there is no choice.
func arrange(b state.Board, canUndo, ink bool, head string, sc Screen) *Layout {
	l := &Layout{Screen: sc, canUndo: canUndo, ink: ink}
	l.Wide = sc.W >= 560 && sc.W >= sc.H*1.05
	var content Rect
	if l.Wide {
		content = l.wide()
	} else {
		content = l.narrow()
	}
	l.camera()
	l.list(b, content)
	if l.node("menu") == nil {
		l.menuInList(content)
	}
	if head != "" {
		l.head(head, content)
	}
	return l
}

// wide returns the frame of the list's content: X, W and the first free Y.
func (l *Layout) wide() Rect {
	sc := l.Screen
	m := 24.0
	if sc.H < 480 {
		m = 12
	}
	top := m
	if sc.H >= 560 {
		l.Header = Rect{m, 0, sc.W - 2*m, 68}
		top = l.Header.bottom()
	}
	bar := touch + 8.0
	side := min(sc.H-top-m-bar, sc.W*0.48, 720)
	if sc.W < 720 {
		side = min(side, sc.W*0.46)
	}
	side = max(side, 120)
	l.PadCard = Rect{m, top, side, side + bar}
	l.Pad = Rect{m, top, side, side}
	y := l.Pad.bottom() + 4
	end := l.underPad(y)
	if l.Header.H > 0 {
		l.menu(Rect{l.Header.right() - menuWidth, (l.Header.H - touch) / 2, menuWidth, touch})
	}
	if side >= 480 {
		l.Hint = Rect{end + 12, y, l.Pad.right() - end - 32, touch}
	}

	x := l.PadCard.right() + m
	w := sc.W - x - m
	answer := answerHeight(w)
	if sc.H < 620 {
		// Short: a low answer, cards with the button beside the name, and no heading.
		l.Rows, answer = true, answerLow
	}
	l.Answer = Rect{x, top, w, answer}
	switch y := l.Answer.bottom() + 12; {
	case sc.H-y < 150:
		l.Compact = true
		l.Answer.Y = 0
		l.List = Rect{x, top, w, sc.H - top}
		return Rect{x, answer + 12, w, 0}
	case l.Rows:
		l.List = Rect{x, y, w, sc.H - y}
		return Rect{x, 0, w, 0}
	}
	l.Heading = Rect{x, l.Answer.bottom() + 16, w, touch}
	add := Rect{0, l.Heading.Y, max(132, toolWidth(sc.Words.Say("Add class"))), touch}
	check := Rect{0, l.Heading.Y, max(104, toolWidth(sc.Words.Say("Check"))), touch}
	add.X = l.Heading.right() - add.W
	check.X = add.X - 8 - check.W
	l.add(add, check)
	top = l.Heading.bottom() + 4
	l.List = Rect{x, top, w, sc.H - top}
	return Rect{x, 8, w, 0}
}

func (l *Layout) narrow() Rect {
	sc := l.Screen
	l.Rows = true
	m := 16.0
	if sc.W < 340 {
		m = 10
	}
	l.Header = Rect{m, 0, sc.W - 2*m, 60}
	w := sc.W - 2*m
	side := min(w, max(sc.H*0.43, 140))
	l.PadCard = Rect{(sc.W - side) / 2, l.Header.bottom(), side, side}
	l.Pad = l.PadCard
	right := l.Header.right()
	menu := 0.0
	if right-3*touch-28 >= l.Header.X {
		menu = touch + 16
		l.menu(Rect{right - touch, 8, touch, touch})
	}
	clear := Rect{right - menu - touch, 8, touch, touch}
	const step = touch + 8
	if clear.X-2*step >= l.Header.X+40 {
		l.button(KindUndo, "undo", l.Screen.Words.Say("Undo"), clear.moved(-2*step, 0), !l.canUndo)
		l.placeRedo(clear.moved(-step, 0))
	} else {
		l.button(KindUndo, "undo", l.Screen.Words.Say("Undo"), clear.moved(-step, 0), !l.canUndo)
	}
	l.button(KindClear, "clear", l.Screen.Words.Say("Clear"), clear, !l.ink)

	y := l.PadCard.bottom() + 12
	l.Compact = sc.H-y-answerHeight(w) < 180
	if l.Compact {
		l.List = Rect{m, y, w, sc.H - y}
		l.Answer = Rect{m, 0, w, answerHeight(w)}
		return Rect{m, l.Answer.bottom() + 12, w, 0}
	}
	l.Answer = Rect{m, y, w, answerHeight(w)}
	l.List = Rect{m, l.Answer.bottom() + 12, w, sc.H - l.Answer.bottom() - 12}
	return Rect{m, 0, w, 0}
}

// Heights of the answer area: one for all that it can show, so that nothing jumps.
const (
	answerHigh = 222 // wide
	answerLow  = 176
	answerTall = 304 // with one thing under the other: text at twice its size on a phone
)

// tight is the width below which there is no room for two things beside each other.
const tight = 260

func answerHeight(w float64) float64 {
	switch {
	case w >= 480:
		return answerHigh
	case w >= tight:
		return answerLow
	}
	return answerTall
}

func (l *Layout) button(k Kind, id, name string, r Rect, disabled bool) {
	l.Nodes = append(l.Nodes, Node{ID: id, Kind: k, Name: name, Label: name, Rect: r, Disabled: disabled})
}

// list places the cards. Wide ones have the Teach button at the foot, narrow ones beside the name.
func (l *Layout) list(b state.Board, at Rect) {
	pad := Node{ID: "pad", Kind: KindPad, Name: l.Screen.Words.Say("Drawing pad"), Rect: l.Pad}
	l.Nodes = append([]Node{pad}, l.Nodes...)

	y := at.Y
	columns, gap := 1, 10.0
	if !l.Rows {
		gap = 16
		columns = max(int((at.W+gap)/(260+gap)), 1)
	}
	w := (at.W - gap*float64(columns-1)) / float64(columns)
	rowHeight := 0.0
	for i, c := range b.Classes {
		col := i % columns
		if col == 0 && i > 0 {
			y += rowHeight + gap
			rowHeight = 0
		}
		x := at.X + float64(col)*(w+gap)
		h := l.card(c, i, x, y, w)
		rowHeight = max(rowHeight, h)
		if last := i == len(b.Classes)-1; col == columns-1 || last {
			// Cards of a row are as tall as the tallest, and their Teach buttons stand in line.
			for j := i - col; j <= i; j++ {
				l.stretch(j, rowHeight)
			}
		}
	}
	if len(b.Classes) > 0 {
		y += rowHeight + gap
	}
	if l.Heading.W == 0 {
		add := Rect{at.X, y, at.W, touch + 4}
		check := add.moved(0, add.H+gap)
		if at.W >= 260 {
			add.W = (at.W - gap) / 2
			check = add.moved(add.W+gap, 0)
		}
		l.add(add, check)
		y = check.bottom() + gap
	}
	l.Content = y + 12
}

// add places the buttons that belong to the list as a whole: beside its heading, or at its end.
func (l *Layout) add(add, check Rect) {
	inList := l.Heading.W == 0
	l.Nodes = append(l.Nodes,
		Node{ID: "check", Kind: KindCheck, Name: l.Screen.Words.Say("Check what was taught"), Label: l.Screen.Words.Say("Check"), Rect: check, InList: inList},
		Node{ID: "add", Kind: KindAdd, Name: l.Screen.Words.Say("Add class"), Label: l.Screen.Words.Say("Add class"), Rect: add, InList: inList})
}

// head places the choice of how to compare at the end of the list.
func (l *Layout) head(name string, at Rect) {
	label := l.Screen.Words.Say("Compares by: {head}", headName(l.Screen.Words, name))
	r := Rect{at.X, l.Content - 12, at.W, touch}
	l.Nodes = append(l.Nodes, Node{ID: "head", Kind: KindHead, Name: label, Label: label, Rect: r, InList: true})
	l.Content = r.bottom() + 22
}

// maxScroll is how far the list can be scrolled.
func (l *Layout) maxScroll() float64 { return max(l.Content-l.List.H, 0) }

// node returns the node called id, or nil.
func (l *Layout) node(id string) *Node {
	for i := range l.Nodes {
		if l.Nodes[i].ID == id {
			return &l.Nodes[i]
		}
	}
	return nil
}

// onScreen is where a box of the list stands when the list is scrolled.
func (l *Layout) onScreen(r Rect, scroll float64) Rect { return r.moved(0, l.List.Y-scroll) }

// Hit returns the control under a point of the screen, or nil.
func (l *Layout) Hit(x, y, scroll float64) *Node {
	for i := len(l.Nodes) - 1; i >= 0; i-- {
		n := &l.Nodes[i]
		r := n.Rect
		if n.Through {
			continue
		}
		if n.InList {
			if !l.List.Contains(x, y) {
				continue
			}
			r = l.onScreen(r, scroll)
		}
		if r.Contains(x, y) {
			return n
		}
	}
	return nil
}
