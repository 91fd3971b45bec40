package ui

import (
	"slices"
	"strconv"
)

// wasSlots is where the classes stand that the drawing may have been instead, relative to the answer's
// card: rows on a wide card, boxes side by side on a narrow one.
func (l *Layout) wasSlots() []Rect {
	r := l.Answer
	if r.H == answerHigh {
		_, right := answerHalves(r)
		slot := Rect{right.X, right.bottom() - 3*touch, right.W, touch}
		return []Rect{slot, slot.moved(0, touch), slot.moved(0, 2*touch)}
	}
	in := r.inset(14)
	if r.H == answerTall {
		slot := Rect{in.X, in.bottom() - 3*touch - 8, in.W, touch}
		return []Rect{slot, slot.moved(0, touch+4), slot.moved(0, 2*touch+8)}
	}
	n := min(max(int(in.W/100), 1), 3)
	const gap = 6.0
	slot := Rect{in.X, in.bottom() - touch, (in.W - gap*float64(n-1)) / float64(n), touch}
	slots := make([]Rect, n)
	for i := range slots {
		slots[i] = slot.moved(float64(i)*(slot.W+gap), 0)
	}
	return slots
}

// answerHalves are the answer and the ranking on a wide card.
func answerHalves(r Rect) (left, right Rect) {
	in := Rect{r.X + 22, r.Y + 18, r.W - 44, r.H - 36}
	left = Rect{in.X, in.Y, min(in.W*0.46, 280), in.H}
	return left, Rect{left.right() + 28, in.Y, in.right() - left.right() - 28, in.H}
}

// offer makes controls of the classes that the drawing may have been instead, in reading order behind
// Clear, and reports whether anything is different from before.
func (l *Layout) offer(bars []Bar) bool {
	var was []Node
	if l.Sheet == nil {
		for i, slot := range l.wasSlots() {
			if i < len(bars) {
				was = append(was, Node{
					ID: "was:" + strconv.Itoa(i), Kind: KindWas, Name: l.Screen.Words.Say("It was {class}", bars[i].Name),
					Rect: slot, InList: l.Compact, Class: bars[i].Class,
				})
			}
		}
	}
	isWas := func(n Node) bool { return n.Kind == KindWas }
	same := func(a, b Node) bool { return a.Name == b.Name && a.Class == b.Class && a.Rect == b.Rect }
	from := slices.IndexFunc(l.Nodes, isWas)
	to := from
	for from >= 0 && to < len(l.Nodes) && isWas(l.Nodes[to]) {
		to++
	}
	if from < 0 {
		if len(was) == 0 {
			return false
		}
		from = slices.IndexFunc(l.Nodes, func(n Node) bool { return n.Kind == KindClear }) + 1
		to = from
	} else if slices.EqualFunc(l.Nodes[from:to], was, same) {
		return false
	}
	l.Nodes = slices.Replace(l.Nodes, from, to, was...)
	return true
}

// others are the classes of the ranking that the drawing may have been instead of what it was taken for.
func (v *Verdict) others() []Bar {
	if v.Kind != Answered || len(v.Bars) == 0 {
		return nil
	}
	if v.Lead == v.Bars[0].Class {
		return v.Bars[1:]
	}
	return v.Bars
}
