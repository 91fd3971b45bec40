package main

import (
	"fmt"
	"io"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train"
	"oneshot/weights"

	"github.com/urfave/cli/v3"
)

// chosen is a learner with what a report says about it.
type chosen struct {
	learner fewshot.Learner
	prepare func(*fewshot.Set) // embeds the drawings on all cores; nil for a baseline
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

// prepareAll embeds the drawings of a set before the episodes begin.
func (c *chosen) prepareAll(set *fewshot.Set, stderr io.Writer) {
	if c.prepare == nil {
		return
	}
	const atOnce = 10 // classes: enough to keep all cores busy
	bar := newProgress(stderr, len(set.Classes), "classes embedded")
	defer bar.end()
	for i := 0; i < len(set.Classes); i += atOnce {
		end := min(i+atOnce, len(set.Classes))
		c.prepare(&fewshot.Set{Classes: set.Classes[i:end]})
		bar.done(end)
	}
}

// openLearner makes the learner that the flags choose.
func openLearner(c *cli.Command) (*chosen, error) {
	l := &chosen{head: c.String("head"), float: c.Bool("float")}
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
