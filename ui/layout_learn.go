package ui

// learnRows are the rows of the menu that show what the page can do and how.
func learnRows() []Node {
	return []Node{
		{ID: "starters", Name: "Starter sets", Label: "Starter sets", Action: Action{
			Icon: iconStar, Detail: "Shapes, musical signs or runes, drawn and ready to ask",
			Do: func(g *Game) { g.showStarters("starters") },
		}},
	}
}

// Icons of those rows.
var (
	iconStar = Icon{{12, 4, 14.4, 9.2, 20, 9.9, 15.9, 13.8, 17, 19.4, 12, 16.7, 7, 19.4, 8.1, 13.8, 4, 9.9, 9.6, 9.2, 12, 4}}
)
