package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/ui/keeping"
	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/kiosk"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// cutOff draws all of what is shown, a screen at a time, and returns the texts that were cut. A name may be of any length.
func (b *bench) cutOff(g *Game) []string {
	var cut []string
	g.texts.onCut = func(s string) {
		named := slices.ContainsFunc(g.state.Board().Classes, func(c state.Class) bool { return s == c.Name })
		if !named && !slices.Contains(cut, s) {
			cut = append(cut, s)
		}
	}
	defer func() { g.texts.onCut = nil }()
	sheet := ebiten.NewImage(int(b.screen.W), int(b.screen.H))
	defer sheet.Deallocate()
	for y := 0.0; ; y += b.screen.H / 2 {
		g.scroll = min(y, g.layout.maxScroll())
		g.paint.begin(sheet, 1, g.theme.Ink, g.theme.Surface)
		g.drawLit()
		g.paint.flush()
		if y >= g.layout.maxScroll() {
			break
		}
	}
	g.scroll = 0
	return cut
}

// wantWhole fails the test where something of the page is cut off in any language: on a phone with text at twice its size, on
// small and large phones, and on a laptop, with a font that is rather wide. What a new language undoes, then does again.
func (b *bench) wantWhole(t *testing.T, g *Game, place string, then ...func()) {
	t.Helper()
	was := b.screen
	b.wider = 0.05
	for _, l := range words.Languages() {
		g.Speak(&tongues{tags: []string{l.Code}})
		for _, do := range then {
			do()
		}
		for _, sc := range []Screen{{W: 195, H: 422, Density: 6}, {W: 360, H: 640, Density: 2}, phone, laptop} {
			b.screen = sc
			g.texts.reset()
			b.frame(t, g)
			if cut := b.cutOff(g); len(cut) > 0 {
				t.Errorf("%s, %s, %v wide: cut off are %q", l.Code, place, sc.W, cut)
			}
		}
	}
	g.Speak(&tongues{tags: []string{"en"}})
	b.screen, b.wider = was, 0
	g.texts.reset()
	b.frame(t, g)
}

// No words are cut off on the pages of the app, up to what a game and the lessons end with.
func TestNothingIsCut(t *testing.T) {
	g, b := lent(t, laptop)
	look := func(place string) {
		t.Helper()
		b.wantWhole(t, g, place)
	}
	teach := func(class int, x0, y0, x1, y1 float64) {
		t.Helper()
		b.stroke(t, g, x0, y0, x1, y1)
		b.tap(t, g, g.nodeOf(KindTeach, g.state.Board().Classes[class].ID))
	}
	look("the page")
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	look("ink")
	b.tap(t, g, g.nodeOf(KindTeach, g.state.Board().Classes[0].ID))
	look("one class")
	teach(1, 0.5, 0.1, 0.5, 0.9)
	look("two classes")
	b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
	look("an answer")
	b.frame(t, g, Event{Kind: Activate, Text: g.nodeOf(KindMore, g.state.Board().Classes[2].ID)})
	look("a class without examples")
	visit := func(place string, ids ...string) {
		t.Helper()
		g.showPad()
		b.frame(t, g)
		for _, id := range ids {
			if g.layout.node(id) == nil {
				t.Fatalf("%s: no control %q", place, id)
			}
			b.frame(t, g, Event{Kind: Activate, Text: id})
		}
		for i := 0; i < 100 && g.scene() != nil; i++ {
			b.frame(t, g)
		}
		if g.scene() == nil {
			t.Fatalf("%s is not there", place)
		}
		look(place)
	}
	shot := "shot:1"
	for _, n := range g.layout.Nodes {
		if n.Kind == KindShot {
			shot = n.ID
		}
	}
	visit("the only example", shot)
	visit("a check of one example each", "check")
	g.showPad()
	b.frame(t, g)
	for i := range 4 {
		teach(i%2, 0.2, 0.6, 0.8, 0.6+0.1*float64(i))
	}
	for _, id := range []string{"pictures", "menu:camera", "language", "starters", "compare", "map", "test", "episodes"} {
		visit(id, "menu", id)
	}
	visit("episodes that were run", "menu", "episodes", "run")
	visit("a file to test on", "menu", "test")
	b.frame(t, g, Event{Kind: FileChosen, Text: "a.zip", Data: lines(t, map[string][2]int{"Class A": {3, 1}, "Other": {1, 0}}, "Class A", "Other")})
	for range 100 {
		b.frame(t, g)
	}
	look("a test on a file")
	visit("the menu", "menu")
	visit("check", "check")
	g.showPad()
	b.frame(t, g)
	visit("a class", g.nodeOf(KindMore, g.state.Board().Classes[0].ID))
	visit("an example", shot)
	visit("where to move it", shot, "move")
	visit("how it works", "menu", "how")
	for range 3 {
		b.frame(t, g, Event{Kind: Activate, Text: "turn"})
		for range 100 {
			b.frame(t, g)
		}
		look("how it works, " + strings.Fields(g.spoken)[0])
	}
	visit("the game", "menu", "versus")
	b.frame(t, g, Event{Kind: Activate, Text: "sign:3"})
	look("a round of the game")
	for range 10 {
		b.frame(t, g, Event{Kind: Activate, Text: "sign:3"})
		b.frame(t, g, Event{Kind: Activate, Text: "next"})
	}
	look("the result of the game")
}

// Nor are those about what is kept.
func TestNothingIsCutOfWhatIsKept(t *testing.T) {
	g, b := visit(t, keepingtest.New(), laptop)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.tap(t, g, g.nodeOf(KindTeach, g.state.Board().Classes[0].ID))
	for _, id := range []string{"erase", "sets"} {
		g.showPad()
		b.menu(t, g, id)
		b.frame(t, g)
		if _, menu := g.scene().(menuScene); menu || g.scene() == nil {
			t.Fatalf("%s leads to %T", id, g.scene())
		}
		b.wantWhole(t, g, id)
	}
	other, at := open(t, laptop)
	a := &bar{}
	other.Share(a)
	teachTwo(t, other, at)
	g.Share(a)
	b.frame(t, g, Event{Kind: Arrived, Text: copied(t, other, at, a)})
	b.wantWhole(t, g, "a link that would open")
}

// Nor are the longest words about what was done.
func TestNoToastIsCut(t *testing.T) {
	g, b := visit(t, keepingtest.New(), laptop)
	b.wantWhole(t, g, "a PIN that was not kept", func() {
		g.tell(g.words.Say("The PIN holds only until this page is closed: {why}", whyNotKept(g.words, keeping.ErrFull)))
	})
	b.wantWhole(t, g, "two tabs", func() {
		g.tell(g.words.Say("This is kept as a set of its own. The other tab's is under Your sets"))
	})
}

// Nor in a kiosk, where staff is asked for a PIN and the page is about to begin anew.
func TestNothingIsCutInAKiosk(t *testing.T) {
	g, b, _ := visitKiosk(t, keepingtest.New(), laptop, "shapes")
	b.wantWhole(t, g, "the page of a visitor")
	b.tap(t, g, "menu")
	s := g.scene().(*pinScene)
	b.wantWhole(t, g, "a PIN to choose")
	b.wantWhole(t, g, "a PIN that was another", func() { s.said = g.words.Say("Those were not the same. Choose one again.") })
	s.ask, g.kiosk.unread = givePIN, keeping.ErrSlow
	b.wantWhole(t, g, "a PIN that cannot be read")
	g.kiosk.unread = nil
	if err := g.kiosk.lock.SetPIN("2468"); err != nil {
		t.Fatal(err)
	}
	for range kiosk.MaxWrong {
		b.enter(t, g, "1111")
	}
	b.wantWhole(t, g, "a PIN to wait for")
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	b.wait(t, g, int((museum.Idle-museum.Count)/1000)+2)
	if _, still := g.scene().(*stillScene); !still {
		t.Fatalf("before it begins anew there is %T", g.scene())
	}
	b.wantWhole(t, g, "a page that is about to begin anew")
}
