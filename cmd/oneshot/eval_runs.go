package main

import (
	"fmt"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/omniglot"

	"github.com/urfave/cli/v3"
)

// runsReport is what -json prints for the published runs.
type runsReport struct {
	subject
	Trials int `json:"trials"`
	Errors int `json:"errors"`
}

// evalRuns is "oneshot eval -runs": the errors in the published one-shot runs.
func evalRuns(c *cli.Command) error {
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
		return writeJSON(out, runsReport{l.subject, result.Trials, result.Errors})
	}
	return writeText(out, fmt.Sprintf("%s: %d errors in %d trials of %d runs: %.2f %%", l, result.Errors, result.Trials,
		len(runs), 100*float64(result.Errors)/float64(result.Trials)))
}
