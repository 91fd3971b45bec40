package state

import "oneshot/engine/fewshot"

// Check is how good the taught set is by itself: every shot asked about as if it had never been taught.
// Classes and trials of the SelfCheck are places in Classes and Shots.
type Check struct {
	Done int // shots that were asked about; the figures are there once all have been
	fewshot.SelfCheck
	Classes []ClassID // that have a shot, as they stand on the board
	Shots   []ShotID  // in the order of the board
	Trials  []fewshot.Held
}

// Whole reports whether every shot has been asked about. With fewer than two there is nothing to ask.
func (c *Check) Whole() bool { return len(c.Shots) > 1 && c.Done == len(c.Shots) }

// checking is a check of the shots that the learner knows, with one head.
type checking struct {
	Check
	place     map[ClassID]int
	threshold float64 // that SelfCheck is for
	judged    bool
}

// CheckNext asks about one more shot, and reports whether there are others to ask about. It begins anew
// when the shots or the head have changed. Figures cost a pass over the support set for each shot: the
// caller spreads them over time.
func (s *State) CheckNext() (more bool, err error) {
	c := s.checkNow()
	if len(c.Shots) < 2 || c.Done == len(c.Shots) {
		return false, nil
	}
	id := c.Shots[c.Done]
	a, err := s.learner.LeaveOut(id)
	if err != nil {
		return false, err
	}
	class, _, _ := s.FindShot(id)
	c.Trials = append(c.Trials, c.held(class.ID, a))
	c.Done++
	return c.Done < len(c.Shots), nil
}

// Check returns what CheckNext has found so far, judged with the strictness that is set now. It belongs
// to the State and is valid until the next act.
func (s *State) Check() *Check {
	c := s.checkNow()
	if t := s.learner.Threshold(); c.Whole() && (!c.judged || t != c.threshold) {
		c.SelfCheck = fewshot.CheckSelf(len(c.Classes), c.Trials, t)
		c.threshold, c.judged = t, true
	}
	return &c.Check
}

// checkNow is the check of what is taught now.
func (s *State) checkNow() *checking {
	if s.check != nil {
		return s.check
	}
	s.check = &checking{place: map[ClassID]int{}}
	for _, c := range s.board.Classes {
		if len(c.Shots) == 0 {
			continue
		}
		s.check.place[c.ID] = len(s.check.Classes)
		s.check.Classes = append(s.check.Classes, c.ID)
		for _, sh := range c.Shots {
			s.check.Shots = append(s.check.Shots, sh.ID)
		}
	}
	return s.check
}

// taught are the classes that have a shot, as they stand on a board.
func taught(b Board) []ClassID {
	var ids []ClassID
	for _, c := range b.Classes {
		if len(c.Shots) > 0 {
			ids = append(ids, c.ID)
		}
	}
	return ids
}
