//go:build !js

package e2e

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"oneshot/ui/session"
	"oneshot/ui/state"
)

func TestInsight(t *testing.T) {
	h := newHarness(t)
	t.Run("Compare", func(t *testing.T) { compare(t, h.open(t, laptop)) })
	t.Run("CompareOnAPhone", func(t *testing.T) { compare(t, h.open(t, phone.darkened())) })
	t.Run("Map", func(t *testing.T) { mapped(t, h.open(t, laptop.darkened())) })
	t.Run("MapOnAPhone", func(t *testing.T) { mapped(t, h.open(t, phone)) })
	t.Run("TestOnAFile", func(t *testing.T) { onAFile(t, h.open(t, laptop)) })
	t.Run("TestOnAFileOnAPhone", func(t *testing.T) { onAFile(t, h.open(t, phone.darkened())) })
	t.Run("Episodes", func(t *testing.T) { episodes(t, h.open(t, phone)) })
}

// symbolSet is a set of the symbols as a file, each drawn by the hands from one to another.
func symbolSet(t *testing.T, from, to int) []byte {
	t.Helper()
	var set []state.Class
	for _, s := range Symbols() {
		c := state.Class{Name: s.Name}
		for _, d := range s.Drawings[from:to] {
			var shot state.Shot
			for _, stroke := range d {
				var out state.Stroke
				for _, q := range stroke {
					out = append(out, state.Point{X: q.X / Frame, Y: q.Y / Frame, Pressure: 0.5})
				}
				shot.Strokes = append(shot.Strokes, out)
			}
			c.Shots = append(c.Shots, shot)
		}
		set = append(set, c)
	}
	b, err := session.Write(set)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// openSet drops a set of symbols on the page.
func (p *page) openSet(from, to int) {
	p.t.Helper()
	p.letFall("set.zip", symbolSet(p.t, from, to))
	p.waitForButton("Example 1 of Planet")
}

// compare asks all ways to compare about a drawing, chooses another with the keyboard, and sees it in use.
func compare(t *testing.T, p *page) {
	p.openSet(0, 3)
	p.draw(symbols()[0].queries[3])
	p.press("Menu")
	p.press("Ways to compare")
	p.waitFor("four answers", `/Prototype: House, .*Siamese: .*Relation: .*Matching: /.test(document.querySelector("[role=status]").textContent)`)
	p.nextFrame()
	p.screenshot("compare")
	p.focus("Compare by relation")
	p.keys(kb.Enter)
	p.waitForButton("Compares by relation now")
	p.screenshot("compare-chosen")
	p.press("Back")
	p.press("Back")
	p.waitForButton("Compares by: relation")
}

// mapped looks at the map, at two drawings on it and at where two classes meet.
func mapped(t *testing.T, p *page) {
	p.press("Menu")
	p.press("Map")
	p.waitFor("a word about what is missing", statusBegins("Nothing to map yet."))
	p.screenshot("map-empty")
	p.press("Back")
	p.press("Back")
	p.openSet(0, 4)
	p.draw(symbols()[1].queries[3])
	p.press("Menu")
	p.press("Map")
	p.waitFor("the map", statusBegins("20 drawings on the map. Nearest of different classes: "))
	p.screenshot("map")
	p.focus("Next drawing")
	p.keys(kb.Enter)
	p.waitFor("the first drawing", statusBegins("Example 1 of House, most like "))
	p.keys(kb.Enter)
	p.waitFor("the second drawing", statusBegins("Example 2 of House, most like "))
	p.press("Map of all drawings, next one") // in its middle there may be none
	p.screenshot("map-chosen")
}

// onAFile teaches two drawings of each class and tests on a file with two others, whose table is then saved.
func onAFile(t *testing.T, p *page) {
	p.openSet(0, 2)
	p.press("Menu")
	p.press("Test on a file")
	p.waitFor("an invitation", statusBegins("Choose a zip"))
	p.screenshot("test")
	p.letFall("notes.txt", []byte("hello"))
	p.waitFor("a word about the file", statusHas("It is not a zip file"))
	p.nextFrame()
	p.screenshot("test-broken")
	p.letFall("others.zip", symbolSet(t, 2, 5))
	p.waitFor("the figures", statusHas(" of 15 drawings recognised, 95 % interval: "))
	if n := recognised(p.status()); n < 12 {
		t.Errorf("%d of 15 drawings are recognised", n)
	}
	p.nextFrame()
	p.screenshot("test-figures")
	dir := p.downloads()
	p.focus("Save the answers as CSV")
	p.keys(kb.Enter)
	b, err := os.ReadFile(p.waitForFile(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	table := string(b)
	if !strings.HasPrefix(table, "name,true,answered,confidence,none\nHouse/001.png,House,") || strings.Count(table, "\n") != 16 {
		t.Errorf("the table is %q", table)
	}
	p.press("Back")
	p.press("Back")
	p.waitForNoButton("Example 3 of House")
}

// episodes runs two hundred episodes of the symbols.
func episodes(t *testing.T, p *page) {
	p.openSet(0, 4)
	p.press("Menu")
	p.press("Episodes")
	p.waitFor("what is possible", statusBegins("Episodes of 5 classes with 1 example each."))
	p.press("More examples, now 1")
	p.press("Fewer classes, now 5")
	p.waitFor("another choice", statusBegins("Episodes of 4 classes with 2 examples each."))
	p.press("Run 200 episodes")
	p.waitFor("the figure", statusHas(" of 800 drawings recognised in 200 episodes"))
	if n := statusNumber(p.status()); n < 700 {
		t.Errorf("%q: too few", p.status())
	}
	p.nextFrame()
	p.screenshot("episodes")
}

// statusNumber is how many drawings the status of the episodes says are recognised.
func statusNumber(status string) int {
	_, figures, _ := strings.Cut(status, ": ")
	return recognised(figures)
}
