package ui

import (
	"math"
	"oneshot/ui/words"
)

// lesson is a page of "How it works": a few sentences and a figure that the network computes as one looks.
type lesson interface {
	title(w *words.Catalogue) string
	text(w *words.Catalogue) string
	// again names what draws another figure, or is empty where there is but one.
	again(w *words.Catalogue) string
	// begin starts the figure, or another one.
	begin(g *Game) error
	// work goes on with the figure for a moment and reports whether it is done.
	work(g *Game) (done bool, err error)
	// height is that of the figure at a width.
	height(w float64) float64
	draw(g *Game, r Rect)
	// spoken is the figure in words, once it is done.
	spoken(w *words.Catalogue) string
}

// maxLessonTime is how much of a frame goes into a figure at most, in milliseconds.
const maxLessonTime = 500

// howScene turns the pages of "How it works".
type howScene struct {
	lessons []lesson
	at      int
	begun   bool
	done    bool
	err     error
	places  howLayout
}

// howLayout is where the parts of a page stand, in the list's coordinates.
type howLayout struct{ Card, Title, Text, Figure, Count Rect }

func newHowScene() *howScene {
	return &howScene{lessons: []lesson{&lessonEpisode{}, &lessonSight{}, &lessonSplit{}, &lessonHeld{}}}
}

func (g *Game) showHow(from string) { g.show(newHowScene(), from) }

func (s *howScene) lesson() lesson { return s.lessons[s.at] }

func (s *howScene) arrange(g *Game) *Layout {
	lesson := s.lesson()
	l, at := sheet(g.words.Say("How it works"), 1000, g.screen)
	p := cardPadding(at.W)
	in := Rect{at.X + p, at.Y + p, at.W - 2*p, 0}
	h := &s.places
	wide := in.W >= 700
	text, figure := in, in
	if wide {
		figure.W = math.Floor(in.W * 0.58)
		text.X, text.W = figure.right()+28, in.W-figure.W-28
	}
	h.Title = Rect{text.X, in.Y, text.W, 5 + 25*float64(len(g.texts.wrap(fontTitle, lesson.title(g.words), text.W, 3)))}
	leading := math.Round(fontBody.Size * 1.4)
	lines := float64(len(g.texts.wrap(fontBody, lesson.text(g.words), text.W, 60)))
	h.Text = Rect{text.X, h.Title.bottom() + 8, text.W, lines * leading}
	if !wide {
		figure.Y = h.Text.bottom() + 16
	}
	h.Figure = Rect{figure.X, figure.Y, figure.W, lesson.height(figure.W)}
	bottom := max(h.Figure.bottom(), h.Text.bottom())
	if name := lesson.again(g.words); name != "" {
		again := Node{ID: "again", Name: name, Label: name, Rect: Rect{figure.X, h.Figure.bottom() + 12, min(figure.W, 240), touch}}
		if wide {
			again.Rect.X, again.Rect.Y, again.Rect.W = text.X, h.Text.bottom()+18, min(text.W, 240)
		}
		again.Action = Action{Style: StyleButton, Do: (*Game).anotherFigure}
		l.action(again)
		bottom = max(bottom, again.Rect.bottom())
	}
	bottom += p + 4
	side := min(130, (in.W-64)/2)
	if side < touch+36 {
		side = (in.W - 8) / 2
	}
	turn := func(id, name, label string, x float64, style Style, by int) {
		l.action(Node{ID: id, Name: name, Label: label, Rect: Rect{x, bottom, side, touch}, Disabled: s.at+by < 0,
			Action: Action{Style: style, Do: func(g *Game) { g.turnLesson(by) }}})
	}
	turn("prev", g.words.Say("Previous page"), g.words.Say("Previous"), in.X, StyleButton, -1)
	if s.at == len(s.lessons)-1 {
		turn("turn", g.words.Say("Done"), g.words.Say("Done"), in.right()-side, StylePrimary, 1)
	} else {
		turn("turn", g.words.Say("Next page"), g.words.Say("Next"), in.right()-side, StylePrimary, 1)
	}
	h.Count = Rect{in.X + side, bottom, in.W - 2*side, touch}
	h.Card = Rect{at.X, at.Y, at.W, bottom + touch + p - at.Y}
	l.Sheet.Cards = append(l.Sheet.Cards, h.Card)
	l.Content = h.Card.bottom() + 24
	return l
}

// turnLesson turns to another page; after the last the scene is done.
func (g *Game) turnLesson(by int) {
	s, ok := g.scene().(*howScene)
	if !ok || s.at+by < 0 {
		return
	}
	if s.at+by >= len(s.lessons) {
		g.back()
		return
	}
	s.at += by
	s.begun, s.done, s.err = false, false, nil
	id := "turn"
	if by < 0 && s.at > 0 {
		id = "prev"
	}
	g.turnPage(id)
}

// anotherFigure draws the figure of the page anew.
func (g *Game) anotherFigure() {
	if s, ok := g.scene().(*howScene); ok {
		s.begun, s.done, s.err = false, false, nil
		g.stale = true
	}
}

// step goes on with the figure for a part of a frame, and for another frame while that is not done.
func (s *howScene) step(g *Game, now float64) string {
	lesson := s.lesson()
	if !s.begun {
		s.begun = true
		s.err = lesson.begin(g)
	}
	if !s.done && s.err == nil {
		g.damage.add(Rect{0, g.layout.List.Y, g.screen.W, g.layout.List.H})
	}
	// Where frames take long, as without a graphics card, more is done in each.
	spend := min(max(checkTime, (now-g.lastFrame)/2), maxLessonTime)
	for !s.done && s.err == nil {
		s.done, s.err = lesson.work(g)
		if !s.done && g.host.Now()-now >= spend {
			Wake()
			break
		}
	}
	words := g.words.Say("{title}. Page {n} of {all}. {text}", lesson.title(g.words), s.at+1, len(s.lessons), lesson.text(g.words))
	switch {
	case s.err != nil:
		words += " " + g.words.Say("The figure could not be computed. {error}", s.err)
	case s.done:
		words += " " + lesson.spoken(g.words)
	}
	return words
}

func (s *howScene) draw(g *Game) {
	p, t, h := g.paint, g.theme, &s.places
	on := func(r Rect) Rect { return g.layout.onScreen(r, g.scroll) }
	p.Paragraph(s.lesson().title(g.words), fontTitle, on(h.Title), Left, t.Text)
	p.Paragraph(s.lesson().text(g.words), fontBody, on(h.Text), Left, t.Muted)
	if h.Count.W > 50 {
		p.Text(g.words.Say("{n} of {all}", s.at+1, len(s.lessons)), fontSmall, on(h.Count), Centre, t.Muted)
	}
	figure := on(h.Figure)
	if s.err != nil {
		p.Paragraph(g.words.Say("The figure could not be computed. {error}", s.err), fontSmall, figure, Left, t.Danger)
		return
	}
	if p.shows(figure) {
		s.lesson().draw(g, figure)
	}
}
