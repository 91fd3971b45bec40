package state_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// plainClass and plain are a board a reader can keep in mind: names, and how many strokes each
// shot has.
type plainClass struct {
	name   string
	colour int
	shots  []int
}

type plain struct {
	classes []plainClass
	pad     int // strokes on the pad; -1 for a picture
}

func (p plain) clone() plain {
	c := plain{pad: p.pad}
	for _, k := range p.classes {
		c.classes = append(c.classes, plainClass{k.name, k.colour, append([]int(nil), k.shots...)})
	}
	return c
}

// TestRandomActs runs random sequences of acts on the state and on the plain board with a list of
// copies as history; after each act both must say the same, and the learner must know exactly the
// shots on the board.
func TestRandomActs(t *testing.T) {
	opened, picture := set(t), seen(t, 0.1, 0.1, 0.9, 0.9)
	rapid.Check(t, func(t *rapid.T) {
		l := newNearest()
		s := state.New(l)
		if err := s.Restore("shelf", s.Blank()); err != nil {
			t.Fatal(err)
		}
		now := plain{classes: []plainClass{{"Class A", 1, nil}, {"Class B", 2, nil}, {"Class C", 3, nil}}}
		var past, future []plain
		act := func(next plain) {
			past, future, now = append(past, now), nil, next
		}
		ok := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		// fresh is the first colour that the fewest classes have.
		fresh := func() int {
			best, least := 0, 1000
			for colour := 1; colour <= state.Colours; colour++ {
				n := 0
				for _, c := range now.classes {
					if c.colour == colour {
						n++
					}
				}
				if n < least {
					best, least = colour, n
				}
			}
			return best
		}
		pick := func() int {
			if len(now.classes) == 0 {
				t.Skip("no class")
			}
			return rapid.IntRange(0, len(now.classes)-1).Draw(t, "class")
		}

		t.Repeat(map[string]func(*rapid.T){
			"stroke": func(*rapid.T) {
				draw(s, 0.1, 0.1, 0.9, 0.9)
				next := now.clone()
				next.pad = max(next.pad, 0) + 1
				act(next)
			},
			"picture": func(*rapid.T) {
				s.ShowPicture(&state.Picture{Input: picture})
				next := now.clone()
				next.pad = -1
				act(next)
			},
			"add pictures": func(*rapid.T) {
				i := pick()
				_, left, err := s.AddPictures([]state.Pictures{
					{Class: s.Board().Classes[i].ID, Inputs: []prep.Input{picture, picture}}, {Name: "d", Inputs: []prep.Input{picture}},
				})
				ok(err)
				if left > 0 {
					t.Fatalf("%d pictures are left out", left)
				}
				next := now.clone()
				next.classes[i].shots = append(next.classes[i].shots, 0, 0)
				d := slices.IndexFunc(next.classes, func(c plainClass) bool { return c.name == "d" })
				if d < 0 {
					d = len(next.classes)
					next.classes = append(next.classes, plainClass{name: "d", colour: fresh()})
				}
				next.classes[d].shots = append(next.classes[d].shots, 0)
				act(next)
			},
			"clear": func(*rapid.T) {
				s.ClearPad()
				if now.pad != 0 {
					next := now.clone()
					next.pad = 0
					act(next)
				}
			},
			"teach": func(*rapid.T) {
				i := pick()
				err := s.Teach(s.Board().Classes[i].ID)
				if (err == nil) != (now.pad != 0) {
					t.Fatalf("teach with %d strokes: %v", now.pad, err)
				}
				if err == nil {
					next := now.clone()
					next.classes[i].shots = append(next.classes[i].shots, max(now.pad, 0))
					next.pad = 0
					act(next)
				}
			},
			"add": func(*rapid.T) {
				id, err := s.AddClass()
				ok(err)
				c, _ := s.Class(id)
				next := now.clone()
				next.classes = append(next.classes, plainClass{c.Name, fresh(), nil})
				act(next)
			},
			"rename": func(*rapid.T) {
				i := pick()
				name := rapid.StringMatching(`[a-c]{0,2}`).Draw(t, "name")
				ok(s.Rename(s.Board().Classes[i].ID, name))
				if name != "" && name != now.classes[i].name {
					next := now.clone()
					next.classes[i].name = name
					act(next)
				}
			},
			"recolour": func(*rapid.T) {
				i := pick()
				colour := rapid.IntRange(-1, state.Colours+1).Draw(t, "colour")
				err := s.RecolourClass(s.Board().Classes[i].ID, colour)
				if (err == nil) != (colour >= 1 && colour <= state.Colours) {
					t.Fatalf("colour %d: %v", colour, err)
				}
				if err == nil && colour != now.classes[i].colour {
					next := now.clone()
					next.classes[i].colour = colour
					act(next)
				}
			},
			"move class": func(*rapid.T) {
				i := pick()
				to := rapid.IntRange(-2, len(now.classes)+1).Draw(t, "to")
				ok(s.MoveClass(s.Board().Classes[i].ID, to))
				if to = min(max(to, 0), len(now.classes)-1); to != i {
					next := now.clone()
					moved := next.classes[i]
					var others []plainClass
					others = append(append(others, next.classes[:i]...), next.classes[i+1:]...)
					next.classes = append(append(append([]plainClass{}, others[:to]...), moved), others[to:]...)
					act(next)
				}
			},
			"duplicate": func(*rapid.T) {
				i := pick()
				id, err := s.DuplicateClass(s.Board().Classes[i].ID)
				if full := len(now.classes) == state.MaxClasses; (err == nil) == full {
					t.Fatalf("duplicate with %d classes: %v", len(now.classes), err)
				}
				if err != nil {
					return
				}
				c, _ := s.Class(id)
				for _, k := range now.classes {
					if k.name == c.Name {
						t.Fatalf("the copy has the name %q of another", c.Name)
					}
				}
				next := now.clone()
				twin := plainClass{c.Name, fresh(), append([]int(nil), next.classes[i].shots...)}
				next.classes = append(next.classes[:i+1:i+1], append([]plainClass{twin}, next.classes[i+1:]...)...)
				act(next)
			},
			"delete class": func(*rapid.T) {
				i := pick()
				ok(s.DeleteClass(s.Board().Classes[i].ID))
				next := now.clone()
				next.classes = append(next.classes[:i], next.classes[i+1:]...)
				act(next)
			},
			"delete shot": func(*rapid.T) {
				i := pick()
				if len(now.classes[i].shots) == 0 {
					t.Skip("no shot")
				}
				j := rapid.IntRange(0, len(now.classes[i].shots)-1).Draw(t, "shot")
				ok(s.DeleteShot(s.Board().Classes[i].Shots[j].ID))
				next := now.clone()
				shots := next.classes[i].shots
				next.classes[i].shots = append(shots[:j], shots[j+1:]...)
				act(next)
			},
			"move shot": func(*rapid.T) {
				i, to := pick(), pick()
				if len(now.classes[i].shots) == 0 {
					t.Skip("no shot")
				}
				j := rapid.IntRange(0, len(now.classes[i].shots)-1).Draw(t, "shot")
				ok(s.MoveShot(s.Board().Classes[i].Shots[j].ID, s.Board().Classes[to].ID))
				if i != to {
					next := now.clone()
					from := next.classes[i].shots
					next.classes[to].shots = append(next.classes[to].shots, from[j])
					next.classes[i].shots = append(from[:j], from[j+1:]...)
					act(next)
				}
			},
			"open": func(*rapid.T) {
				ok(s.Open(opened))
				next := now.clone()
				next.classes = []plainClass{{"level", 1, []int{1}}, {"Class A", 2, []int{1}}}
				act(next)
			},
			"undo": func(*rapid.T) {
				ok(s.Undo())
				if n := len(past); n > 0 {
					future, now, past = append(future, now), past[n-1], past[:n-1]
				}
			},
			"redo": func(*rapid.T) {
				ok(s.Redo())
				if n := len(future); n > 0 {
					past, now, future = append(past, now), future[n-1], future[:n-1]
				}
			},
			"": func(*rapid.T) { // after every act
				b := s.Board()
				if b.Set != "shelf" {
					t.Fatalf("the board is of set %q, want shelf", b.Set)
				}
				if len(b.Pad) != max(now.pad, 0) || (b.Picture != nil) != (now.pad < 0) || len(b.Classes) != len(now.classes) {
					t.Fatalf("%d strokes and %d classes, want %d and %d", len(b.Pad), len(b.Classes), now.pad, len(now.classes))
				}
				shots := 0
				for i, c := range b.Classes {
					if c.Name != now.classes[i].name || c.Colour != now.classes[i].colour || len(c.Shots) != len(now.classes[i].shots) {
						t.Fatalf("class %d: %q in colour %d with %d shots, want %+v", i, c.Name, c.Colour, len(c.Shots), now.classes[i])
					}
					for j, sh := range c.Shots {
						shots++
						if len(sh.Strokes) != now.classes[i].shots[j] {
							t.Fatalf("shot %d of class %d has %d strokes, want %d", j, i, len(sh.Strokes), now.classes[i].shots[j])
						}
						if l.classOf[sh.ID] != c.ID {
							t.Fatalf("shot %d is learned as class %d, want %d", sh.ID, l.classOf[sh.ID], c.ID)
						}
					}
				}
				if len(l.input) != shots {
					t.Fatalf("the learner knows %d shots, the board %d", len(l.input), shots)
				}
				if s.CanUndo() != (len(past) > 0) || s.CanRedo() != (len(future) > 0) {
					t.Fatalf("undo %v redo %v, want %d and %d acts", s.CanUndo(), s.CanRedo(), len(past), len(future))
				}
			},
		})
	})
}
