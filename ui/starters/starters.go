// Package starters is the sets of drawings that the page brings along, for a person who wants to see it
// answer before drawing anything. They were written for it, point by point, each sign in three ways; see
// package hand for how they become strokes.
package starters

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"

	"oneshot/ui/hand"
	"oneshot/ui/state"
)

// Set is signs that belong together.
type Set struct {
	ID    string
	Name  string
	About string
	Signs []Sign
}

// Sign is one class and the ways in which it was drawn.
type Sign struct {
	Name string
	Ways []hand.Sign
}

// All returns the sets.
func All() []Set {
	return []Set{
		{"shapes", "Shapes", "Ten shapes that everybody draws", shapes()},
		{"music", "Musical signs", "Clefs, accidentals, notes and a rest", music()},
		{"runes", "Runes", "Ten letters of the Elder Futhark", runes()},
	}
}

// line and curve are paths through the points of a text, "x y x y". As numbers in the program they would take thirty times
// the room.
func line(xy string) hand.Path  { return hand.Line(numbers(xy)...) }
func curve(xy string) hand.Path { return hand.Curve(numbers(xy)...) }

func numbers(text string) []float64 {
	var out []float64
	for word := range strings.FieldsSeq(text) {
		n, err := strconv.Atoi(word)
		if err != nil {
			panic("starters: " + err.Error()) // every sign is drawn in the test
		}
		out = append(out, float64(n))
	}
	return out
}

// looseness is how far the drawings stray from what is written down: enough to look drawn.
const looseness = 0.45

// Drawings returns the drawings of a sign. They are the same every time.
func (s *Sign) Drawings() [][]state.Stroke {
	out := make([][]state.Stroke, len(s.Ways))
	for i, way := range s.Ways {
		seed := fnv.New64a()
		seed.Write([]byte(s.Name))
		r := rand.New(rand.NewPCG(seed.Sum64(), uint64(i)))
		out[i] = hand.New(r, looseness).Draw(r, way)
	}
	return out
}

// Classes returns the set as classes to open, each with all its drawings.
func (s *Set) Classes() ([]state.Class, error) {
	out := make([]state.Class, len(s.Signs))
	for i := range s.Signs {
		sign := &s.Signs[i]
		out[i].Name = sign.Name
		for way, d := range sign.Drawings() {
			in, err := state.Input(d)
			if err != nil {
				return nil, fmt.Errorf("starters: %s, drawing %d: %w", sign.Name, way+1, err)
			}
			out[i].Shots = append(out[i].Shots, state.Shot{Strokes: d, Input: in})
		}
	}
	return out, nil
}
