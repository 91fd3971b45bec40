package train

import (
	"errors"
	"math/rand/v2"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
)

// quarterTurns is how many classes one character makes: each rotation by 90 degrees is a class of its own.
const quarterTurns = 4

// sampler draws training episodes. Step i of seed s is the same episode in every run, however
// often the run was interrupted.
type sampler struct {
	classes   [][]source // drawings of each character
	alphabets [][]int    // characters of each alphabet
	augment   Augment
	seed      uint64
}

func newSampler(set *fewshot.Set, augment Augment, seed uint64) (*sampler, error) {
	s := &sampler{augment: augment, seed: seed}
	place := map[string]int{}
	var drawings []*fewshot.Drawing
	for _, c := range set.Classes {
		a, ok := place[c.Alphabet]
		if !ok {
			a = len(s.alphabets)
			place[c.Alphabet] = a
			s.alphabets = append(s.alphabets, nil)
		}
		s.alphabets[a] = append(s.alphabets[a], len(s.classes))
		s.classes = append(s.classes, make([]source, len(c.Drawings)))
		drawings = append(drawings, c.Drawings...)
	}
	if len(s.classes) == 0 {
		return nil, errors.New("train: the training set has no classes")
	}
	sources := make([]source, len(drawings))
	failed := make([]error, nn.Shards())
	nn.Parallel(len(drawings), func(shard, lo, hi int) {
		for i := lo; i < hi; i++ {
			ink, err := prep.InkOf(drawings[i].Image)
			if err == nil {
				sources[i].crop, err = ink.Box()
			}
			if err != nil {
				failed[shard] = err
				return
			}
			sources[i].ink, sources[i].thick = ink, thicken(ink)
		}
	})
	for c := range s.classes {
		sources = sources[copy(s.classes[c], sources):]
	}
	return s, errors.Join(failed...)
}

// kind is a class of an episode: a character and its rotation.
type kind struct{ class, turns int }

// episode draws step's classes and drawings into images (ep.Images(), Side, Side), laid out as ep says.
func (s *sampler) episode(images []float32, ep nn.Layout, within float64, step uint64) {
	r := rand.New(rand.NewPCG(s.seed, step))
	var kinds []kind
	if r.Float64() < within {
		kinds = s.withinAlphabets(ep.Way, r)
	} else {
		kinds = s.acrossAlphabets(ep.Way, r)
	}
	type task struct {
		src   *source
		turns int
	}
	tasks := make([]task, ep.Images())
	for c, k := range kinds {
		drawings := s.classes[k.class]
		order := r.Perm(len(drawings))
		for i := range ep.Shot + ep.Query {
			t := task{&drawings[order[i%len(order)]], k.turns}
			if i < ep.Shot {
				tasks[ep.Support(c, i)] = t
			} else {
				tasks[ep.Asked(c, i-ep.Shot)] = t
			}
		}
	}
	seed := r.Uint64()
	nn.Parallel(len(tasks), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			tasks[i].src.warp(images[i*prep.Side*prep.Side:][:prep.Side*prep.Side], s.augment, tasks[i].turns, rand.New(rand.NewPCG(seed, uint64(i))))
		}
	})
}

// acrossAlphabets draws way different kinds from all.
func (s *sampler) acrossAlphabets(way int, r *rand.Rand) []kind {
	kinds := make([]kind, 0, way)
	seen := map[kind]bool{}
	for len(kinds) < way && len(seen) < quarterTurns*len(s.classes) {
		k := kind{r.IntN(len(s.classes)), r.IntN(quarterTurns)}
		if !seen[k] {
			seen[k] = true
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// withinAlphabets draws whole alphabets, each turned as one, until way kinds are there: what is confused in use stands
// beside each other.
func (s *sampler) withinAlphabets(way int, r *rand.Rand) []kind {
	kinds := make([]kind, 0, way)
	for _, at := range r.Perm(quarterTurns * len(s.alphabets)) {
		chars, turns := s.alphabets[at/quarterTurns], at%quarterTurns
		for _, c := range r.Perm(len(chars)) {
			if len(kinds) == way {
				return kinds
			}
			kinds = append(kinds, kind{chars[c], turns})
		}
	}
	return kinds
}

// ways is the most classes that an episode can have.
func (s *sampler) ways() int { return quarterTurns * len(s.classes) }
