package ui

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"oneshot/ui/session"
	"oneshot/ui/state"
)

// lines is a saved set of straight lines: of each class so many level ones and then so many upright ones.
func lines(t *testing.T, of map[string][2]int, order ...string) []byte {
	t.Helper()
	var set []state.Class
	for _, name := range order {
		c := state.Class{Name: name}
		for i := range of[name][0] + of[name][1] {
			s := state.Stroke{{X: 0.1, Y: 0.5}, {X: 0.9, Y: 0.5}}
			if i >= of[name][0] {
				s = state.Stroke{{X: 0.5, Y: 0.1}, {X: 0.5, Y: 0.9}}
			}
			c.Shots = append(c.Shots, state.Shot{Strokes: []state.Stroke{s}})
		}
		set = append(set, c)
	}
	b, err := session.Write(set)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A file of known drawings is asked about; the figures, what was wrong and the table agree.
func TestTrialStory(t *testing.T) {
	file := lines(t, map[string][2]int{"Class A": {3, 1}, "Other": {1, 0}, "Class B": {0, 2}}, "Class A", "Other", "Class B")
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone, "small": {W: 195, H: 422, Density: 1}} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			b.menu(t, g, "test")
			b.frame(t, g, Event{Kind: FileChosen, Text: "a.zip", Data: file})
			if got := b.mirror.Status.Text; got != "Nothing is taught yet. Teach the classes first." {
				t.Errorf("with nothing taught it says %q", got)
			}
			b.frame(t, g, Event{Kind: Key, Key: "Escape"}, Event{Kind: Key, Key: "Escape"})
			teachTwo(t, g, b)
			b.menu(t, g, "test")
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Choose a zip") {
				t.Errorf("at first it says %q", got)
			}
			b.frame(t, g, Event{Kind: Activate, Text: "pick"})
			if b.picks != 1 {
				t.Error("Choose a file shows no picker")
			}
			for _, c := range []struct {
				e    Event
				want string
			}{
				{Event{Data: []byte("x")}, "That file was not opened. It is not a zip file, or it is damaged."},
				{Event{Err: errors.New("it has gone")}, "That file was not opened. It could not be read (it has gone)."},
				{Event{Data: lines(t, map[string][2]int{"Cat": {1, 0}, "Dog": {0, 1}}, "Cat", "Dog")}, "No folder in it is named like a class that you taught. It has Cat, Dog."},
			} {
				c.e.Kind = FileChosen
				b.frame(t, g, c.e)
				if got := b.mirror.Status.Text; got != c.want {
					t.Errorf("it says %q, want %q", got, c.want)
				}
				inside(t, "after a bad file", g.layout)
			}
			b.frame(t, g, Event{Kind: FileChosen, Text: "a.zip", Data: file})
			want := "5 of 6 drawings recognised, 95 % interval: 44 % to 97 %. 0 taken for none of these. " +
				"Most often wrong: 1 of Class A answered Class B. Passed over: Other."
			if got := b.mirror.Status.Text; got != want {
				t.Errorf("it says %q, want %q", got, want)
			}
			inside(t, "the figures", g.layout)
			if rows := g.layout.Check.Rows; len(rows) != 1 || rows[0].Trial != 3 {
				t.Errorf("wrong ones: %+v", rows)
			}
			if n := g.layout.node("cell:1:1"); n != nil {
				b.frame(t, g, Event{Kind: Activate, Text: n.ID})
				if rows := g.layout.Check.Rows; len(rows) != 3 {
					t.Errorf("%d drawings behind a cell of 3", len(rows))
				}
				inside(t, "an open cell", g.layout)
				b.frame(t, g, Event{Kind: Activate, Text: "all"})
			}
			b.frame(t, g, Event{Kind: Activate, Text: "csv"})
			table := strings.Split(string(b.saved), "\n")
			if len(table) != 8 || table[0] != "name,true,answered,confidence,none" || table[4] != "Class A/004.png,Class A,Class B,0.8000,false" {
				t.Errorf("the table is %q", table)
			}
			if g.state.Taught() != 2 || len(g.state.Board().Classes) != 3 {
				t.Error("testing changed what was taught")
			}
			for range 2 {
				if err := g.state.Undo(); err != nil {
					t.Fatal(err)
				}
			}
			if b.settle(t, g); !strings.HasPrefix(b.mirror.Status.Text, "No folder") && !strings.HasPrefix(b.mirror.Status.Text, "4 of ") {
				t.Errorf("with less taught it says %q", b.mirror.Status.Text)
			}
		})
	}
}

// A test that takes longer than a frame shows how far it is, and can be cancelled.
func TestTrialIsCancelled(t *testing.T) {
	g, b := open(t, phone)
	teachTwo(t, g, b)
	b.menu(t, g, "test")
	slow := &slowBench{bench: b}
	g.host = slow
	b.frame(t, g, Event{Kind: FileChosen, Data: lines(t, map[string][2]int{"Class A": {9, 0}}, "Class A")})
	if got := b.mirror.Status.Text; got != "Testing." || g.layout.node("cancel") == nil {
		t.Fatalf("it says %q", got)
	}
	inside(t, "testing", g.layout)
	b.frame(t, g, Event{Kind: Activate, Text: "cancel"})
	if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Cancelled after ") || !strings.HasSuffix(got, " of 9 drawings.") {
		t.Errorf("it says %q", got)
	}
}

// slowBench is a host whose clock goes on by 3 ms whenever someone looks at it.
type slowBench struct{ *bench }

func (b *slowBench) Now() float64 {
	b.now += 3
	return b.now
}

// A name with a comma or quotes stays one field of the table.
func TestTrialTableQuotes(t *testing.T) {
	g, b := open(t, laptop)
	b.frame(t, g, Event{Kind: Activate, Text: "rename:1"}, Event{Kind: EditDone, Text: `a,"b"`})
	teachTwo(t, g, b)
	b.menu(t, g, "test")
	b.frame(t, g, Event{Kind: FileChosen, Data: lines(t, map[string][2]int{`a,"b"`: {1, 0}}, `a,"b"`)})
	b.frame(t, g, Event{Kind: Activate, Text: "csv"})
	if !bytes.Contains(b.saved, []byte(`,"a,""b""","a,""b""",0.8000,false`)) {
		t.Errorf("the table is %q", b.saved)
	}
}
