package ui

import (
	"oneshot/ui/state"
)

// receive settles what a batch is for while the page is as the user saw it: reading may take a while.
func (g *Game) receive(b *Batch) {
	if b.Dropped {
		b.To = g.classAt(b.X, b.Y)
	}
	g.showPad()
}

// reading shows how far the reading of a batch has come.
func (g *Game) reading(b *Batch) {
	if b.Files < 2 {
		return // it is there before anybody can read this
	}
	g.toast = b.progress(g.words)
	g.damage.add(Rect{0, g.screen.H - 64, g.screen.W, 64})
}

// takePictures does with a batch what it was dropped, pasted or picked for, whatever is shown meanwhile. One picture that is meant for no
// class is asked about on the pad; all others become examples: of the class that they were dropped on or
// picked for, of the class that is called like their folder, or of a new one.
func (g *Game) takePictures(b *Batch) {
	g.toast = ""
	if b.To == 0 && len(b.loose) > 0 && (b.OnPad || len(b.loose) == 1 && len(b.groups) == 0) {
		g.state.ShowPicture(b.first)
		g.done(nil)
		if refused := b.refused(g.words, len(b.loose)-1); refused != "" {
			g.ask(g.host.Now())
			g.tell(refused)
		}
		return
	}
	all := b.groups
	if len(b.loose) > 0 {
		all = append(all[:len(all):len(all)], state.Pictures{Class: b.To, Inputs: b.loose})
	}
	got, unfit, err := g.state.AddPictures(all)
	if !g.done(err) {
		return
	}
	refused := b.refused(g.words, unfit)
	if len(got) == 0 {
		g.explain(trouble(g.words.Say("No picture was added"), refused+" "+g.words.Say("Nothing on the page has changed.")))
		return
	}
	n := len(b.loose) - unfit
	for _, p := range b.groups {
		n += len(p.Inputs)
	}
	added := g.words.Count(n, "{n} picture added to {class}|{n} pictures added to {class}", g.named(got))
	g.relayout()
	g.reveal(g.nodeOf(KindTeach, got[0]))
	if refused == "" {
		undo := g.words.Say("Undo takes them back")
		if n == 1 {
			undo = g.words.Say("Undo takes it back")
		}
		g.tell(added + ". " + undo)
		return
	}
	g.explain(hint(added, refused+" "+g.words.Say("Undo takes back what was added.")))
}

// explain says what has become of a batch in place of the answer, or at the foot of a scene.
func (g *Game) explain(v Verdict) {
	if g.scene() != nil {
		g.tell(v.Spoken)
		return
	}
	g.asked = true
	g.say(v)
}

// named is the name of a class, or how many there are.
func (g *Game) named(ids []state.ClassID) string {
	if len(ids) == 1 {
		c, _ := g.state.Class(ids[0])
		return c.Name
	}
	return g.words.Count(len(ids), "{n} class|{n} classes")
}

// holdOver marks the class that files are held over.
func (g *Game) holdOver(id state.ClassID) {
	if id == g.dropOn {
		return
	}
	for i := range g.layout.Cards {
		if c := &g.layout.Cards[i]; c.Class == id || c.Class == g.dropOn {
			g.damage.add(g.layout.onScreen(c.Rect, g.scroll))
		}
	}
	g.dropOn = id
}

// classAt is the class whose card is seen at a point of the screen, or 0.
func (g *Game) classAt(x, y float64) state.ClassID {
	if g.layout.List.Contains(x, y) {
		for i := range g.layout.Cards {
			if c := &g.layout.Cards[i]; g.layout.onScreen(c.Rect, g.scroll).Contains(x, y) {
				return c.Class
			}
		}
	}
	return 0
}
