package ui

// scene is a page that opens in place of the pad: the check, the menu, a lesson. It is laid out from the state
// whenever that has changed, draws what is no control, and may go on with work that takes longer than a frame.
// What its controls do stands in their Nodes.
type scene interface {
	// arrange lays the scene out, most simply from sheet.
	arrange(g *Game) *Layout
	// draw draws what is no control, inside the window of the list.
	draw(g *Game)
	// step goes on with what takes time, once a frame, and returns what the status says.
	step(g *Game, now float64) (spoken string)
}

// shown is a scene with the way back from it.
type shown struct {
	scene
	from   string  // the control that opened it
	scroll float64 // how far the page below was scrolled
}

// scene returns the scene that is shown, or nil for the pad.
func (g *Game) scene() scene {
	if n := len(g.scenes); n > 0 {
		return g.scenes[n-1].scene
	}
	return nil
}

// show opens a scene on top of what is shown. from is the control that did it, which gets the keyboard back.
func (g *Game) show(s scene, from string) {
	g.state.EndStroke()
	g.scenes = append(g.scenes, shown{s, from, g.scroll})
	g.turned("back", 0)
}

// back leaves the scene that is shown for what it was opened from.
func (g *Game) back() {
	n := len(g.scenes) - 1
	if n < 0 {
		return
	}
	was := g.scenes[n]
	g.scenes = g.scenes[:n]
	g.turned(was.from, was.scroll)
}

// showPad leaves all scenes.
func (g *Game) showPad() {
	if len(g.scenes) > 0 {
		g.scenes = g.scenes[:1]
		g.back()
	}
}

// turned lays out what is shown now and gives the control called id the keyboard.
func (g *Game) turned(id string, scroll float64) {
	g.pointer, g.velocity, g.toast = pointer{}, 0, ""
	if s := g.scene(); s != nil {
		g.spoken = s.step(g, g.host.Now())
	} else {
		g.asked = false // what could not be done elsewhere is no answer to the pad
		g.spoken = g.verdict.Spoken
	}
	g.relayout()
	g.scrollBy(scroll - g.scroll)
	g.focus(id)
	g.host.Depth(len(g.scenes))
}

// stepScene lets the scene go on with its work and says what it found.
func (g *Game) stepScene(now float64) {
	if words := g.scene().step(g, now); words != g.spoken {
		g.spoken, g.stale = words, true
	}
}
