package main

import (
	"fmt"
	"math"

	"oneshot/engine/fewshot"

	"github.com/urfave/cli/v3"
)

// openReport is what -json prints for the open set.
type openReport struct {
	subject
	sampled
	AUROC        figure `json:"auroc"`         // one threshold for all episodes
	EpisodeAUROC figure `json:"episode_auroc"` // mean of the areas of the episodes
	Accuracy     figure `json:"accuracy"`      // of the queries of known classes
	// Model is what the model's own threshold does; null without one.
	Model *operatingPoint `json:"model"`
	// FivePerCent is the threshold that rejects 5 % of these very known queries.
	FivePerCent operatingPoint `json:"five_per_cent"`
}

// operatingPoint is what a threshold of the evidence does.
type operatingPoint struct {
	Threshold       float64 `json:"threshold"`
	FalseRejection  float64 `json:"false_rejection"`  // part of the queries that should be accepted
	FalseAcceptance float64 `json:"false_acceptance"` // part of those that should be rejected
}

func pointAt(r *fewshot.ROC, threshold float64) operatingPoint {
	rejection, acceptance := r.Rates(threshold)
	return operatingPoint{threshold, rejection, acceptance}
}

func (p operatingPoint) String() string {
	return fmt.Sprintf("threshold %.3f rejects %.1f %% of the known and accepts %.1f %% of the unknown",
		p.Threshold, 100*p.FalseRejection, 100*p.FalseAcceptance)
}

// evalOpen is "oneshot eval -open".
func evalOpen(c *cli.Command) error {
	e, err := openEvaluation(c)
	if err != nil {
		return err
	}
	p := protocolOf(c)
	if !c.IsSet("way") {
		p.Way = 5
	}
	e.prepareFor(p)
	r, err := e.open(p)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(e.out, r)
	}
	model := "the model has no threshold"
	if r.Model != nil {
		model = "the model's " + r.Model.String()
	}
	return writeText(e.out,
		fmt.Sprintf("%s: %s, half the queries of unknown classes:", e, r.sampled),
		fmt.Sprintf("AUROC %s with one threshold, %s within the episodes; accuracy on known classes %s",
			r.AUROC.decimal(), r.EpisodeAUROC.decimal(), r.Accuracy.percent()),
		model,
		"a "+r.FivePerCent.String())
}

func (e *evaluation) open(p fewshot.Protocol) (openReport, error) {
	bar := newProgress(e.stderr, p.Episodes, "episodes")
	defer bar.end()
	p.Progress = bar.done
	r := openReport{subject: e.subject, sampled: e.sampled(p)}
	result, err := fewshot.EvaluateOpen(e.set, p, e.learner)
	if err != nil {
		return r, err
	}
	r.AUROC, r.EpisodeAUROC, r.Accuracy = figureOf(result.AUROC, p.Episodes), figureOf(result.EpisodeAUROC, p.Episodes), figureOf(result.Accuracy, p.Episodes)
	if !math.IsInf(e.threshold, -1) {
		model := pointAt(result.ROC, e.threshold)
		r.Model = &model
	}
	r.FivePerCent = pointAt(result.ROC, result.ROC.Threshold(0.05))
	return r, nil
}
