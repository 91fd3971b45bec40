package state

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Teach makes the drawing on the pad an example of a class and clears the pad, as one act. On an
// error the drawing stays where it is.
func (s *State) Teach(id ClassID) error {
	i := s.index(id)
	if i < 0 {
		return ErrNoClass
	}
	if n := len(s.board.Classes[i].Shots); n >= MaxShots {
		return full("class", n, "examples")
	}
	s.EndStroke()
	in, err := s.Query()
	if err != nil {
		return err
	}
	s.lastShot++
	next := s.withClass(i, func(c *Class) {
		c.Shots = append(c.Shots[:len(c.Shots):len(c.Shots)], Shot{s.lastShot, s.board.Pad, in})
	})
	next.Pad, next.Picture = nil, nil
	return s.act(next)
}

// AddClass adds an empty class with a fresh name at the end.
func (s *State) AddClass() (ClassID, error) {
	if n := len(s.board.Classes); n >= MaxClasses {
		return 0, full("board", n, "classes")
	}
	b := s.withNewClass()
	return s.lastClass, s.act(b)
}

// Rename gives a class another name, cleaned by CleanName. A name that is empty after cleaning, or
// the same as before, changes nothing and makes no act.
func (s *State) Rename(id ClassID, name string) error {
	i := s.index(id)
	if i < 0 {
		return ErrNoClass
	}
	name = CleanName(name)
	if name == "" || name == s.board.Classes[i].Name {
		return nil
	}
	return s.act(s.withClass(i, func(c *Class) { c.Name = name }))
}

// DeleteClass removes a class with all its shots.
func (s *State) DeleteClass(id ClassID) error {
	i := s.index(id)
	if i < 0 {
		return ErrNoClass
	}
	b := s.board
	b.Classes = slices.Delete(slices.Clone(b.Classes), i, i+1)
	return s.act(b)
}

// DeleteShot removes one shot.
func (s *State) DeleteShot(id ShotID) error {
	c, place, ok := s.FindShot(id)
	if !ok {
		return ErrNoShot
	}
	return s.act(s.withClass(s.index(c.ID), func(c *Class) {
		c.Shots = slices.Delete(slices.Clone(c.Shots), place, place+1)
	}))
}

// MoveShot makes a shot an example of another class, at its end. There it is a new shot, with an ID of its
// own, for the learner knows it as something else.
func (s *State) MoveShot(id ShotID, to ClassID) error {
	from, place, ok := s.FindShot(id)
	if !ok {
		return ErrNoShot
	}
	i := s.index(to)
	if i < 0 {
		return ErrNoClass
	}
	if from.ID == to {
		return nil
	}
	if n := len(s.board.Classes[i].Shots); n >= MaxShots {
		return full("class", n, "examples")
	}
	b := s.withClass(s.index(from.ID), func(c *Class) {
		c.Shots = slices.Delete(slices.Clone(c.Shots), place, place+1)
	})
	s.lastShot++
	moved := from.Shots[place]
	moved.ID = s.lastShot
	c := &b.Classes[i]
	c.Shots = append(c.Shots[:len(c.Shots):len(c.Shots)], moved)
	return s.act(b)
}

// MaxName is the length of a class name, in runes.
const MaxName = 64

// CleanName makes a name fit to show on one line: white space is folded to single spaces, control
// characters and bidirectional overrides go, and at most MaxName runes stay. Joiners stay, for
// emoji and for scripts that need them.
func CleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) && !unicode.IsSpace(r), r == unicode.ReplacementChar,
			r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if runes := []rune(name); len(runes) > MaxName {
		name = string(runes[:MaxName])
	}
	return strings.TrimSpace(name)
}

// act makes next the board once the learner agrees with it.
func (s *State) act(next Board) error {
	if err := s.agree(next); err != nil {
		return err
	}
	s.commit(next)
	return nil
}

// withClass is the board with class i changed by f.
func (s *State) withClass(i int, f func(*Class)) Board {
	b := s.board
	b.Classes = slices.Clone(b.Classes)
	f(&b.Classes[i])
	return b
}

func full(what string, n int, of string) error {
	return fmt.Errorf("%w: a %s holds at most %d %s", ErrFull, what, n, of)
}
