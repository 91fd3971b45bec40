package session

import (
	"strconv"

	"oneshot/ui/state"
)

func classPart(name string) string { return "class " + quoted(name) }

func shotPart(class string, place int) string {
	return "example " + strconv.Itoa(place+1) + " of " + classPart(class)
}

// maxQuoted bounds what a message repeats of a file, in bytes of its quoted form.
const maxQuoted = 80

// quoted is a text of a file, fit for a message: in quotes, without control characters, and cut.
func quoted(s string) string {
	if len(s) > maxQuoted {
		s = s[:maxQuoted] + "..."
	}
	return strconv.QuoteToGraphic(s)
}

func checkCount(n int, what string, most int, part string) error {
	if n > most {
		return fail(ErrLimit, part, bound(uint64(n), what, most))
	}
	return nil
}

// checkName refuses a name that the page would not show as it is.
func checkName(name, part string) error {
	switch clean := state.CleanName(name); {
	case name == "":
		return fail(ErrName, part, "it is empty")
	case clean != name:
		return fail(ErrName, part, quoted(name)+", want "+quoted(clean))
	}
	return nil
}

// checkStrokes refuses strokes that cannot have been drawn on the pad, and counts them. A shot without
// any is a picture.
func checkStrokes(strokes []state.Stroke, part string) (int, error) {
	n := 0
	for i, s := range strokes {
		at := func() string { return "stroke " + strconv.Itoa(i+1) + " of " + part }
		if len(s) == 0 {
			return 0, fail(ErrStroke, at(), "it has no point")
		}
		n += len(s)
		for _, p := range s {
			for _, v := range [...]float32{p.X, p.Y, p.Pressure} {
				if !(v >= 0 && v <= 1) { // so that what is not a number fails
					return 0, fail(ErrStroke, at(), strconv.FormatFloat(float64(v), 'g', 4, 32)+", want 0 to 1")
				}
			}
		}
	}
	return len(strokes), checkCount(n, "points", state.MaxPoints, part)
}
