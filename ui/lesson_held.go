package ui

import (
	"math"
	"math/rand/v2"
	"strconv"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/ui/hand"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

const (
	heldSigns   = 20
	heldQueries = 60
)

// lessonHeld is why a network is measured on alphabets that it was not trained on: it is measured here, on one
// that was invented a moment ago, and beside it what comparing dots would do.
type lessonHeld struct {
	dice       *rand.Rand
	classifier *engine.Classifier
	signs      []hand.Invented
	support    [heldSigns][]state.Stroke
	seen       [heldSigns]prep.Input
	shown      int // of the signs
	asked      int
	network    int // right answers of the network
	dots       int // and of comparing dot by dot
}

func (h *lessonHeld) title(w *words.Catalogue) string { return w.Say("Why alphabets are held out") }

func (h *lessonHeld) text(w *words.Catalogue) string {
	return w.Say("Asked about letters that it was trained on, a network may answer from memory. What counts is what it does with signs that it has never seen, as yours are. So whole alphabets are held out of the training, and it is measured on those. Here is an alphabet that did not exist a moment ago: each of its signs is shown once, and then {n} new drawings are asked about.", heldQueries)
}

func (h *lessonHeld) again(w *words.Catalogue) string { return w.Say("Invent another") }

func (h *lessonHeld) begin(g *Game) error {
	c, err := g.lab.classifier(DefaultHead)
	if err != nil {
		return err
	}
	*h = lessonHeld{dice: g.dice(), classifier: c}
	h.signs = hand.Alphabet(h.dice, heldSigns)
	return nil
}

// work shows one more sign or asks about one more drawing.
func (h *lessonHeld) work(*Game) (bool, error) {
	if h.shown < heldSigns {
		i := h.shown
		d := hand.New(h.dice, lessonLoose).Draw(h.dice, h.signs[i].Sign)
		in, err := state.Input(d)
		if err != nil {
			return false, err
		}
		if _, err := h.classifier.Add(strconv.Itoa(i), in); err != nil {
			return false, err
		}
		h.support[i], h.seen[i] = d, in
		h.shown++
		return false, nil
	}
	sign := h.asked % heldSigns
	in, err := state.Input(hand.New(h.dice, lessonLoose).Draw(h.dice, h.signs[sign].Sign))
	if err != nil {
		return false, err
	}
	a, err := h.classifier.Classify(in)
	if err != nil {
		return false, err
	}
	if a.Ranking[0].Class == strconv.Itoa(sign) {
		h.network++
	}
	if h.byDots(&in) == sign {
		h.dots++
	}
	h.asked++
	return h.asked == heldQueries, nil
}

// byDots is the sign whose drawing differs least, dot by dot.
func (h *lessonHeld) byDots(in *prep.Input) int {
	best, least := 0, math.MaxInt
	for i := range h.seen {
		sum := 0
		for j, v := range h.seen[i] {
			d := int(v) - int(in[j])
			sum += d * d
		}
		if sum < least {
			best, least = i, sum
		}
	}
	return best
}

func (h *lessonHeld) spoken(w *words.Catalogue) string {
	return w.Say("The network was right {n} times of {all}, comparing dot by dot {dots} times.", h.network, h.asked, h.dots)
}

func heldCell(w float64) (columns int, side float64) {
	columns = 10
	if w < 440 {
		columns = 5
	}
	return columns, min((w-6*float64(columns-1))/float64(columns), 64)
}

func (h *lessonHeld) height(w float64) float64 {
	columns, side := heldCell(w)
	return 54 + 24 + float64(heldSigns/columns)*(side+6) + 12 + 3*40
}

// learnedFrom is letters of alphabets that it was trained on.
var learnedFrom = [...]string{"α β γ δ ε", "Ж Д Я Ю Ф", "א ב ג ד ה"}

func (h *lessonHeld) draw(g *Game, r Rect) {
	p, t := g.paint, g.theme
	p.Label(g.words.Say("trained on, among others"), fontTiny, Rect{r.X, r.Y, r.W, 20}, Left, t.Muted)
	w := (r.W - 12) / 3
	for i, letters := range learnedFrom {
		box := Rect{r.X + float64(i)*(w+6), r.Y + 22, w, 32}
		p.Box(box, radiusCtl, t.Sunken)
		p.Label(letters, fontSmall, box.inset(4), Centre, t.Muted)
	}
	y := r.Y + 60
	p.Text(g.words.Say("asked about"), fontTiny, Rect{r.X, y, r.W, 20}, Left, t.Muted)
	y += 22
	columns, side := heldCell(r.W)
	for i, d := range h.support {
		box := Rect{r.X + float64(i%columns)*(side+6), y + float64(i/columns)*(side+6), side, side}
		if len(d) > 0 {
			g.thumb(box, d, t.Line)
		} else {
			p.Box(box, radiusCtl, t.Sunken)
		}
	}
	y += float64(heldSigns/columns)*(side+6) + 8
	for i, bar := range []struct {
		name  string
		right int
	}{{g.words.Say("The network"), h.network}, {g.words.Say("Comparing dot by dot"), h.dots}, {g.words.Say("Guessing"), 0}} {
		line := Rect{r.X, y + float64(i)*40, r.W, 20}
		right, all := bar.right, h.asked
		if i == 2 {
			right, all = heldQueries/heldSigns, heldQueries
		}
		words, share := g.words.Say("{n} of {all}", right, all), 0.0
		if r.W < tight {
			words = strconv.Itoa(right) + "/" + strconv.Itoa(all)
		}
		if all > 0 {
			share = float64(right) / float64(all)
		}
		ink, fill := t.Muted, t.Bar
		if i == 0 {
			ink, fill = t.OnTint, t.Accent
		}
		w := g.texts.Measure(fontLabel, words).Width + 1
		p.Label(bar.name, fontSmall, Rect{line.X, line.Y, line.W - w - 8, line.H}, Left, t.Text)
		p.Text(words, fontLabel, Rect{line.right() - w, line.Y, w, line.H}, Right, ink)
		g.bar(Rect{line.X, line.bottom() + 3, line.W, 8}, share, fill)
	}
}
