// Package state is what the user has made: classes, their examples and the drawing on the pad, with
// every act undoable. It is plain Go: it knows neither a screen nor a browser, so user stories are
// tested on it directly.
//
// A Board is a value that is never changed in place: an act makes the next Board, and the history
// is the list of those before it. The Learner is brought to agree with the Board after every act,
// and an act that the Learner refuses leaves both as they were.
package state

import (
	"errors"
	"slices"
	"strconv"

	"oneshot/engine/prep"
)

// ClassID names a class for as long as the program runs. Display names may repeat and change.
type ClassID int

// ShotID names a shot for as long as the program runs.
type ShotID int

// Point is one sample of a pen on the pad, whose corners are (0, 0) and (1, 1). Pressure is 0..1;
// what has no pressure sensor reports 0.5.
type Point struct{ X, Y, Pressure float32 }

// Stroke is the path of the pen from touching down to lifting off.
type Stroke []Point

// Shot is one example: the drawing and what the network sees of it.
type Shot struct {
	ID      ShotID
	Strokes []Stroke
	Input   prep.Input
}

// Class is a named set of shots.
type Class struct {
	ID     ClassID
	Name   string
	Colour int // 1 to Colours; it stays when other classes come and go
	Shots  []Shot
}

// Board is everything there is to see: the classes in their order and the drawing on the pad, or the
// picture there.
type Board struct {
	Classes []Class
	Pad     []Stroke
	Picture *Picture // on the pad, which then has no strokes; nil if there is none
	Set     string   // which of the user's sets the classes are; the state does not know what it means
}

// Limits of a board: they bound memory, and are far beyond what one person draws.
const (
	MaxClasses = 100
	MaxShots   = 100    // in one class
	MaxPoints  = 20_000 // on the pad
)

// What can be wrong with an act. A drawing that cannot be read is prep.ErrBlank or prep.ErrSpeck.
var (
	ErrUntaught = errors.New("state: no class has an example")
	ErrNoClass  = errors.New("state: no such class")
	ErrNoShot   = errors.New("state: no such shot")
	ErrFull     = errors.New("state: limit reached")
	ErrColour   = errors.New("state: no such colour")
)

// State is a Board with its history, the stroke that is being drawn, and the Learner that knows
// the shots. It is not safe for concurrent use.
type State struct {
	board   Board
	past    []Board
	future  []Board
	drawing Stroke // nil unless the pen is down

	learner Learner
	learned map[ShotID]bool
	check   *checking // nil if what was checked has changed since

	lastClass ClassID
	lastShot  ShotID
	noun      string // that fresh names begin with
}

// New returns a state with three empty classes and a blank pad. The learner must be empty.
func New(l Learner) *State {
	s := &State{learner: l, learned: map[ShotID]bool{}, noun: noun}
	for range 3 {
		s.board = s.withNewClass()
	}
	return s
}

// Board returns what there is to see, without the stroke that is being drawn. The caller must not
// change it.
func (s *State) Board() Board { return s.board }

// Class returns the class called id.
func (s *State) Class(id ClassID) (Class, bool) {
	if i := s.index(id); i >= 0 {
		return s.board.Classes[i], true
	}
	return Class{}, false
}

// FindShot returns the class that holds a shot and the shot's place in it, counted from 0.
func (s *State) FindShot(id ShotID) (c Class, place int, ok bool) {
	for _, c := range s.board.Classes {
		if i := slices.IndexFunc(c.Shots, func(sh Shot) bool { return sh.ID == id }); i >= 0 {
			return c, i, true
		}
	}
	return Class{}, 0, false
}

// Taught counts the classes that have an example.
func (s *State) Taught() int {
	n := 0
	for _, c := range s.board.Classes {
		if len(c.Shots) > 0 {
			n++
		}
	}
	return n
}

func (s *State) index(id ClassID) int {
	return slices.IndexFunc(s.board.Classes, func(c Class) bool { return c.ID == id })
}

func (s *State) withNewClass() Board {
	s.lastClass++
	b := s.board
	b.Classes = append(slices.Clone(b.Classes), Class{ID: s.lastClass, Name: freshName(s.noun, b.Classes), Colour: freshColour(b.Classes)})
	return b
}

// noun is what fresh names begin with until they are to begin with something else.
const noun = "Class"

// freshName is the first of Class A to Class Z, then Class 27 and on, that no class bears.
func freshName(noun string, classes []Class) string {
	for n := 1; ; n++ {
		name := noun + " " + strconv.Itoa(n)
		if n <= 26 {
			name = noun + " " + string(rune('A'+n-1))
		}
		if !slices.ContainsFunc(classes, func(c Class) bool { return c.Name == name }) {
			return name
		}
	}
}
