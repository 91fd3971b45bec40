package ui

import (
	"strconv"
	"strings"
	"testing"

	"oneshot/ui/versus"
	"oneshot/ui/words"
	"oneshot/weights"
)

// lent starts the page with the built-in model to explain itself with.
func lent(t *testing.T, sc Screen) (*Game, *bench) {
	t.Helper()
	g, b := open(t, sc)
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	g.Lend(m)
	return g, b
}

// A person plays a game to its end with keyboard or finger, and what was taught stays as it was.
func TestVersus(t *testing.T) {
	g, b := lent(t, phone)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.tap(t, g, "teach:1")
	before := g.state.Board()
	b.menu(t, g, "versus")
	s := g.scene().(*versusScene)
	if !strings.HasPrefix(b.mirror.Status.Text, "Which sign is it? Drawing 1 of 10.") || !strings.Contains(b.mirror.Status.Text, s.match.Signs[s.match.Rounds[0].Sign].Words) {
		t.Errorf("status %q", b.mirror.Status.Text)
	}
	if n := g.layout.node("next"); n == nil || !n.Disabled {
		t.Error("a drawing can be passed over")
	}
	right := 0
	for i := range versus.Rounds {
		sign := s.match.Rounds[i].Sign
		if i%2 == 0 {
			right++
			b.tap(t, g, "sign:"+strconv.Itoa(sign+1))
		} else {
			b.frame(t, g, Event{Kind: Activate, Text: "sign:" + strconv.Itoa((sign+1)%versus.Signs+1)})
		}
		says := map[bool]string{true: "Right. ", false: "Not this time. "}[i%2 == 0] + "It is " + signWords(nil, sign) + "."
		if b.focus != "next" || !strings.HasPrefix(b.mirror.Status.Text, says) || !strings.Contains(b.mirror.Status.Text, "You "+strconv.Itoa(right)+",") {
			t.Errorf("round %d: focus at %q, status %q, want %q", i+1, b.focus, b.mirror.Status.Text, says)
		}
		if n := g.layout.node("sign:1"); !n.Disabled {
			t.Error("a second answer is offered")
		}
		b.tap(t, g, "next")
	}
	if !strings.Contains(b.mirror.Status.Text, "You 5, machine ") || !strings.Contains(b.mirror.Status.Text, "1 time in 20") || b.focus != "again" {
		t.Errorf("at the end: %q, focus at %q", b.mirror.Status.Text, b.focus)
	}
	first := s.match
	b.tap(t, g, "again")
	if s.match == first || s.match.At() != 0 || b.focus != "sign:1" {
		t.Errorf("again: round %d, focus at %q", s.match.At(), b.focus)
	}
	b.frame(t, g, Event{Kind: Key, Key: "Escape"}, Event{Kind: Key, Key: "Escape"})
	if after := g.state.Board(); g.scene() != nil || len(after.Classes[0].Shots) != 1 || len(after.Classes) != len(before.Classes) {
		t.Errorf("after the game the board is %+v", after)
	}
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	if !strings.HasPrefix(b.mirror.Status.Text, "Class A") {
		t.Errorf("after the game the answer is %q", b.mirror.Status.Text)
	}
}

func TestVersusFitsEveryScreen(t *testing.T) {
	var names [versus.Signs]string
	for i := range names {
		names[i] = signWords(nil, i)
	}
	for _, sc := range screens {
		for _, answered := range []bool{false, true} {
			l, v := arrangeVersus(sc, names, answered, answered)
			fits(t, "a round", l)
			if n := l.node("next"); n.Disabled == answered {
				t.Errorf("%vx%v: answered %v, Next disabled %v", sc.W, sc.H, answered, n.Disabled)
			}
			for _, r := range []Rect{v.Query, v.Title, v.Words, v.Score} {
				if r.X < v.Ask.X || r.right() > v.Ask.right() || r.Y < v.Ask.Y || r.bottom() > v.Ask.bottom() || r.W < 60 || r.H < 20 || r.Overlaps(l.node("next").Rect) {
					t.Errorf("%vx%v: %v in the card %v", sc.W, sc.H, r, v.Ask)
				}
			}
		}
		l, v := arrangeVersusEnd(sc, func(float64) float64 { return 200 })
		fits(t, "the end", l)
		for _, r := range v.Rounds {
			if r.W < 40 || r.right() > v.Result.right() || r.Overlaps(v.Words) {
				t.Errorf("%vx%v: a drawing at %v of %v", sc.W, sc.H, r, v.Result)
			}
		}
	}
	l, _ := arrangeVersus(phone, names, false, false)
	if l.maxScroll() > 0 {
		t.Errorf("on a phone the signs do not fit by %v", l.maxScroll())
	}
}

// Nothing that the game says during a round is cut off, in any language.
func TestVersusSaysAll(t *testing.T) {
	var names [versus.Signs]string
	for _, language := range words.Languages() {
		for _, sc := range screens {
			g, _ := lent(t, sc)
			g.Speak(&tongues{tags: []string{language.Code}})
			sc.Words = g.words
			s := &versusScene{}
			s.begin(g)
			_, v := arrangeVersus(sc, names, false, false)
			title, detail := versusTitle(g.words, s.match)
			for _, c := range []struct {
				text  string
				font  Font
				box   Rect
				lines int
			}{
				{title, fontTitle, v.Title, int(v.Title.H / 25)}, {detail, fontSmall, v.Words, int(v.Words.H / 20)},
				{g.words.Say("You {n}", 10), fontTiny, v.Score, 1}, {g.words.Say("Machine {n}", 10), fontTiny, v.Score, 1},
			} {
				if got := g.texts.wrap(c.font, c.text, c.box.W, c.lines); strings.HasSuffix(strings.Join(got, " "), "\u2026") {
					t.Errorf("%s, %vx%v: %q in %v", language.Code, sc.W, sc.H, got, c.box)
				}
			}
		}
	}
}

// Without a model to explain with, the page offers neither game nor lessons.
func TestNothingIsLent(t *testing.T) {
	g, b := open(t, phone)
	b.frame(t, g, Event{Kind: Activate, Text: "menu"})
	if g.layout.node("versus") != nil || g.layout.node("starters") == nil {
		t.Error("the menu offers what there is not")
	}
}
