package fewshot

import (
	"errors"
	"iter"
	"math/rand/v2"
	"strconv"
)

// Protocol says how episodes are sampled and how many. An episode takes Way classes without
// repetition, Shot drawings of each as its support set and one other drawing of each as a query.
type Protocol struct {
	Way      int
	Shot     int
	Episodes int

	// Seed decides every episode: the same set, protocol and seed give the same episodes, and
	// episode i does not depend on how many there are.
	Seed uint64

	// Within draws the classes of an episode from one alphabet, itself drawn with equal chances from
	// those with at least Way classes. Otherwise they come from the whole set.
	Within bool

	// Progress, if not nil, is called after each episode with the number done.
	Progress func(done int)
}

// Result is what Evaluate measured.
type Result struct {
	Accuracy float64 // mean over episodes of the part of queries answered rightly, 0 to 1
	CI95     float64 // half the width of its 95 % interval: 1.96 s/sqrt(episodes)
	Episodes int
	Queries  int
	Right    int
}

// ErrShort is wrapped by the errors for a set that is too small for a protocol.
var ErrShort = errors.New("not enough drawings")

// Evaluate measures how often learner is right over the protocol's episodes, one query at a time. It
// returns an error if the protocol asks for less than one of anything or the set is too small for it
// (ErrShort), and the first error of the learner.
func Evaluate(set *Set, p Protocol, learner Learner) (Result, error) {
	e, err := Begin(set, p, learner)
	if err != nil {
		return Result{}, err
	}
	for more, done := true, 0; more; {
		more, err = e.Next()
		if err != nil {
			return Result{}, failure{"episode " + strconv.Itoa(e.result.Episodes), err}
		}
		if p.Progress != nil && e.result.Episodes > done {
			done = e.result.Episodes
			p.Progress(done)
		}
	}
	return e.Result(), nil
}

// Episode is one sampled task.
type Episode struct {
	Support [][]*Drawing // (Way, Shot)
	Queries []*Drawing   // Queries[i] belongs to class i of Support
}

// Episodes returns the episodes of a protocol with their numbers: the same that Evaluate asks about. The
// errors are those of Evaluate, without the learner's.
func Episodes(set *Set, p Protocol) (iter.Seq2[int, Episode], error) {
	s, err := newSampler(set, p, 0)
	if err != nil {
		return nil, err
	}
	return s.episodes, nil
}

// Sample returns episode i of the protocol.
func Sample(set *Set, p Protocol, i int) (Episode, error) {
	s, err := newSampler(set, p, 0)
	if err != nil {
		return Episode{}, err
	}
	return s.episode(i), nil
}

// sampler draws the episodes of a protocol from groups of classes.
type sampler struct {
	Protocol
	classes int // of an episode
	groups  [][]*Class
}

// newSampler draws Way classes for an episode and unknown more, behind them.
func newSampler(set *Set, p Protocol, unknown int) (*sampler, error) {
	for _, f := range []struct {
		name  string
		value int
		least int
	}{{"way", p.Way, 2}, {"shot", p.Shot, 1}, {"episodes", p.Episodes, 1}} {
		if f.value < f.least {
			return nil, errors.New("fewshot: " + f.name + " " + strconv.Itoa(f.value) + ", at least " + strconv.Itoa(f.least))
		}
	}
	groups := []([]*Class){nil}
	of := map[string]int{} // alphabet -> index of groups
	for i := range set.Classes {
		c := &set.Classes[i]
		if len(c.Drawings) < p.Shot+1 {
			return nil, failure{"class " + strconv.Quote(c.Name) + " has " + strconv.Itoa(len(c.Drawings)) + " of the " +
				strconv.Itoa(p.Shot+1) + " drawings that " + strconv.Itoa(p.Shot) + "-shot and a query need", ErrShort}
		}
		g := 0
		if p.Within {
			var known bool
			if g, known = of[c.Alphabet]; !known {
				g = len(groups)
				of[c.Alphabet] = g
				groups = append(groups, nil)
			}
		}
		groups[g] = append(groups[g], c)
	}
	s := &sampler{Protocol: p, classes: p.Way + unknown}
	most := 0
	for _, g := range groups {
		most = max(most, len(g))
		if len(g) >= s.classes {
			s.groups = append(s.groups, g)
		}
	}
	if len(s.groups) == 0 {
		where := "the set has "
		if p.Within {
			where = "the largest alphabet has "
		}
		what := strconv.Itoa(p.Way) + "-way"
		if unknown > 0 {
			what += " with " + strconv.Itoa(unknown) + " unknown classes"
		}
		return nil, failure{where + strconv.Itoa(most) + " classes, " + what + " needs " + strconv.Itoa(s.classes), ErrShort}
	}
	return s, nil
}

// episodes is an iterator over the episodes and their numbers.
func (s *sampler) episodes(yield func(int, Episode) bool) {
	for i := range s.Episodes {
		if !yield(i, s.episode(i)) {
			return
		}
		if s.Progress != nil {
			s.Progress(i + 1)
		}
	}
}

// each calls do with every episode until the first error, to which it adds the episode.
func (s *sampler) each(do func(i int, e Episode) error) error {
	for i, e := range s.episodes {
		if err := do(i, e); err != nil {
			return failure{"episode " + strconv.Itoa(i), err}
		}
	}
	return nil
}

func (s *sampler) episode(i int) Episode {
	r := rand.New(rand.NewPCG(s.Seed, uint64(i)))
	group := s.groups[r.IntN(len(s.groups))]
	e := Episode{Support: make([][]*Drawing, s.classes), Queries: make([]*Drawing, s.classes)}
	for c, class := range choose(r, s.classes, len(group)) {
		drawings := group[class].Drawings
		for _, d := range choose(r, s.Shot+1, len(drawings)) {
			if len(e.Support[c]) < s.Shot {
				e.Support[c] = append(e.Support[c], drawings[d])
			} else {
				e.Queries[c] = drawings[d]
			}
		}
	}
	return e
}

// choose returns k different numbers below n in random order, each choice equally likely: the first
// k steps of a Fisher-Yates shuffle, of which only the moved places are kept.
func choose(r *rand.Rand, k, n int) []int {
	moved := make(map[int]int, k)
	at := func(i int) int {
		if v, ok := moved[i]; ok {
			return v
		}
		return i
	}
	chosen := make([]int, k)
	for i := range chosen {
		j := i + r.IntN(n-i)
		chosen[i] = at(j)
		moved[j] = at(i)
	}
	return chosen
}
