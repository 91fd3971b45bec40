package state

import (
	"slices"
	"strconv"

	"oneshot/engine/fewshot"
)

// MostShots is the largest shot that episodes of what is taught can have: two classes have one drawing more than
// that. It is 0 if there can be no episodes.
func (s *State) MostShots() int {
	var counts []int
	for _, c := range s.board.Classes {
		counts = append(counts, len(c.Shots))
	}
	slices.Sort(counts)
	if len(counts) < 2 {
		return 0
	}
	return max(counts[len(counts)-2]-1, 0)
}

// MostWays is the largest way of episodes of so many shots: the classes that have one drawing more.
func (s *State) MostWays(shot int) int {
	n := 0
	for _, c := range s.board.Classes {
		if len(c.Shots) > shot {
			n++
		}
	}
	return n
}

// Episodes begins an evaluation of the head in use on episodes drawn from the shots. It learns beside what was
// taught, which stays. The errors are those of fewshot.Begin and of the learner.
func (s *State) Episodes(p fewshot.Protocol) (*fewshot.Evaluation, error) {
	set := &fewshot.Set{}
	known := map[*fewshot.Drawing]ShotID{}
	for _, c := range s.board.Classes {
		if len(c.Shots) <= p.Shot {
			continue
		}
		class := fewshot.Class{Name: strconv.Itoa(int(c.ID))}
		for i := range c.Shots {
			d := &fewshot.Drawing{Input: c.Shots[i].Input}
			known[d] = c.Shots[i].ID
			class.Drawings = append(class.Drawings, d)
		}
		set.Classes = append(set.Classes, class)
	}
	beside, err := s.learner.Beside(known)
	if err != nil {
		return nil, err
	}
	return fewshot.Begin(set, p, beside)
}
