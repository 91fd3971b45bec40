package ui

// checkTime is how much of a frame at least goes into a check that is not done yet, in milliseconds.
const checkTime = 8

// workTime is how much of this frame goes into work that is not done: a little, but where frames take long anyway,
// as without a graphics card, a part of what they take.
func (g *Game) workTime(now float64) float64 {
	return min(max(checkTime, (now-g.lastFrame)/4), 40)
}

// checkScene is the check of what was taught.
type checkScene struct {
	open behind // the drawings that it shows
}

func (s *checkScene) arrange(g *Game) *Layout {
	c := g.state.Check()
	in := checkInput{
		board: g.state.Board(), canUndo: g.state.CanUndo(), check: c,
		strictness: g.state.Strictness(), own: g.state.OwnStrictness(), open: s.open,
	}
	if !c.Whole() && len(c.Shots) > 1 {
		in.room = g.scroll + g.screen.H // so that the page does not jump while an act is checked anew
	}
	return arrangeCheck(in, g.screen)
}

// step asks about more examples for a part of a frame, and for another frame while that is not done.
func (s *checkScene) step(g *Game, now float64) string {
	was := g.state.Check().Done
	for {
		more, err := g.state.CheckNext()
		if err != nil {
			g.toast = refusal(g.words, err).Spoken
			g.damageAll()
			return g.toast
		}
		if !more {
			break
		}
		if g.host.Now()-now >= g.workTime(now) {
			Wake()
			break
		}
	}
	c := g.state.Check()
	if c.Done != was {
		g.stale = true
	}
	return checkSpoken(g.words, c)
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
		g.show(&checkScene{}, n.ID)
	case KindReset:
		g.setStrictness(g.state.OwnStrictness())
	case KindOpen:
		g.openBehind(n.Behind)
	case KindMove:
		c, _ := g.state.Class(n.Class)
		g.judged(g.state.MoveShot(n.Shot, n.Class), g.words.Say("Moved to {class}. Undo takes it back", c.Name))
	case KindDrop:
		g.judged(g.state.DeleteShot(n.Shot), g.words.Say("Example deleted. Undo brings it back"))
	}
}

// opener is a scene with a confusion matrix, which shows the drawings behind a cell.
type opener interface{ openBehind(b behind) }

func (s *checkScene) openBehind(b behind) { s.open = b }

// openBehind shows the drawings behind a cell and scrolls to them.
func (g *Game) openBehind(b behind) {
	s, ok := g.scene().(opener)
	if !ok {
		return
	}
	s.openBehind(b)
	g.relayout()
	if rows := g.layout.Check.Rows; len(rows) > 0 {
		g.revealRect(rows[0].Rect)
	}
}

// judged ends an act of the check, and says what it was.
func (g *Game) judged(err error, toast string) {
	if g.done(err) {
		g.tell(toast)
	} else {
		g.tell(refusal(g.words, err).Spoken)
	}
}
