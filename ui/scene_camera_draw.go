package ui

// cameraAnswer is the height of the card with the answer, where its words stand beside what is seen.
const cameraAnswer = 84

// drawBehind draws where the camera's picture will be: the host lays it over this.
func (s *cameraScene) drawBehind(g *Game) {
	p, t := g.paint, g.theme
	if !p.shows(s.video) {
		return
	}
	p.Card(s.video, t)
	size := min(s.video.W*0.3, 96)
	if s.err == nil {
		p.Icon(iconCamera, s.video, size, 1.5, t.Bar)
		return
	}
	p.Icon(iconCamera, s.video.moved(0, -size*0.6), size, 1.5, t.Danger)
	words := Rect{s.video.X + 16, s.video.Y + s.video.H/2 + size*0.2, s.video.W - 32, s.video.H/2 - size*0.2 - 8}
	p.Paragraph(s.reason, fontSmall, words, Centre, t.Text)
}

// draw draws what is seen and what it is taken for.
func (s *cameraScene) draw(g *Game) {
	p, t, v := g.paint, g.theme, &s.verdict
	r := g.layout.onScreen(s.answer, g.scroll)
	if !p.shows(r) {
		return
	}
	p.Card(r, t)
	box := Rect{r.X + 10, r.Y + 10, cameraAnswer - 20, cameraAnswer - 20}
	p.Framed(box, radiusCtl, 1, t.Line, t.Surface)
	if s.seen {
		g.drawSeen(s.ink.texture(s.shown), box.inset(3))
	} else {
		p.Icon(iconScrawl, box, 36, 1.5, t.Bar)
	}
	words := Rect{box.right() + 14, r.Y + 10, r.right() - box.right() - 26, 26}
	if r.W < tight { // one under the other
		words = Rect{box.X, box.bottom() + 8, r.W - 20, 26}
	}
	if v.Kind != Answered {
		h := words.H
		if r.W < tight {
			h = p.Paragraph(v.Title, fontTitle, Rect{words.X, words.Y, words.W, 2 * words.H}, Left, t.Text)
		} else {
			p.Text(v.Title, fontTitle, words, Left, t.Text)
		}
		p.Paragraph(v.Detail, fontSmall, Rect{words.X, words.Y + h, words.W, r.bottom() - words.Y - h - 6}, Left, t.Muted)
		return
	}
	p.Text(v.Title, fontHeading, words, Left, t.Text)
	p.Text(v.Detail, fontLabel, Rect{words.X, words.bottom() + 1, words.W, 20}, Left, t.OnTint)
	if len(v.Bars) > 0 && v.Bars[0].Note == "" {
		g.bar(Rect{words.X, words.bottom() + 26, words.W, 10}, v.Bars[0].Share, t.Accent)
	}
}
