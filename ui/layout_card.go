package ui

import (
	"strconv"

	"oneshot/ui/state"
	"oneshot/ui/words"
)

// Card is one class in the list, in the list's own coordinates.
type Card struct {
	Class state.ClassID
	Place int // counted from 0
	Name  string
	Dye   int // the class's colour
	Shots int
	Rect  Rect
	Title Rect // where the name stands, after its number
	Empty Rect // where the thumbnails will stand, if there are none
}

// card places one class and returns its height. Where there is room, the Teach button stands beside
// the name and the class is one row until it has shots; elsewhere it stands at the foot.
func (l *Layout) card(c state.Class, place int, x, y, w float64) float64 {
	id := strconv.Itoa(int(c.ID))
	node := func(k Kind, verb string, r Rect) {
		l.Nodes = append(l.Nodes, Node{ID: verb + ":" + id, Kind: k, Name: nodeName(l.Screen.Words, k, c.Name), Rect: r, InList: true, Class: c.ID})
	}
	card := Card{Class: c.ID, Place: place, Name: c.Name, Dye: c.Colour, Shots: len(c.Shots)}
	p := 16.0
	if l.Rows {
		p = 12
	}
	beside := l.Rows && w >= 290
	row := Rect{x + p, y + 10, w - 2*p, touch}
	wide := labelWidth(l.Screen.Words.Say("Teach"), 84)
	teach := Rect{row.right() - wide, row.Y, wide, touch}
	more := Rect{row.right() - touch + 8, row.Y, touch, touch}
	if beside {
		more.X = teach.X - 4 - touch
	}
	card.Title = Rect{row.X, row.Y, more.X - 4 - row.X, touch}
	node(KindRename, "rename", card.Title)
	node(KindMore, "more", more)

	bottom := more.bottom()
	thumbs := Rect{row.X, bottom + 6, row.W, thumbSide}
	const gap = 8.0
	perRow := max(int((thumbs.W+gap)/(thumbSide+gap)), 1)
	for i, sh := range c.Shots {
		r := Rect{thumbs.X + float64(i%perRow)*(thumbSide+gap), thumbs.Y + float64(i/perRow)*(thumbSide+gap), thumbSide, thumbSide}
		l.Nodes = append(l.Nodes, Node{
			ID: "shot:" + strconv.Itoa(int(sh.ID)), Kind: KindShot, InList: true,
			Name: exampleName(l.Screen.Words, c, i),
			Rect: r, Class: c.ID, Shot: sh.ID, Example: &c.Shots[i],
		})
		bottom = r.bottom()
	}
	if len(c.Shots) == 0 && !beside {
		card.Empty = thumbs
		bottom = thumbs.bottom()
	}
	if !beside {
		teach = Rect{row.X, bottom + 12, row.W, touch}
		bottom = teach.bottom()
	}
	node(KindTeach, "teach", teach)
	h := bottom + max(p, 10) - y
	card.Rect = Rect{x, y, w, h}
	l.Cards = append(l.Cards, card)
	return h
}

// stretch makes card i as tall as its row.
func (l *Layout) stretch(i int, h float64) {
	c := &l.Cards[i]
	grow := h - c.Rect.H
	c.Rect.H = h
	if grow == 0 {
		return
	}
	for j := range l.Nodes {
		if n := &l.Nodes[j]; n.Kind == KindTeach && n.Class == c.Class {
			n.Rect.Y += grow
		}
	}
}

func nodeName(w *words.Catalogue, k Kind, class string) string {
	switch k {
	case KindTeach:
		return w.Say("Teach {class}", class)
	case KindRename:
		return w.Say("Rename {class}", class)
	}
	return w.Say("More about {class}", class)
}
