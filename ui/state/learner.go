package state

import (
	"slices"

	"oneshot/engine/prep"
)

// Learner is the few-shot learner behind the page. The app hands in the engine; tests hand in a
// plain one.
type Learner interface {
	// Learn takes in as an example of a class. A shot is learned at most once.
	Learn(class ClassID, shot ShotID, in *prep.Input) error
	// Forget takes a shot back.
	Forget(shot ShotID) error
	// Classify ranks the classes that have a shot, best first.
	Classify(query *prep.Input) (Answer, error)
	// Heads names the ways to compare that it has; Head is the one in use.
	Heads() []string
	Head() string
	// SetHead compares in another way from now on. What was learned stays.
	SetHead(name string) error
}

// Rank is one class with the head's score and its share of all scores, 0..1.
type Rank struct {
	Class      ClassID
	Score      float32
	Confidence float32
}

// Answer is what the learner says about a query: the classes, best first, whether it is none of them
// after all, and the shot that is nearest to it.
type Answer struct {
	Ranking    []Rank
	None       bool
	Nearest    ShotID
	Similarity float32
}

// Ask classifies the pad, the stroke that is being drawn included. The error wraps prep.ErrBlank,
// prep.ErrSpeck or ErrUntaught, or is the learner's own.
func (s *State) Ask() (Answer, error) {
	in, err := s.Query()
	if err != nil {
		return Answer{}, err
	}
	if len(s.learned) == 0 {
		return Answer{}, ErrUntaught
	}
	return s.learner.Classify(&in)
}

// Head names the way in which the learner compares, or is empty if it knows but one.
func (s *State) Head() string {
	if len(s.learner.Heads()) < 2 {
		return ""
	}
	return s.learner.Head()
}

// NextHead lets the learner compare in the next of its ways. That is not an act: there is nothing to
// undo, for the board stays as it is.
func (s *State) NextHead() error {
	all := s.learner.Heads()
	if len(all) < 2 {
		return nil
	}
	return s.learner.SetHead(all[(slices.Index(all, s.learner.Head())+1)%len(all)])
}

// agree brings the learner to know exactly the shots of b. If it refuses one, those learned on the
// way are forgotten again and the learner knows what it knew before.
func (s *State) agree(b Board) error {
	wanted := map[ShotID]bool{}
	var learned []ShotID
	for _, c := range b.Classes {
		for i := range c.Shots {
			sh := &c.Shots[i]
			wanted[sh.ID] = true
			if s.learned[sh.ID] {
				continue
			}
			if err := s.learner.Learn(c.ID, sh.ID, &sh.Input); err != nil {
				for _, id := range learned {
					if s.learner.Forget(id) == nil {
						delete(s.learned, id)
					}
				}
				return err
			}
			s.learned[sh.ID] = true
			learned = append(learned, sh.ID)
		}
	}
	for id := range s.learned {
		if wanted[id] {
			continue
		}
		if err := s.learner.Forget(id); err != nil {
			return err
		}
		delete(s.learned, id)
	}
	return nil
}
