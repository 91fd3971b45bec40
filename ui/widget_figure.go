package ui

// estimated is a share in words, with its 95 % interval.
type estimated struct {
	What, Short, Interval, Brief string // Short and Brief where there is no room for What and Interval
	Low, High                    float64
}

// figure draws a share large, with what it is of beside it or, on a narrow phone, below, and its interval on a
// scale. It returns where that ends.
func (g *Game) figure(in Rect, share float64, e estimated) float64 {
	p, t := g.paint, g.theme
	text := percent(share)
	w := g.texts.Measure(fontDisplay, text).Width + 16
	words := Rect{in.X + w, in.Y + 2, in.W - w, 44}
	p.Text(text, fontDisplay, Rect{in.X, in.Y, w, 46}, Left, t.Text)
	if words.W < 150 {
		words = Rect{in.X, in.Y + 48, in.W, 44}
	}
	what := e.What
	if g.texts.Measure(fontLabel, what).Width > words.W {
		what = e.Short
	}
	interval := e.Interval
	if g.texts.Measure(fontTiny, interval).Width > words.W {
		interval = e.Brief
	}
	p.Label(what, fontLabel, Rect{words.X, words.Y, words.W, 22}, Left, t.Text)
	p.Label(interval, fontTiny, Rect{words.X, words.Y + 22, words.W, 20}, Left, t.Muted)

	track := Rect{in.X, words.Y + 60, in.W, 10}
	p.Box(track, 5, t.Sunken)
	low, high := min(track.X+track.W*e.Low, track.right()-10), track.X+track.W*e.High
	p.Box(Rect{low, track.Y, max(high-low, 10), track.H}, 5, t.Bar)
	mark := min(max(track.X+track.W*share-3, track.X), track.right()-6)
	p.Box(Rect{mark, track.Y - 5, 6, track.H + 10}, 3, t.Accent)
	return track.bottom()
}
