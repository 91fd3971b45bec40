package ui

import (
	"strconv"
	"strings"

	"oneshot/engine"
	"oneshot/ui/hand"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

const (
	episodeWays    = 5
	episodeQueries = 3
)

// lessonLoose is how far the drawings of the lessons stray from what was meant.
const lessonLoose = 1.6

// lessonEpisode is one episode: examples, drawings to answer, and what the network says.
type lessonEpisode struct {
	support [episodeWays][]state.Stroke
	queries [episodeQueries]episodeQuery
}

type episodeQuery struct {
	drawing []state.Stroke
	sign    int // what it is
	said    int // what it is taken for
	shares  [episodeWays]float64
}

func (e *lessonEpisode) title(w *words.Catalogue) string {
	return w.Say("One drawing of each is enough")
}

func (e *lessonEpisode) text(w *words.Catalogue) string {
	return w.Say("The top row is five signs that were invented a moment ago, each drawn once. The left column is three new drawings. The network compares each with all five, and the shares say how sure it is. It was trained in many thousands of such small tests, each with other signs: it has learned to compare, not to know these.")
}

func (e *lessonEpisode) again(w *words.Catalogue) string { return w.Say("Draw others") }

func (e *lessonEpisode) begin(g *Game) error {
	r := g.dice()
	c, err := g.lab.classifier(DefaultHead)
	if err != nil {
		return err
	}
	signs := hand.Alphabet(r, episodeWays)
	for i, s := range signs {
		e.support[i] = hand.New(r, lessonLoose).Draw(r, s.Sign)
		in, err := state.Input(e.support[i])
		if err != nil {
			return err
		}
		if _, err := c.Add(strconv.Itoa(i), in); err != nil {
			return err
		}
	}
	for i, sign := range r.Perm(episodeWays)[:episodeQueries] {
		q := episodeQuery{drawing: hand.New(r, lessonLoose).Draw(r, signs[sign].Sign), sign: sign}
		if err := q.ask(c); err != nil {
			return err
		}
		e.queries[i] = q
	}
	return nil
}

// ask lets the network answer.
func (q *episodeQuery) ask(c *engine.Classifier) error {
	in, err := state.Input(q.drawing)
	if err != nil {
		return err
	}
	a, err := c.Classify(in)
	if err != nil {
		return err
	}
	for i, rank := range a.Ranking {
		class, err := strconv.Atoi(rank.Class)
		if err != nil {
			return err
		}
		if i == 0 {
			q.said = class
		}
		q.shares[class] = float64(rank.Confidence)
	}
	return nil
}

func (e *lessonEpisode) work(*Game) (bool, error) { return true, nil }

func (e *lessonEpisode) spoken(w *words.Catalogue) string {
	text := ""
	for i, q := range e.queries {
		if i > 0 {
			text += ", "
		}
		share := percent(q.shares[q.said])
		if q.said == q.sign {
			text += w.Say("drawing {n} is taken for sign {sign}, {percent}, which is right", i+1, q.said+1, share)
		} else {
			text += w.Say("drawing {n} is taken for sign {sign}, {percent}, which is wrong", i+1, q.said+1, share)
		}
	}
	return w.Say("In the figure {what}.", text)
}

// episodeCell is the side of a cell of the figure: a column for the drawings, one for each sign.
func episodeCell(w float64) float64 { return min((w-8)/(episodeWays+1), 92) }

// episodeLabel is the height of a line that says what is shown below it.
const episodeLabel = 18.0

// episodeFigure is the font of the shares, and what is left out of them where a whole one would be too wide.
func (g *Game) episodeFigure(width float64) (f Font, sign string) {
	f = g.fitting(percent(1), width, fontLabel, fontTiny)
	if g.texts.Measure(f, percent(1)).Width > width {
		sign = " %"
	}
	return f, sign
}

func (e *lessonEpisode) height(w float64) float64 {
	return episodeLabel + episodeCell(w)*(episodeQueries+1) + 24
}

func (e *lessonEpisode) draw(g *Game, r Rect) {
	p, t := g.paint, g.theme
	cell := episodeCell(r.W)
	at := func(column, row int) Rect {
		box := Rect{r.X + float64(column)*cell, r.Y + episodeLabel + float64(row)*cell, cell, cell}
		if column > 0 {
			box.X += 8
		}
		if row > 0 {
			box.Y += 16
		}
		return box
	}
	corner := at(0, 0)
	p.Text(g.words.Say("examples"), fontTiny, Rect{corner.right() + 12, r.Y, r.W - cell - 12, episodeLabel}, Left, t.Muted)
	p.Text(g.words.Say("new"), fontTiny, Rect{corner.X + 4, corner.bottom(), r.W - 4, episodeLabel}, Left, t.Muted)
	figure, sign := g.episodeFigure(cell - 8)
	for i, d := range e.support {
		if len(d) > 0 {
			g.thumb(at(i+1, 0).inset(4), d, t.Line)
		}
	}
	for row := range e.queries {
		q := &e.queries[row]
		if len(q.drawing) == 0 {
			continue
		}
		g.thumb(at(0, row+1).inset(4), q.drawing, t.Line)
		for i, share := range q.shares {
			box := at(i+1, row+1).inset(4)
			ink, fill := t.Muted, t.Bar
			if i == q.said {
				ink, fill = t.OnTint, t.Accent
				p.Framed(box, radiusCtl, 2, t.Accent, t.Tint)
				if i != q.sign {
					ink, fill = t.Danger, t.Danger
					p.Framed(box, radiusCtl, 2, t.Danger, t.Warn)
				}
			} else {
				p.Box(box, radiusCtl, t.Sunken)
			}
			p.Label(strings.TrimSuffix(percent(share), sign), figure, Rect{box.X, box.Y + box.H*0.2, box.W, 20}, Centre, ink)
			g.bar(Rect{box.X + 6, box.bottom() - box.H*0.3, box.W - 12, 6}, share, fill)
		}
	}
}
