package state_test

import (
	"errors"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/ui/state"
)

// Episodes are drawn from the classes that have enough drawings, and leave what is taught as it is.
func TestEpisodes(t *testing.T) {
	s := state.New(newNearest())
	if s.MostShots() != 0 || s.MostWays(1) != 0 {
		t.Errorf("nothing taught: up to %d shots, %d ways", s.MostShots(), s.MostWays(1))
	}
	all := s.Board().Classes
	for i, n := range []int{4, 1, 3} {
		for k := range n {
			at := 0.3 + 0.1*float32(k)
			switch i {
			case 0:
				draw(s, 0.1, at, 0.9, at)
			case 1:
				draw(s, 0.1, 0.1, 0.9, 0.9)
			case 2:
				draw(s, at, 0.1, at, 0.9)
			}
			must(t, s.Teach(all[i].ID))
		}
	}
	if s.MostShots() != 2 || s.MostWays(1) != 2 || s.MostWays(2) != 2 || s.MostWays(3) != 1 || s.MostWays(0) != 3 {
		t.Errorf("up to %d shots; ways for 0 to 3 shots: %d, %d, %d, %d", s.MostShots(), s.MostWays(0), s.MostWays(1), s.MostWays(2), s.MostWays(3))
	}
	e, err := s.Episodes(fewshot.Protocol{Way: 2, Shot: 2, Episodes: 10, Seed: 1})
	must(t, err)
	for more := true; more; {
		more, err = e.Next()
		must(t, err)
	}
	if r := e.Result(); r.Episodes != 10 || r.Queries != 20 || r.Right != 20 {
		t.Errorf("%+v, want all 20 right", r)
	}
	if _, err := s.Episodes(fewshot.Protocol{Way: 3, Shot: 1, Episodes: 1}); !errors.Is(err, fewshot.ErrShort) {
		t.Errorf("more ways than there are: %v", err)
	}
	if s.Taught() != 3 {
		t.Error("episodes changed what is taught")
	}
}
