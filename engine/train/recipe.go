// Package train teaches the network to compare: episodes sampled as the test will be ("train like you
// test", Vinyals 2016), a prototype loss for the encoder, then the heads that have weights of their own,
// alone or with the encoder, and at last quantisation to int8.
//
// Native only; the browser never carries it.
package train

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"oneshot/engine"
	"oneshot/engine/train/nn"
)

// Goal says what a phase of training minimises and what it may change.
type Goal string

const (
	// EncoderGoal trains the encoder with the prototype loss.
	EncoderGoal Goal = "encoder"
	// RelationGoal trains the relation module with squared error on a frozen, folded encoder.
	RelationGoal Goal = "relation"
	// SiameseGoal trains the siamese head with cross-entropy on pairs, on a frozen, folded encoder.
	SiameseGoal Goal = "siamese"
	// MatchingGoal trains the matching head with cross-entropy over classes, on a frozen, folded encoder.
	MatchingGoal Goal = "matching"
	// JointGoal trains the encoder and all heads with the sum of their losses.
	JointGoal Goal = "joint"
)

// trains says whether phases of this goal change a head.
func (g Goal) trains(h trainedHead) bool { return g == JointGoal || g == h.goal() }

// Phase is one stretch of training with its own schedule: a short warm-up, then a cosine from LR to zero.
type Phase struct {
	Goal    Goal
	Images  int // drawings to show
	Episode nn.Layout
	Shots   int // if more than Episode.Shot, each episode has a random number of shots from that to this
	Mix     Mix
	LR      float64

	// BeforeRoot lets the losses of EncoderGoal and JointGoal see the embedding before its root stage.
	BeforeRoot bool
}

// layout is that of the episode of a step. The same step of a seed has the same in every run.
func (p Phase) layout(seed, step uint64) nn.Layout {
	ep := p.Episode
	if p.Shots > ep.Shot {
		const stream = 0x5307 // another than the sampler's
		ep.Shot += rand.New(rand.NewPCG(seed^stream<<48, step)).IntN(p.Shots - ep.Shot + 1)
	}
	return ep
}

// Mix is what episodes are made of: which parts of them are not of random characters, each turned or mirrored at
// random, and how drawings are distorted.
type Mix struct {
	Within   float64 // of whole alphabets
	Composed float64 // of classes made of two characters
	Doodles  float64 // of doodles of things, if there are any
	Upright  float64 // of characters as they were drawn
	Augment  Augment
}

// Recipe is all that decides what a run learns, apart from the data and the seed.
type Recipe struct {
	Name   string
	Arch   string
	Phases []Phase
	Decay  float64 // of AdamW
	EMA    float64 // weight of the past in the running average of the weights, which is what is kept
	Margin float32 // of the prototype loss

	// Statistics is what the episodes are made of that the shipped statistics of batch normalisation are taken from.
	Statistics Mix
}

// Recipes returns the recipes by name.
func Recipes() []Recipe {
	standard := Mix{Within: 0.4, Augment: standardAugment()}
	wideEpisode := nn.Layout{Way: 64, Shot: 1, Query: 3}
	protoEpisode := nn.Layout{Way: 48, Shot: 1, Query: 4}
	relationEpisode := nn.Layout{Way: 24, Shot: 1, Query: 3}
	return []Recipe{
		{
			Name: "early", // most of the work at full size, a tenth fewer weights
			Arch: "conv 32, conv 32, pool, residual 48, pool, residual 96, conv 96, pool, root; relation 1x1 48 48 32; siamese; matching",
			Phases: []Phase{
				{Goal: EncoderGoal, Images: 1_200_000, Episode: wideEpisode, LR: 8e-3, BeforeRoot: true,
					Mix: Mix{Within: 0.5, Composed: 0.1, Upright: 0.5, Augment: penAugment()}},
				{Goal: EncoderGoal, Images: 300_000, Episode: wideEpisode, LR: 4e-3, BeforeRoot: true,
					Mix: Mix{Within: 0.45, Composed: 0.15, Doodles: 0.05, Upright: 0.6, Augment: strongAugment()}},
				{Goal: RelationGoal, Images: 150_000, Episode: relationEpisode, Mix: standard, LR: 3e-3},
				{Goal: SiameseGoal, Images: 30_000, Episode: relationEpisode, Shots: 5, Mix: standard, LR: 1e-2},
				{Goal: MatchingGoal, Images: 30_000, Episode: relationEpisode, Shots: 5, Mix: standard, LR: 1e-2},
			},
			Decay: 0.01, EMA: 0.998, Margin: 0.1, Statistics: standard,
		},
		{
			Name: "residual",
			Arch: "conv 32, pool, residual 64, pool, residual 128, pool, root; relation 1x1 48 48 32; siamese; matching",
			Phases: []Phase{
				{Goal: EncoderGoal, Images: 1_200_000, Episode: wideEpisode, LR: 1e-3, BeforeRoot: true,
					Mix: Mix{Within: 0.3, Composed: 0.25, Augment: strongAugment()}},
				{Goal: EncoderGoal, Images: 500_000, Episode: wideEpisode, LR: 7e-4,
					Mix: Mix{Within: 0.45, Composed: 0.1, Upright: 0.5, Augment: standardAugment()}},
				{Goal: RelationGoal, Images: 120_000, Episode: relationEpisode, Mix: standard, LR: 1e-3},
				{Goal: SiameseGoal, Images: 30_000, Episode: relationEpisode, Shots: 5, Mix: standard, LR: 1e-2},
				{Goal: MatchingGoal, Images: 30_000, Episode: relationEpisode, Shots: 5, Mix: standard, LR: 1e-2},
			},
			Decay: 0.01, EMA: 0.998, Margin: 0.1, Statistics: Mix{Within: 0.3, Augment: standardAugment()},
		},
		{
			Name: "conv4",
			Arch: "conv 64, pool, conv 64, pool, conv 64, pool, conv 64; relation 64 64 32",
			Phases: []Phase{
				{Goal: EncoderGoal, Images: 240_000, Episode: protoEpisode, Mix: Mix{Within: 0.3, Augment: standardAugment()}, LR: 1e-3},
				{Goal: RelationGoal, Images: 120_000, Episode: relationEpisode, Mix: standard, LR: 1e-3},
			},
			Decay: 0.01, EMA: 0.995, Margin: 0.1, Statistics: Mix{Within: 0.3, Augment: standardAugment()},
		},
	}
}

// RecipeNames lists the recipes.
func RecipeNames() (names []string) {
	for _, r := range Recipes() {
		names = append(names, r.Name)
	}
	return names
}

// FindRecipe returns the recipe called name.
func FindRecipe(name string) (Recipe, error) {
	all := Recipes()
	i := slices.IndexFunc(all, func(r Recipe) bool { return r.Name == name })
	if i < 0 {
		return Recipe{}, fmt.Errorf("train: no recipe %q, there are: %s", name, strings.Join(RecipeNames(), ", "))
	}
	return all[i], nil
}

// Images is how many drawings all phases show.
func (r Recipe) Images() (n int) {
	for _, p := range r.Phases {
		n += p.Images
	}
	return n
}

// Scaled returns the recipe with all its phases made longer or shorter.
func (r Recipe) Scaled(factor float64) Recipe {
	r.Phases = slices.Clone(r.Phases)
	for i := range r.Phases {
		r.Phases[i].Images = int(float64(r.Phases[i].Images) * factor)
	}
	return r
}

// check refuses what would fail in the middle of a run.
func (r Recipe) check(ways func(Mix) int) error {
	arch, err := engine.ParseArch(r.Arch)
	if err != nil {
		return err
	}
	for _, st := range arch.Stages {
		if st.Kind == engine.Valid {
			return fmt.Errorf("train: recipe %s: convolutions without padding can be imported, not trained", r.Name)
		}
		if st.Out%16 != 0 {
			return fmt.Errorf("train: recipe %s: %d channels, want a multiple of 16", r.Name, st.Out)
		}
	}
	if d := arch.Relation; d != nil && (d.Sum || d.Pool) {
		return fmt.Errorf("train: recipe %s: a relation that sums or pools can be imported, not trained", r.Name)
	}
	for i, p := range r.Phases {
		if !trainable(arch, p.Goal) {
			return fmt.Errorf("train: recipe %s: phase %d trains %q, which the network %q has not", r.Name, i, p.Goal, r.Arch)
		}
		if most := ways(p.Mix); p.Episode.Way > most {
			return fmt.Errorf("train: episodes of %d classes, the training set makes %d", p.Episode.Way, most)
		}
	}
	return nil
}

// trainable says whether a network has what a goal trains.
func trainable(a engine.Arch, g Goal) bool {
	switch g {
	case EncoderGoal, JointGoal:
		return true
	case RelationGoal:
		return a.Relation != nil
	case SiameseGoal:
		return a.Siamese
	case MatchingGoal:
		return a.Matching
	}
	return false
}
