package main

import (
	"fmt"

	"oneshot/engine/fewshot"

	"github.com/urfave/cli/v3"
)

// verifyReport is what -json prints for verification.
type verifyReport struct {
	subject
	Set        string          `json:"set"`
	Way        int             `json:"way"`
	Within     bool            `json:"within"`
	Episodes   int             `json:"episodes"`
	Seed       uint64          `json:"seed"`
	References []referencesRow `json:"references"`
}

// referencesRow is the figures with one number of references.
type referencesRow struct {
	Shot      int              `json:"shot"`
	EER       figure           `json:"eer"`
	AUROC     figure           `json:"auroc"`
	Threshold float64          `json:"threshold"` // of the evidence, where the EER is reached
	Same      int              `json:"same"`      // trials of one class
	Different int              `json:"different"`
	Curve     []operatingPoint `json:"curve"`
}

// curvePoints is how many points of the ROC curve a report has.
const curvePoints = 33

// evalVerify is "oneshot eval -verify": from 1 to 5 references, or as many as -shot says.
func evalVerify(c *cli.Command) error {
	e, err := openEvaluation(c)
	if err != nil {
		return err
	}
	p := protocolOf(c)
	shots := []int{1, 2, 3, 4, 5}
	if c.IsSet("shot") {
		shots = []int{p.Shot}
	}
	e.prepareFor(p)
	r, err := e.verify(p, shots)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(e.out, r)
	}
	lines := []string{fmt.Sprintf("%s: same or different %s, %d episodes of %d classes, seed %d", e, e.sampled(p).scope(), p.Episodes, p.Way, p.Seed)}
	for _, row := range r.References {
		references := "references"
		if row.Shot == 1 {
			references = "reference"
		}
		lines = append(lines, fmt.Sprintf("%d %s: equal error rate %s at threshold %.3f, AUROC %s, %d trials",
			row.Shot, references, row.EER.percent(), row.Threshold, row.AUROC.decimal(), row.Same+row.Different))
	}
	return writeText(e.out, lines...)
}

func (e *evaluation) verify(p fewshot.Protocol, shots []int) (verifyReport, error) {
	bar := newProgress(e.stderr, p.Episodes*len(shots), "episodes")
	defer bar.end()
	r := verifyReport{subject: e.subject, Set: e.setName, Way: p.Way, Within: p.Within, Episodes: p.Episodes, Seed: p.Seed}
	for i, shot := range shots {
		p.Shot = shot
		p.Progress = func(n int) { bar.done(i*p.Episodes + n) }
		v, err := fewshot.EvaluateVerification(e.set, p, e.learner)
		if err != nil {
			return r, err
		}
		row := referencesRow{Shot: shot, EER: figureOf(v.EER, p.Episodes), AUROC: figureOf(v.AUROC, p.Episodes), Threshold: v.Threshold}
		for _, point := range v.ROC.Curve(curvePoints) {
			row.Curve = append(row.Curve, operatingPoint(point))
		}
		row.Same, row.Different = v.ROC.Trials()
		r.References = append(r.References, row)
	}
	return r, nil
}
