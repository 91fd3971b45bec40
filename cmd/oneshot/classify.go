package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train/omniglot"

	"github.com/urfave/cli/v3"
)

// classifyCommand is "oneshot classify": learn the classes of a folder and answer about pictures.
func classifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "classify",
		Usage:     "learn from a folder of examples and say what other pictures show",
		UsageText: "oneshot classify -support DIR query.png...",
		Description: "DIR holds a folder for each class with one or more PNG pictures: DIR/giraffe/1.png. Prints a line for each\n" +
			"query: the class, how sure (the confidence in per cent), the runner-up, and the nearest example; or that\n" +
			"it is none of the classes, where the model has a threshold for the head or -threshold gives one. Then\n" +
			"the line also has the evidence: the head's logit of the first class, which must reach the threshold.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "support", Usage: "`DIR` with a folder of examples for each class"},
			&cli.FloatFlag{Name: "threshold", Usage: "`EVIDENCE` below which a picture is none of the classes, instead of the model's"},
		}, learnerFlags("prototype, siamese, relation or matching")...),
		Action: func(_ context.Context, c *cli.Command) error { return classify(c) },
	}
}

func classify(c *cli.Command) error {
	if !c.IsSet("support") {
		return errors.New("oneshot classify: -support DIR is missing")
	}
	if !c.Args().Present() {
		return errors.New("oneshot classify: name at least one picture to classify")
	}
	head, err := engine.ParseHead(c.String("head"))
	if err != nil {
		return err
	}
	model, err := openModel(c)
	if err != nil {
		return err
	}
	classifier, err := engine.New(model, head)
	if err != nil {
		return nameModel(c, err)
	}
	if c.IsSet("threshold") {
		if math.IsNaN(c.Float("threshold")) {
			return errors.New("oneshot classify: -threshold NaN, want a number")
		}
		classifier.SetThreshold(c.Float("threshold"))
	}
	set, err := omniglot.Load(c.String("support"), omniglot.Any)
	if err != nil {
		return err
	}
	examples := map[engine.ShotID]*fewshot.Drawing{}
	for _, class := range set.Classes {
		for _, d := range class.Drawings {
			shot, err := classifier.Add(class.Name, d.Input)
			if err != nil {
				return fmt.Errorf("%s: %w", path.Join(c.String("support"), d.Name), err)
			}
			examples[shot] = d
		}
	}
	var bad []error
	for _, file := range c.Args().Slice() {
		query, err := omniglot.ReadDrawing(file)
		if err != nil {
			bad = append(bad, err) // the other queries are answered all the same
			continue
		}
		answer, err := classifier.Classify(query.Input)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fmt.Fprintf(c.Root().Writer, "%s: %s\n", file, answerText(answer, classifier.Threshold(), examples[answer.Nearest].Name))
	}
	return errors.Join(bad...)
}

// answerText is the answer in a line.
func answerText(a engine.Answer, threshold float64, nearest string) string {
	first := a.Ranking[0]
	text := fmt.Sprintf("%s %.1f %%", first.Class, 100*first.Confidence)
	if a.None {
		text = "none of these, most like " + text
	}
	if len(a.Ranking) > 1 {
		next := a.Ranking[1]
		text += fmt.Sprintf(", then %s %.1f %%", next.Class, 100*next.Confidence)
	}
	if !math.IsInf(threshold, -1) {
		text += fmt.Sprintf(", evidence %.3f, threshold %.3f", a.Evidence, threshold)
	}
	return text + ", nearest " + nearest
}
