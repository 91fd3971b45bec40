package state

import (
	"fmt"
	"slices"
)

// Open puts a set in place of all classes, as one act; the drawing on the pad stays. Classes and shots
// get new ids, and where there is none, a fresh name and a fresh colour. If the set is larger than a board
// holds, or the learner refuses a shot, nothing has changed.
func (s *State) Open(set []Class) error { return s.OpenAs(s.board.Set, set) }

// OpenAs is Open of another of the user's sets: Undo brings back the classes and which set they were.
func (s *State) OpenAs(id string, set []Class) error {
	if len(set) > MaxClasses {
		return full("board", MaxClasses, "classes")
	}
	s.EndStroke()
	next := Board{Set: id, Pad: s.board.Pad, Picture: s.board.Picture, Classes: make([]Class, 0, len(set))}
	for _, c := range set {
		if len(c.Shots) > MaxShots {
			return full("class", MaxShots, "examples")
		}
		s.lastClass++
		c.ID = s.lastClass
		if c.Colour < 0 || c.Colour > Colours {
			return fmt.Errorf("%w: %d, want 1 to %d", ErrColour, c.Colour, Colours)
		}
		if c.Colour == 0 {
			c.Colour = freshColour(next.Classes)
		}
		if c.Name = CleanName(c.Name); c.Name == "" {
			c.Name = freshName(s.noun, next.Classes)
		}
		c.Shots = slices.Clone(c.Shots)
		for i := range c.Shots {
			s.lastShot++
			c.Shots[i].ID = s.lastShot
		}
		next.Classes = append(next.Classes, c)
	}
	return s.act(next)
}

// Restore is OpenAs of what was there when the page was left. It is no act: there is nothing before it.
func (s *State) Restore(id string, set []Class) error {
	if err := s.OpenAs(id, set); err != nil {
		return err
	}
	s.past, s.future = nil, nil
	return nil
}

// Blank is what a new set begins with: three empty classes, without ids.
func Blank() []Class { return blank(noun) }

// Blank is what a new set begins with, its names in the language of the user.
func (s *State) Blank() []Class { return blank(s.noun) }

func blank(noun string) []Class {
	var set []Class
	for range 3 {
		set = append(set, Class{Name: freshName(noun, set)})
	}
	return set
}

// Rehome makes the classes another of the user's sets, as if they had been so from the beginning.
func (s *State) Rehome(id string) {
	was := s.board.Set
	for _, boards := range [][]Board{s.past, s.future} {
		for i := range boards {
			if boards[i].Set == was {
				boards[i].Set = id
			}
		}
	}
	s.board.Set = id
}
