package state

import (
	"math"

	"oneshot/engine/prep"
)

// Drawing reports whether the pen is down.
func (s *State) Drawing() bool { return s.drawing != nil }

// Pen returns the stroke that is being drawn; the caller must not change it.
func (s *State) Pen() Stroke { return s.drawing }

// BeginStroke puts the pen down. A stroke that was still being drawn ends first.
func (s *State) BeginStroke(p Point) {
	s.EndStroke()
	s.drawing = Stroke{}
	s.ExtendStroke(p)
}

// ExtendStroke moves the pen, if it is down. Points outside the pad are moved to its edge, so that
// what is learned is what is seen; points that are not numbers, and points beyond MaxPoints, are
// left out.
func (s *State) ExtendStroke(p Point) {
	if s.drawing == nil || s.points() >= MaxPoints {
		return
	}
	if isNaN(p.X) || isNaN(p.Y) || isNaN(p.Pressure) {
		return
	}
	p = Point{clamp(p.X), clamp(p.Y), clamp(p.Pressure)}
	if n := len(s.drawing); n > 0 && s.drawing[n-1].X == p.X && s.drawing[n-1].Y == p.Y {
		return
	}
	s.drawing = append(s.drawing, p)
}

// EndStroke lifts the pen: the stroke becomes part of the drawing, as one act. A picture makes room for it.
func (s *State) EndStroke() {
	stroke := s.drawing
	s.drawing = nil
	if len(stroke) == 0 {
		return
	}
	b := s.board
	b.Pad, b.Picture = append(b.Pad[:len(b.Pad):len(b.Pad)], stroke), nil
	s.commit(b)
}

// CancelStroke forgets the stroke that is being drawn, as when a palm or a gesture took it over.
func (s *State) CancelStroke() { s.drawing = nil }

// ClearPad empties the pad. A blank pad stays as it is and makes no act.
func (s *State) ClearPad() {
	s.drawing = nil
	if len(s.board.Pad) == 0 && s.board.Picture == nil {
		return
	}
	b := s.board
	b.Pad, b.Picture = nil, nil
	s.commit(b)
}

// Ink reports whether there is anything on the pad, the stroke that is being drawn included.
func (s *State) Ink() bool {
	return len(s.board.Pad) > 0 || len(s.drawing) > 0 || s.board.Picture != nil
}

// Query is what the network sees of the pad now. The error wraps prep.ErrBlank or prep.ErrSpeck.
func (s *State) Query() (prep.Input, error) {
	if p := s.Picture(); p != nil {
		return p.Input, nil
	}
	strokes := s.board.Pad
	if len(s.drawing) > 0 {
		strokes = append(strokes[:len(strokes):len(strokes)], s.drawing)
	}
	return Input(strokes)
}

// Input is what the network sees of strokes on a pad of side 1. The error wraps one of package prep's.
func Input(strokes []Stroke) (prep.Input, error) {
	out := make([]prep.Stroke, len(strokes))
	for i, st := range strokes {
		out[i] = make(prep.Stroke, len(st))
		for j, p := range st {
			out[i][j] = prep.Point{X: p.X, Y: p.Y}
		}
	}
	return prep.FromStrokes(out, 1)
}

func (s *State) points() int {
	n := len(s.drawing)
	for _, st := range s.board.Pad {
		n += len(st)
	}
	return n
}

func clamp(v float32) float32 { return min(max(v, 0), 1) }

func isNaN(v float32) bool { return math.IsNaN(float64(v)) }
