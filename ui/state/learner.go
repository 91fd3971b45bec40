package state

import (
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
}

// Rank is one class with the head's score and its share of all scores, 0..1.
type Rank struct {
	Class      ClassID
	Score      float32
	Confidence float32
}

// Answer is what the learner says about a query: the classes, best first, and the shot that is
// nearest to it.
type Answer struct {
	Ranking    []Rank
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
