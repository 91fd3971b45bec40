package papers

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// Recipe is all that decides what a run learns, apart from the data and the seed: one of the networks
// with its choices, which may be changed.
type Recipe struct {
	Name string

	// Exactly one is set.
	Koch *Koch
	Sung *Sung
	Gao  *Gao
}

// Recipes returns the recipes: the published ones, and beside two of them a small one that trains on a processor.
func Recipes() []Recipe {
	koch, kochSmall, gao, gaoSmall := koch2015(), koch2015Small(), gao2020(), gao2020Small()
	five, twenty := sung2018(nn.Layout{Way: 5, Shot: 1, Query: 19}), sung2018(nn.Layout{Way: 20, Shot: 1, Query: 10})
	return []Recipe{
		{Name: "koch2015", Koch: &koch},
		{Name: "koch2015-small", Koch: &kochSmall},
		{Name: "sung2018", Sung: &five},
		{Name: "sung2018-20way", Sung: &twenty},
		{Name: "gao2020", Gao: &gao},
		{Name: "gao2020-small", Gao: &gaoSmall},
	}
}

// Names lists the recipes.
func Names() (names []string) {
	for _, r := range Recipes() {
		names = append(names, r.Name)
	}
	return names
}

// Find returns the recipe called name.
func Find(name string) (Recipe, error) {
	all := Recipes()
	i := slices.IndexFunc(all, func(r Recipe) bool { return r.Name == name })
	if i < 0 {
		return Recipe{}, fmt.Errorf("papers: no recipe %q, there are: %s", name, strings.Join(Names(), ", "))
	}
	return all[i], nil
}

// Spectral says whether the recipe learns from spectral cubes rather than from drawings.
func (r Recipe) Spectral() bool { return r.Gao != nil }

// Steps is how many minibatches or episodes are trained on.
func (r Recipe) Steps() int {
	if r.Koch != nil {
		return int(math.Ceil(r.Koch.Epochs * float64(r.Koch.Pairs) / float64(r.Koch.Batch)))
	}
	return r.episodic().Episodes
}

// ImagesPerStep is how many examples a step shows.
func (r Recipe) ImagesPerStep() int {
	if r.Koch != nil {
		return 2 * r.Koch.Batch
	}
	return r.episodic().Episode.Images()
}

func (r Recipe) episodic() Episodic {
	if r.Gao != nil {
		return r.Gao.Episodic
	}
	return r.Sung.Episodic
}

// Way is the number of classes that the curves are measured with: those of the training episodes, and the
// twenty of the paper's test for Koch.
func (r Recipe) Way() int {
	if r.Koch != nil {
		return 20
	}
	return r.episodic().Episode.Way
}

// Scaled returns the recipe with its training made longer or shorter. Schedules stay where they are: a hundredth of
// a training ends with the first learning rate.
func (r Recipe) Scaled(factor float64) Recipe {
	switch {
	case r.Koch != nil:
		k := *r.Koch
		k.Epochs *= factor
		r.Koch = &k
	case r.Sung != nil:
		s := *r.Sung
		s.Episodes = int(math.Ceil(float64(s.Episodes) * factor))
		r.Sung = &s
	case r.Gao != nil:
		g := *r.Gao
		g.Episodes = int(math.Ceil(float64(g.Episodes) * factor))
		r.Gao = &g
	}
	return r
}

// whole returns the recipe without its length: what a checkpoint must agree with, for a training may be made longer.
func (r Recipe) whole() Recipe {
	r = r.Scaled(1)
	switch {
	case r.Koch != nil:
		r.Koch.Epochs = 0
	case r.Sung != nil:
		r.Sung.Episodes = 0
	case r.Gao != nil:
		r.Gao.Episodes = 0
	}
	return r
}

// network is a published network in training.
type network interface {
	fewshot.Learner

	// step trains on the minibatch or episode of a number.
	step(number uint64) nn.Result

	// settle makes the network ready for single queries.
	settle()

	// embedAll remembers the embeddings of drawings that will be shown: the same as one by one up to rounding,
	// sooner.
	embedAll(drawings []*fewshot.Drawing) error

	// knows says whether a drawing's embedding is remembered.
	knows(d *fewshot.Drawing) bool

	// arrays lists all that a checkpoint keeps, in a fixed order.
	arrays() []array

	// resumed says that the arrays were read from a checkpoint after a number of steps.
	resumed(steps int)
}

// transductive is a network whose answers change with the queries that are asked together.
type transductive interface {
	// answerTogether answers the queries of an episode with whatever they tell about each other.
	answerTogether(e fewshot.Episode) ([]int, error)
}

// firstWeights is the stream of the generator that first weights are drawn from: none that a step has.
const firstWeights = math.MaxUint64

// begin makes the network of a recipe, ready to train on set, or only to be asked if set is nil.
func (r Recipe) begin(set *fewshot.Set, cubes *Cubes, seed uint64) (network, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	switch {
	case r.Koch != nil:
		return r.Koch.begin(set, seed)
	case r.Sung != nil:
		return r.Sung.begin(set, seed)
	}
	return r.Gao.begin(set, cubes, seed)
}

// check refuses what would fail in the middle of a run.
func (r Recipe) check() error {
	var widths []int
	set := 0
	if k := r.Koch; k != nil {
		set++
		widths = append(widths, append(k.Channels[:], k.Units)...)
		if k.Batch < 2 || k.Pairs < 1 {
			return fmt.Errorf("papers: recipe %s: minibatches of %d of %d pairs, want at least 2 of 1", r.Name, k.Batch, k.Pairs)
		}
		side := k.Side
		for i, size := range k.Sizes {
			if size < 1 {
				return fmt.Errorf("papers: recipe %s: a convolution of size %d, at least 1", r.Name, size)
			}
			if side -= size - 1; i < 3 {
				side /= 2
			}
		}
		if side < 1 {
			return fmt.Errorf("papers: recipe %s: nothing is left of %d pixels after the convolutions", r.Name, k.Side)
		}
		if (k.Init != PaperInit && k.Init != ScaledInit) || (k.Optimiser != SGD && k.Optimiser != Adam) {
			return fmt.Errorf("papers: recipe %s: first weights %q and optimiser %q, want %s or %s, and %s or %s",
				r.Name, k.Init, k.Optimiser, PaperInit, ScaledInit, SGD, Adam)
		}
	}
	if s := r.Sung; s != nil {
		set++
		widths = append(widths, s.Channels)
	}
	if g := r.Gao; g != nil {
		set++
		widths = append(append(widths, g.Channels...), g.Pair, g.Conv)
		if len(g.Channels) == 0 || (g.First != 1 && g.First != 3) {
			return fmt.Errorf("papers: recipe %s: %d convolutions and a relation layer of size %d, want at least 1, and 1 or 3", r.Name, len(g.Channels), g.First)
		}
	}
	if set != 1 {
		return fmt.Errorf("papers: recipe %s has %d networks, want 1", r.Name, set)
	}
	for _, w := range widths {
		if w < 16 || w%16 != 0 {
			return fmt.Errorf("papers: recipe %s: %d channels, want a multiple of 16", r.Name, w)
		}
	}
	if r.Koch == nil {
		e := r.episodic()
		if e.Episode.Way < 2 || e.Episode.Shot < 1 || e.Episode.Query < 1 || e.HalveEvery < 1 || e.Settle < 1 {
			return fmt.Errorf("papers: recipe %s: episodes %+v, want at least 2 ways and 1 of all else", r.Name, e.Episode)
		}
	}
	return nil
}
