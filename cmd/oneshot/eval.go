package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/omniglot"

	"github.com/urfave/cli/v3"
)

// evalCommand is "oneshot eval": accuracy on a set of drawings or on the published one-shot runs.
func evalCommand() *cli.Command {
	return &cli.Command{
		Name:  "eval",
		Usage: "measure accuracy on drawings that the network has never seen",
		UsageText: "oneshot eval -data DIR -set background|evaluation|validation -way N -shot K -episodes E -seed S [-within] [-json]\n" +
			"oneshot eval -runs all_runs.zip [-json]",
		Description: "Each episode draws N classes, K examples of each to learn from and one other drawing of each as a query;\n" +
			"queries are answered one at a time. Prints the mean accuracy and its 95 % interval over episodes. With\n" +
			"-runs it counts the errors of the published one-shot runs (Lake et al., Science 2015).\n\n" +
			"-json prints one object: {head, set, way, shot, within, episodes, seed, accuracy, ci95, float, weights}\n" +
			"or, with -runs, {head, trials, errors, float, weights}. Accuracy and ci95 are parts of 1; weights is the\n" +
			"beginning of the checksum of the model file.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "data", Usage: "`DIR` with images_background.zip or images_evaluation.zip, their unpacked trees, or class folders of PNG"},
			&cli.StringFlag{Name: "set", Usage: "which part of Omniglot: background, evaluation, validation or training; leave it out for class folders"},
			&cli.IntFlag{Name: "way", Value: 20, Usage: "classes in an episode"},
			&cli.IntFlag{Name: "shot", Value: 1, Usage: "examples of each class"},
			&cli.IntFlag{Name: "episodes", Value: 1000, Usage: "how many episodes"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "decides the episodes"},
			&cli.BoolFlag{Name: "within", Usage: "all classes of an episode from one alphabet"},
			&cli.StringFlag{Name: "runs", Usage: "`FILE` all_runs.zip of the published one-shot runs, or its unpacked tree"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object"},
			&cli.BoolFlag{Name: "float", Usage: "use the float network from before quantisation"},
		}, learnerFlags("prototype, siamese, relation, matching, or a baseline without weights: pixels, hausdorff")...),
		Action: func(_ context.Context, c *cli.Command) error {
			if err := noArguments(c); err != nil {
				return err
			}
			if c.IsSet("runs") {
				return evalRuns(c)
			}
			return evalSet(c)
		},
	}
}

// drawings counts the drawings of a set.
func drawings(set *fewshot.Set) int {
	n := 0
	for _, c := range set.Classes {
		n += len(c.Drawings)
	}
	return n
}

// setReport is what -json prints for a set.
type setReport struct {
	Head     string  `json:"head"`
	Set      string  `json:"set"`
	Way      int     `json:"way"`
	Shot     int     `json:"shot"`
	Within   bool    `json:"within"`
	Episodes int     `json:"episodes"`
	Seed     uint64  `json:"seed"`
	Accuracy float64 `json:"accuracy"`
	CI95     float64 `json:"ci95"`
	Float    bool    `json:"float"`
	Weights  string  `json:"weights"`
}

func evalSet(c *cli.Command) error {
	if !c.IsSet("data") {
		return errors.New("oneshot eval: -data DIR or -runs FILE is missing")
	}
	l, err := openLearner(c)
	if err != nil {
		return err
	}
	set, err := omniglot.Load(c.String("data"), omniglot.SetName(c.String("set")))
	if err != nil {
		return err
	}
	p := fewshot.Protocol{Way: c.Int("way"), Shot: c.Int("shot"), Episodes: c.Int("episodes"),
		Seed: c.Uint64("seed"), Within: c.Bool("within")}
	if _, err := fewshot.Sample(set, p, 0); err != nil { // before the drawings are embedded
		return err
	}
	if p.Episodes*p.Way*(p.Shot+1) >= drawings(set) { // else most would be embedded for nothing
		l.prepareAll(set, c.Root().ErrWriter)
	}
	bar := newProgress(c.Root().ErrWriter, p.Episodes, "episodes")
	p.Progress = bar.done
	result, err := fewshot.Evaluate(set, p, l.learner)
	bar.end()
	if err != nil {
		return err
	}
	out := c.Root().Writer
	if c.Bool("json") {
		return writeJSON(out, setReport{Head: l.head, Set: c.String("set"), Way: p.Way, Shot: p.Shot, Within: p.Within,
			Episodes: p.Episodes, Seed: p.Seed, Accuracy: result.Accuracy, CI95: result.CI95, Float: l.float, Weights: l.weights})
	}
	scope := "across the set"
	if p.Within {
		scope = "within an alphabet"
	}
	_, err = fmt.Fprintf(out, "%s: %d-way %d-shot %s, %d episodes, seed %d: accuracy %.2f %% +- %.2f\n",
		l, p.Way, p.Shot, scope, p.Episodes, p.Seed, 100*result.Accuracy, 100*result.CI95)
	return err
}

// runsReport is what -json prints for the published runs.
type runsReport struct {
	Head    string `json:"head"`
	Trials  int    `json:"trials"`
	Errors  int    `json:"errors"`
	Float   bool   `json:"float"`
	Weights string `json:"weights"`
}

func evalRuns(c *cli.Command) error {
	for _, name := range []string{"data", "set", "way", "shot", "episodes", "seed", "within"} {
		if c.IsSet(name) {
			return fmt.Errorf("oneshot eval: -%s does not go with -runs, whose trials are fixed", name)
		}
	}
	l, err := openLearner(c)
	if err != nil {
		return err
	}
	runs, err := omniglot.LoadRuns(c.String("runs"))
	if err != nil {
		return err
	}
	bar := newProgress(c.Root().ErrWriter, len(runs), "runs")
	result, err := fewshot.EvaluateRuns(runs, l.learner, bar.done)
	bar.end()
	if err != nil {
		return err
	}
	out := c.Root().Writer
	if c.Bool("json") {
		return writeJSON(out, runsReport{l.head, result.Trials, result.Errors, l.float, l.weights})
	}
	_, err = fmt.Fprintf(out, "%s: %d errors in %d trials of %d runs: %.2f %%\n", l, result.Errors, result.Trials,
		len(runs), 100*float64(result.Errors)/float64(result.Trials))
	return err
}

// writeJSON writes one object and a line feed.
func writeJSON(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }
