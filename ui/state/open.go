package state

import (
	"fmt"
	"slices"
)

// Open puts a set in place of all classes, as one act; the drawing on the pad stays. Classes and shots
// get new ids, and where there is none, a fresh name and a fresh colour. If the set is larger than a board
// holds, or the learner refuses a shot, nothing has changed.
func (s *State) Open(set []Class) error {
	if len(set) > MaxClasses {
		return full("board", MaxClasses, "classes")
	}
	s.EndStroke()
	next := Board{Pad: s.board.Pad, Classes: make([]Class, 0, len(set))}
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
			c.Name = freshName(next.Classes)
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
