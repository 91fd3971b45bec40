package ui

import "oneshot/ui/words"

// insightRows are the rows of the menu that lead to what is behind the answers.
func insightRows(w *words.Catalogue) []Node {
	return []Node{
		{ID: "compare", Name: w.Say("Ways to compare"), Label: w.Say("Ways to compare"), Action: Action{Icon: iconScales, Detail: w.Say("Four answers side by side"),
			Do: func(g *Game) { g.show(&compareScene{}, "compare") }}},
		{ID: "map", Name: w.Say("Map"), Label: w.Say("Map"), Action: Action{Icon: iconMap, Detail: w.Say("Which drawings look alike to it"),
			Do: func(g *Game) { g.show(newMapScene(), "map") }}},
		{ID: "test", Name: w.Say("Test on a file"), Label: w.Say("Test on a file"), Action: Action{Icon: iconTest, Detail: w.Say("How many of other drawings it knows"),
			Do: func(g *Game) { g.show(&trialScene{}, "test") }}},
		{ID: "episodes", Name: w.Say("Episodes"), Label: w.Say("Episodes"), Action: Action{Icon: iconDice, Detail: w.Say("Many fresh starts, one figure"),
			Do: func(g *Game) { g.show(&episodesScene{}, "episodes") }}},
	}
}
