package kiosk

import "math"

// Phase says how a kiosk stands.
type Phase uint8

const (
	Waiting Phase = iota // the board is fresh and nobody has done anything yet
	Busy                 // somebody is there
	Leaving              // nobody has done anything for a while: the seconds are counted
	Dark                 // nobody has come for a while: the screen is dark
)

// Watch knows when a visitor has gone. Time is in milliseconds.
type Watch struct {
	times Times
	phase Phase
	last  float64 // when somebody did something, or the watch began
}

// NewWatch begins to watch at a time.
func NewWatch(t Times, now float64) *Watch { return &Watch{times: t, last: now} }

// Phase returns how things stand since the last call of Step or Stir.
func (w *Watch) Phase() Phase { return w.phase }

// Step takes in what time it is, and reports whether the visitor has gone, so that the board is to be made fresh.
// That is reported once for a visitor.
func (w *Watch) Step(now float64) (gone bool) {
	w.last = min(w.last, now) // a clock that was set back must not keep a kiosk waiting
	idle := now - w.last
	if w.phase == Busy || w.phase == Leaving {
		switch {
		case idle >= w.times.Idle:
			w.phase, gone = Waiting, true
		case idle >= w.times.Idle-w.times.Count:
			w.phase = Leaving
		}
	}
	if w.phase == Waiting && w.times.Dim > 0 && idle >= w.times.Idle+w.times.Dim {
		w.phase = Dark
	}
	return gone
}

// Stir takes in that somebody has done something, and reports whether that has but stopped the countdown or lit
// the screen: then it was meant for that, and for nothing on the page. Step has been called with the same time.
func (w *Watch) Stir(now float64) (woke bool) {
	w.last = now
	was := w.phase
	w.phase = Busy
	if was == Dark {
		w.phase = Waiting
	}
	return was == Leaving || was == Dark
}

// Left is the whole seconds until the board is made fresh, while they are counted.
func (w *Watch) Left(now float64) int {
	return max(int(math.Ceil((w.last+w.times.Idle-now)/1000)), 1)
}

// Next returns when Step has something to say again, or the seconds that are left are others. ok is false if
// nothing will happen before somebody does something.
func (w *Watch) Next(now float64) (at float64, ok bool) {
	switch w.phase {
	case Busy:
		return w.last + w.times.Idle - w.times.Count, true
	case Leaving:
		return w.last + w.times.Idle - 1000*float64(w.Left(now)-1), true
	case Waiting:
		return w.last + w.times.Idle + w.times.Dim, w.times.Dim > 0
	}
	return 0, false
}
