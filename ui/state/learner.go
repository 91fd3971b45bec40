package state

import (
	"slices"

	"oneshot/engine/prep"
)

// Learner is the few-shot learner behind the page. The app hands in the engine; tests hand in a
// plain one.
type Learner interface {
	// Learn takes in as an example of a class. A shot is learned at most once, and in stays as it is.
	Learn(class ClassID, shot ShotID, in *prep.Input) error
	// Study goes on with what Learn may have put off, as long as more says so, and returns how many shots wait still.
	// Whoever asks before it is 0 waits for all of them.
	Study(more func() bool) (left int, err error)
	// Forget takes a shot back.
	Forget(shot ShotID) error
	// Classify ranks the classes that have a shot, best first.
	Classify(query *prep.Input) (Answer, error)
	// Heads names the ways to compare that it has; Head is the one in use.
	Heads() []string
	Head() string
	// SetHead compares in another way from now on. What was learned stays.
	SetHead(name string) error
	// LeaveOut ranks the classes for a shot's drawing as if the shot had never been learned. A class
	// whose only shot it is does not stand in the ranking. There is another shot.
	LeaveOut(shot ShotID) (Answer, error)
	// Strictness says how much must speak for a query to be one of the classes, from -MaxStrictness,
	// with which it always is, to MaxStrictness. OwnStrictness is what it was made with.
	Strictness() int
	OwnStrictness() int
	SetStrictness(step int)
	// Threshold is the logit below which a query is none of the classes: what the strictness means with
	// the head in use. It is minus infinity if every query is one of them.
	Threshold() float64

	Insight
}

// MaxStrictness is the number of steps from a strictness of 0 to either end. 0 is what the learner was
// trained to, where it was.
const MaxStrictness = 20

// Rank is one class with what the head computes for it by itself, that on a scale that ends at 1, and
// its share beside the others, 0..1.
type Rank struct {
	Class      ClassID
	Logit      float64
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
	return s.AskAbout(&in)
}

// AskAbout classifies what is not on the pad. The error wraps ErrUntaught, or is the learner's own.
func (s *State) AskAbout(in *prep.Input) (Answer, error) {
	if len(s.learned) == 0 {
		return Answer{}, ErrUntaught
	}
	return s.learner.Classify(in)
}

// Study lets the learner go on with what it has put off, as long as more says so. It returns how many shots wait still:
// until that is 0, Ask takes long.
func (s *State) Study(more func() bool) (left int, err error) { return s.learner.Study(more) }

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
	s.check = nil
	return s.learner.SetHead(all[(slices.Index(all, s.learner.Head())+1)%len(all)])
}

// Strictness says how much must speak for a query to be one of the classes.
func (s *State) Strictness() int { return s.learner.Strictness() }

// OwnStrictness is the learner's own, which it has at first.
func (s *State) OwnStrictness() int { return s.learner.OwnStrictness() }

// SetStrictness changes it, to the nearer end if it is beyond. Like the head it is no act.
func (s *State) SetStrictness(step int) {
	s.learner.SetStrictness(min(max(step, -MaxStrictness), MaxStrictness))
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
			s.check = nil
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
		s.check = nil
		if err := s.learner.Forget(id); err != nil {
			return err
		}
		delete(s.learned, id)
	}
	if s.check != nil && !slices.Equal(s.check.Classes, taught(b)) {
		s.check = nil // the classes stand in another order
	}
	return nil
}

// AskWithout says what a shot's drawing would be taken for if it were new: the ranking of the classes without
// the shot. The error wraps ErrNoShot, or ErrUntaught if it is the only one.
func (s *State) AskWithout(id ShotID) (Answer, error) {
	if !s.learned[id] {
		return Answer{}, ErrNoShot
	}
	if len(s.learned) < 2 {
		return Answer{}, ErrUntaught
	}
	return s.learner.LeaveOut(id)
}
