package main

import (
	"fmt"

	"oneshot/engine/fewshot"

	"github.com/urfave/cli/v3"
)

// accuracyReport is what -json prints for a set.
type accuracyReport struct {
	subject
	sampled
	Accuracy float64  `json:"accuracy"`
	CI95     *float64 `json:"ci95"`
}

// evalAccuracy is "oneshot eval" alone: N-way K-shot accuracy.
func evalAccuracy(c *cli.Command) error {
	e, err := openEvaluation(c)
	if err != nil {
		return err
	}
	p := protocolOf(c)
	if _, err := fewshot.Sample(e.set, p, 0); err != nil { // before the drawings are embedded
		return err
	}
	e.prepareFor(p)
	r, err := e.accuracy(p)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(e.out, r)
	}
	return writeText(e.out, fmt.Sprintf("%s: %s: accuracy %s", e, r.sampled, figure{r.Accuracy, r.CI95}.percent()))
}

func (e *evaluation) accuracy(p fewshot.Protocol) (accuracyReport, error) {
	bar := newProgress(e.stderr, p.Episodes, "episodes")
	defer bar.end()
	p.Progress = bar.done
	result, err := fewshot.Evaluate(e.set, p, e.learner)
	f := accuracyOf(result)
	return accuracyReport{e.subject, e.sampled(p), f.Value, f.CI95}, err
}
