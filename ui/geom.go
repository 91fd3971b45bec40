package ui

// Rect is a box in layout units: one unit is one CSS pixel at the default text size.
type Rect struct{ X, Y, W, H float64 }

func (r Rect) right() float64  { return r.X + r.W }
func (r Rect) bottom() float64 { return r.Y + r.H }

// Contains reports whether a point lies in r.
func (r Rect) Contains(x, y float64) bool {
	return x >= r.X && x < r.right() && y >= r.Y && y < r.bottom()
}

// Overlaps reports whether r and q share a point.
func (r Rect) Overlaps(q Rect) bool {
	return r.X < q.right() && q.X < r.right() && r.Y < q.bottom() && q.Y < r.bottom()
}

// inset is r made smaller by d on every side.
func (r Rect) inset(d float64) Rect {
	return Rect{r.X + d, r.Y + d, max(r.W-2*d, 0), max(r.H-2*d, 0)}
}

// moved is r shifted.
func (r Rect) moved(dx, dy float64) Rect { return Rect{r.X + dx, r.Y + dy, r.W, r.H} }

// centred is a box of size w by h in the middle of r.
func (r Rect) centred(w, h float64) Rect {
	return Rect{r.X + (r.W-w)/2, r.Y + (r.H-h)/2, w, h}
}
