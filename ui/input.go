package ui

import (
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/ui/state"
)

// pointer is what pointers do at the moment. One pointer acts at a time: while a pen or finger draws,
// a palm that comes down beside it does nothing.
type pointer struct {
	active  bool
	id      int
	drawing bool   // on the pad
	press   string // the control it went down on
	device  Device
	x, y    float64 // where it went down
	lastY   float64
	lastT   float64
	scrolls bool
	slides  bool // the slider
	inList  bool
	hover   string // the control under the mouse
}

// slop is how far a finger may move on a button before it scrolls instead, in layout units.
const slop = 9

// handle takes in one event.
func (g *Game) handle(e *Event) {
	switch e.Kind {
	case PointerDown:
		g.pointerDown(e)
	case PointerMove:
		g.pointerMove(e)
	case PointerUp, PointerCancel:
		g.pointerUp(e)
	case PointerLeave:
		g.hoverOver("")
	case Wheel:
		if g.editing == 0 && g.layout.List.Contains(e.X, e.Y) {
			g.velocity = 0
			g.scrollBy(e.DeltaY)
		}
	case Key:
		g.key(e)
	case Activate:
		if n := g.layout.node(e.Text); n != nil {
			g.activate(n)
		}
	case Focused:
		g.reveal(e.Text)
	case Slid:
		if g.layout.node(e.Text) != nil {
			g.setStrictness(e.Value)
		}
	case EditDone:
		id, naming := g.editing, g.naming
		g.closeField()
		g.damageAll()
		if naming != nil {
			naming(e.Text)
		}
		if _, ok := g.state.Class(id); ok {
			g.done(g.state.Rename(id, e.Text))
		}
	case EditCancelled:
		g.closeField()
		g.damageAll()
	case FileChosen:
		if s, ok := g.scene().(fileTaker); ok {
			s.take(g, e)
			break
		}
		g.load(e)
	case FilesOver:
		g.holdOver(g.classAt(e.X, e.Y))
	case FilesAway:
		g.holdOver(0)
	case PicturesGiven:
		g.receive(e.Batch)
	case PicturesReading:
		g.reading(e.Batch)
	case CameraFrame:
		g.cameraFrame(e)
	case CameraGone:
		g.cameraGone(e)
	case PicturesRead:
		g.takePictures(e.Batch)
	case Arrived:
		g.arrive(e.Text)
	case Changed:
		g.texts.reset()
		g.damage.distrust()
		g.stale = true
	}
}

func (g *Game) pointerDown(e *Event) {
	p := &g.pointer
	if p.active {
		return
	}
	g.velocity = 0
	*p = pointer{active: true, id: e.Pointer, device: e.Device, x: e.X, y: e.Y, lastY: e.Y, lastT: e.Time, hover: p.hover}
	n := g.layout.Hit(e.X, e.Y, g.scroll)
	p.inList = g.layout.List.Contains(e.X, e.Y)
	switch {
	case n == nil:
	case n.Kind == KindPad:
		p.drawing = true
		if g.toast != "" {
			g.toast = ""
			g.damageAll()
		}
		if g.layout.Compact {
			g.scrollBy(-g.scroll) // to the answer
		}
		g.tipPenDown(e.X, e.Y)
		g.state.BeginStroke(g.onPad(e))
		if g.state.Board().Picture != nil {
			g.damage.add(g.layout.Pad) // it makes room
		}
		g.inked = 0
		g.refresh()
	case n.Kind == KindStrict:
		p.press = n.ID
		p.slides = e.Device != Touch // a finger may yet mean to scroll
		g.damageNode(n.ID)
		if p.slides {
			g.setStrictness(g.layout.slider(e.X))
		}
	case !n.Disabled:
		p.press = n.ID
		g.damageNode(n.ID)
	}
}

func (g *Game) pointerMove(e *Event) {
	p := &g.pointer
	if p.active && p.id == e.Pointer {
		switch {
		case p.drawing:
			g.state.ExtendStroke(g.onPad(e))
			g.asked = false
		case p.slides, p.press == "strict" && math.Abs(e.X-p.x) > slop:
			p.slides = true
			g.setStrictness(g.layout.slider(e.X))
		case p.device == Touch && p.inList:
			g.drag(e)
		}
		return
	}
	if e.Device == Touch || p.active {
		return
	}
	id := ""
	if n := g.layout.Hit(e.X, e.Y, g.scroll); n != nil {
		id = n.ID
	}
	g.hoverOver(id)
}

// drag scrolls the list by a finger once it has moved beyond the slop.
func (g *Game) drag(e *Event) {
	p := &g.pointer
	if !p.scrolls {
		if math.Abs(e.Y-p.y) <= slop {
			return
		}
		p.scrolls = true
		g.damageNode(p.press)
		p.press = ""
		p.lastY = e.Y
	}
	dy := p.lastY - e.Y
	g.scrollBy(dy)
	if dt := e.Time - p.lastT; dt > 0 {
		g.velocity = 0.7*dy/dt + 0.3*g.velocity
	}
	p.lastY, p.lastT = e.Y, e.Time
}

func (g *Game) pointerUp(e *Event) {
	p := &g.pointer
	if !p.active || p.id != e.Pointer {
		return
	}
	was := *p
	*p = pointer{hover: was.hover}
	switch {
	case was.drawing:
		g.liftPen(e)
	case was.scrolls:
		if g.screen.Still || e.Kind == PointerCancel || e.Time-was.lastT > 60 {
			g.velocity = 0
		}
	case was.press == "strict" && e.Kind == PointerUp:
		g.setStrictness(g.layout.slider(e.X))
		g.damageNode(was.press)
	case was.press != "":
		g.damageNode(was.press)
		if n := g.layout.Hit(e.X, e.Y, g.scroll); n != nil && n.ID == was.press && e.Kind == PointerUp {
			if n.Action.At != nil {
				n.Action.At(g, e.X, e.Y)
				break
			}
			g.activate(n)
		}
	}
	if e.Device == Touch {
		g.hoverOver("")
	}
}

// liftPen ends the stroke. A pointer that the system took away leaves its stroke on the pad if it is
// long enough to be one, so that nothing drawn is lost, and nothing if it was a palm's touch.
func (g *Game) liftPen(e *Event) {
	if e.Kind == PointerUp {
		g.state.ExtendStroke(g.onPad(e))
	}
	if g.closeTipByTap() || e.Kind == PointerCancel && span(g.state.Pen()) < 0.03 {
		g.damage.add(g.layout.Pad)
		g.state.CancelStroke()
	}
	g.damage.add(g.reach(g.state.Pen())) // once more as a whole: its end was provisional
	g.state.EndStroke()
	g.strokeEnd = e.Time
	g.refresh()
}

// span is the larger side of a stroke's bounding box.
func span(s state.Stroke) float32 {
	if len(s) == 0 {
		return 0
	}
	lo, hi := s[0], s[0]
	for _, p := range s {
		lo.X, lo.Y = min(lo.X, p.X), min(lo.Y, p.Y)
		hi.X, hi.Y = max(hi.X, p.X), max(hi.Y, p.Y)
	}
	return max(hi.X-lo.X, hi.Y-lo.Y)
}

// onPad is where an event's pointer stands on the pad.
func (g *Game) onPad(e *Event) state.Point {
	pad := g.layout.Pad
	return state.Point{X: float32((e.X - pad.X) / pad.W), Y: float32((e.Y - pad.Y) / pad.H), Pressure: float32(e.Pressure)}
}

func (g *Game) hoverOver(id string) {
	if id == g.pointer.hover {
		return
	}
	before := g.pointer.hover
	g.pointer.hover = id
	shape := ebiten.CursorShapeDefault
	if n := g.layout.node(id); n != nil && !n.Disabled {
		shape = ebiten.CursorShapePointer
		if n.Kind == KindPad {
			shape = ebiten.CursorShapeCrosshair
		}
	}
	ebiten.SetCursorShape(shape)
	for _, id := range [...]string{before, id} {
		if id != "pad" {
			g.damageNode(id)
		}
	}
}
