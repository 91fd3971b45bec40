package ui

import (
	"math"
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/ui/state"
)

// behind says which drawings are shown: those of a class that are taken for another, or for none if As is
// 0; or all of two classes that are close.
type behind struct {
	Class, As state.ClassID
	Both      bool
}

// checkLayout is where the parts of the check stand, in the list's coordinates. A part that there is
// nothing to say about is empty.
type checkLayout struct {
	Empty    Rect
	Accuracy Rect
	Strict   Rect
	Track    Rect
	Warnings Rect
	Matrix   Rect
	Grid     Rect    // of the matrix, without its labels
	Cell     float64 // side of a cell
	Columns  int     // as many as classes, and one for none of them where that can be
	Drawings Rect
	Rows     []drawingRow
}

// drawingRow is one drawing behind a cell.
type drawingRow struct {
	Rect  Rect
	Shot  state.ShotID
	Trial int
}

// checkInput is what the check is laid out from.
type checkInput struct {
	board      state.Board
	canUndo    bool
	check      *state.Check
	strictness int
	own        int
	open       behind
	room       float64 // height that the content has at least
}

const (
	checkRow    = 64 // height of a warning and of a drawing
	effectRow   = 46 // height of what the strictness does to a part of the examples
	maxWarnings = 6
	namedCell   = 18 // height of a cell of the matrix from which on its row has a name, or a number
	numberLabel = 30 // width before the rows for their numbers alone
)

// arrangeCheck lays out the check: on a wide screen the figures stand left of the confusion matrix, on a
// narrow one above it.
func arrangeCheck(s checkInput, sc Screen) *Layout {
	title := sc.Words.Say("How well it knows them")
	if sc.W < 480 {
		title = sc.Words.Say("Check")
	}
	l, at := sheet(title, 1232, sc)
	l.Check = &checkLayout{}
	x, w := at.X, at.W
	undo := Node{ID: "undo", Kind: KindUndo, Name: sc.Words.Say("Undo"), Label: sc.Words.Say("Undo"), Rect: Rect{l.Header.right() - touch, 8, touch, touch}, Disabled: !s.canUndo}
	if l.Wide {
		undo.Rect.W = toolWidth(undo.Label)
		undo.Rect.X = l.Header.right() - undo.Rect.W
	}
	l.Nodes = append(l.Nodes, undo)
	l.Sheet.Title.W = undo.Rect.X - 8 - l.Sheet.Title.X
	if len(s.check.Shots) < 2 {
		l.Check.Empty = Rect{x, 8, w, emptyHeight(w)}
		l.Content = l.Check.Empty.bottom() + 24
		return l
	}
	const gap = 16
	left := Rect{x, 8, w, 0}
	if l.Wide {
		left.W = max((w-gap)*0.42, 380)
	}
	y := l.accuracy(s, left)
	if l.Wide && s.check.Whole() && s.check.Asked == 0 {
		// There is no matrix to stand on the right.
		y = max(y, l.strict(s, Rect{left.right() + gap, 8, w - left.W - gap, 0}, 8))
	} else {
		y = l.strict(s, left, y+gap)
	}
	if s.check.Whole() && s.check.Asked > 0 {
		y = l.warnings(s, left, y+gap)
		right := Rect{left.right() + gap, 8, w - left.W - gap, 0}
		if !l.Wide {
			right = Rect{x, y + gap, w, 0}
		}
		y = max(y, l.matrix(s, right))
	}
	l.Content = max(y+24, s.room)
	return l
}

// accuracy places the card with the share of right answers and returns where it ends.
func (l *Layout) accuracy(s checkInput, at Rect) float64 {
	h := 158.0
	switch {
	case at.W < 300:
		h = 232
	case s.check.Whole() && s.check.Asked == 0:
		h = 108
		if at.W < 420 {
			h = 130 // the words go on another line
		}
	}
	l.Check.Accuracy = Rect{at.X, at.Y, at.W, h}
	return l.Check.Accuracy.bottom()
}

// strict places the card with the slider.
func (l *Layout) strict(s checkInput, at Rect, y float64) float64 {
	c := l.Check
	h := 272.0
	if s.check.Asked == 0 {
		h -= effectRow
	}
	p := cardPadding(at.W)
	if at.W-2*p < tight {
		h += 18 + 24 // what the ends of the slider mean stands on two lines, and the answer above the button
	}
	c.Strict = Rect{at.X, y, at.W, h}
	c.Track = Rect{at.X + p, y + 50, at.W - 2*p, touch}
	slider := Node{ID: "strict", Kind: KindStrict, Name: l.Screen.Words.Say("How strict"), Rect: c.Track, InList: true, Value: s.strictness}
	slider.Words = strictWords(l.Screen.Words, s.strictness, s.own)
	reset := Node{ID: "reset", Kind: KindReset, Name: l.Screen.Words.Say("Reset how strict"), Label: l.Screen.Words.Say("Reset"), InList: true, Disabled: s.strictness == s.own}
	wide := labelWidth(reset.Label, 84)
	reset.Rect = Rect{c.Strict.right() - p - wide, c.Strict.bottom() - touch - 8, wide, touch}
	l.Nodes = append(l.Nodes, slider, reset)
	return c.Strict.bottom()
}

func cardPadding(w float64) float64 {
	if w < 300 {
		return 12
	}
	return 20
}

// warnings places a row for each shot that does not fit and for each pair of classes that are too close,
// the worst first.
func (l *Layout) warnings(s checkInput, at Rect, y float64) float64 {
	c := s.check
	p := cardPadding(at.W)
	row := Rect{at.X + p/2, y + 52, at.W - p, checkRow}
	if at.W < tight {
		row.H += 28 // for four lines
	}
	add := func(id, name string, b behind, shot state.ShotID) {
		l.Nodes = append(l.Nodes, Node{ID: id, Kind: KindOpen, Name: name, Rect: row, InList: true, Behind: b, Shot: shot})
		row = row.moved(0, row.H)
	}
	pairs := min(len(c.Close), max(2, maxWarnings-len(c.Misfits)))
	for _, m := range c.Misfits[:min(len(c.Misfits), maxWarnings-pairs)] {
		b := behind{Class: c.Classes[c.Trials[m.Trial].Class], As: classAt(c, m.As)}
		id := c.Shots[m.Trial]
		add("misfit:"+strconv.Itoa(int(id)), misfitWords(l.Screen.Words, s.board, id, b), b, id)
	}
	for _, pair := range c.Close[:pairs] {
		b := behind{c.Classes[pair.A], c.Classes[pair.B], true}
		add("pair:"+strconv.Itoa(int(b.Class))+":"+strconv.Itoa(int(b.As)), pairWords(l.Screen.Words, s.board, b), b, 0)
	}
	if len(c.Misfits)+len(c.Close) == 0 {
		row.Y += 48 // for the sentence that says so
	}
	l.Check.Warnings = Rect{at.X, y, at.W, row.Y + 10 - y}
	return l.Check.Warnings.bottom()
}

// classAt is the class at a place of the check, or 0 for none.
func classAt(c *state.Check, place int) state.ClassID {
	if place == fewshot.None {
		return 0
	}
	return c.Classes[place]
}

// matrix places the confusion matrix and below it the drawings that are open.
func (l *Layout) matrix(s checkInput, at Rect) float64 {
	return l.drawings(s, Rect{at.X, l.confusions(s, at) + 16, at.W, 0})
}

// confusions places the confusion matrix and returns where it ends. Cells are controls while they are large
// enough to be touched and have something behind them.
func (l *Layout) confusions(s checkInput, at Rect) float64 {
	c, k := s.check, l.Check
	n := len(c.Classes)
	k.Columns = n
	if s.strictness > -state.MaxStrictness {
		k.Columns++
	}
	p := cardPadding(at.W)
	label, head, more := min(132, at.W*0.3), 92.0, 0.0
	if at.W < tight {
		more = 40 // what rows and columns are stands on three lines
	}
	k.Cell = min((at.W-2*p-label)/float64(k.Columns), 56)
	if k.Cell < namedCell { // too low for a name: numbers alone take less room
		label = numberLabel
		k.Cell = (at.W - 2*p - label) / float64(k.Columns)
	}
	if k.Cell < namedCell { // and then none
		label = 0
		k.Cell = min((at.W-2*p)/float64(k.Columns), namedCell-1)
		head = 68
	}
	if k.Cell >= 2 {
		k.Cell = math.Floor(k.Cell) // so that all look alike
	}
	head += more
	k.Grid = Rect{at.X + p + label, at.Y + head, k.Cell * float64(k.Columns), k.Cell * float64(n)}
	k.Matrix = Rect{at.X, at.Y, at.W, k.Grid.bottom() + 16 - at.Y}
	if k.Cell >= touch {
		for _, f := range c.Confusions {
			b := behind{Class: c.Classes[f.Class], As: classAt(c, f.As)}
			column := f.As
			if column == fewshot.None {
				column = n
			}
			l.Nodes = append(l.Nodes, Node{
				ID:   "cell:" + strconv.Itoa(int(b.Class)) + ":" + strconv.Itoa(int(b.As)),
				Kind: KindOpen, Name: cellWords(l.Screen.Words, s.board, b, len(f.Trials)), Label: strconv.Itoa(len(f.Trials)),
				Rect: k.cell(f.Class, column), InList: true, Behind: b,
			})
		}
	}
	if k.Cell < touch && len(c.Confusions) > 0 {
		l.action(Node{ID: "matrix", Name: l.Screen.Words.Say("Cells of the matrix, next one"), Rect: k.Grid,
			Action: Action{Style: StyleOwn, Do: nextCell(c, s.open), At: k.openCell(c)}})
	}
	return k.Matrix.bottom()
}

// nextCell opens the cell behind the one that is open, of those that have something behind them.
func nextCell(c *state.Check, open behind) func(g *Game) {
	return func(g *Game) {
		next := 0
		for i, f := range c.Confusions {
			if (behind{Class: c.Classes[f.Class], As: classAt(c, f.As)}) == open {
				next = (i + 1) % len(c.Confusions)
			}
		}
		f := c.Confusions[next]
		g.openBehind(behind{Class: c.Classes[f.Class], As: classAt(c, f.As)})
	}
}

// openCell opens the cell that is nearest to a point of the screen, of those that have something behind them: a
// finger is wider than a cell.
func (k *checkLayout) openCell(c *state.Check) func(g *Game, x, y float64) {
	return func(g *Game, x, y float64) {
		best, found := touch/2+k.Cell/2, behind{}
		for _, f := range c.Confusions {
			column := f.As
			if column == fewshot.None {
				column = len(c.Classes)
			}
			cell := g.layout.onScreen(k.cell(f.Class, column), g.scroll)
			if d := math.Hypot(x-cell.X-cell.W/2, y-cell.Y-cell.H/2); d < best {
				best, found = d, behind{Class: c.Classes[f.Class], As: classAt(c, f.As)}
			}
		}
		if found != (behind{}) {
			g.openBehind(found)
		}
	}
}

// cell is the box of a cell of the matrix.
func (k *checkLayout) cell(row, column int) Rect {
	return Rect{k.Grid.X + float64(column)*k.Cell, k.Grid.Y + float64(row)*k.Cell, k.Cell, k.Cell}
}

// drawings places a row for each drawing that is open, with what can be done about it.
func (l *Layout) drawings(s checkInput, at Rect) float64 {
	trials := trialsBehind(s.check, s.open)
	k := l.Check
	p := cardPadding(at.W)
	y := at.Y + 52
	for _, i := range trials {
		id := s.check.Shots[i]
		row := drawingRow{Rect{at.X + p, y, at.W - 2*p, checkRow + 8}, id, i}
		k.Rows = append(k.Rows, row)
		y += row.Rect.H
		name := shotWords(l.Screen.Words, s.board, id)
		drop := Rect{row.Rect.right() - touch, row.Rect.Y + 12, touch, touch}
		if !s.open.Both && s.open.As != 0 && s.open.As != s.open.Class {
			to := nameOf(l.Screen.Words, s.board, s.open.As)
			move := Node{ID: "move:" + strconv.Itoa(int(id)), Kind: KindMove, Name: l.Screen.Words.Say("Move {example} to {class}", name, to), Label: l.Screen.Words.Say("Move"), InList: true, Shot: id, Class: s.open.As}
			move.Rect = Rect{drop.X - 68, drop.Y, 68, touch}
			switch {
			case at.W >= 520:
				move.Label = l.Screen.Words.Say("Move to {class}", to)
				move.Rect.X, move.Rect.W = drop.X-184, 180
			case at.W < 300:
				move.Rect.X, move.Rect.W, move.Label = drop.X-touch, touch, ""
			}
			l.Nodes = append(l.Nodes, move)
		}
		l.Nodes = append(l.Nodes, Node{ID: "drop:" + strconv.Itoa(int(id)), Kind: KindDrop, Name: l.Screen.Words.Say("Delete {example}", name), Rect: drop, InList: true, Shot: id})
	}
	if len(trials) == 0 {
		y += 48 // for the sentence that invites to choose
		if at.W < tight {
			y += 24
		}
	}
	k.Drawings = Rect{at.X, at.Y, at.W, y + 10 - at.Y}
	return k.Drawings.bottom()
}

// trialsBehind returns the places of the shots that are shown.
func trialsBehind(c *state.Check, b behind) []int {
	if b.Both {
		var all []int
		for i, t := range c.Trials {
			if id := c.Classes[t.Class]; id == b.Class || id == b.As {
				all = append(all, i)
			}
		}
		return all
	}
	for _, f := range c.Confusions {
		if c.Classes[f.Class] == b.Class && classAt(c, f.As) == b.As {
			return f.Trials
		}
	}
	return nil
}
