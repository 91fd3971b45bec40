package state

import (
	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
)

// Insight is what a Learner tells of itself, beyond its answers: how each of its ways to compare judges a
// drawing, and what it compares.
type Insight interface {
	// ClassifyBy is Classify in one of the ways to compare, which need not be the one in use and does not
	// come into use.
	ClassifyBy(head string, query *prep.Input) (Answer, error)
	// Embed is what it compares of a drawing; Embedding that of a shot that it has learned. All are as long
	// and none has a negative value. The caller must not change them.
	Embed(in *prep.Input) []int16
	Embedding(shot ShotID) ([]int16, error)
	// Beside returns a learner that compares in the same way as this one does now and has learned nothing. The
	// drawings that it will be shown are those of shots.
	Beside(drawings map[*fewshot.Drawing]ShotID) (fewshot.Learner, error)
}

// HeadAnswer is what one way to compare says about the pad.
type HeadAnswer struct {
	Head   string
	Answer Answer
}

// Heads names the ways to compare that the learner has. The one in use is Head, where there is a choice.
func (s *State) Heads() []string { return s.learner.Heads() }

// SetHead lets the learner compare in one of its ways. Like NextHead that is not an act.
func (s *State) SetHead(name string) error {
	s.check = nil
	return s.learner.SetHead(name)
}

// AskBy classifies the pad in one of the ways to compare. The errors are those of Ask.
func (s *State) AskBy(head string) (Answer, error) {
	in, err := s.Query()
	if err != nil {
		return Answer{}, err
	}
	if len(s.learned) == 0 {
		return Answer{}, ErrUntaught
	}
	return s.learner.ClassifyBy(head, &in)
}

// Embedded is a shot with what the learner compares of it.
type Embedded struct {
	Class     ClassID
	Shot      ShotID
	Embedding []int16
}

// Embeddings returns all shots in the order of the board. They are the learner's until the next act.
func (s *State) Embeddings() ([]Embedded, error) {
	var all []Embedded
	for _, c := range s.board.Classes {
		for i := range c.Shots {
			e, err := s.learner.Embedding(c.Shots[i].ID)
			if err != nil {
				return nil, err
			}
			all = append(all, Embedded{c.ID, c.Shots[i].ID, e})
		}
	}
	return all, nil
}

// EmbedQuery is what the learner compares of the pad. The error wraps prep.ErrBlank or prep.ErrSpeck.
func (s *State) EmbedQuery() ([]int16, error) {
	in, err := s.Query()
	if err != nil {
		return nil, err
	}
	return s.learner.Embed(&in), nil
}
