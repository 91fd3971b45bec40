package ui

// insightRows are the rows of the menu that lead to what is behind the answers.
func insightRows() []Node {
	return []Node{
		{ID: "compare", Name: "Ways to compare", Label: "Ways to compare", Action: Action{Icon: iconScales, Detail: "Four answers side by side",
			Do: func(g *Game) { g.show(&compareScene{}, "compare") }}},
		{ID: "map", Name: "Map", Label: "Map", Action: Action{Icon: iconMap, Detail: "Which drawings look alike to it",
			Do: func(g *Game) { g.show(newMapScene(), "map") }}},
		{ID: "test", Name: "Test on a file", Label: "Test on a file", Action: Action{Icon: iconTest, Detail: "How many of other drawings it knows",
			Do: func(g *Game) { g.show(&trialScene{}, "test") }}},
		{ID: "episodes", Name: "Episodes", Label: "Episodes", Action: Action{Icon: iconDice, Detail: "Many fresh starts, one figure",
			Do: func(g *Game) { g.show(&episodesScene{}, "episodes") }}},
	}
}
