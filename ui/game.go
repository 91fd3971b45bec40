package ui

import (
	"errors"

	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/engine/prep"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// askEvery is the least time between two answers while the pen is down, in milliseconds.
const askEvery = 100

// Game is the page as an ebiten.Game.
type Game struct {
	host  Host
	state *state.State
	words *words.Catalogue // nil for English

	screen   Screen
	layout   *Layout
	theme    *Theme
	texts    *textCache
	paint    *Painter
	pictures pictures
	padInk   padInk
	dropOn   state.ClassID // the class that files are held over
	verdict  Verdict
	spoken   string

	damage   damage
	stale    bool // the layout no longer fits the state
	mirrored bool // the mirror fits the layout and what was said
	ready    bool
	inked    int // points of the pen's stroke that are drawn
	events   []Event
	toast    string  // what was done
	toastEnd float64 // when it goes; 0 if something else takes it away
	editing  state.ClassID
	fieldOn  string            // the control that the text field lies over
	naming   func(name string) // what the text field is for, if not for a class

	kept    *kept     // nil if nothing is kept
	address Address   // nil if there are no links
	kiosk   *attended // nil but in a public place
	tongues Tongues   // nil if there is nothing to choose
	gesture bool      // the events of this frame show that the user is at work

	lab    *lab // to explain with; nil if there is none
	tour   tour
	scenes []shown // what is shown in place of the pad, each opened from the one before; empty for the pad

	pointer   pointer
	scroll    float64
	velocity  float64 // of the list after a flick, units a millisecond
	lastFrame float64
	lastAsk   float64
	asked     bool    // the answer fits the pad
	frame     int     // counts them
	askFrom   int     // the first frame that may ask: what an act has changed is drawn before its answer is
	strokeEnd float64 // when the stroke ended whose answer is not drawn yet; 0 if there is none
}

// New makes the page for a host. It fails only if the GPU programs do not compile.
func New(h Host, s *state.State) (*Game, error) {
	texts := newTextCache(h)
	paint, err := newPainter(texts)
	if err != nil {
		return nil, err
	}
	g := &Game{host: h, state: s, texts: texts, paint: paint, pictures: pictures{}, tour: tour{memory: &briefly{}}}
	g.refresh()
	return g, nil
}

// Wake asks for a frame. The host calls it when it has an event.
func Wake() {
	//lint:ignore SA1019 see Run
	ebiten.ScheduleFrame()
}

// Run shows the page until it fails.
func (g *Game) Run() error {
	// Frames run only when something has happened: an idle page costs nothing. What Ebitengine
	// recommends instead, SetScreenClearedEveryFrame, saves the drawing but not the frame.
	//lint:ignore SA1019 see above
	ebiten.SetFPSMode(ebiten.FPSModeVsyncOffMinimum)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	ebiten.SetScreenClearedEveryFrame(false)
	return ebiten.RunGameWithOptions(g, &ebiten.RunGameOptions{DisableHiDPI: true, SingleThread: true})
}

// LayoutF implements ebiten.LayoutFer: the host gives the size in device pixels, one to one.
func (g *Game) LayoutF(w, h float64) (float64, float64) { return w, h }

// Layout implements ebiten.Game; LayoutF stands in for it.
func (g *Game) Layout(w, h int) (int, int) { return w, h }

// Update implements ebiten.Game: what happened changes the state.
func (g *Game) Update() error {
	now := g.host.Now()
	g.frame++
	if sc := g.seen(); sc != g.screen {
		g.screen = sc
		g.theme = lightTheme()
		if sc.Dark {
			g.theme = darkTheme()
		}
		g.stale = true
		g.damage.distrust()
	}
	g.stepKiosk(now)
	g.takeEvents()
	g.endToast(now)
	g.coast(now)
	if g.frame < g.askFrom {
		Wake()
	} else if g.studied(now) && !g.asked && (!g.state.Drawing() || now-g.lastAsk >= askEvery) {
		g.ask(now)
	}
	if g.scene() != nil {
		g.stepScene(now)
	}
	g.keepUp()
	if g.stale {
		g.relayout()
	}
	g.alarm(now)
	g.reflect()
	g.lastFrame = now
	return nil
}

// takeEvents takes in what has happened.
func (g *Game) takeEvents() {
	g.gesture = false
	g.events = g.host.Events(g.events[:0])
	for i := range g.events {
		if g.stale {
			g.relayout() // an event is hit-tested on what its act found
		}
		g.gesture = g.gesture || g.events[i].Kind == PointerUp || g.events[i].Kind == Activate
		if !g.attend(&g.events[i]) {
			g.handle(&g.events[i])
		}
	}
}

// Draw implements ebiten.Game: it draws what has changed.
func (g *Game) Draw(screen *ebiten.Image) {
	if g.layout == nil {
		return
	}
	g.paint.begin(screen, g.screen.Density, g.theme.Ink, g.theme.Surface)
	for _, r := range g.damage.take() {
		g.paint.clip(r, g.drawLit)
	}
	g.drawPen()
	g.paint.flush()
	g.paint.texts.trim()
	g.pictures.trim()
	if g.strokeEnd > 0 && g.asked {
		g.host.Answered(g.strokeEnd)
		g.strokeEnd = 0
	}
	if !g.ready {
		g.ready = true
		g.host.Ready()
	}
}

// DrawFinalScreen implements ebiten.FinalScreenDrawer. The picture covers the screen one to one, so
// it is copied without filter or blending, and where the screen keeps what it shows, only the parts
// that have changed: without a graphics card this is most of a frame's cost.
func (g *Game) DrawFinalScreen(screen ebiten.FinalScreen, offscreen *ebiten.Image, geoM ebiten.GeoM) {
	if g.seen() != g.screen {
		g.damage.distrust() // it was emptied after Update
	}
	for _, part := range g.damage.copies(offscreen.Bounds(), g.screen) {
		op := &ebiten.DrawImageOptions{Blend: ebiten.BlendCopy}
		op.GeoM.Translate(float64(part.Min.X), float64(part.Min.Y))
		op.GeoM.Concat(geoM)
		screen.DrawImage(offscreen.SubImage(part).(*ebiten.Image), op)
	}
}

// refresh asks for a new answer, and for a new layout where the state calls for one.
func (g *Game) refresh() {
	g.asked = false
	if l := g.layout; l == nil || l.canUndo != g.state.CanUndo() || l.canRedo != g.state.CanRedo() || l.ink != g.state.Ink() {
		g.stale = true
		g.askFrom = g.frame + 1
	}
}

// studyFor is how long of each frame goes into looking at examples that were opened, in milliseconds.
const studyFor = 10

// studied reports whether the learner has looked at every example, after it has gone on with that for a part of a frame.
func (g *Game) studied(now float64) bool {
	left, err := g.state.Study(func() bool { return g.host.Now()-now < studyFor })
	if err != nil {
		g.say(trouble(g.words.Say("That did not work"), g.words.Say("Nothing was lost. ({error})", err)))
		return false
	}
	if left == 0 {
		return true
	}
	if !g.asked && g.state.Ink() {
		g.say(hint(g.words.Say("One moment"), g.words.Say("It is still looking at your examples.")))
	}
	Wake()
	return false
}

// ask lets the learner judge the pad.
func (g *Game) ask(now float64) {
	g.asked, g.lastAsk = true, now
	a, err := g.state.Ask()
	if g.state.Drawing() && (errors.Is(err, prep.ErrSpeck) || errors.Is(err, prep.ErrBlank)) {
		return // the stroke has only begun: what was said still stands
	}
	g.say(judge(g.words, g.state, a, err))
}

// say shows a verdict.
func (g *Game) say(v Verdict) {
	was := &g.verdict
	if g.layout != nil {
		if v.Kind == Answered || v.Title != was.Title || v.Detail != was.Detail {
			g.damage.add(g.layout.answerOnScreen(g.scroll))
		}
		if v.sure() != was.sure() {
			g.damageAll() // the Teach buttons
		}
		if v.Lead != was.Lead || v.Nearest.ID != was.Nearest.ID {
			g.damageCards(was) // the cards mark who leads and what is nearest
			g.damageCards(&v)
		}
	}
	g.verdict = v
	if g.scene() != nil {
		return // it has something else to say
	}
	if g.state.Drawing() {
		return
	}
	offered := g.layout != nil && g.offers(&v)
	if g.spoken != v.Spoken || offered {
		g.spoken = v.Spoken
		if g.layout != nil {
			g.mirror()
		}
	}
}

// damageCards marks the cards that a verdict points at.
func (g *Game) damageCards(v *Verdict) {
	near, _, _ := g.state.FindShot(v.Nearest.ID)
	for i := range g.layout.Cards {
		if c := &g.layout.Cards[i]; c.Class == v.Lead || c.Class == near.ID {
			g.damage.add(g.layout.onScreen(c.Rect, g.scroll))
		}
	}
}

// damageNode marks a control.
func (g *Game) damageNode(id string) {
	if n := g.layout.node(id); n != nil {
		r := n.Rect
		if n.InList {
			r = g.layout.onScreen(r, g.scroll)
		}
		g.damage.add(r)
	}
}

func (g *Game) damageAll() { g.damage.add(Rect{0, 0, g.screen.W, g.screen.H}) }

// relayout arranges the page anew.
func (g *Game) relayout() {
	g.stale = false
	if s := g.scene(); s != nil {
		g.layout = s.arrange(g)
	} else {
		g.layout = arrange(g.state.Board(), g.state.CanUndo(), g.state.Ink(), g.state.Head(), g.screen)
		g.offers(&g.verdict)
		g.markKept()
	}
	g.enforce()
	g.layout.redoable(g.state.CanRedo())
	g.scroll = min(max(g.scroll, 0), g.layout.maxScroll())
	g.keepField()
	g.mirror()
	g.aimCamera()
	g.damageAll()
}

// query is the drawing on the pad, the stroke that is being drawn included.
func (g *Game) query() []state.Stroke {
	pad := g.state.Board().Pad
	if pen := g.state.Pen(); len(pen) > 0 {
		pad = append(pad[:len(pad):len(pad)], pen)
	}
	return pad
}

// beads is the line of a stroke on the pad, from a point on.
func (g *Game) beads(s state.Stroke, from int) []bead {
	pad := g.layout.Pad
	return curve(nil, s, from, frame{pad.X, pad.Y, pad.W}, pad.W*inkWidth)
}

// reach is a box that holds a stroke on the pad as it was drawn up to any of its points. A line that is straight
// up to the pen leaves the box of the smooth one at its corners.
func (g *Game) reach(s state.Stroke) Rect {
	pad, line := g.layout.Pad, g.beads(s, 0)
	for _, p := range s {
		x, y := frame{pad.X, pad.Y, pad.W}.at(p)
		line = append(line, bead{x, y, pad.W * inkWidth})
	}
	return around(line)
}

func (g *Game) look(n *Node) look {
	return look{hover: g.pointer.hover == n.ID, pressed: g.pointer.press == n.ID}
}
