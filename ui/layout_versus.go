package ui

import (
	"math"
	"strconv"

	"oneshot/ui/versus"
)

// versusLayout is where the game stands, in the list's coordinates.
type versusLayout struct {
	Ask   Rect // the card with the drawing that is asked about
	Query Rect
	Title Rect
	Words Rect // what is said about it
	Score Rect // a line each
	Tiles [versus.Signs]Rect

	Result Rect // the card at the end
	Rounds [versus.Rounds]Rect
}

// versusGap stands between tiles.
const versusGap = 8.0

// scoreHeight is that of the two scores, one under the other.
const scoreHeight = 44.0

// arrangeVersus lays out a round: on a wide screen the drawing stands left of the signs, on a narrow one above.
// Next has its place from the start, so that nothing moves.
func arrangeVersus(sc Screen, names [versus.Signs]string, answered, last bool) (*Layout, *versusLayout) {
	l, at := sheet(sc.Words.Say("Against the machine"), 1120, sc)
	v := &versusLayout{}
	wide := sc.W >= 560 && sc.W >= sc.H*1.05
	next := Node{ID: "next", Name: sc.Words.Say("Next drawing"), Label: sc.Words.Say("Next"), Disabled: !answered, Action: Action{Style: StylePrimary, Do: (*Game).nextRound}}
	if last {
		next.Name, next.Label = sc.Words.Say("See the result"), sc.Words.Say("Result")
	}
	tiles := Rect{at.X, 0, at.W, 0}
	p := cardPadding(at.W)
	if wide {
		w := min(max(at.W*0.32, 248), 300)
		h := min(l.List.H-24, w+204)
		in := Rect{at.X + p, at.Y + p, w - 2*p, h - 2*p - touch - 12}
		v.Ask = Rect{at.X, at.Y, w, h}
		if side := min(in.W, in.H-148); side < 110 {
			v.beside(in, 104)
		} else {
			v.Query = Rect{in.X + (in.W-side)/2, in.Y, side, side}
			v.Title = Rect{in.X, v.Query.bottom() + 8, in.W, 26}
			v.Words = Rect{in.X, v.Title.bottom(), in.W, 62}
			v.Score = Rect{in.X, v.Words.bottom() + 4, in.W, scoreHeight}
		}
		next.Rect = Rect{in.X, v.Ask.bottom() - p - touch, in.W, touch}
		tiles.X, tiles.W = v.Ask.right()+16, at.W-w-16
		tiles.Y = at.Y
	} else {
		in := Rect{at.X + p, at.Y + p, at.W - 2*p, 0}
		side := min(at.W*0.36, 148)
		switch {
		case in.W >= 300:
			in.H = side + 8 + 44
		case in.W >= 240:
			in.H = side + 8 + 64
		default: // text at twice its size on a phone
			side = 60
			in.H = side + 8 + 52 + 104
		}
		v.beside(in, side)
		next.Rect = Rect{in.X, in.bottom() + 8, in.W, touch}
		v.Ask = Rect{at.X, at.Y, at.W, next.Rect.bottom() + p - at.Y}
		tiles.Y = v.Ask.bottom() + 14
	}
	l.Sheet.Cards = append(l.Sheet.Cards, v.Ask)
	l.action(next)
	columns, side := tileGrid(tiles.W, l.List.H-tiles.Y-12)
	for i := range v.Tiles {
		v.Tiles[i] = Rect{
			tiles.X + float64(i%columns)*(side+versusGap), tiles.Y + float64(i/columns)*(side+versusGap), side, side,
		}
		l.action(Node{
			ID: "sign:" + strconv.Itoa(i+1), Name: names[i], Rect: v.Tiles[i], Disabled: answered,
			Action: Action{Style: StyleOwn, Do: func(g *Game) { g.answerRound(i) }},
		})
	}
	l.Content = max(v.Ask.bottom(), v.Tiles[versus.Signs-1].bottom()) + 20
	return l, v
}

// beside places title and score beside the drawing, and the words below it. Where the title would have no room, it stands
// above the words.
func (v *versusLayout) beside(in Rect, side float64) {
	v.Query = Rect{in.X, in.Y, side, side}
	x := v.Query.right() + 14
	v.Score = Rect{x, v.Query.bottom() - scoreHeight, in.right() - x, scoreHeight}
	v.Words = Rect{in.X, v.Query.bottom() + 8, in.W, in.bottom() - v.Query.bottom() - 8}
	v.Title = Rect{x, in.Y, v.Score.W, side - scoreHeight}
	if v.Title.W < 130 {
		v.Title = Rect{in.X, v.Words.Y, in.W, 26}
		if in.W < 200 {
			v.Title.H = 52 // on two lines
		}
		v.Words.Y, v.Words.H = v.Title.bottom(), v.Words.H-v.Title.H
	}
}

// tileGrid is how many columns the signs stand in and how large they are: as large as fits without
// scrolling, or else small ones that can still be told apart.
func tileGrid(w, h float64) (columns int, side float64) {
	const least, most = 52, 150
	for c := max(2, int((w+versusGap)/(most+versusGap))); c <= 10; c++ {
		s := min((w-versusGap*float64(c-1))/float64(c), most)
		if s < least {
			break
		}
		columns, side = c, s
		if rows := math.Ceil(versus.Signs / float64(c)); rows*(s+versusGap) <= h {
			break
		}
	}
	return columns, side
}

// arrangeVersusEnd lays out the result, whose words are as high as said.
func arrangeVersusEnd(sc Screen, high func(width float64) float64) (*Layout, *versusLayout) {
	l, at := sheet(sc.Words.Say("Against the machine"), 560, sc)
	v := &versusLayout{}
	p := cardPadding(at.W)
	in := Rect{at.X + p, at.Y + p, at.W - 2*p, 0}
	v.Score = Rect{in.X, in.Y, in.W, 84}
	v.Words = Rect{in.X, v.Score.bottom() + 8, in.W, high(in.W)}
	columns := 5
	if in.W < 280 {
		columns = 3
	}
	y := v.Words.bottom() + 12
	side := min((in.W-versusGap*float64(columns-1))/float64(columns), 84)
	step := (in.W - side*float64(columns)) / float64(columns-1)
	for i := range v.Rounds {
		v.Rounds[i] = Rect{in.X + float64(i%columns)*(side+step), y + float64(i/columns)*(side+34), side, side}
	}
	y = v.Rounds[versus.Rounds-1].bottom() + 34
	again := Node{
		ID: "again", Name: sc.Words.Say("Play again with new signs"), Label: sc.Words.Say("Play again"), Rect: Rect{in.X, y + 8, in.W, touch},
		Action: Action{Style: StylePrimary, Do: (*Game).playAgain},
	}
	l.action(again)
	v.Result = Rect{at.X, at.Y, at.W, again.Rect.bottom() + p - at.Y}
	l.Sheet.Cards = append(l.Sheet.Cards, v.Result)
	l.Content = v.Result.bottom() + 24
	return l, v
}
