package ui

import (
	"oneshot/engine"
	"oneshot/ui/starters"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// lessonSplit is how the relation head compares a drawing with many classes for little more than one.
type lessonSplit struct {
	class, query []state.Stroke
	score        float64
	costs        [2]splitCost
}

// splitCost is what a question costs with a number of classes.
type splitCost struct {
	classes int
	engine.PairCost
}

func (s *lessonSplit) title(w *words.Catalogue) string { return w.Say("Half is done beforehand") }

func (s *lessonSplit) text(w *words.Catalogue) string {
	return w.Say("The relation head lets a small network look at two drawings side by side. Its first layer is a sum, so it can be taken apart: the class's half is computed once, when you teach it, and the drawing's half once, when you ask. What is left for each class is to add the two, and the layers behind. The bars count the multiplications of that first layer for one question, from the shape of the network that runs here.")
}

func (s *lessonSplit) again(w *words.Catalogue) string { return "" }

func (s *lessonSplit) begin(g *Game) error {
	c, err := g.lab.classifier(engine.Relation)
	if err != nil {
		return err
	}
	star := &starters.All()[0].Signs[3]
	d := star.Drawings()
	class, err := state.Input(d[0])
	if err != nil {
		return err
	}
	query, err := state.Input(d[1])
	if err != nil {
		return err
	}
	if _, err := c.Add(star.Name, class); err != nil {
		return err
	}
	a, err := c.Classify(query)
	if err != nil {
		return err
	}
	s.class, s.query, s.score = d[0], d[1], float64(a.Ranking[0].Score)
	for i, n := range [...]int{5, 1000} {
		s.costs[i] = splitCost{n, c.Network().Arch().PairCost(n)}
	}
	return nil
}

func (s *lessonSplit) work(*Game) (bool, error) { return true, nil }

func (s *lessonSplit) spoken(w *words.Catalogue) string {
	text := ""
	for i, c := range s.costs {
		if i > 0 {
			text += "; "
		}
		text += w.Say("with {classes} classes {joined} multiplications become {split} and {added} additions", w.Thousands(c.classes), w.Thousands(c.Joined), w.Thousands(c.Asked), w.Thousands(c.Added))
	}
	return w.Say("In the figure {what}.", text)
}

const (
	splitDiagram = 168.0
	splitRow     = 104.0
)

func (s *lessonSplit) height(float64) float64 { return splitDiagram + 2*splitRow }

func (s *lessonSplit) draw(g *Game, r Rect) {
	if s.class == nil {
		return
	}
	s.diagram(g, Rect{r.X, r.Y, min(r.W, 520), splitDiagram})
	p, t := g.paint, g.theme
	for i, c := range s.costs {
		y := r.Y + splitDiagram + float64(i)*splitRow
		p.Text(g.words.Say("{many} classes", g.words.Thousands(c.classes)), fontLabel, Rect{r.X, y, r.W, 22}, Left, t.Text)
		for k, bar := range []struct {
			name string
			n    int
		}{{g.words.Say("pair by pair"), c.Joined}, {g.words.Say("split"), c.Asked}} {
			line := Rect{r.X, y + 24 + float64(k)*34, r.W, 18}
			p.Text(bar.name, fontTiny, line, Left, t.Muted)
			words := g.words.Thousands(bar.n)
			ink := t.Muted
			if k == 1 {
				if r.W < tight {
					words += " + " + g.words.Thousands(c.Added)
				} else {
					words = g.words.Say("{n} and {added} additions", words, g.words.Thousands(c.Added))
				}
				ink = t.OnTint
			}
			p.Label(words, fontTiny, Rect{line.X + 80, line.Y, line.W - 80, line.H}, Right, ink)
			fill := t.Bar
			if k == 1 {
				fill = t.Accent
			}
			g.bar(Rect{line.X, line.bottom() + 2, line.W, 8}, max(float64(bar.n)/float64(c.Joined), 0.006), fill)
		}
	}
}

// diagram draws the two halves and where they meet.
func (s *lessonSplit) diagram(g *Game, r Rect) {
	p, t := g.paint, g.theme
	side := min(60, r.W*0.17)
	gap := (r.W - 4*side) / 3
	column := func(i int) float64 { return r.X + float64(i)*(side+gap) }
	upper, lower := r.Y+20, r.Y+20+side+14
	middle := (upper + lower + side) / 2
	arrow := func(x0, y0, x1, y1 float64) {
		p.Line([]bead{{x0, y0, 1}, {x1, y1, 1}}, t.Muted)
	}
	box := func(x, y float64, words string, bold bool) {
		at := Rect{x, y, side, side}
		fill, ink := t.Sunken, t.Text
		if bold {
			fill, ink = t.Tint, t.OnTint
		}
		p.Box(at, radiusCtl, fill)
		p.Label(words, fontLabel, at.inset(2), Centre, ink)
	}
	names := [...]string{g.words.Say("drawing"), g.words.Say("its half"), g.words.Say("sum"), g.words.Say("score")}
	if r.W < 300 {
		names = [...]string{"", g.words.Say("half"), g.words.Say("sum"), g.words.Say("score")}
	}
	for i, name := range names {
		p.Label(name, fontTiny, Rect{column(i) - gap/2, r.Y, side + gap, 18}, Centre, t.Muted)
	}
	g.thumb(Rect{column(0), upper, side, side}, s.class, t.Line)
	g.thumb(Rect{column(0), lower, side, side}, s.query, t.Line)
	once := g.words.Say("once")
	if r.W < tight {
		once = "1\u00d7"
	}
	box(column(1), upper, once, true)
	box(column(1), lower, once, true)
	box(column(2), middle-side/2, "+", false)
	box(column(3), middle-side/2, g.words.Decimal(s.score, 2), false)
	for _, y := range [...]float64{upper + side/2, lower + side/2} {
		arrow(column(0)+side+4, y, column(1)-4, y)
		arrow(column(1)+side+4, y, column(2)-4, middle)
	}
	arrow(column(2)+side+4, middle, column(3)-4, middle)
}
