package fewshot

import (
	"errors"
	"math"
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
	s, err := newSampler(set, p)
	if err != nil {
		return Result{}, err
	}
	result := Result{Episodes: p.Episodes}
	var sum, sumSquares float64
	for i := range p.Episodes {
		e := s.episode(i)
		if err := learner.Learn(e.Support); err != nil {
			return Result{}, failure{"episode " + strconv.Itoa(i), err}
		}
		right := 0
		for class, query := range e.Queries {
			answer, err := learner.Answer(query)
			if err != nil {
				return Result{}, failure{"episode " + strconv.Itoa(i), err}
			}
			if answer.Class == class {
				right++
			}
		}
		result.Queries += len(e.Queries)
		result.Right += right
		accuracy := float64(right) / float64(p.Way)
		sum += accuracy
		sumSquares += accuracy * accuracy
		if p.Progress != nil {
			p.Progress(i + 1)
		}
	}
	n := float64(p.Episodes)
	result.Accuracy = float64(result.Right) / float64(result.Queries)
	if p.Episodes > 1 {
		variance := max(0, (sumSquares-sum*sum/n)/(n-1))
		result.CI95 = 1.96 * math.Sqrt(variance/n)
	}
	return result, nil
}

// Episode is one sampled task.
type Episode struct {
	Support [][]*Drawing // (Way, Shot)
	Queries []*Drawing   // Queries[i] belongs to class i of Support
}

// Sample returns episode i of the protocol: the same that Evaluate asks about.
func Sample(set *Set, p Protocol, i int) (Episode, error) {
	s, err := newSampler(set, p)
	if err != nil {
		return Episode{}, err
	}
	return s.episode(i), nil
}

// sampler draws the episodes of a protocol from groups of classes.
type sampler struct {
	Protocol
	groups [][]*Class
}

func newSampler(set *Set, p Protocol) (*sampler, error) {
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
	s := &sampler{Protocol: p}
	most := 0
	for _, g := range groups {
		most = max(most, len(g))
		if len(g) >= p.Way {
			s.groups = append(s.groups, g)
		}
	}
	if len(s.groups) == 0 {
		where := "the set has "
		if p.Within {
			where = "the largest alphabet has "
		}
		return nil, failure{where + strconv.Itoa(most) + " classes, " + strconv.Itoa(p.Way) + "-way needs " +
			strconv.Itoa(p.Way), ErrShort}
	}
	return s, nil
}

func (s *sampler) episode(i int) Episode {
	r := rand.New(rand.NewPCG(s.Seed, uint64(i)))
	group := s.groups[r.IntN(len(s.groups))]
	e := Episode{Support: make([][]*Drawing, s.Way), Queries: make([]*Drawing, s.Way)}
	for c, class := range choose(r, s.Way, len(group)) {
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
