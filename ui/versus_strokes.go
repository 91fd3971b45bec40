package ui

import (
	"strings"

	"oneshot/ui/words"
)

// strokeWords says in the language of the user what an invented sign is drawn of.
func strokeWords(w *words.Catalogue, strokes string) string {
	all := strings.Split(strokes, ", ")
	for i, stroke := range all {
		all[i] = strokeWord(w, stroke)
	}
	return strings.Join(all, ", ")
}

func strokeWord(w *words.Catalogue, stroke string) string {
	switch stroke {
	case "line":
		return w.Say("line")
	case "arc":
		return w.Say("arc")
	case "wave":
		return w.Say("wave")
	case "hook":
		return w.Say("hook")
	case "loop":
		return w.Say("loop")
	case "angle":
		return w.Say("angle")
	case "step":
		return w.Say("step")
	case "zigzag":
		return w.Say("zigzag")
	}
	return stroke
}
