package ui

import (
	"math"
	"slices"
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// mapScene shows every shot on a plane: near each other what the network takes for alike. It is found a part of
// a frame at a time; the drawing on the pad is put where it belongs.
type mapScene struct {
	of         *state.Check // what was taught when it was begun
	shots      []state.Embedded
	plane      *fewshot.Plane
	neighbours *fewshot.Neighbours
	found      bool
	fault      string

	spots   []spot
	input   prep.Input  // of the pad
	query   *[2]float64 // where the drawing on it lies; nil if there is none
	close   []fewshot.Neighbour
	chosen  int // place of a spot, or -1
	like    int // the spot that is nearest to the chosen one, or -1
	alike   float64
	board   Rect // the map's card, and the map in it; in the list's coordinates
	field   Rect
	details Rect
	pairs   Rect
	empty   Rect
	labels  []label
}

// Measures of the map.
const (
	mapPairs  = 5   // pairs that are named
	mapThumb  = 40  // a shot that has so much of the map's side is shown as what it is, others are dots
	mapBeside = 300 // of so many shots names look for a place beside them; among more there is none
	mapQuery  = 44  // side of the drawing on the pad
	mapName   = 26  // a name that has so much of the map's side has a frame
)

func newMapScene() *mapScene { return &mapScene{chosen: -1, like: -1} }

// begin starts anew with what is taught now.
func (s *mapScene) begin(g *Game) {
	*s = *newMapScene()
	s.of = g.state.Check()
	all, err := g.state.Embeddings()
	if err != nil {
		s.fault = refusal(g.words, err).Spoken
		return
	}
	s.shots = all
	if len(all) < 2 {
		return
	}
	b := g.state.Board()
	rows, class := make([][]int16, len(all)), make([]int, len(all))
	for i, e := range all {
		rows[i], class[i] = e.Embedding, place(b, e.Class)
		s.spots = append(s.spots, spot{shot: e.Shot, class: class[i]})
	}
	s.plane, s.neighbours = fewshot.NewPlane(rows), fewshot.NewNeighbours(rows, class)
}

func (s *mapScene) step(g *Game, now float64) string {
	if s.of != g.state.Check() {
		s.begin(g)
		g.stale = true
	}
	switch {
	case s.fault != "":
		return s.fault
	case s.plane == nil:
		return g.words.Say("Nothing to map yet. Teach two drawings.")
	case !s.found:
		for s.plane.Next() || s.neighbours.Next() {
			if g.host.Now()-now >= g.workTime(now) {
				Wake()
				g.damage.add(g.layout.onScreen(s.board, g.scroll)) // for the bar
				return g.words.Say("Placing the drawings.")
			}
		}
		s.found = true
		s.close = s.neighbours.Nearest(mapPairs)
		s.settle(g)
	}
	if in, _ := g.state.Query(); in != s.input {
		s.settle(g) // the pad has changed
	}
	return s.spoken(g)
}

// settle puts the drawings where they belong on the map, the one on the pad with them.
func (s *mapScene) settle(g *Game) {
	g.stale = true
	points := make([][2]float64, 0, len(s.spots)+1)
	for _, e := range s.shots {
		x, y := s.plane.Place(e.Embedding)
		points = append(points, [2]float64{x, y})
	}
	s.query = nil
	s.input, _ = g.state.Query()
	e, err := g.state.EmbedQuery()
	if err == nil {
		x, y := s.plane.Place(e)
		points = append(points, [2]float64{x, y})
	}
	points = spreadOut(points)
	for i := range s.spots {
		s.spots[i].x, s.spots[i].y = points[i][0], points[i][1]
	}
	if err == nil {
		s.query = &points[len(s.spots)]
	}
}

// spoken is the map for those who do not see it: where classes meet, and what is chosen.
func (s *mapScene) spoken(g *Game) string {
	b := g.state.Board()
	if s.chosen >= 0 {
		return s.chosenWords(g.words, b) + ", " + s.likeWords(g.words, b)
	}
	text := g.words.Count(len(s.spots), "{n} drawing on the map.|{n} drawings on the map.")
	if len(s.close) > 0 {
		text += " " + g.words.Say("Nearest of different classes: {examples}.", s.pairWords(g.words, b, s.close[0]))
	}
	if s.query != nil && g.verdict.Kind == Answered {
		text += " " + g.words.Say("The drawing on the pad is nearest to {example}.", g.verdict.Caption)
	}
	return text
}

func (s *mapScene) chosenWords(w *words.Catalogue, b state.Board) string {
	return upper(shotWords(w, b, s.spots[s.chosen].shot))
}

func (s *mapScene) likeWords(w *words.Catalogue, b state.Board) string {
	if s.like < 0 {
		return w.Say("the only one")
	}
	return w.Say("most like {example}, {percent}", shotWords(w, b, s.spots[s.like].shot), percent(s.alike))
}

func (s *mapScene) pairWords(w *words.Catalogue, b state.Board, n fewshot.Neighbour) string {
	return w.Say("{example} and {other}, {percent} alike", shotWords(w, b, s.spots[n.A].shot), shotWords(w, b, s.spots[n.B].shot), percent(n.Cosine))
}

// choose shows the drawing of a spot and the one that is nearest to it.
func (s *mapScene) choose(g *Game, i int) {
	s.chosen = i
	s.like, s.alike = s.neighbours.To(i)
	g.stale = true
}

// by chooses the spot so many places further.
func (s *mapScene) by(n int) func(g *Game) {
	return func(g *Game) {
		if s.chosen < 0 {
			s.choose(g, 0)
			return
		}
		s.choose(g, (s.chosen+n+len(s.spots))%len(s.spots))
	}
}

// at chooses the spot under a point of the screen.
func (s *mapScene) at(g *Game, x, y float64) {
	field := g.layout.onScreen(s.field, g.scroll)
	if i := nearestSpot(s.spots, (x-field.X)/field.W, (y-field.Y)/field.H, touch/field.W); i >= 0 {
		s.choose(g, i)
	}
}

func (s *mapScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Map"), 1232, g.screen)
	l.history(g)
	s.board, s.details, s.pairs, s.empty, s.labels = Rect{}, Rect{}, Rect{}, Rect{}, nil
	if s.plane == nil {
		s.empty = Rect{at.X, at.Y, at.W, emptyHeight(at.W)}
		l.Sheet.Cards = append(l.Sheet.Cards, s.empty)
		l.Content = s.empty.bottom() + 24
		return l
	}
	const gap = 16.0
	var side float64
	beside := l.Wide || at.W > 1.35*l.List.H && at.W >= 560
	if beside {
		side = min(at.W*0.62, max(l.List.H-at.Y-24, 260))
	} else {
		side = min(at.W, max(l.List.H*0.62, 260))
	}
	s.board = Rect{at.X, at.Y, side, side}
	rest := Rect{at.X, s.board.bottom() + gap, at.W, 0}
	if beside {
		rest = Rect{s.board.right() + gap, at.Y, at.W - side - gap, 0}
	} else {
		s.board.X = at.X + (at.W-side)/2
	}
	s.field = s.board.inset(min(40, max(22, side*0.1)))
	s.details = Rect{rest.X, rest.Y, rest.W, 176}
	switch {
	case rest.W < tight:
		s.details.H = 264
	case rest.W < 420:
		s.details.H = 196 // a fourth line of words
	}
	l.Sheet.Cards = append(l.Sheet.Cards, s.board, s.details)
	l.Content = max(s.board.bottom(), s.details.bottom()) + 24
	if !s.found {
		return l
	}
	l.action(Node{ID: "map", Name: g.words.Say("Map of all drawings, next one"), Rect: s.board, Action: Action{Style: StyleOwn, Do: s.by(1), At: s.at}})
	p := cardPadding(rest.W)
	w := min((rest.W-2*p-8)/2, 140)
	row := Rect{s.details.X + p, s.details.bottom() - touch - 12, w, touch}
	l.action(Node{ID: "before", Name: g.words.Say("Previous drawing"), Label: g.words.Say("Previous"), Rect: row, Action: Action{Style: StyleButton, Do: s.by(-1)}})
	l.action(Node{ID: "after", Name: g.words.Say("Next drawing"), Label: g.words.Say("Next"), Rect: row.moved(w+8, 0), Action: Action{Style: StyleButton, Do: s.by(1)}})
	if len(s.close) > 0 {
		b := g.state.Board()
		s.pairs = Rect{rest.X, s.details.bottom() + gap, rest.W, 52 + checkRow*float64(len(s.close)) + 10}
		l.Sheet.Cards = append(l.Sheet.Cards, s.pairs)
		for i, n := range s.close {
			l.action(Node{ID: "close:" + strconv.Itoa(i), Name: upper(s.pairWords(g.words, b, n)), Rect: Rect{s.pairs.X + p/2, s.pairs.Y + 50 + float64(i)*checkRow, rest.W - p, checkRow},
				Action: Action{Style: StyleOwn, Do: func(g *Game) { s.choose(g, n.A); s.like, s.alike = n.B, n.Cosine }}})
		}
		l.Content = max(l.Content, s.pairs.bottom()+24)
	}
	s.placeNames(g)
	return l
}

// placeNames puts the name of each class where its drawings lie.
func (s *mapScene) placeNames(g *Game) {
	b := g.state.Board()
	xs, ys := make([][]float64, len(b.Classes)), make([][]float64, len(b.Classes))
	var taken, drawn []Rect
	for _, sp := range s.spots {
		x, y := s.field.X+sp.x*s.field.W, s.field.Y+sp.y*s.field.H
		xs[sp.class], ys[sp.class] = append(xs[sp.class], x), append(ys[sp.class], y)
		if len(s.spots) <= mapBeside {
			side := max(s.side(), 10)
			drawn = append(drawn, Rect{x - side/2, y - side/2, side, side})
		}
	}
	if s.query != nil {
		box, tag := s.queryBoxes(g)
		taken = append(taken, box.inset(-4), tag)
	}
	var anchors [][2]float64
	var sizes []Extent
	font := s.labelFont()
	for i, c := range b.Classes {
		if len(xs[i]) == 0 {
			continue
		}
		text := g.texts.cut(font, c.Name, 110)
		s.labels = append(s.labels, label{class: i, text: text})
		anchors = append(anchors, [2]float64{middle(xs[i]), middle(ys[i])})
		e := g.texts.Measure(font, text)
		e.Width += 16
		sizes = append(sizes, e)
	}
	for i, r := range placeLabels(s.board.inset(4), taken, drawn, anchors, sizes) {
		s.labels[i].rect = r
	}
}

// middle is the median of values, which it sorts: one drawing far away from the others of its class does not pull their
// name away, as it would from their mean.
func middle(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// labelFont is that of the names: many of them beside dots are small and have no frame.
func (s *mapScene) labelFont() Font {
	if s.side() == 0 && float64(s.classes())*mapName > s.field.W {
		return fontTiny
	}
	return fontLabel
}

// classes counts those that have a drawing.
func (s *mapScene) classes() int {
	seen := map[int]bool{}
	for _, sp := range s.spots {
		seen[sp.class] = true
	}
	return len(seen)
}

// side is that of a drawing on the map, or 0 where there are so many that they are dots.
func (s *mapScene) side() float64 {
	each := s.field.W / math.Sqrt(float64(len(s.spots)))
	if each < mapThumb {
		return 0
	}
	return min(max(each*0.5, 24), 48)
}

// queryBoxes are where the drawing on the pad stands and what names it, in the list's coordinates.
func (s *mapScene) queryBoxes(g *Game) (box, tag Rect) {
	x, y := s.field.X+s.query[0]*s.field.W, s.field.Y+s.query[1]*s.field.H
	box = Rect{x - mapQuery/2, y - mapQuery/2, mapQuery, mapQuery}
	w := g.texts.Measure(fontTiny, g.words.Say("on the pad")).Width + 20
	tag = Rect{x - w/2, box.bottom() + 5, w, labelHeight}
	if tag.bottom() > s.board.bottom()-2 {
		tag.Y = box.Y - 5 - tag.H
	}
	tag.X = min(max(tag.X, s.board.X+4), s.board.right()-4-tag.W)
	return box, tag
}
