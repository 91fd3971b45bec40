package ui

// checkTime is how much of a frame goes into a check that is not done yet, in milliseconds.
const checkTime = 8

// showCheck opens the check in place of the pad.
func (g *Game) showCheck() {
	g.state.EndStroke()
	g.checks, g.open = true, behind{}
	g.teachY = g.scroll
	g.turnTo("back", 0)
}

// showPad goes back to the page to draw on, scrolled as it was.
func (g *Game) showPad() {
	g.checks, g.asked = false, false // what could not be done in the check is no answer to the pad
	g.turnTo("check", g.teachY)
	g.spoken = g.verdict.Spoken
	g.host.Mirror(g.layout.mirror(g.scroll, g.spoken))
}

// turnTo lays out the other screen and gives the control called id the keyboard.
func (g *Game) turnTo(id string, scroll float64) {
	g.pointer, g.velocity, g.toast = pointer{}, 0, ""
	if g.checks {
		g.checkOn(g.host.Now())
	}
	g.relayout()
	g.scrollBy(scroll - g.scroll)
	g.host.Focus(id)
}

// checkOn goes on with the check for a part of a frame, and asks for another frame while it is not done.
func (g *Game) checkOn(now float64) {
	was := g.state.Check().Done
	for {
		more, err := g.state.CheckNext()
		if err != nil {
			g.toast = refusal(err).Spoken
			g.damageAll()
			return
		}
		if !more {
			break
		}
		if g.host.Now()-now >= checkTime {
			Wake()
			break
		}
	}
	c := g.state.Check()
	if c.Done != was {
		g.stale = true
	}
	if words := checkSpoken(c); words != g.spoken {
		g.spoken, g.stale = words, true
	}
}

// arrangeCheck lays out the check as it stands.
func (g *Game) arrangeCheck() *Layout {
	c := g.state.Check()
	s := checkScene{
		board: g.state.Board(), canUndo: g.state.CanUndo(), check: c,
		strictness: g.state.Strictness(), own: g.state.OwnStrictness(), open: g.open,
	}
	if !c.Whole() && len(c.Shots) > 1 {
		s.room = g.scroll + g.screen.H // so that the page does not jump while an act is checked anew
	}
	return arrangeCheck(s, g.screen)
}

// setStrictness moves the slider.
func (g *Game) setStrictness(step int) {
	if step == g.state.Strictness() {
		return
	}
	g.state.SetStrictness(step)
	g.asked, g.stale = false, true
}

// activateCheck does what a control of the check is for.
func (g *Game) activateCheck(n *Node) {
	switch n.Kind {
	case KindCheck:
		g.showCheck()
	case KindBack:
		g.showPad()
	case KindReset:
		g.setStrictness(g.state.OwnStrictness())
	case KindOpen:
		g.open = n.Behind
		g.relayout()
		if rows := g.layout.Check.Rows; len(rows) > 0 {
			g.revealRect(rows[0].Rect)
		}
	case KindMove:
		c, _ := g.state.Class(n.Class)
		g.judged(g.state.MoveShot(n.Shot, n.Class), "Moved to "+c.Name+". Undo takes it back")
	case KindDrop:
		g.judged(g.state.DeleteShot(n.Shot), "Example deleted. Undo brings it back")
	}
}

// judged ends an act of the check, and says what it was.
func (g *Game) judged(err error, toast string) {
	if g.done(err) {
		g.toast = toast
	} else {
		g.toast = refusal(err).Spoken
	}
}
