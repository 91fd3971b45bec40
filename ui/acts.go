package ui

import (
	"strconv"

	"oneshot/ui/state"
)

// activate does what a control is for.
func (g *Game) activate(n *Node) {
	if n.Disabled {
		return
	}
	switch n.Kind {
	case KindUndo:
		g.done(g.state.Undo())
	case KindRedo:
		g.done(g.state.Redo())
	case KindClear:
		g.state.ClearPad()
		g.done(nil)
	case KindMenu:
		g.openMenu(n.ID)
	case KindBack:
		g.back()
	case KindAction:
		n.Action.Do(g)
	case KindAdd:
		g.addClass()
	case KindHead:
		g.done(g.state.NextHead())
	case KindTeach:
		g.teach(n.Class)
	case KindWas:
		c, _ := g.state.Class(n.Class)
		if g.teach(n.Class) {
			g.tell(g.words.Say("Added to {class}. Undo takes it back", c.Name))
		}
	case KindRename:
		g.rename(n.Class)
	case KindMore:
		g.show(&classScene{class: n.Class}, n.ID)
	case KindShot:
		g.show(&shotScene{shot: n.Shot}, n.ID)
	default:
		g.activateCheck(n)
	}
}

// done ends an act: everything is judged and drawn anew, or the error is explained. It reports
// whether the act succeeded.
func (g *Game) done(err error) bool {
	g.toast = ""
	g.strokeEnd = 0
	g.damageAll()
	if err != nil {
		g.asked = true
		g.say(refusal(g.words, err))
		return false
	}
	g.asked, g.stale = false, true
	g.askFrom = g.frame + 1
	return true
}

// teach makes the pad an example of a class and scrolls to it. It reports whether it could.
func (g *Game) teach(id state.ClassID) bool {
	if !g.done(g.state.Teach(id)) {
		return false
	}
	g.relayout()
	if c, ok := g.state.Class(id); ok && len(c.Shots) > 0 {
		g.reveal("shot:" + strconv.Itoa(int(c.Shots[len(c.Shots)-1].ID)))
	}
	return true
}

func (g *Game) addClass() {
	id, err := g.state.AddClass()
	if !g.done(err) {
		return
	}
	g.relayout()
	g.reveal(g.nodeOf(KindTeach, id))
	g.rename(id) // a new class wants a name; leaving the field keeps the fresh one
}

// rename opens the text field over a class's name.
func (g *Game) rename(id state.ClassID) {
	c, ok := g.state.Class(id)
	if !ok || g.locked() {
		return
	}
	g.editing = id
	g.edit(g.nodeOf(KindRename, id), c.Name, g.words.Say("Name of {class}", c.Name))
}

func (g *Game) nodeOf(k Kind, id state.ClassID) string {
	for i := range g.layout.Nodes {
		if n := &g.layout.Nodes[i]; n.Kind == k && n.Class == id {
			return n.ID
		}
	}
	return ""
}

// retrace undoes or redoes by the keyboard. A scene that has no control for it does not show what would change.
func (g *Game) retrace(control string, act func() error) {
	if n := g.layout.node(control); g.scene() == nil || n != nil && !n.Disabled {
		g.done(act())
	}
}

// key does what a key press means. Keys pressed on a focused twin other than the pad arrive as
// Activate instead where they are Enter and Space.
func (g *Game) key(e *Event) {
	if !e.Command && g.scene() != nil {
		if e.Key == "Escape" {
			g.back()
		} else if s, ok := g.scene().(interface{ key(g *Game, key string) }); ok {
			s.key(g, e.Key)
		}
		return
	}
	if e.Command {
		switch {
		case e.Key == "y", (e.Key == "z" || e.Key == "Z") && e.Shift:
			g.retrace("redo", g.state.Redo)
		case e.Key == "z", e.Key == "Z":
			g.retrace("undo", g.state.Undo)
		}
		return
	}
	if e.Text != "" && e.Text != "pad" {
		return // the keys of the pad must not surprise who is at another control
	}
	switch k := e.Key; {
	case k == " ":
		g.state.ClearPad()
		g.done(nil)
	case k == "Enter":
		g.done(nil)
	case len(k) == 1 && k[0] >= '1' && k[0] <= '9':
		if i := int(k[0] - '1'); i < len(g.state.Board().Classes) {
			g.teach(g.state.Board().Classes[i].ID)
		}
	}
}
