package state

import (
	"fmt"
	"slices"
	"strconv"
)

// Colours is the number of colours that a class can have. They count from 1; how each looks is the
// page's affair. In a set that is handed to Open, 0 stands for no choice.
const Colours = 8

// RecolourClass gives a class another colour, which others may have too. The colour it has already makes no
// act.
func (s *State) RecolourClass(id ClassID, colour int) error {
	i := s.index(id)
	if i < 0 {
		return ErrNoClass
	}
	if colour < 1 || colour > Colours {
		return fmt.Errorf("%w: %d, want 1 to %d", ErrColour, colour, Colours)
	}
	if colour == s.board.Classes[i].Colour {
		return nil
	}
	return s.act(s.withClass(i, func(c *Class) { c.Colour = colour }))
}

// MoveClass puts a class at a place among the others, counted from 0, or at the nearer end if that is beyond. The
// place it has already makes no act.
func (s *State) MoveClass(id ClassID, to int) error {
	i := s.index(id)
	if i < 0 {
		return ErrNoClass
	}
	to = min(max(to, 0), len(s.board.Classes)-1)
	if to == i {
		return nil
	}
	b := s.board
	moved := b.Classes[i]
	b.Classes = slices.Insert(slices.Delete(slices.Clone(b.Classes), i, i+1), to, moved)
	return s.act(b)
}

// DuplicateClass puts a copy of a class behind it, with shots of its own, a name that no class bears and a
// colour of its own.
func (s *State) DuplicateClass(id ClassID) (ClassID, error) {
	i := s.index(id)
	if i < 0 {
		return 0, ErrNoClass
	}
	if n := len(s.board.Classes); n >= MaxClasses {
		return 0, full("board", n, "classes")
	}
	b := s.board
	c := b.Classes[i]
	s.lastClass++
	c.ID, c.Name, c.Colour = s.lastClass, numbered(c.Name, b.Classes), freshColour(b.Classes)
	c.Shots = slices.Clone(c.Shots)
	for j := range c.Shots {
		s.lastShot++
		c.Shots[j].ID = s.lastShot
	}
	b.Classes = slices.Insert(slices.Clone(b.Classes), i+1, c)
	return c.ID, s.act(b)
}

// numbered is a name with the first number from 2 behind it that makes it one that no class bears. Where that
// would be too long, the name gives way.
func numbered(name string, classes []Class) string {
	for n := 2; ; n++ {
		end := " " + strconv.Itoa(n)
		runes := []rune(name)
		next := CleanName(string(runes[:min(len(runes), MaxName-len(end))]) + end)
		if !slices.ContainsFunc(classes, func(c Class) bool { return c.Name == next }) {
			return next
		}
	}
}

// freshColour is the first of the colours that the fewest classes have.
func freshColour(classes []Class) int {
	var used [Colours + 1]int
	for _, c := range classes {
		used[c.Colour]++
	}
	best := 1
	for colour := 2; colour <= Colours; colour++ {
		if used[colour] < used[best] {
			best = colour
		}
	}
	return best
}
