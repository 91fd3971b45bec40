package main

import (
	"errors"
	"fmt"
	"strconv"

	"oneshot/engine/fewshot"

	"github.com/urfave/cli/v3"
)

// calibrationReport is what -json prints for calibration.
type calibrationReport struct {
	subject
	Set      string           `json:"set"`
	Shot     int              `json:"shot"`
	Within   bool             `json:"within"`
	Episodes int              `json:"episodes"`
	Seed     uint64           `json:"seed"`
	Mixtures []calibrationRow `json:"mixtures"` // 5-way, 20-way, both
}

// calibrationRow is the calibration over episodes of one or several ways.
type calibrationRow struct {
	Ways       []int       `json:"ways"`
	ECE        figure      `json:"ece"`
	NLL        float64     `json:"nll"`
	Accuracy   float64     `json:"accuracy"`
	Confidence float64     `json:"confidence"`
	Queries    int         `json:"queries"`
	Bins       []binReport `json:"bins"` // those that are not empty
}

// binReport is a row of the reliability table: confidences above From and up to To.
type binReport struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	Queries    int     `json:"queries"`
	Confidence float64 `json:"confidence"`
	Accuracy   float64 `json:"accuracy"`
}

// evalCalibration is "oneshot eval -calibration".
func evalCalibration(c *cli.Command) error {
	e, err := openEvaluation(c)
	if err != nil {
		return err
	}
	p := protocolOf(c)
	e.prepareFor(p)
	r, err := e.calibration(p)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(e.out, r)
	}
	lines := []string{fmt.Sprintf("%s: %d-shot %s, %d episodes of each way, seed %d", e, p.Shot, e.sampled(p).scope(), p.Episodes, p.Seed)}
	for _, m := range r.Mixtures {
		lines = append(lines, fmt.Sprintf("%s: expected calibration error %s, mean confidence %.2f %%, accuracy %.2f %%, NLL %.3f",
			m.name(), m.ECE.decimal(), 100*m.Confidence, 100*m.Accuracy, m.NLL))
	}
	return writeText(e.out, append(append(lines, ""), r.Mixtures[len(r.Mixtures)-1].reliability()...)...)
}

// calibration measures 5-way, 20-way and both. A set that is too small for 20-way has 5-way alone.
func (e *evaluation) calibration(p fewshot.Protocol) (calibrationReport, error) {
	r := calibrationReport{subject: e.subject, Set: e.setName, Shot: p.Shot, Within: p.Within, Episodes: p.Episodes, Seed: p.Seed}
	mixtures := [][]int{{5}, {20}, {5, 20}}
	bar := newProgress(e.stderr, 4*p.Episodes, "episodes")
	defer bar.end()
	done := 0
	for _, ways := range mixtures {
		var protocols []fewshot.Protocol
		for _, way := range ways {
			q := p
			q.Way = way
			start := done
			q.Progress = func(n int) { bar.done(start + n) }
			done += p.Episodes
			protocols = append(protocols, q)
		}
		c, err := fewshot.EvaluateCalibration(e.set, protocols, e.learner)
		if errors.Is(err, fewshot.ErrShort) && len(r.Mixtures) > 0 {
			break
		}
		if err != nil {
			return r, err
		}
		r.Mixtures = append(r.Mixtures, rowOf(ways, c, p.Episodes*len(ways)))
	}
	return r, nil
}

func rowOf(ways []int, c fewshot.Calibration, episodes int) calibrationRow {
	row := calibrationRow{Ways: ways, ECE: figureOf(c.ECE, episodes), NLL: c.NLL, Accuracy: c.Accuracy, Confidence: c.Confidence, Queries: c.Queries}
	for i, b := range c.Bins {
		if b.Queries > 0 {
			row.Bins = append(row.Bins, binReport{float64(i) / fewshot.CalibrationBins, float64(i+1) / fewshot.CalibrationBins, b.Queries, b.Confidence, b.Accuracy})
		}
	}
	return row
}

func (r calibrationRow) name() string {
	name := ""
	for i, way := range r.Ways {
		if i > 0 {
			name += " and "
		}
		name += strconv.Itoa(way) + "-way"
	}
	return name
}

// reliability is the table of bins as markdown.
func (r calibrationRow) reliability() []string {
	lines := []string{"| confidence | queries | its mean | accuracy |", "|---|---|---|---|"}
	for _, b := range r.Bins {
		lines = append(lines, fmt.Sprintf("| %.2f to %.2f | %d | %.1f %% | %.1f %% |", b.From, b.To, b.Queries, 100*b.Confidence, 100*b.Accuracy))
	}
	return lines
}
