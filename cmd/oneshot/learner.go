package main

import (
	"fmt"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train"
	"oneshot/weights"

	"github.com/urfave/cli/v3"
)

// chosen is a learner with what a report says about it.
type chosen struct {
	learner fewshot.Learner
	prepare func(*fewshot.Set) // embeds the drawings on all cores; does nothing for a baseline
	head    string
	float   bool
	weights string // the beginning of the model's digest, "" for a baseline
}

// String describes the learner for people.
func (c *chosen) String() string {
	switch {
	case c.weights == "":
		return c.head + " baseline"
	case c.float:
		return c.head + " head, float weights " + c.weights
	}
	return c.head + " head, int8 weights " + c.weights
}

// openLearner makes the learner that the flags choose.
func openLearner(c *cli.Command) (*chosen, error) {
	l := &chosen{head: c.String("head"), float: c.Bool("float"), prepare: func(*fewshot.Set) {}}
	switch l.head {
	case "pixels":
		l.learner = &fewshot.Pixels{}
	case "hausdorff":
		l.learner = &fewshot.Hausdorff{}
	default:
		return l, l.openNetwork(c)
	}
	for _, name := range []string{"float", "weights"} {
		if c.IsSet(name) {
			return nil, fmt.Errorf("oneshot eval: -%s does not go with -head %s, which has no weights", name, l.head)
		}
	}
	return l, nil
}

func (l *chosen) openNetwork(c *cli.Command) error {
	head, err := engine.ParseHead(l.head)
	if err != nil {
		return err
	}
	model, err := openModel(c)
	if err != nil {
		return err
	}
	digest, err := weights.Digest(model)
	if err != nil {
		return err
	}
	l.weights = digest[:min(len(digest), digestLetters)]
	if l.float {
		floats, err := train.NewFloatLearner(model, head)
		if err != nil {
			return nameModel(c, err)
		}
		l.learner, l.prepare = floats, floats.Prepare
		return nil
	}
	int8s, err := fewshot.NewEngine(model, head)
	if err != nil {
		return nameModel(c, err)
	}
	l.learner, l.prepare = int8s, int8s.Prepare
	return nil
}

// digestLetters of a model's digest tell it from every other.
const digestLetters = 12
