package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/kiosk"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// speaksWithin fails the test where a label or a title of what is shown is cut off. What a row says below its label is
// no longer than the room for it, or than it is in English.
func speaksWithin(t *testing.T, what string, g *Game, english map[string]string) {
	t.Helper()
	l := g.layout
	wide := func(f Font, s string) float64 { return g.texts.Measure(f, s).Width }
	named := func(s string) bool { // a name may be of any length
		return slices.ContainsFunc(g.state.Board().Classes, func(c state.Class) bool { return strings.Contains(s, c.Name) })
	}
	if s := l.Sheet; s != nil && !named(s.Name) && wide(fontStrong, s.Name) > s.Title.W {
		t.Errorf("%s: the title %q is cut off", what, s.Name)
	}
	for i := range l.Nodes {
		n := &l.Nodes[i]
		label, room, f := n.Label, n.Rect.W-12, fontLabel
		switch {
		case label == "" && n.Kind != KindTeach:
			continue // an icon
		case n.Kind == KindTeach:
			label = g.words.Say("Teach")
		case n.Kind == KindBack && n.Rect.W < 80, l.Screen.W < 860 && (n.ID == "undo" || n.ID == "redo" || n.ID == "clear"):
			continue // icons alone where there is no room
		case n.ID == "undo", n.ID == "redo", n.ID == "clear":
			room = n.Rect.W - 38
		case n.Kind == KindMove:
			continue // an icon where there is no room
		case n.Kind == KindAdd, n.Kind == KindCheck:
			room = n.Rect.W - 36
			if l.Heading.W == 0 {
				f = fontTiny
			}
		case n.Kind == KindBack, n.Kind == KindHead:
			room, f = n.Rect.W-32, fontTiny
		case n.Kind == KindMenu:
			room = n.Rect.W - 32
			if n.Rect.W <= touch {
				continue
			}
		case n.ID == "kept" && l.Sheet == nil:
			room, f = n.Rect.W-32, fontSmall
		case n.ID == "tip":
			if len(g.texts.wrap(fontLabel, label, n.Rect.W-54, 9)) > 2 {
				t.Errorf("%s: the hint %q is cut off", what, label)
			}
			continue
		case n.ID == "starter":
			if n.Rect.W < 160 {
				label, room, f = g.words.Say("Starter set"), n.Rect.W-8, fontTiny
			}
		case n.Kind == KindAction && n.Action.Style == StyleRow:
			room, f = n.Rect.W-64, fontStrong
			detail := n.Action.Detail
			if w := wide(fontSmall, detail); w > room && w > wide(fontSmall, english[n.ID]) {
				t.Errorf("%s: %q below %q is cut off, and longer than in English", what, detail, label)
			}
		case n.Kind == KindAction && n.Action.Style == StyleOwn:
			continue
		case n.Kind == KindAction && n.Action.Icon != nil:
			room, f = n.Rect.W-32, fontTiny
		}
		if wide(f, label) > room {
			t.Errorf("%s: %q of %s is cut off in %v units", what, label, n.ID, n.Rect.W)
		}
	}
	fits(t, what, l)
}

// No control of the page is cut off on a phone in any language, or meets another.
func TestEveryLanguageFits(t *testing.T) {
	places := []string{
		"menu", "menu>pictures", "menu>menu:camera", "menu>language", "menu>starters", "menu>compare", "menu>map",
		"menu>test", "menu>episodes", "menu>erase", "menu>sets", "check", "more", "shot", "shot>move",
	}
	english := map[string]map[string]string{}
	for _, l := range words.Languages() {
		for _, sc := range []Screen{phone, {W: 360, H: 640, Density: 2}, laptop} {
			g, b := visit(t, keepingtest.New(), sc)
			g.Speak(&tongues{tags: []string{l.Code}})
			b.frame(t, g)
			what := func(place string) string { return fmt.Sprintf("%s, %s", l.Code, place) }
			speaksWithin(t, what("the page"), g, nil)
			b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
			b.tap(t, g, g.nodeOf(KindTeach, g.state.Board().Classes[0].ID))
			b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
			b.tap(t, g, g.nodeOf(KindTeach, g.state.Board().Classes[1].ID))
			b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
			speaksWithin(t, what("an answer"), g, nil)
			for _, place := range places {
				g.showPad()
				for id := range strings.SplitSeq(place, ">") {
					first := g.state.Board().Classes[0]
					switch id {
					case "more":
						id = g.nodeOf(KindMore, first.ID)
					case "shot":
						id = g.nodeOf(KindShot, first.ID)
					}
					b.frame(t, g, Event{Kind: Activate, Text: id})
				}
				b.frame(t, g)
				if g.scene() == nil {
					t.Fatalf("%s: %s is not there", l.Code, place)
				}
				key := fmt.Sprint(place, sc.W)
				if l.Code == "en" {
					english[key] = map[string]string{}
					for _, n := range g.layout.Nodes {
						english[key][n.ID] = n.Action.Detail
					}
				}
				speaksWithin(t, what(place), g, english[key])
			}
		}
	}
}

// With text at twice its size on a phone, the page has Menu in its head and says its first steps in whole, and the menu
// says what each of its rows does.
func TestEveryLanguageFitsLargeText(t *testing.T) {
	for _, l := range words.Languages() {
		g, b := visit(t, keepingtest.New(), Screen{W: 195, H: 422, Density: 6})
		g.Speak(&tongues{tags: []string{l.Code}})
		b.frame(t, g)
		whole := func(text string, f Font, w float64, lines int) {
			t.Helper()
			if got := g.texts.wrap(f, text, w, lines); strings.HasSuffix(strings.Join(got, " "), "\u2026") {
				t.Errorf("%s: %q", l.Code, got)
			}
		}
		if n := g.layout.node("menu"); n.InList || n.Rect.Overlaps(g.layout.node("clear").Rect) {
			t.Errorf("Menu is at %v, in the list: %v", n.Rect, n.InList)
		}
		w := g.layout.Answer.W - 28
		for _, draw := range []bool{false, true} {
			if draw {
				b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
			}
			whole(g.verdict.Title, fontTitle, w, 2)
			whole(g.verdict.Detail, fontSmall, w, 4)
		}
		b.frame(t, g, Event{Kind: Activate, Text: "menu"})
		for i := range g.layout.Nodes {
			if n := &g.layout.Nodes[i]; n.Kind == KindAction && n.Action.Style == StyleRow {
				whole(n.Label, fontStrong, n.Rect.W-64, 2)
				whole(n.Action.Detail, fontSmall, n.Rect.W-64, 4)
			}
		}
	}
}

// The menu of a kiosk's visitors fits too.
func TestEveryLanguageFitsAKiosk(t *testing.T) {
	english := map[string]string{}
	for _, l := range words.Languages() {
		store := keepingtest.New()
		g, b := visit(t, store, phone)
		g.Speak(&tongues{tags: []string{l.Code}})
		g.Attend(kiosk.Options{Set: "shapes", Times: museum}, &porter{store: store}, store, func() {})
		store.Pass(5 * time.Second)
		b.frame(t, g)
		speaksWithin(t, l.Code+", a kiosk", g, nil)
		b.frame(t, g, Event{Kind: Activate, Text: "menu"})
		b.frame(t, g)
		speaksWithin(t, l.Code+", its PIN", g, nil)
		g.showPad()
		if err := g.kiosk.lock.SetPIN("2468"); err != nil {
			t.Fatal(err)
		}
		b.frame(t, g, Event{Kind: Activate, Text: "menu"})
		b.frame(t, g)
		if l.Code == "en" {
			for _, n := range g.layout.Nodes {
				english[n.ID] = n.Action.Detail
			}
		}
		speaksWithin(t, l.Code+", the menu of visitors", g, english)
	}
}
