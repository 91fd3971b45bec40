package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"oneshot/engine"
	"oneshot/engine/train/omniglot"

	"github.com/urfave/cli/v3"
)

// verifyCommand is "oneshot verify": do two pictures show the same thing?
func verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "say whether a picture shows the same as others",
		UsageText: "oneshot verify reference.png... picture.png",
		Description: "Compares the last picture with the references before it, all of one thing: one is enough. It is the same if\n" +
			"the head's logit reaches the threshold, by default the model's own, which rejects about one in twenty of\n" +
			"the same. It tells characters and symbols apart, not who drew them: it is no check of signatures or faces.\n\n" +
			"-json prints one object: {same, logit, score, threshold, head, float, weights}.",
		Flags: append([]cli.Flag{
			&cli.Float64Flag{Name: "threshold", Usage: "the `LOGIT` from which it is the same"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object"},
		}, learnerFlags("prototype, siamese, relation or matching")...),
		Action: func(_ context.Context, c *cli.Command) error { return verify(c) },
	}
}

// sameReport is what "oneshot verify -json" prints.
type sameReport struct {
	subject
	Same      bool    `json:"same"`
	Logit     float64 `json:"logit"`
	Score     float32 `json:"score"`
	Threshold float64 `json:"threshold"`
}

func verify(c *cli.Command) error {
	files := c.Args().Slice()
	if len(files) < 2 {
		return errors.New("oneshot verify: name a reference and a picture to compare with it")
	}
	head, err := engine.ParseHead(c.String("head"))
	if err != nil {
		return err
	}
	model, err := openModel(c)
	if err != nil {
		return err
	}
	about, err := subjectOf(model, head)
	if err != nil {
		return nameModel(c, err)
	}
	classifier, err := engine.New(model, head)
	if err != nil {
		return nameModel(c, err)
	}
	if c.IsSet("threshold") {
		if t := c.Float64("threshold"); t-t != 0 {
			return fmt.Errorf("oneshot verify: -threshold %v, want a number", t)
		}
		classifier.SetThreshold(c.Float64("threshold"))
	}
	if math.IsInf(classifier.Threshold(), -1) {
		return fmt.Errorf("oneshot verify: the model has no threshold for the %s head: give one with -threshold, or find it with oneshot calibrate", head)
	}
	for i, file := range files {
		picture, err := omniglot.ReadDrawing(file)
		if err != nil {
			return err
		}
		if i < len(files)-1 {
			if _, err := classifier.Add("the same", picture.Input); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			continue
		}
		answer, err := classifier.Classify(picture.Input)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		r := sameReport{about, !answer.None, answer.Evidence, answer.Ranking[0].Score, classifier.Threshold()}
		if c.Bool("json") {
			return writeJSON(c.Root().Writer, r)
		}
		return writeText(c.Root().Writer, r.String())
	}
	return nil
}

// String is the answer in a line.
func (r sameReport) String() string {
	word := "different"
	if r.Same {
		word = "same"
	}
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }
	return word + ": score " + number(float64(r.Score)) + ", logit " + number(r.Logit) + ", threshold " + number(r.Threshold)
}
