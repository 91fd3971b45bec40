package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"oneshot/engine/fewshot"

	"github.com/urfave/cli/v3"
)

// evalMode is one of the things that "oneshot eval" measures.
type evalMode struct {
	flag   string // that asks for it; "" for accuracy, which needs none
	run    func(*cli.Command) error
	ignore []string // flags that do not go with it
	why    string
}

// evalModes lists what can be measured. Each lives in a file of its own.
func evalModes() []evalMode {
	return []evalMode{
		{"", evalAccuracy, nil, ""},
		{"grid", evalGrid, []string{"way", "shot"}, "which has its own list of both"},
		{"open", evalOpen, nil, ""},
		{"verify", evalVerify, nil, ""},
		{"calibration", evalCalibration, []string{"way"}, "which measures 5-way and 20-way"},
		{"stress", evalStress, []string{"within"}, "which measures within and across alphabets"},
		{"table", evalTable, []string{"way", "shot", "within", "head"}, "which has all of them"},
		{"runs", evalRuns, []string{"data", "set", "way", "shot", "episodes", "seed", "within"}, "whose trials are fixed"},
	}
}

// evalCommand is "oneshot eval": every figure about the learner.
func evalCommand() *cli.Command {
	return &cli.Command{
		Name:  "eval",
		Usage: "measure accuracy on drawings that the network has never seen",
		UsageText: "oneshot eval -data DIR -set background|evaluation|validation -way N -shot K -episodes E -seed S [-within] [-json]\n" +
			"oneshot eval -data DIR -set validation -grid|-open|-verify|-calibration|-stress|-table [-json]\n" +
			"oneshot eval -runs all_runs.zip [-json]",
		Description: "Each episode draws N classes, K examples of each to learn from and one other drawing of each as a query;\n" +
			"queries are answered one at a time. Prints the mean accuracy and its 95 % interval over episodes. With\n" +
			"-runs it counts the errors of the published one-shot runs (Lake et al., Science 2015).\n\n" +
			"-json prints one object: {head, set, way, shot, within, episodes, seed, accuracy, ci95, float, weights}\n" +
			"or, with -runs, {head, trials, errors, float, weights}. Accuracy and ci95 are parts of 1; weights is the\n" +
			"beginning of the checksum of the model file. Other measurements add fields of their own, every\n" +
			"figure with an interval as {value, ci95}. One episode has no interval: ci95 is null.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "data", Usage: "`DIR` with images_background.zip or images_evaluation.zip, their unpacked trees, or class folders of PNG; or FILE.jsonl.gz with doodles"},
			&cli.StringFlag{Name: "set", Usage: "which part of Omniglot: background, evaluation, validation, training, small1 or small2; of doodles: validation or training; leave it out for class folders"},
			&cli.IntFlag{Name: "way", Value: 20, Usage: "classes in an episode; with -open 5 if it is left out"},
			&cli.IntFlag{Name: "shot", Value: 1, Usage: "examples of each class; with -verify 1 to 5 if it is left out"},
			&cli.IntFlag{Name: "episodes", Value: 1000, Usage: "how many episodes"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "decides the episodes"},
			&cli.BoolFlag{Name: "within", Usage: "all classes of an episode from one alphabet"},
			&cli.BoolFlag{Name: "grid", Usage: "accuracy over ways and shots"},
			&cli.BoolFlag{Name: "open", Usage: "none of these: half the queries are of classes that were not shown"},
			&cli.BoolFlag{Name: "verify", Usage: "same or different, from references of one class"},
			&cli.BoolFlag{Name: "calibration", Usage: "whether the confidence means what it says, 5-way and 20-way"},
			&cli.BoolFlag{Name: "stress", Usage: "accuracy on drawings made with other pens, scanned, photographed, turned"},
			&cli.BoolFlag{Name: "table", Usage: "everything above for all heads, as markdown"},
			&cli.StringFlag{Name: "runs", Usage: "`FILE` all_runs.zip of the published one-shot runs, or its unpacked tree"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object"},
			&cli.BoolFlag{Name: "float", Usage: "use the float network from before quantisation"},
		}, learnerFlags("prototype, siamese, relation, matching, or a baseline without weights: pixels, hausdorff")...),
		Action: func(_ context.Context, c *cli.Command) error {
			if err := noArguments(c); err != nil {
				return err
			}
			mode, err := modeOf(c)
			if err != nil {
				return err
			}
			return mode.run(c)
		},
	}
}

// modeOf finds what the flags ask to measure and refuses those that do not go with it.
func modeOf(c *cli.Command) (evalMode, error) {
	modes := evalModes()
	chosen := modes[0]
	for _, m := range modes[1:] {
		if !c.IsSet(m.flag) || m.flag != "runs" && !c.Bool(m.flag) {
			continue
		}
		if chosen.flag != "" {
			return chosen, fmt.Errorf("oneshot eval: -%s does not go with -%s: one measurement at a time", chosen.flag, m.flag)
		}
		chosen = m
	}
	for _, name := range chosen.ignore {
		if c.IsSet(name) {
			return chosen, fmt.Errorf("oneshot eval: -%s does not go with -%s, %s", name, chosen.flag, chosen.why)
		}
	}
	if chosen.flag != "runs" && !c.IsSet("data") {
		return chosen, errors.New("oneshot eval: -data DIR or -runs FILE is missing")
	}
	return chosen, nil
}

// evaluation is a learner and the set that it is measured on.
type evaluation struct {
	*chosen
	set     *fewshot.Set
	setName string
	out     io.Writer
	stderr  io.Writer
}

// openEvaluation opens the learner and the set that the flags choose.
func openEvaluation(c *cli.Command) (*evaluation, error) {
	l, err := openLearner(c)
	if err != nil {
		return nil, err
	}
	e := &evaluation{chosen: l, setName: c.String("set"), out: c.Root().Writer, stderr: c.Root().ErrWriter}
	if e.set, err = loadSet(c.String("data"), e.setName); err != nil {
		return nil, err
	}
	return e, nil
}

// protocolOf is the protocol that the flags describe.
func protocolOf(c *cli.Command) fewshot.Protocol {
	return fewshot.Protocol{Way: c.Int("way"), Shot: c.Int("shot"), Episodes: c.Int("episodes"), Seed: c.Uint64("seed"), Within: c.Bool("within")}
}

// prepareFor embeds all drawings on all cores if the protocols will ask about most of them; else it would be for nothing.
func (e *evaluation) prepareFor(protocols ...fewshot.Protocol) {
	asked := 0
	for _, p := range protocols {
		asked += p.Episodes * p.Way * (p.Shot + 1)
	}
	if asked >= drawings(e.set) {
		e.prepareAll(e.set, e.stderr)
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

// sampled is what every report says about its episodes.
type sampled struct {
	Set      string `json:"set"`
	Way      int    `json:"way"`
	Shot     int    `json:"shot"`
	Within   bool   `json:"within"`
	Episodes int    `json:"episodes"`
	Seed     uint64 `json:"seed"`
}

func (e *evaluation) sampled(p fewshot.Protocol) sampled {
	return sampled{e.setName, p.Way, p.Shot, p.Within, p.Episodes, p.Seed}
}

// scope says in words where the classes of an episode come from.
func (s sampled) scope() string {
	if s.Within {
		return "within an alphabet"
	}
	return "across the set"
}

// String describes the episodes for people.
func (s sampled) String() string {
	return fmt.Sprintf("%d-way %d-shot %s, %d episodes, seed %d", s.Way, s.Shot, s.scope(), s.Episodes, s.Seed)
}

// figure is an estimate as reports have it: a part of 1 with half the width of its 95 % interval, nil for one
// episode, which has none.
type figure struct {
	Value float64  `json:"value"`
	CI95  *float64 `json:"ci95"`
}

func figureOf(e fewshot.Estimate, episodes int) figure {
	if episodes < 2 {
		return figure{Value: e.Value}
	}
	return figure{e.Value, &e.CI95}
}

// text is the value in one format and the interval, if there is one, in another.
func (f figure) text(value, interval string, scale float64) string {
	text := fmt.Sprintf(value, scale*f.Value)
	if f.CI95 != nil {
		text += fmt.Sprintf(interval, scale**f.CI95)
	}
	return text
}

func (f figure) percent() string { return f.text("%.2f %%", " +- %.2f", 100) }

// decimal is the figure with three decimals, for those that are not read as per cent.
func (f figure) decimal() string { return f.text("%.3f", " +- %.3f", 1) }

// accuracyOf is the figure of an evaluation.
func accuracyOf(r fewshot.Result) figure {
	return figureOf(fewshot.Estimate{Value: r.Accuracy, CI95: r.CI95}, r.Episodes)
}

// writeJSON writes one object and a line feed.
func writeJSON(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }

// writeText writes lines.
func writeText(w io.Writer, lines ...string) error {
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}
