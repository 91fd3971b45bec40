package ui

import (
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// episodeCount is how many episodes are run, as many as give a narrow interval and take seconds.
const episodeCount = 200

// episodesScene runs episodes drawn from what is taught: so many classes, so many examples of each, and one
// other drawing of each to recognise.
type episodesScene struct {
	of        *state.Check // what was taught when the choices were made
	way, shot int
	run       *fewshot.Evaluation // nil while none runs
	ran       episodesResult      // what runs
	results   []episodesResult    // the latest first
	note      string

	choice, figure, earlier Rect
	steppers                [2]Rect
}

// episodesResult is a figure with what it was measured for.
type episodesResult struct {
	way, shot int
	head      string
	fewshot.Result
}

const episodesKept = 8

func (r episodesResult) ways(w *words.Catalogue) string {
	return w.Say("{n}-way {k}-shot", r.way, r.shot)
}

func (r episodesResult) title(w *words.Catalogue) string {
	return r.ways(w) + ", " + headName(w, r.head)
}

// interval is the 95 % interval over the episodes. Where all episodes went alike there is no spread to tell it
// from, and it is that of the questions.
func (r episodesResult) interval() fewshot.Interval {
	if r.CI95 == 0 {
		return fewshot.Wilson(r.Right, r.Queries)
	}
	return fewshot.Interval{Low: max(r.Accuracy-r.CI95, 0), High: min(r.Accuracy+r.CI95, 1)}
}

// words is the figure with its interval.
func (r episodesResult) words(w *words.Catalogue) string {
	return w.Say("{percent} ({low} to {high})", tenths(w, r.Accuracy), tenths(w, r.interval().Low), tenths(w, r.interval().High))
}

// tenths writes a share as per cent with one decimal.
func tenths(w *words.Catalogue, share float64) string {
	return w.Decimal(100*share, 1) + " %"
}

// fit keeps the choices within what the set allows, and stops a run of a set that has changed.
func (s *episodesScene) fit(g *Game) {
	of := g.state.Check()
	if s.of == of {
		return
	}
	if s.run != nil {
		s.run, s.note = nil, g.words.Say("Stopped: what is taught has changed.")
	}
	s.of = of
	most := g.state.MostShots()
	s.shot = min(max(s.shot, 1), most)
	if s.way == 0 {
		s.way = 5
	}
	s.way = min(max(s.way, 2), g.state.MostWays(s.shot))
	g.stale = true
}

// change sets the choices from what a press of + or - makes of them.
func (s *episodesScene) change(way, shot int) func(g *Game) {
	return func(g *Game) {
		s.shot = min(max(s.shot+shot, 1), g.state.MostShots())
		s.way = min(max(s.way+way, 2), g.state.MostWays(s.shot))
		s.note, g.stale = "", true
	}
}

func (s *episodesScene) start(g *Game) {
	p := fewshot.Protocol{Way: s.way, Shot: s.shot, Episodes: episodeCount, Seed: 1}
	run, err := g.state.Episodes(p)
	g.stale = true
	if err != nil {
		s.note = refusal(g.words, err).Spoken
		return
	}
	head := g.state.Head()
	if head == "" { // there is no choice
		head = g.state.Heads()[0]
	}
	s.run, s.note, s.ran = run, "", episodesResult{way: s.way, shot: s.shot, head: head}
}

func (s *episodesScene) cancel(g *Game) {
	s.note = g.words.Count(s.run.Result().Episodes, "Cancelled after {n} episode.|Cancelled after {n} episodes.")
	s.run, g.stale = nil, true
}

func (s *episodesScene) step(g *Game, now float64) string {
	s.fit(g)
	for s.run != nil {
		more, err := s.run.Next()
		if err != nil {
			g.stale = true
			s.run, s.note = nil, refusal(g.words, err).Spoken
			break
		}
		s.ran.Result = s.run.Result()
		if !more {
			s.run, g.stale = nil, true
			s.results = append([]episodesResult{s.ran}, s.results[:min(len(s.results), episodesKept)]...)
			break
		}
		if g.host.Now()-now >= g.workTime(now) {
			Wake()
			g.damage.add(g.layout.onScreen(s.figure, g.scroll)) // for the bar
			return g.words.Say("Running {episodes}.", s.ran.title(g.words))
		}
	}
	return s.spoken(g.words)
}

func (s *episodesScene) spoken(w *words.Catalogue) string {
	switch {
	case s.note != "":
		return s.note
	case s.shot < 1:
		return w.Say("Not enough for episodes yet. Teach two classes with two drawings each.")
	case len(s.results) > 0:
		r := s.results[0]
		return r.title(w) + ": " + w.Say("{n} {of} recognised {in}", r.Right, w.Count(r.Queries, "of {n} drawing|of {n} drawings"), w.Count(r.Episodes, "in {n} episode|in {n} episodes")) + ", " +
			w.Say("95 % interval: {low} to {high}", tenths(w, r.interval().Low), tenths(w, r.interval().High)) + "."
	}
	return w.Say("Episodes of {classes} with {examples} each.", w.Count(s.way, "{n} class|{n} classes"), w.Count(s.shot, "{n} example|{n} examples"))
}

func (s *episodesScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Episodes"), 640, g.screen)
	s.fit(g)
	const gap = 16.0
	s.figure, s.earlier = Rect{}, Rect{}
	if s.shot < 1 {
		s.choice = Rect{at.X, at.Y, at.W, emptyHeight(at.W)}
		l.Sheet.Cards = append(l.Sheet.Cards, s.choice)
		l.Content = s.choice.bottom() + 24
		return l
	}
	p := cardPadding(at.W)
	note := 14 + g.texts.height(fontSmall, episodeWords(g.words), at.W-2*p) + 10
	step := 56.0
	if at.W < tight {
		step += 24 // what is chosen stands above
	}
	s.choice = Rect{at.X, at.Y, at.W, note + 2*step + 4}
	for i, v := range [...]struct {
		id, fewer, more  string
		value, least, up int
		by               func(n int) func(g *Game)
	}{
		{"way", g.words.Say("Fewer classes, now {n}", s.way), g.words.Say("More classes, now {n}", s.way), s.way, 2, g.state.MostWays(s.shot), func(n int) func(g *Game) { return s.change(n, 0) }},
		{"shot", g.words.Say("Fewer examples, now {n}", s.shot), g.words.Say("More examples, now {n}", s.shot), s.shot, 1, g.state.MostShots(), func(n int) func(g *Game) { return s.change(0, n) }},
	} {
		row := Rect{at.X + p, s.choice.Y + note + float64(i)*step + step - 56, at.W - 2*p, touch}
		s.steppers[i] = row
		less := Rect{row.right() - 2*touch - 52, row.Y, touch, touch}
		l.action(Node{ID: v.id + ":less", Name: v.fewer, Rect: less, Disabled: s.run != nil || v.value <= v.least, Label: "\u2212", Action: Action{Style: StyleButton, Do: v.by(-1)}})
		l.action(Node{ID: v.id + ":more", Name: v.more, Rect: less.moved(touch+52, 0), Disabled: s.run != nil || v.value >= v.up, Label: "+", Action: Action{Style: StyleButton, Do: v.by(1)}})
	}
	s.figure = Rect{at.X, s.choice.bottom() + gap, at.W, 186}
	if at.W < 300 {
		s.figure.H = 234
	}
	button := Node{ID: "run", Name: g.words.Say("Run 200 episodes"), Label: g.words.Say("Run 200 episodes"), Action: Action{Style: StylePrimary, Do: s.start}}
	if s.run != nil {
		button = Node{ID: "cancel", Name: g.words.Say("Cancel the episodes"), Label: g.words.Say("Cancel"), Action: Action{Style: StyleButton, Do: s.cancel}}
	}
	button.Rect = Rect{at.X + p, s.figure.bottom() - touch - 14, min(at.W-2*p, 220), touch}
	l.action(button)
	l.Sheet.Cards = append(l.Sheet.Cards, s.choice, s.figure)
	l.Content = s.figure.bottom() + 24
	if n := len(s.results); n > 1 {
		s.earlier = Rect{at.X, s.figure.bottom() + gap, at.W, 52 + 34*float64(n-1) + 12}
		l.Sheet.Cards = append(l.Sheet.Cards, s.earlier)
		l.Content = s.earlier.bottom() + 24
	}
	return l
}

// episodeWords say what an episode is.
func episodeWords(w *words.Catalogue) string {
	return w.Say("An episode is a fresh start: some of your classes, some examples of each, and one other drawing of each to recognise. That is how the network was trained.")
}

func (s *episodesScene) draw(g *Game) {
	l, p, t := g.layout, g.paint, g.theme
	choice := l.onScreen(s.choice, g.scroll)
	if s.shot < 1 {
		g.drawEmpty(choice, iconDice, g.words.Say("Not enough for episodes yet"), g.words.Say("Teach two classes with two drawings each: one to learn from, one to ask about."))
		return
	}
	pad := cardPadding(choice.W)
	if p.shows(choice) {
		p.Paragraph(episodeWords(g.words), fontSmall, Rect{choice.X + pad, choice.Y + 14, choice.W - 2*pad, choice.H}, Left, t.Muted)
		for i, words := range [...]string{g.words.Say("Classes"), g.words.Say("Examples of each")} {
			row := l.onScreen(s.steppers[i], g.scroll)
			value := Rect{row.right() - touch - 52, row.Y, 52, touch}
			name := Rect{row.X, row.Y, value.X - touch - row.X - 6, touch}
			if choice.W < tight {
				name = Rect{row.X, row.Y - 24, row.W, 24}
			}
			p.Label(words, fontStrong, name, Left, t.Text)
			p.Text(strconv.Itoa([...]int{s.way, s.shot}[i]), fontTitle, value, Centre, t.Text)
		}
	}
	if r := l.onScreen(s.figure, g.scroll); p.shows(r) {
		s.drawFigure(g, Rect{r.X + pad, r.Y + 14, r.W - 2*pad, r.H - touch - 36})
	}
	if r := l.onScreen(s.earlier, g.scroll); r.W > 0 && p.shows(r) {
		p.Text(g.words.Say("Before"), fontTitle, Rect{r.X + pad, r.Y + 12, r.W - 2*pad, 28}, Left, t.Text)
		for i, e := range s.results[1:] {
			row := Rect{r.X + pad, r.Y + 46 + 34*float64(i), r.W - 2*pad, 34}
			words := e.words(g.words)
			w := g.texts.Measure(fontLabel, words).Width + 1
			if w > row.W*0.6 {
				words = tenths(g.words, e.Accuracy)
				w = g.texts.Measure(fontLabel, words).Width + 1
			}
			p.Text(e.title(g.words), fontSmall, Rect{row.X, row.Y, row.W - w - 8, row.H}, Left, t.Muted)
			p.Text(words, fontLabel, Rect{row.right() - w, row.Y, w, row.H}, Right, t.Text)
		}
	}
}

func (s *episodesScene) drawFigure(g *Game, in Rect) {
	p, t := g.paint, g.theme
	switch {
	case s.run != nil:
		p.Text(s.ran.title(g.words), fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
		text := g.words.Say("{n} {of}", s.ran.Episodes, g.words.Count(episodeCount, "of {n} episode|of {n} episodes"))
		if s.ran.Episodes > 0 {
			text += ", " + g.words.Say("{percent} so far", tenths(g.words, s.ran.Accuracy))
		}
		p.Text(text, fontSmall, Rect{in.X, in.Y + 32, in.W, 22}, Left, t.Muted)
		g.bar(Rect{in.X, in.Y + 68, in.W, 10}, float64(s.ran.Episodes)/episodeCount, t.Accent)
	case s.note != "":
		p.Text(g.words.Say("No figure"), fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
		p.Paragraph(s.note, fontSmall, Rect{in.X, in.Y + 34, in.W, in.H - 34}, Left, t.Muted)
	case len(s.results) == 0:
		p.Label(g.words.Say("Not run yet"), fontTitle, Rect{in.X, in.Y, in.W, 28}, Left, t.Text)
		p.Paragraph(g.words.Say("It says how many of the drawings are recognised, with the 95 % interval."), fontSmall, Rect{in.X, in.Y + 34, in.W, in.H - 34}, Left, t.Muted)
	default:
		r := s.results[0]
		i := r.interval()
		y := g.figure(in, r.Accuracy, estimated{r.title(g.words), r.ways(g.words), g.words.Say("95 % interval: {low} to {high}", tenths(g.words, i.Low), tenths(g.words, i.High)), g.words.Say("95 %: {low} to {high}", tenths(g.words, i.Low), tenths(g.words, i.High)), i.Low, i.High})
		p.Label(g.words.Say("{n} {of} {in}", r.Right, g.words.Count(r.Queries, "of {n} drawing|of {n} drawings"), g.words.Count(r.Episodes, "in {n} episode|in {n} episodes")), fontTiny, Rect{in.X, y + 8, in.W, 20}, Left, t.Muted)
	}
}
