package ui

import "time"

// How long a word about what was done stays, in milliseconds. Before the camera it may cover the button that is
// pressed next.
const (
	toastFor       = 8000
	cameraToastFor = 2500
)

// tell says what was done at the foot of the page and to assistive technology, for a while.
func (g *Game) tell(words string) {
	g.toast, g.stale = words, true
	if words == "" {
		return
	}
	d := toastFor
	if _, ok := g.scene().(*cameraScene); ok {
		d = cameraToastFor
	}
	g.toastEnd = g.host.Now() + float64(d)
	time.AfterFunc(time.Duration(d+100)*time.Millisecond, Wake) // surely after its end
}

// endToast takes away what was told when its time is over.
func (g *Game) endToast(now float64) {
	if g.toastEnd > 0 && now >= g.toastEnd {
		g.toast, g.toastEnd, g.stale = "", 0, true
	}
}

// drawToast tells what was done, and that it can be undone.
func (g *Game) drawToast() {
	if g.toast == "" {
		return
	}
	p, t := g.paint, g.theme
	w := min(g.texts.Measure(fontSmall, g.toast).Width+40, g.screen.W-24)
	lines := g.texts.wrap(fontSmall, g.toast, w-24, int((g.screen.H/2-24)/20)) // text may be twice its size on a phone
	h := 24 + 20*float64(len(lines))
	r := Rect{(g.screen.W - w) / 2, g.screen.H - h - 16, w, h}
	p.Box(r, 12, t.Toast)
	for i, line := range lines {
		p.Text(line, fontSmall, Rect{r.X + 12, r.Y + 12 + 20*float64(i), w - 24, 20}, Centre, t.OnToast)
	}
}
