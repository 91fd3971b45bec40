package ui

import (
	"oneshot/ui/starters"
	"oneshot/ui/state"
)

// startersScene offers the sets of drawings that the page brings along.
type startersScene struct {
	sets  []starters.Set
	seen  [][][]state.Stroke // of each set, a drawing of each sign
	cards []starterCard
}

// starterCard is where a set stands, in the list's coordinates.
type starterCard struct {
	Title, About Rect
	Signs        []Rect
}

func newStartersScene() *startersScene {
	s := &startersScene{sets: starters.All()}
	for i := range s.sets {
		var seen [][]state.Stroke
		for j := range s.sets[i].Signs {
			seen = append(seen, s.sets[i].Signs[j].Drawings()[0])
		}
		s.seen = append(s.seen, seen)
	}
	return s
}

// showStarters opens the scene.
func (g *Game) showStarters(from string) { g.show(newStartersScene(), from) }

func (s *startersScene) arrange(g *Game) *Layout {
	l, at := sheet(g.words.Say("Starter sets"), 760, g.screen)
	s.cards = s.cards[:0]
	for i := range s.sets {
		at.Y = s.card(g, l, i, at) + 16
	}
	l.Content = at.Y + 8
	return l
}

// card places a set and returns where it ends.
func (s *startersScene) card(g *Game, l *Layout, i int, at Rect) float64 {
	set := &s.sets[i]
	p := cardPadding(at.W)
	in := Rect{at.X + p, at.Y + 14, at.W - 2*p, 0}
	open := Node{
		ID: "starter:" + set.ID, Name: l.Screen.Words.Say("Open {set}", l.Screen.Words.Say(set.Name)), Label: l.Screen.Words.Say("Open"),
		Action: Action{Style: StylePrimary, Do: func(g *Game) { g.openStarter(set) }},
	}
	words, beside := in.W, in.W >= 420
	if beside {
		open.Rect = Rect{in.right() - 120, in.Y + 4, 120, touch}
		words -= 132
	}
	c := starterCard{Title: Rect{in.X, in.Y, words, max(g.texts.height(fontTitle, l.Screen.Words.Say(set.Name), words), 28)}}
	c.About = Rect{in.X, c.Title.bottom() + 2, words, max(g.texts.height(fontSmall, l.Screen.Words.Say(set.About), words), 22)}
	y := c.About.bottom() + 12
	const gap = 8.0
	signs := len(set.Signs)
	columns := min(max(int((in.W+gap)/(thumbSide+gap)), 1), signs)
	if signs%columns != 0 && columns > (signs+1)/2 {
		columns = (signs + 1) / 2 // two rows of the same length
	}
	side := min((in.W+gap)/float64(columns)-gap, 64)
	for k := range signs {
		c.Signs = append(c.Signs, Rect{in.X + float64(k%columns)*(side+gap), y + float64(k/columns)*(side+gap), side, side})
	}
	y = c.Signs[signs-1].bottom()
	if !beside {
		open.Rect = Rect{in.X, y + 14, in.W, touch}
		y = open.Rect.bottom()
	}
	l.action(open)
	y += p
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{at.X, at.Y, at.W, y - at.Y})
	s.cards = append(s.cards, c)
	return y
}

func (s *startersScene) draw(g *Game) {
	p, t := g.paint, g.theme
	for i, c := range s.cards {
		at := func(r Rect) Rect { return g.layout.onScreen(r, g.scroll) }
		p.Block(g.words.Say(s.sets[i].Name), fontTitle, at(c.Title), Left, t.Text)
		p.Block(g.words.Say(s.sets[i].About), fontSmall, at(c.About), Left, t.Muted)
		for k, r := range c.Signs {
			if r = at(r); p.shows(r) {
				g.thumb(r, s.seen[i][k], t.Line)
			}
		}
	}
}

func (*startersScene) step(g *Game, _ float64) string {
	return g.words.Say("Starter sets. Opening one puts it in place of what is taught; Undo brings that back.")
}

// openStarter puts a set in place of what is taught, as one act.
func (g *Game) openStarter(set *starters.Set) {
	classes, err := set.Classes()
	for i := range classes {
		classes[i].Name = g.words.Say(classes[i].Name)
	}
	if err == nil {
		err = g.state.Open(classes)
	}
	g.showPad()
	if g.done(err) {
		g.scroll = 0
		g.tell(g.words.Count(len(classes), "Opened {set}, {n} class|Opened {set}, {n} classes", g.words.Say(set.Name)) + ". " + g.words.Say("Undo brings back what was here"))
	}
}
