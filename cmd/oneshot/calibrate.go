package main

import (
	"context"
	"fmt"
	"os"

	"oneshot/engine/train"
	"oneshot/engine/train/omniglot"
	"oneshot/weights"

	"github.com/urfave/cli/v3"
)

// Confidences are fitted to this many episodes of each protocol, of another seed than that which oneshot eval has by default.
const (
	calibrationEpisodes = 200
	calibrationSeed     = 1000
)

// calibrateCommand is "oneshot calibrate": temperatures and thresholds for a model.
func calibrateCommand() *cli.Command {
	return &cli.Command{
		Name:      "calibrate",
		Usage:     "make the confidences of a model mean what they say",
		UsageText: "oneshot calibrate -weights in.osm -data DIR -o out.osm",
		Description: "Chooses a temperature for each head, so that the softmax of its logits is the chance to be right, and a\n" +
			"threshold below which a query is none of the classes. The drawings must be of classes that training did\n" +
			"not see. \"oneshot train\" does it at its end.\n\n" +
			"-json prints one object: {weights, heads: [{head, temperature, threshold, nll}]}.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "weights", Usage: "int8 model `FILE` (.osm) instead of the built-in one"},
			&cli.StringFlag{Name: "data", Usage: "`DIR` as oneshot eval reads it"},
			&cli.StringFlag{Name: "set", Value: string(omniglot.Validation), Usage: "which part of Omniglot; \"\" for class folders"},
			&cli.StringFlag{Name: "o", Usage: "write the model to `FILE`"},
			&cli.IntFlag{Name: "episodes", Value: calibrationEpisodes, Usage: "how many episodes of each protocol"},
			&cli.Uint64Flag{Name: "seed", Value: calibrationSeed, Usage: "decides the episodes"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object"},
		},
		Action: func(_ context.Context, c *cli.Command) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return calibrate(c)
		},
	}
}

// confidenceReport is what "oneshot calibrate -json" prints.
type confidenceReport struct {
	Weights string                 `json:"weights"` // the beginning of the new model's digest
	Heads   []headConfidenceReport `json:"heads"`
}

type headConfidenceReport struct {
	Head        string  `json:"head"`
	Temperature float32 `json:"temperature"`
	Threshold   float32 `json:"threshold"`
	NLL         float64 `json:"nll"`
}

func calibrate(c *cli.Command) error {
	for _, name := range []string{"data", "o"} {
		if !c.IsSet(name) {
			return fmt.Errorf("oneshot calibrate: -%s is missing", name)
		}
	}
	model, err := openModel(c)
	if err != nil {
		return err
	}
	set, err := omniglot.Load(c.String("data"), omniglot.SetName(c.String("set")))
	if err != nil {
		return err
	}
	bar := newProgress(c.Root().ErrWriter, 100, "per cent")
	fitted, heads, err := train.FitConfidence(model, set, train.Confidence{Episodes: c.Int("episodes"), Seed: c.Uint64("seed"),
		Progress: func(done, total int) { bar.done(100 * done / total) }})
	bar.end()
	if err != nil {
		return nameModel(c, err)
	}
	data, err := weights.Encode(fitted)
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.String("o"), data, 0o644); err != nil {
		return err
	}
	digest, err := weights.Digest(fitted)
	if err != nil {
		return err
	}
	r := confidenceReport{Weights: digest[:digestLetters]}
	for _, h := range heads {
		r.Heads = append(r.Heads, headConfidenceReport{h.Head.String(), h.Temperature, h.Threshold, h.NLL})
	}
	if c.Bool("json") {
		return writeJSON(c.Root().Writer, r)
	}
	return writeText(c.Root().Writer, append(confidenceText(heads), fmt.Sprintf("%s: model %s, %d bytes", c.String("o"), r.Weights, len(data)))...)
}

// confidenceText is a line for each head.
func confidenceText(heads []train.HeadConfidence) (lines []string) {
	for _, h := range heads {
		lines = append(lines, fmt.Sprintf("%s: temperature %.3f, threshold %.3f, log-likelihood -%.3f", h.Head, h.Temperature, h.Threshold, h.NLL))
	}
	return lines
}
