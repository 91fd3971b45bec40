package train

import (
	"errors"
	"math/rand/v2"
	"slices"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
)

// sampler draws training episodes. Step i of seed s is the same episode in every run, however
// often the run was interrupted.
type sampler struct {
	classes   [][]source // drawings of each character, then of each kind of doodle
	letters   int        // how many of classes are characters
	alphabets [][]int    // characters of each alphabet
	seed      uint64
}

// newSampler prepares the drawings of characters and, unless it is nil, of doodles.
func newSampler(set, doodles *fewshot.Set, seed uint64) (*sampler, error) {
	s := &sampler{seed: seed, letters: len(set.Classes)}
	if doodles == nil {
		doodles = new(fewshot.Set)
	}
	place := map[string]int{}
	var drawings []*fewshot.Drawing
	for i, c := range slices.Concat(set.Classes, doodles.Classes) {
		if i < s.letters {
			a, ok := place[c.Alphabet]
			if !ok {
				a = len(s.alphabets)
				place[c.Alphabet] = a
				s.alphabets = append(s.alphabets, nil)
			}
			s.alphabets[a] = append(s.alphabets[a], len(s.classes))
		}
		s.classes = append(s.classes, make([]source, len(c.Drawings)))
		drawings = append(drawings, c.Drawings...)
	}
	if s.letters == 0 {
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
			sources[i].ink, sources[i].thick, sources[i].thin = ink, thicken(ink), thinOut(ink)
		}
	})
	for c := range s.classes {
		sources = sources[copy(s.classes[c], sources):]
	}
	return s, errors.Join(failed...)
}

// character is a character as one of the symmetries shows it: each is a class of its own.
type character struct {
	class int
	sym   symmetry
}

// kind is a class of an episode: a character, or two of them drawn into one.
type kind struct {
	first, second character
	layout        layout
}

// episode draws step's classes and drawings into images (ep.Images(), Side, Side), laid out as ep says.
func (s *sampler) episode(images []float32, ep nn.Layout, mix Mix, step uint64) {
	r := rand.New(rand.NewPCG(s.seed, step))
	syms := symmetries
	if mix.Upright > 0 && r.Float64() < mix.Upright {
		syms = 1
	}
	var kinds []kind
	switch p := r.Float64(); {
	case p < mix.Within:
		kinds = single(s.withinAlphabets(ep.Way, syms, r))
	case p < mix.Within+mix.Composed:
		kinds = s.composed(ep.Way, syms, r)
	case p < mix.Within+mix.Composed+mix.Doodles && s.letters < len(s.classes):
		kinds = single(s.among(s.letters, len(s.classes), ep.Way, syms, r))
	default:
		kinds = single(s.acrossAlphabets(ep.Way, syms, r))
	}
	type task struct {
		kind kind
		at   int // which drawing of each of its characters
	}
	tasks := make([]task, ep.Images())
	for c, k := range kinds {
		order := r.Perm(len(s.classes[k.first.class]))
		for i := range ep.Shot + ep.Query {
			t := task{k, order[i%len(order)]}
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
			s.draw(images[i*prep.Side*prep.Side:][:prep.Side*prep.Side], tasks[i].kind, tasks[i].at, mix.Augment, rand.New(rand.NewPCG(seed, uint64(i))))
		}
	})
}

// draw draws the at-th drawing of a kind into dst.
func (s *sampler) draw(dst []float32, k kind, at int, a Augment, r *rand.Rand) {
	clear(dst)
	source := func(c character) *source {
		d := s.classes[c.class]
		return &d[at%len(d)]
	}
	if k.layout == alone {
		source(k.first).warp(dst, a, k.first.sym, whole(), r)
		return
	}
	first, second := k.layout.places()
	source(k.first).warp(dst, a, k.first.sym, first, r)
	source(k.second).warp(dst, a, k.second.sym, second, r)
}

// single makes each character a kind.
func single(chars []character) []kind {
	kinds := make([]kind, len(chars))
	for i, c := range chars {
		kinds[i].first = c
	}
	return kinds
}

// acrossAlphabets draws way different characters from all, in the first syms symmetries.
func (s *sampler) acrossAlphabets(way, syms int, r *rand.Rand) []character {
	return s.among(0, s.letters, way, syms, r)
}

// among draws way different classes from those from lo included to hi excluded, in the first syms symmetries.
func (s *sampler) among(lo, hi, way, syms int, r *rand.Rand) []character {
	chars := make([]character, 0, way)
	seen := map[character]bool{}
	for len(chars) < way && len(seen) < syms*(hi-lo) {
		k := character{lo + r.IntN(hi-lo), symmetry(r.IntN(syms))}
		if !seen[k] {
			seen[k] = true
			chars = append(chars, k)
		}
	}
	return chars
}

// withinAlphabets draws whole alphabets, each turned as one, until way characters are there: what is confused in use
// stands beside each other.
func (s *sampler) withinAlphabets(way, syms int, r *rand.Rand) []character {
	chars := make([]character, 0, way)
	for _, at := range r.Perm(syms * len(s.alphabets)) {
		alphabet, sym := s.alphabets[at/syms], symmetry(at%syms)
		for _, c := range r.Perm(len(alphabet)) {
			if len(chars) == way {
				return chars
			}
			chars = append(chars, character{alphabet[c], sym})
		}
	}
	return chars
}

// ways is the most classes that any episode can have: those whose characters are all upright have the fewest.
func (s *sampler) ways(mix Mix) int {
	n := s.letters
	if mix.Doodles > 0 && s.letters < len(s.classes) {
		n = min(n, len(s.classes)-s.letters)
	}
	if mix.Upright > 0 {
		return n
	}
	return symmetries * n
}
