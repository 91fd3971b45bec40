package ui

// learnRows are the rows of the menu that show what the page can do and how.
func (g *Game) learnRows() []Node {
	rows := []Node{
		{ID: "starters", Name: g.words.Say("Starter sets"), Label: g.words.Say("Starter sets"), Action: Action{
			Icon: iconStar, Detail: g.words.Say("Shapes, musical signs or runes"),
			Do: func(g *Game) { g.showStarters("starters") },
		}},
	}
	if g.lab != nil {
		rows = append(rows, Node{ID: "versus", Name: g.words.Say("You against the machine"), Label: g.words.Say("You against the machine"), Action: Action{
			Icon: iconVersus, Detail: g.words.Say("A game: who knows twenty signs?"),
			Do: func(g *Game) { g.showVersus("versus") },
		}}, Node{ID: "how", Name: g.words.Say("How it works"), Label: g.words.Say("How it works"), Action: Action{
			Icon: iconBulb, Detail: g.words.Say("Four pages, with the network at work"),
			Do: func(g *Game) { g.showHow("how") },
		}})
	}
	return append(rows, Node{ID: "tour", Name: g.words.Say("Show me around"), Label: g.words.Say("Show me around"), Action: Action{
		Icon: iconScrawl, Detail: g.words.Say("Three hints on the page to draw on"), Do: (*Game).startTour,
	}})
}

// Icons of those rows.
var (
	iconStar   = Icon{{12, 4, 14.4, 9.2, 20, 9.9, 15.9, 13.8, 17, 19.4, 12, 16.7, 7, 19.4, 8.1, 13.8, 4, 9.9, 9.6, 9.2, 12, 4}}
	iconBulb   = Icon{{9, 17, 9, 15.4, 7, 13.2, 6.2, 10.4, 7, 7.4, 9, 5.2, 12, 4.4, 15, 5.2, 17, 7.4, 17.8, 10.4, 17, 13.2, 15, 15.4, 15, 17, 9, 17}, {9.6, 19.8, 14.4, 19.8}}
	iconVersus = Icon{{4, 8, 11, 8}, {8, 5, 11, 8, 8, 11}, {20, 16, 13, 16}, {16, 13, 13, 16, 16, 19}}
)
