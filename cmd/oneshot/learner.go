package main

import (
	"fmt"
	"io"
	"math"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train"
	"oneshot/weights"

	"github.com/urfave/cli/v3"
)

// subject is what a report says about a learner.
type subject struct {
	Head    string `json:"head"`
	Float   bool   `json:"float"`
	Weights string `json:"weights"` // the beginning of the model's digest, "" for a baseline
}

// String describes the learner for people.
func (s subject) String() string {
	switch {
	case s.Weights == "":
		return s.Head + " baseline"
	case s.Float:
		return s.Head + " head, float weights " + s.Weights
	}
	return s.Head + " head, int8 weights " + s.Weights
}

// chosen is a learner.
type chosen struct {
	subject
	learner   fewshot.Learner
	prepare   func(*fewshot.Set) // embeds the drawings on all cores; nil for a baseline
	threshold float64            // the evidence below which it says none of these; minus infinity without one
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
	var l *chosen
	switch name := c.String("head"); name {
	case "pixels":
		l = baselineOf(name, &fewshot.Pixels{})
	case "hausdorff":
		l = baselineOf(name, &fewshot.Hausdorff{})
	default:
		head, err := engine.ParseHead(name)
		if err != nil {
			return nil, err
		}
		model, err := openModel(c)
		if err != nil {
			return nil, err
		}
		learners, err := openNetwork(c, model, head)
		if err != nil {
			return nil, err
		}
		return learners[0], nil
	}
	for _, name := range []string{"float", "weights"} {
		if c.IsSet(name) {
			return nil, fmt.Errorf("oneshot eval: -%s does not go with -head %s, which has no weights", name, l.Head)
		}
	}
	return l, nil
}

func baselineOf(name string, l fewshot.Learner) *chosen {
	return &chosen{subject: subject{Head: name}, learner: l, threshold: math.Inf(-1)}
}

// openHeads makes a learner for every head of the model that the flags choose. They share the embeddings.
func openHeads(c *cli.Command) ([]*chosen, error) {
	model, err := openModel(c)
	if err != nil {
		return nil, err
	}
	arch, err := engine.ParseArch(model.Arch)
	if err != nil {
		return nil, nameModel(c, err)
	}
	return openNetwork(c, model, arch.Heads()...)
}

// openNetwork makes learners for heads of a model.
func openNetwork(c *cli.Command, model *weights.Model, heads ...engine.Head) ([]*chosen, error) {
	var all []*chosen
	var floats *train.FloatLearner
	var int8s *fewshot.Engine
	for i, head := range heads {
		about, err := subjectOf(model, head)
		if err != nil {
			return nil, nameModel(c, err)
		}
		l := &chosen{subject: about, threshold: math.Inf(-1)}
		if l.Float = c.Bool("float"); l.Float {
			if floats, err = train.NewFloatLearner(model, head); err == nil {
				l.learner, l.prepare = floats, floats.Prepare
			}
		} else {
			if i == 0 {
				int8s, err = fewshot.NewEngine(model, head)
			} else {
				int8s, err = int8s.With(head)
			}
			if err == nil {
				l.learner, l.prepare, l.threshold = int8s, int8s.Prepare, int8s.Threshold()
			}
		}
		if err != nil {
			return nil, nameModel(c, err)
		}
		all = append(all, l)
	}
	return all, nil
}

// subjectOf names a head of an int8 model.
func subjectOf(model *weights.Model, head engine.Head) (subject, error) {
	digest, err := weights.Digest(model)
	if err != nil {
		return subject{}, err
	}
	return subject{Head: head.String(), Weights: digest[:digestLetters]}, nil
}

// digestLetters of a model's digest tell it from every other.
const digestLetters = 12
