package ui

import (
	"cmp"
	"math"
	"slices"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/ui/starters"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// lessonSight is what the network sees of a drawing, what it makes of it, and which drawings are near.
type lessonSight struct {
	net       *engine.Network
	others    []sighted
	done      int // of others
	drawing   []state.Stroke
	input     prep.Input
	embedding []int16
	nearest   []sighted
	name      string // of the drawing
}

// sighted is a drawing with its embedding and how near it is.
type sighted struct {
	name      string
	drawing   []state.Stroke
	embedding []int16
	cosine    float64
}

// sightNearest is how many of the near drawings are shown.
const sightNearest = 5

func (s *lessonSight) title(w *words.Catalogue) string { return w.Say("What the network sees") }

func (s *lessonSight) text(w *words.Catalogue) string {
	pixels, values := w.Say("{width} by {height}", prep.Side, prep.Side), w.Say("a list of numbers")
	if n := len(s.embedding); n > 0 {
		values = w.Say("{n} numbers", w.Thousands(n))
	}
	return w.Say("Wherever and however large you draw, it cuts the drawing out and shrinks it to {pixels} grey dots. From those it computes {values}, the embedding. Two drawings of the same thing have embeddings that point the same way: below are the drawings of the starter sets that are nearest to this one. 1 would be the same direction.", pixels, values)
}

func (s *lessonSight) again(w *words.Catalogue) string { return w.Say("Take another") }

// begin takes what is on the pad, or the drawing of a starter set.
func (s *lessonSight) begin(g *Game) error {
	if s.net == nil {
		n, err := g.lab.network()
		if err != nil {
			return err
		}
		s.net = n
		for _, set := range starters.All() {
			for i := range set.Signs {
				s.others = append(s.others, sighted{name: g.words.Say(set.Signs[i].Name), drawing: set.Signs[i].Drawings()[1]})
			}
		}
	}
	sets := starters.All()
	r := g.dice()
	signs := sets[r.IntN(len(sets))].Signs
	sign := &signs[r.IntN(len(signs))]
	s.name, s.drawing = g.words.Say(sign.Name), sign.Drawings()[0]
	if s.embedding == nil && g.state.Ink() {
		s.name, s.drawing = g.words.Say("your drawing"), g.query()
	}
	in, err := state.Input(s.drawing)
	if err != nil { // a speck on the pad
		s.name, s.drawing = g.words.Say(sign.Name), sign.Drawings()[0]
		if in, err = state.Input(s.drawing); err != nil {
			return err
		}
	}
	s.input = in
	s.embedding = make([]int16, s.net.EmbeddingLen())
	s.net.Embed(s.embedding, &in)
	s.nearest = nil
	g.stale = true // the sentences know now how many numbers there are
	return nil
}

// work embeds one more of the others; then it finds the near ones.
func (s *lessonSight) work(*Game) (bool, error) {
	if s.done < len(s.others) {
		o := &s.others[s.done]
		in, err := state.Input(o.drawing)
		if err != nil {
			return false, err
		}
		o.embedding = make([]int16, s.net.EmbeddingLen())
		s.net.Embed(o.embedding, &in)
		s.done++
		return false, nil
	}
	s.nearest = slices.Clone(s.others)
	for i := range s.nearest {
		s.nearest[i].cosine = cosine(s.embedding, s.nearest[i].embedding)
	}
	slices.SortFunc(s.nearest, func(a, b sighted) int { return cmp.Compare(b.cosine, a.cosine) })
	s.nearest = s.nearest[:sightNearest]
	return true, nil
}

// cosine is that of the angle between two embeddings, which have no negative values.
func cosine(a, b []int16) float64 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

func (s *lessonSight) spoken(w *words.Catalogue) string {
	words := w.Say("In the figure, nearest to {drawing}:", s.name)
	for i, o := range s.nearest {
		if i > 0 {
			words += ","
		}
		words += " " + o.name + " " + w.Decimal(o.cosine, 2)
	}
	return words + "."
}

func (s *lessonSight) sizes(w float64) (side, near float64) {
	return min((w-2*22)/3, 168), min((w-8*(sightNearest-1))/sightNearest, 92)
}

func (s *lessonSight) height(w float64) float64 {
	side, near := s.sizes(w)
	return 22 + side + 18 + 24 + near + 44
}

func (s *lessonSight) draw(g *Game, r Rect) {
	p, t := g.paint, g.theme
	side, near := s.sizes(r.W)
	step := side + 22
	for i, name := range [...]string{g.words.Say("drawing"), g.words.Say("{width} by {height}", prep.Side, prep.Side), g.words.Say("embedding")} {
		p.Label(name, fontTiny, Rect{r.X + float64(i)*step, r.Y, side, 20}, Left, t.Muted)
		if i > 0 {
			p.Icon(iconMove, Rect{r.X + float64(i)*step - 22, r.Y + 22 + (side-22)/2, 22, 22}, 16, 2.2, t.Muted)
		}
	}
	if s.embedding == nil {
		return
	}
	box := Rect{r.X, r.Y + 22, side, side}
	g.thumb(box, s.drawing, t.Line)
	cells := func(box Rect, n, columns int, share func(i int) float64) {
		p.Framed(box, 4, 1, t.Line, t.Surface)
		rows := (n + columns - 1) / columns
		in := box.inset(1)
		w, h := in.W/float64(columns), in.H/float64(rows)
		for i := range n {
			x, y := in.X+float64(i%columns)*w, in.Y+float64(i/columns)*h
			p.Box(Rect{x, y, w, h}, 0, blend(t.Surface, t.Ink, share(i)))
		}
	}
	cells(box.moved(step, 0), len(s.input), prep.Side, func(i int) float64 { return float64(s.input[i]) / 255 })
	most := slices.Max(s.embedding)
	columns := int(math.Ceil(math.Sqrt(float64(len(s.embedding)))))
	cells(box.moved(2*step, 0), len(s.embedding), columns, func(i int) float64 { return float64(s.embedding[i]) / float64(max(most, 1)) })

	y := box.bottom() + 18
	if s.nearest == nil {
		p.Text(g.words.Say("Looking at {n} of {all} drawings", s.done, len(s.others)), fontSmall, Rect{r.X, y, r.W, 20}, Left, t.Muted)
		return
	}
	p.Label(g.words.Say("nearest to {drawing}", s.name), fontTiny, Rect{r.X, y, r.W, 20}, Left, t.Muted)
	for i := range s.nearest {
		o := &s.nearest[i]
		at := Rect{r.X + float64(i)*(near+8), y + 24, near, near}
		line, ink := t.Line, t.Muted
		if i == 0 {
			line, ink = t.Accent, t.OnTint
		}
		g.thumb(at, o.drawing, line)
		p.Label(g.words.Decimal(o.cosine, 2), fontLabel, Rect{at.X, at.bottom() + 3, at.W, 20}, Centre, ink)
		if near >= 40 {
			p.Label(o.name, fontTiny, Rect{at.X, at.bottom() + 22, at.W, 18}, Centre, t.Muted)
		}
	}
}
