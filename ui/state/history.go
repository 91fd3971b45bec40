package state

// commit makes next the board and remembers the one before it. The learner must already agree, or
// not care.
func (s *State) commit(next Board) {
	s.past = append(s.past, s.board)
	s.future = nil
	s.board = next
}

// CanUndo reports whether Undo would change anything.
func (s *State) CanUndo() bool { return len(s.past) > 0 || s.drawing != nil }

// CanRedo reports whether Redo would change anything.
func (s *State) CanRedo() bool { return len(s.future) > 0 }

// Undo takes back the last act; while the pen is down that is the stroke being drawn. If the
// learner refuses, the error says why and nothing has changed.
func (s *State) Undo() error {
	if s.drawing != nil {
		s.drawing = nil
		return nil
	}
	if len(s.past) == 0 {
		return nil
	}
	prev := s.past[len(s.past)-1]
	if err := s.agree(prev); err != nil {
		return err
	}
	s.past = s.past[:len(s.past)-1]
	s.future = append(s.future, s.board)
	s.board = prev
	return nil
}

// Redo repeats the act that Undo took back last.
func (s *State) Redo() error {
	s.drawing = nil
	if len(s.future) == 0 {
		return nil
	}
	next := s.future[len(s.future)-1]
	if err := s.agree(next); err != nil {
		return err
	}
	s.future = s.future[:len(s.future)-1]
	s.past = append(s.past, s.board)
	s.board = next
	return nil
}
