package session

import (
	"strconv"

	"oneshot/ui/state"
)

// versionOf is the least version that can say all of a set, so that a set without colours can be opened by
// pages from before there were any, and an old file that was opened is written as it was.
func versionOf(classes []state.Class) int {
	for i := range classes {
		if classes[i].Colour != 0 {
			return 2
		}
	}
	return 1
}

// colour is the colour of a class of a list: 0 if it names none.
func (l *list) colour(c *listClass) (int, error) {
	switch {
	case c.Colour == nil:
		return 0, nil
	case l.Version < 2:
		return 0, fail(ErrList, classPart(c.Name), "a colour in version 1, want version 2")
	}
	return *c.Colour, checkColour(*c.Colour, 1, classPart(c.Name))
}

// checkColour refuses a colour that the page does not have, or that is less than it may be.
func checkColour(colour, least int, part string) error {
	if colour < least || colour > state.Colours {
		return fail(ErrList, part, "colour "+strconv.Itoa(colour)+", want "+strconv.Itoa(least)+" to "+strconv.Itoa(state.Colours))
	}
	return nil
}
