package starters_test

import (
	"slices"
	"testing"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/ui/starters"
	"oneshot/ui/state"
	"oneshot/weights"
)

// leastRight is the share of drawings that the built-in model must answer right with every head.
const leastRight = 0.9

// Whichever one drawing of each sign is taught, the others are recognised.
func TestEverySetIsLearnedFromOneDrawing(t *testing.T) {
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	n, err := engine.NewNetwork(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range starters.All() {
		classes := open(t, &set)
		embeddings := make([][][]int16, len(classes)) // the same for every head
		for i, k := range classes {
			for _, sh := range k.Shots {
				e := make([]int16, n.EmbeddingLen())
				n.Embed(e, &sh.Input)
				embeddings[i] = append(embeddings[i], e)
			}
		}
		for _, h := range n.Heads() {
			right, asked := 0, 0
			for taught := range 3 {
				c, err := engine.NewClassifier(n, h)
				if err != nil {
					t.Fatal(err)
				}
				for i, k := range classes {
					if _, err := c.AddEmbedding(k.Name, embeddings[i][taught]); err != nil {
						t.Fatal(err)
					}
				}
				for i, k := range classes {
					for j, e := range embeddings[i] {
						if j == taught {
							continue
						}
						a, err := c.ClassifyEmbedding(e)
						if err != nil {
							t.Fatal(err)
						}
						asked++
						if said := a.Ranking[0].Class; said == k.Name {
							right++
						} else {
							t.Logf("%v: drawing %d of %s is taken for %s", h, j+1, k.Name, said)
						}
					}
				}
			}
			t.Logf("%s, %v: %d of %d right", set.Name, h, right, asked)
			if float64(right) < leastRight*float64(asked) {
				t.Errorf("%s, %v: %d of %d right, want at least %.0f %%", set.Name, h, right, asked, 100*leastRight)
			}
		}
	}
}

// open returns the classes of a set.
func open(t *testing.T, set *starters.Set) []state.Class {
	t.Helper()
	classes, err := set.Classes()
	if err != nil {
		t.Fatal(err)
	}
	return classes
}

// Every drawing lies on the pad, is no copy of another, and is the same the next time.
func TestDrawings(t *testing.T) {
	seen := map[prep.Input]string{}
	ids := map[string]bool{}
	for _, set := range starters.All() {
		if ids[set.ID] || set.Name == "" || set.About == "" {
			t.Errorf("set %q, %q: %q", set.ID, set.Name, set.About)
		}
		ids[set.ID] = true
		again := open(t, &set)
		names := map[string]bool{}
		for i, c := range open(t, &set) {
			if names[c.Name] || c.Name != state.CleanName(c.Name) {
				t.Errorf("%s: a sign is called %q", set.Name, c.Name)
			}
			names[c.Name] = true
			if len(c.Shots) < 3 {
				t.Errorf("%s has %d drawings, want 3 at least", c.Name, len(c.Shots))
			}
			for j, sh := range c.Shots {
				for _, stroke := range sh.Strokes {
					for _, p := range stroke {
						if !(p.X > 0 && p.X < 1 && p.Y > 0 && p.Y < 1 && p.Pressure > 0 && p.Pressure <= 1) {
							t.Fatalf("%s, drawing %d: point %v", c.Name, j+1, p)
						}
					}
				}
				if other, twice := seen[sh.Input]; twice {
					t.Errorf("%s, drawing %d looks like one of %s", c.Name, j+1, other)
				}
				seen[sh.Input] = c.Name
				if !slices.EqualFunc(sh.Strokes, again[i].Shots[j].Strokes, slices.Equal) {
					t.Errorf("%s, drawing %d differs from one time to the next", c.Name, j+1)
				}
			}
		}
		if len(names) < 10 {
			t.Errorf("%s has %d signs, want 10 at least", set.Name, len(names))
		}
	}
}
