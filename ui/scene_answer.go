package ui

import (
	"image/color"

	"oneshot/ui/words"
)

// drawAnswer draws the answer card at r.
func (g *Game) drawAnswer(r Rect) {
	g.paint.Card(r, g.theme)
	g.drawVerdict(r)
}

func (g *Game) drawVerdict(r Rect) {
	wide := r.H == answerHigh
	in := r.inset(14)
	if wide {
		in = Rect{r.X + 22, r.Y + 18, r.W - 44, r.H - 38}
	}
	switch g.verdict.Kind {
	case Guide:
		g.drawGuide(in, wide)
	case Answered:
		if wide {
			g.drawAnsweredWide(r)
		} else {
			g.drawAnsweredNarrow(r)
		}
	default:
		g.drawNote(in, wide)
	}
}

// drawGuide draws the first steps, the one to do now in the accent colour.
func (g *Game) drawGuide(in Rect, wide bool) {
	p, t, v := g.paint, g.theme, &g.verdict
	title, body, lead := fontTitle, fontSmall, 26.0
	if wide {
		title, body, lead = fontHeading, fontBody, 34
	}
	tall := !wide && in.H > answerLow
	words := 44.0
	if tall {
		lead = p.Paragraph(v.Title, title, Rect{in.X, in.Y, in.W, 2 * lead}, Left, t.Text)
		words = 80
	} else {
		p.Text(v.Title, title, Rect{in.X, in.Y, in.W, lead}, Left, t.Text)
	}
	p.Paragraph(v.Detail, body, Rect{in.X, in.Y + lead + 2, in.W, words}, Left, t.Muted)

	steps := [...][2]string{{g.words.Say("Draw"), g.words.Say("one example")}, {g.words.Say("Teach"), g.words.Say("a class")}, {g.words.Say("Repeat"), g.words.Say("then it answers")}}
	h := 40.0
	if wide {
		h = 60
	}
	w := (in.W - 16) / 3
	starter := g.drawStarter(wide)
	for i, s := range steps {
		if i == 2 && starter && !wide {
			break // it stands there
		}
		box := Rect{in.X + float64(i)*(w+8), in.bottom() - h, w, h}
		if tall {
			box = Rect{in.X, in.bottom() - float64(3-i)*(h+6) + 6, in.W, h}
		}
		fill, disc, digit, ink := t.Sunken, t.Bar, t.Text, t.Muted
		switch {
		case i == v.Step:
			fill, disc, digit, ink = t.Tint, t.Accent, t.OnFill, t.OnTint
		case i < v.Step:
			digit = t.Text
		}
		p.Box(box, 12, fill)
		dot := Rect{box.X + 6, box.Y + (h-24)/2, 24, 24}
		if wide {
			dot = Rect{box.X + 12, box.Y + (h-28)/2, 28, 28}
		}
		p.Box(dot, dot.W/2, disc)
		if i < v.Step {
			p.Icon(iconCheck, dot, 18, 2.4, digit)
		} else {
			p.Text(string(rune('1'+i)), fontLabel, dot, Centre, digit)
		}
		x := dot.right() + 6
		if !wide {
			p.Label(s[0], g.fitting(s[0], box.right()-x, fontLabel, fontTiny), Rect{x, box.Y, box.right() - x, h}, Left, ink)
			continue
		}
		p.Text(s[0], g.fitting(s[0], box.right()-x-6, fontStrong, fontLabel), Rect{x + 4, box.Y + 9, box.right() - x - 6, 22}, Left, ink)
		p.Text(s[1], fontTiny, Rect{x + 4, box.Y + 31, box.right() - x - 6, 18}, Left, ink)
	}
}

// drawNote draws what invites or warns: a sign, a title and a sentence.
func (g *Game) drawNote(in Rect, wide bool) {
	p, t, v := g.paint, g.theme, &g.verdict
	icon, ink, bed := iconScrawl, t.OnTint, t.Tint
	switch v.Kind {
	case Hint:
		icon = iconPencil
	case Trouble:
		icon, ink, bed = iconCross, t.Danger, t.Warn
	}
	size := 52.0
	title, body := fontTitle, fontSmall
	if wide {
		size, title, body = 72, fontHeading, fontBody
	}
	if !wide && in.H > answerLow { // one under the other
		disc := Rect{in.X, in.Y, size, size}
		p.Box(disc, size/2, bed)
		p.Icon(icon, disc, size*0.58, 1.7, ink)
		y := disc.bottom() + 8
		y += p.Paragraph(v.Title, title, Rect{in.X, y, in.W, 52}, Left, t.Text) + 4
		p.Paragraph(v.Detail, body, Rect{in.X, y, in.W, in.bottom() - y}, Left, t.Muted)
		return
	}
	disc := Rect{in.X, in.Y + (in.H-size)/2, size, size}
	p.Box(disc, size/2, bed)
	p.Icon(icon, disc, size*0.58, 1.7, ink)
	x := disc.right() + 18
	w := in.right() - x
	lead := title.Size * 1.4
	lines := len(g.texts.wrap(body, v.Detail, w, 3))
	y := in.Y + (in.H-lead-4-float64(lines)*body.Size*1.4)/2
	p.Label(v.Title, title, Rect{x, y, w, lead}, Left, t.Text)
	p.Paragraph(v.Detail, body, Rect{x, y + lead + 4, w, body.Size * 1.45 * 3}, Left, t.Muted)
}

func (g *Game) drawAnsweredWide(r Rect) {
	p, t, v := g.paint, g.theme, &g.verdict
	left, right := answerHalves(r)
	looks := g.words.Say("This looks like")
	if v.Lead == 0 {
		looks = g.words.Say("This is")
	}
	p.Text(looks, fontSmall, Rect{left.X, left.Y, left.W, 20}, Left, t.Muted)
	title := fontDisplay
	if g.texts.Measure(title, v.Title).Width > left.W {
		title = fontHeading
	}
	p.Text(v.Title, title, Rect{left.X, left.Y + 20, left.W, 44}, Left, t.Text)
	p.Text(v.Detail, fontStrong, Rect{left.X, left.Y + 64, left.W, 24}, Left, t.OnTint)

	side := 64.0
	y := left.bottom() - side
	g.asking(Rect{left.X, y, side, side})
	g.example(Rect{left.X + side + 10, y, side, side}, &v.Nearest, t.Accent)
	x := left.X + 2*side + 24
	p.Text(g.words.Say("closest to"), fontTiny, Rect{x, y + 6, left.right() - x, 18}, Left, t.Muted)
	p.Paragraph(v.Caption, fontTiny, Rect{x, y + 24, left.right() - x, 38}, Left, t.Text)

	others := v.others()
	top := Rect{right.X, right.Y, right.W, 34}
	if len(others) < len(v.Bars) {
		g.drawBars(top, 1, 34)
		top.Y += 34
	}
	if len(others) > 0 {
		words, _ := v.otherWords(g.words)
		p.Text(words, fontTiny, Rect{top.X, right.bottom() - 3*touch - 20, top.W, 18}, Left, t.Muted)
	}
	for i, slot := range g.wasSlots(r) {
		if i < len(others) {
			g.was(slot, i, others[i])
		}
	}
}

// was draws a class that the drawing may have been instead: on a wide card with its bar.
func (g *Game) was(slot Rect, i int, b Bar) {
	p, t := g.paint, g.theme
	lk := look{}
	if n := g.layout.node("was:" + string(rune('0'+i))); n != nil {
		lk = g.look(n)
	}
	fill, box := t.Surface, Rect{slot.X, slot.Y + 2, slot.W, slot.H - 4}
	if lk.hover || lk.pressed {
		fill = t.Tint
	}
	p.Framed(box, radiusCtl, 1, t.Line, fill)
	if slot.W < 160 {
		p.Label(b.Name, fontLabel, Rect{box.X + 4, box.Y + 2, box.W - 8, 20}, Centre, t.Text)
		p.Label(share(b), fontTiny, Rect{box.X + 4, box.Y + 20, box.W - 8, 17}, Centre, t.Muted)
		return
	}
	in := box.inset(10)
	name := in.W * 0.45
	p.Text(b.Name, fontLabel, Rect{in.X, box.Y, name - 10, box.H}, Left, t.Text)
	if b.Note != "" {
		p.Text(share(b), fontSmall, Rect{in.X + name, box.Y, in.W - name, box.H}, Right, t.Muted)
		return
	}
	g.bar(Rect{in.X + name, box.Y + (box.H-10)/2, in.W - name - 52, 10}, b.Share, blend(t.Sunken, g.dyeOf(b.Class).Fill, 0.6))
	p.Text(percent(b.Share), fontSmall, Rect{in.right() - 50, box.Y, 50, box.H}, Right, t.Muted)
}

// wasSlots are those of the layout for an answer that is drawn at r.
func (g *Game) wasSlots(r Rect) []Rect {
	slots := g.layout.wasSlots()
	for i := range slots {
		slots[i] = slots[i].moved(r.X-g.layout.Answer.X, r.Y-g.layout.Answer.Y)
	}
	return slots
}

func (g *Game) drawAnsweredNarrow(r Rect) {
	p, t, v := g.paint, g.theme, &g.verdict
	in := r.inset(14)
	others := v.others()
	for i, slot := range g.wasSlots(r) {
		if i < len(others) {
			g.was(slot, i, others[i])
		}
	}
	side := 48.0
	pair := 2*side + 8
	w := in.W - pair - 10
	if r.H == answerTall {
		p.Text(v.Title, fontTitle, Rect{in.X, in.Y - 4, in.W, 26}, Left, t.Text)
		p.Text(v.Detail, fontLabel, Rect{in.X, in.Y + 22, in.W, 20}, Left, t.OnTint)
		g.asking(Rect{in.X, in.Y + 48, side, side})
		g.example(Rect{in.X + side + 8, in.Y + 48, side, side}, &v.Nearest, t.Accent)
		if len(others) > 0 {
			_, ask := v.otherWords(g.words)
			p.Text(ask, fontTiny, Rect{in.X, in.Y + 104, in.W, 18}, Left, t.Muted)
		}
		return
	}
	p.Text(v.Title, g.fitting(v.Title, w, fontHeading, fontTitle), Rect{in.X, in.Y - 2, w, 30}, Left, t.Text)
	p.Text(v.Detail, fontLabel, Rect{in.X, in.Y + 28, w, 20}, Left, t.OnTint)
	x := in.right() - pair
	g.asking(Rect{x, in.Y, side, side})
	g.example(Rect{x + side + 8, in.Y, side, side}, &v.Nearest, t.Accent)
	line := Rect{in.X, in.Y + side + 6, in.W, 24}
	if len(others) < len(v.Bars) {
		g.drawBars(line, 1, 24)
	}
	line = Rect{in.X, line.bottom() + 2, in.W, 18}
	words := 0.0
	if len(others) > 0 {
		_, ask := v.otherWords(g.words)
		words = g.texts.Measure(fontTiny, ask).Width
		p.Text(ask, fontTiny, line, Left, t.Muted)
	}
	near := Rect{line.X + words + 12, line.Y, line.W - words - 12, line.H}
	closest := g.words.Say("closest to {example}", v.Caption)
	if g.texts.Measure(fontTiny, closest).Width > near.W {
		closest = v.Caption
	}
	p.Text(closest, fontTiny, near, Right, t.Muted)
}

// drawBars draws the first n classes of the ranking in rows of the given height.
func (g *Game) drawBars(r Rect, n int, row float64) {
	p, t := g.paint, g.theme
	bars := g.verdict.Bars
	n = min(n, len(bars))
	name := r.W * 0.45
	for i, b := range bars[:n] {
		y := r.Y + float64(i)*row
		ink, fill, f := t.Muted, t.Bar, fontSmall
		if i == 0 {
			ink, fill, f = t.Text, g.dyeOf(b.Class).Fill, fontLabel
		}
		p.Text(b.Name, f, Rect{r.X, y, name - 10, row}, Left, ink)
		track := Rect{r.X + name, y + (row-10)/2, r.W - name - 52, 10}
		g.bar(track, b.Share, fill)
		p.Text(percent(b.Share), f, Rect{r.right() - 50, y, 50, row}, Right, ink)
	}
}

func (g *Game) bar(track Rect, share float64, fill color.RGBA) {
	g.paint.Box(track, 5, g.theme.Sunken)
	if share > 0.005 {
		g.paint.Box(Rect{track.X, track.Y, max(track.W*min(share, 1), 10), track.H}, 5, fill)
	}
}

// share says how much speaks for a class.
func share(b Bar) string {
	if b.Note != "" {
		return b.Note
	}
	return percent(b.Share)
}

// otherWords is the line above the other classes, on a wide card and on a narrow one. Where none of them has an
// example, what is on the pad may be the first of one, and then nothing was wrong.
func (v *Verdict) otherWords(w *words.Catalogue) (wide, narrow string) {
	switch {
	case v.Lead == 0:
		return w.Say("Teach it as"), w.Say("Teach it as")
	case v.others()[0].Note != "":
		return w.Say("Something else? Teach it as"), w.Say("Something else?")
	}
	return w.Say("Wrong? Press what it was"), w.Say("Wrong? It was")
}
