package state

import (
	"slices"
	"strconv"
	"strings"
)

// CallClasses makes fresh names begin with noun, as "Class" in Class A. Classes that still bear such a name and have no
// example are renamed; that is no act.
func (s *State) CallClasses(noun string) {
	was := s.noun
	if noun == was {
		return
	}
	s.noun = noun
	classes := slices.Clone(s.board.Classes)
	taken := func(name string) bool {
		return slices.ContainsFunc(classes, func(c Class) bool { return c.Name == name })
	}
	for i := range classes {
		c := &classes[i]
		if end, fresh := freshEnd(c.Name, was); fresh && len(c.Shots) == 0 && !taken(noun+" "+end) {
			c.Name = noun + " " + end
		}
	}
	s.board.Classes = classes
}

// freshEnd is what stands behind the noun in a fresh name.
func freshEnd(name, noun string) (end string, fresh bool) {
	end, fresh = strings.CutPrefix(name, noun+" ")
	if len(end) == 1 && end[0] >= 'A' && end[0] <= 'Z' {
		return end, fresh
	}
	n, err := strconv.Atoi(end)
	return end, fresh && err == nil && n > 26
}
