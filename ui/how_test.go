package ui

import (
	"math"
	"strings"
	"testing"

	"oneshot/engine"
)

// how opens "How it works" at a page.
func how(t *testing.T, sc Screen, page int) (*Game, *bench, *howScene) {
	t.Helper()
	g, b := lent(t, sc)
	b.menu(t, g, "how")
	s := g.scene().(*howScene)
	if page > 0 {
		s.at = page - 1
		b.frame(t, g, Event{Kind: Activate, Text: "turn"})
	}
	if !s.done || s.err != nil {
		t.Fatalf("page %d: done %v, %v", page+1, s.done, s.err)
	}
	return g, b, s
}

// The pages are turned with one key, each tells what its figure shows, and the last leads back.
func TestHowItWorks(t *testing.T) {
	g, b, s := how(t, laptop, 0)
	for i, want := range []string{"is taken for sign", "In the figure, nearest to", "multiplications become", "The network was right"} {
		if said := b.mirror.Status.Text; !strings.HasPrefix(said, s.lessons[i].title(nil)) || !strings.Contains(said, want) {
			t.Errorf("page %d says %q, want %q", i+1, said, want)
		}
		if n := g.layout.node("prev"); n.Disabled != (i == 0) {
			t.Errorf("page %d: Previous disabled %v", i+1, n.Disabled)
		}
		if i == 1 {
			b.frame(t, g, Event{Kind: Activate, Text: "prev"})
			if s.at != 0 || b.focus != "turn" {
				t.Errorf("page %d after Previous, focus at %q", s.at+1, b.focus)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "turn"})
		}
		if i < len(s.lessons)-1 {
			b.frame(t, g, Event{Kind: Activate, Text: "turn"})
			if b.focus != "turn" {
				t.Errorf("focus at %q after a turn", b.focus)
			}
		}
	}
	h := s.lesson().(*lessonHeld)
	if h.asked != heldQueries || h.network < 45 || h.dots > h.network {
		t.Errorf("of %d the network has %d, comparing dots %d", h.asked, h.network, h.dots)
	}
	b.frame(t, g, Event{Kind: Activate, Text: "turn"})
	if _, menu := g.scene().(menuScene); !menu || b.focus != "how" || b.depth != 1 {
		t.Errorf("Done leads to %T, focus at %q", g.scene(), b.focus)
	}
	if g.state.Taught() != 0 || g.state.CanUndo() {
		t.Error("the lessons changed what was taught")
	}
}

func TestLessonEpisode(t *testing.T) {
	g, b, s := how(t, phone, 0)
	e := s.lesson().(*lessonEpisode)
	before := e.queries[0].drawing
	for range 2 {
		for i, q := range e.queries {
			sum, most := 0.0, 0
			for class, share := range q.shares {
				sum += share
				if share > q.shares[most] {
					most = class
				}
			}
			if math.Abs(sum-1) > 1e-3 || most != q.said {
				t.Errorf("query %d: shares %v, taken for %d", i, q.shares, q.said)
			}
		}
		b.frame(t, g, Event{Kind: Activate, Text: "again"})
	}
	if &e.queries[0].drawing[0] == &before[0] {
		t.Error("no others were drawn")
	}
}

// What is on the pad is looked at first.
func TestLessonSight(t *testing.T) {
	g, b := lent(t, phone)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.menu(t, g, "how")
	b.frame(t, g, Event{Kind: Activate, Text: "turn"})
	b.frame(t, g)
	s := g.scene().(*howScene).lesson().(*lessonSight)
	in, err := g.state.Query()
	if err != nil || s.input != in || s.name != "your drawing" {
		t.Errorf("it looks at %s, %v", s.name, err)
	}
	for range 3 {
		last := 1.0
		for _, o := range s.nearest {
			if o.cosine > last+1e-9 || o.cosine < 0 {
				t.Errorf("%s at %v after %v", o.name, o.cosine, last)
			}
			last = o.cosine
		}
		if len(s.nearest) != sightNearest || s.name != "your drawing" && s.nearest[0].name != s.name {
			t.Errorf("nearest to %s are %d drawings, first of %s", s.name, len(s.nearest), s.nearest[0].name)
		}
		b.frame(t, g, Event{Kind: Activate, Text: "again"})
	}
}

// The counts are those of the network that runs.
func TestLessonSplit(t *testing.T) {
	g, b, s := how(t, laptop, 2)
	l := s.lesson().(*lessonSplit)
	n, err := g.lab.network()
	if err != nil {
		t.Fatal(err)
	}
	for i, classes := range []int{5, 1000} {
		want := n.Arch().PairCost(classes)
		if l.costs[i].PairCost != want || want.Joined != 2*classes*want.Asked {
			t.Errorf("%d classes: %+v, want %+v", classes, l.costs[i], want)
		}
		if !strings.Contains(b.mirror.Status.Text, g.words.Thousands(want.Joined)+" multiplications become "+g.words.Thousands(want.Asked)) {
			t.Errorf("the page says %q", b.mirror.Status.Text)
		}
	}
	if l.score < 0.5 || l.score > 1 {
		t.Errorf("two drawings of a star have the score %v", l.score)
	}
}

func TestHowFitsEveryScreen(t *testing.T) {
	s := newHowScene()
	for i := range s.lessons {
		s.at = i
		for _, sc := range screens {
			g, _ := open(t, sc)
			l := s.arrange(g)
			fits(t, s.lesson().title(nil), l)
			h := s.places
			for _, r := range []Rect{h.Title, h.Text, h.Figure} {
				if r.X < h.Card.X || r.right() > h.Card.right() || r.bottom() > h.Card.bottom() || r.Y < h.Card.Y {
					t.Errorf("%vx%v, page %d: %v leaves the card %v", sc.W, sc.H, i+1, r, h.Card)
				}
				for _, n := range l.Nodes[1:] {
					if n.Rect.Overlaps(r) {
						t.Errorf("%vx%v, page %d: %s at %v covers %v", sc.W, sc.H, i+1, n.Name, n.Rect, r)
					}
				}
			}
			if h.Title.Overlaps(h.Figure) || h.Text.Overlaps(h.Figure) {
				t.Errorf("%vx%v, page %d: the figure at %v covers the text", sc.W, sc.H, i+1, h.Figure)
			}
		}
	}
}

// A model that cannot do what a page shows is an error on the page.
func TestLessonWithoutItsHead(t *testing.T) {
	g, b := lent(t, phone)
	m := *g.lab.model
	m.Arch = "nonsense"
	g.Lend(&m)
	b.menu(t, g, "how")
	if said := b.mirror.Status.Text; !strings.Contains(said, "could not be computed") || !strings.Contains(said, engine.ErrArch.Error()) {
		t.Errorf("the page says %q", said)
	}
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	b.frame(t, g, Event{Kind: Activate, Text: "versus"})
	if said := b.mirror.Status.Text; !strings.Contains(said, "could not begin") || g.layout.node("again") != nil {
		t.Errorf("the game says %q", said)
	}
}
