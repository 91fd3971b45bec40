package ui

import (
	"errors"
	"image"
	"strconv"
	"strings"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// cameraScene asks and teaches by holding drawings on paper before a camera.
type cameraScene struct {
	video  Rect // where the camera's picture stands
	answer Rect // of the list: what it is taken for

	image   image.Image
	in      prep.Input // what the network sees of it
	seen    bool       // in is there
	shown   []uint8    // a copy of in to draw, new with each frame
	ink     seenInk
	verdict Verdict
	err     error // why the camera shows nothing
	reason  string
	cameras int
	held    bool    // the button that is held has taught
	heldAt  float64 // when it did last
	lead    string  // what the frame before was taken for
	spoken  string
}

// Holding a button teaches again and again, after a while and at intervals, in milliseconds.
const (
	holdAfter = 700
	holdEvery = 450
)

// teachByCamera begins the names of the controls that can be held.
const teachByCamera = "camera:teach:"

// openCamera opens the scene.
func (g *Game) openCamera(from string) {
	s := &cameraScene{spoken: g.words.Say("Camera. Hold a drawing in the square.")}
	s.verdict = hint(g.words.Say("Starting the camera"), g.words.Say("The browser may ask whether this page may use it."))
	g.show(s, from)
}

// aimCamera runs the camera while it is shown, and not longer.
func (g *Game) aimCamera() {
	if s, ok := g.scene().(*cameraScene); ok {
		g.host.Camera(s.video)
	} else {
		g.host.CameraOff()
	}
}

func (s *cameraScene) arrange(g *Game) *Layout {
	sc := g.screen
	l, at := sheet(g.words.Say("Camera"), 980, sc)
	w := float64(touch)
	if l.Wide {
		w = toolWidth(g.words.Say("Undo"))
	}
	undo := Rect{l.Header.right() - w, 8, w, touch}
	if undo.X > l.node("back").Rect.right() {
		l.button(KindUndo, "undo", g.words.Say("Undo"), undo, !g.state.CanUndo())
		l.Sheet.Title.W = undo.X - 8 - l.Sheet.Title.X
	}
	if sc.W >= 480 && sc.W >= sc.H*1.05 {
		side := max(min(sc.H-60-76, at.W*0.52), 120) // a word at the foot of the page stays seen
		s.video = Rect{at.X, 64, side, side}
		at.X, at.W = at.X+side+20, at.W-side-20
		l.List = Rect{at.X, 60, at.W, sc.H - 60}
		at.Y = 4
	} else {
		side := max(min(at.W, sc.H*0.4), 120)
		s.video = Rect{(sc.W - side) / 2, 60, side, side}
		l.List.Y = s.video.bottom() + 8
		l.List.H = sc.H - l.List.Y
		at.Y = 4
	}
	s.answer = Rect{at.X, at.Y, at.W, cameraAnswer}
	switch {
	case at.W < tight:
		s.answer.H = 236
	case at.W < 340:
		s.answer.H = 108 // a third line of words
	}
	l.Answer = l.onScreen(s.answer, 0)
	at.Y = s.answer.bottom() + 10
	at = s.buttons(l, at)
	var rows []Node
	for _, c := range g.state.Board().Classes {
		name := g.words.Say("Teach {class}", c.Name)
		rows = append(rows, Node{
			ID: teachByCamera + strconv.Itoa(int(c.ID)), Name: name, Label: name, Class: c.ID, Disabled: !s.seen,
			Action: Action{Icon: iconPlus, Detail: g.words.Say("{examples}. Hold for several", soFar(g.words, len(c.Shots))), Do: func(g *Game) { s.press(g, c.ID) }},
		})
	}
	if len(rows) > 0 {
		at = l.rows(at, rows...)
	}
	l.Content = at.Y + 8
	return l
}

// buttons places what the camera's picture can be used for besides teaching.
func (s *cameraScene) buttons(l *Layout, at Rect) Rect {
	pad := Node{ID: "camera:pad", Name: l.Screen.Words.Say("Put it on the pad"), Label: l.Screen.Words.Say("Put on the pad"), Disabled: !s.seen,
		Action: Action{Style: StylePrimary, Icon: iconMove, Do: s.toPad}}
	var other Node
	switch {
	case s.err != nil:
		other = Node{ID: "camera:again", Name: l.Screen.Words.Say("Try the camera again"), Label: l.Screen.Words.Say("Try again"), Action: Action{Style: StyleButton, Icon: iconCamera, Do: s.again}}
	case s.cameras > 1:
		other = Node{ID: "camera:other", Name: l.Screen.Words.Say("Other camera"), Label: l.Screen.Words.Say("Other camera"), Action: Action{Style: StyleButton, Icon: iconCamera, Do: func(g *Game) { g.host.NextCamera() }}}
	}
	pad.Rect = Rect{at.X, at.Y, at.W, touch}
	switch {
	case other.ID == "":
	case at.W >= 320:
		pad.Rect.W = (at.W - 10) / 2
		other.Rect = pad.Rect.moved(pad.Rect.W+10, 0)
	default:
		other.Rect = pad.Rect.moved(0, touch+8)
	}
	l.action(pad)
	at.Y = pad.Rect.bottom() + 14
	if other.ID != "" {
		l.action(other)
		at.Y = other.Rect.bottom() + 14
	}
	return at
}

func (s *cameraScene) step(*Game, float64) string { return s.spoken }

// toPad puts what is seen on the pad, to be asked about there.
func (s *cameraScene) toPad(g *Game) {
	p, err := state.See(s.image)
	if err != nil {
		return
	}
	g.state.ShowPicture(p)
	g.showPad()
	g.done(nil)
}

// key does what the key does on the pad, with what the camera sees.
func (s *cameraScene) key(g *Game, key string) {
	if len(key) == 1 && key[0] >= '1' && key[0] <= '9' {
		if i := int(key[0] - '1'); i < len(g.state.Board().Classes) {
			s.teach(g, g.state.Board().Classes[i].ID)
		}
	}
}

// again starts the camera once more.
func (s *cameraScene) again(g *Game) {
	s.err = nil
	s.verdict = hint(g.words.Say("Starting the camera"), g.words.Say("The browser may ask whether this page may use it."))
	g.host.CameraOff()
	g.stale = true
}

// press teaches what is seen, if it was not the end of a hold.
func (s *cameraScene) press(g *Game, id state.ClassID) {
	if !s.held {
		s.teach(g, id)
	}
	s.held = false
}

func (s *cameraScene) teach(g *Game, id state.ClassID) {
	if !s.seen {
		return
	}
	got, _, err := g.state.AddPictures([]state.Pictures{{Class: id, Inputs: []prep.Input{s.in}}})
	if err == nil && len(got) == 0 {
		err = state.ErrFull
	}
	c, _ := g.state.Class(id)
	g.done(nil)
	said := g.words.Say("Example {n} of {class}. Undo takes it back", len(c.Shots), c.Name)
	if err != nil {
		said = refusal(g.words, err).Spoken
	}
	g.tell(said)
}

// cameraFrame takes in what the camera sees.
func (g *Game) cameraFrame(e *Event) {
	s, ok := g.scene().(*cameraScene)
	if !ok || e.Snapshot == nil {
		return
	}
	hadSeen, hadErr, had := s.seen, s.err, s.cameras
	s.err, s.cameras = nil, e.Snapshot.Cameras
	s.look(g, e.Snapshot)
	if hadSeen != s.seen || hadErr != nil || had != s.cameras {
		g.stale = true
	}
	g.damage.add(g.layout.onScreen(s.answer, g.scroll))
	s.hold(g, e.Time)
}

// hold teaches again and again while a button is held. It goes by the times of the events: where frames are slow, the
// finger may have been lifted by the time that this is looked at.
func (s *cameraScene) hold(g *Game, now float64) {
	p := &g.pointer
	n := g.layout.node(p.press)
	if !p.active || n == nil || !strings.HasPrefix(n.ID, teachByCamera) {
		s.held = false
		return
	}
	if now-p.lastT >= holdAfter && now-s.heldAt >= holdEvery {
		s.held, s.heldAt = true, now
		s.teach(g, n.Class)
	}
}

// look asks about a snapshot.
func (s *cameraScene) look(g *Game, shot *Snapshot) {
	in, err := prep.FromImage(shot.Image)
	s.image = shot.Image
	s.seen = err == nil
	switch {
	case errors.Is(err, prep.ErrSpeck):
		s.verdict = hint(g.words.Say("Closer, please"), g.words.Say("Fill the square with the drawing."))
	case err != nil:
		s.verdict = hint(g.words.Say("Show it a drawing"), g.words.Say("Hold it in the square: ink on paper or chalk on a board."))
	default:
		s.in, s.shown = in, in[:]
		a, err := g.state.AskAbout(&s.in)
		s.verdict = judge(g.words, g.state, a, err)
		if errors.Is(err, state.ErrUntaught) {
			s.verdict = guide(1, g.words.Say("Now give it a name"), g.words.Say("Press Teach on one of the classes. One example is enough."))
		}
	}
	if s.verdict.Title == s.lead && s.verdict.Spoken != s.spoken && !strings.HasPrefix(s.spoken, s.lead+",") {
		s.spoken = s.verdict.Spoken // what is said stands for two frames, and only what it is is said anew
	}
	s.lead = s.verdict.Title
}

// cameraGone explains why the camera shows nothing.
func (g *Game) cameraGone(e *Event) {
	s, ok := g.scene().(*cameraScene)
	if !ok {
		return
	}
	s.seen, s.err = false, e.Err
	title, detail := cameraWords(g.words, e.Err)
	s.verdict = trouble(title, g.words.Say("Drawing and pictures still work."))
	s.reason = detail
	s.spoken, s.lead = title+". "+detail, ""
	g.stale = true
}
