package main

import (
	"fmt"
	"strings"

	"oneshot/engine/fewshot"

	"github.com/urfave/cli/v3"
)

// tableReport is everything that the README says about accuracy: what -json prints, and markdown without.
type tableReport struct {
	Set         string              `json:"set"`
	Float       bool                `json:"float"`
	Weights     string              `json:"weights"`
	Episodes    int                 `json:"episodes"`
	Seed        uint64              `json:"seed"`
	Accuracy    []accuracyReport    `json:"accuracy"` // heads and baselines
	Open        []openReport        `json:"open"`
	Verify      []verifyReport      `json:"verify"`
	Calibration []calibrationReport `json:"calibration"`
	Grid        gridReport          `json:"grid"`   // of the first head
	Stress      stressReport        `json:"stress"` // of the first head
}

// tableTasks are the rows of the accuracy table. The baselines are measured on those of one shot.
func tableTasks(c *cli.Command) (tasks []fewshot.Protocol) {
	p := protocolOf(c)
	for _, t := range []struct {
		way, shot int
		within    bool
	}{{20, 1, true}, {20, 1, false}, {20, 5, true}, {20, 5, false}, {5, 1, true}, {5, 1, false}, {5, 5, false}} {
		p.Way, p.Shot, p.Within = t.way, t.shot, t.within
		tasks = append(tasks, p)
	}
	return tasks
}

// evalTable is "oneshot eval -table".
func evalTable(c *cli.Command) error {
	heads, err := openHeads(c)
	if err != nil {
		return err
	}
	set, err := loadSet(c.String("data"), c.String("set"))
	if err != nil {
		return err
	}
	tasks := tableTasks(c)
	for _, p := range tasks {
		if _, err := fewshot.Sample(set, p, 0); err != nil {
			return err
		}
	}
	heads[0].prepareAll(set, c.Root().ErrWriter)
	e := func(l *chosen) *evaluation {
		return &evaluation{chosen: l, set: set, setName: c.String("set"), out: c.Root().Writer, stderr: c.Root().ErrWriter}
	}
	r, err := tabulate(heads, e, tasks)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(c.Root().Writer, r)
	}
	return writeText(c.Root().Writer, r.markdown()...)
}

func tabulate(heads []*chosen, on func(*chosen) *evaluation, tasks []fewshot.Protocol) (r tableReport, _ error) {
	first := on(heads[0])
	r = tableReport{Set: first.setName, Float: first.Float, Weights: first.Weights, Episodes: tasks[0].Episodes, Seed: tasks[0].Seed}
	p := tasks[0]
	p.Way, p.Shot, p.Within = 20, 1, false
	five := p
	five.Way = 5
	for _, head := range heads {
		e := on(head)
		for _, task := range tasks {
			a, err := e.accuracy(task)
			if err != nil {
				return r, err
			}
			r.Accuracy = append(r.Accuracy, a)
		}
		for _, within := range []bool{false, true} {
			task := five
			task.Within = within
			o, err := e.open(task)
			if err != nil {
				return r, err
			}
			r.Open = append(r.Open, o)
		}
		v, err := e.verify(p, []int{1, 2, 3, 4, 5})
		if err != nil {
			return r, err
		}
		r.Verify = append(r.Verify, v)
		c, err := e.calibration(p)
		if err != nil {
			return r, err
		}
		r.Calibration = append(r.Calibration, c)
	}
	for _, baseline := range []*chosen{baselineOf("pixels", &fewshot.Pixels{}), baselineOf("hausdorff", &fewshot.Hausdorff{})} {
		for _, task := range tasks {
			if task.Shot != 1 || task.Way != 20 {
				continue
			}
			a, err := on(baseline).accuracy(task)
			if err != nil {
				return r, err
			}
			r.Accuracy = append(r.Accuracy, a)
		}
	}
	var err error
	if r.Grid, err = first.grid(p); err != nil {
		return r, err
	}
	r.Stress, err = first.stress(p)
	return r, err
}

// markdown is the report for a README.
func (r tableReport) markdown() []string {
	kind := "int8"
	if r.Float {
		kind = "float32"
	}
	set := r.Set
	if set == "" {
		set = "given"
	}
	lines := []string{fmt.Sprintf("Model `%s`, %s, the %s classes, %d episodes of seed %d for each figure; ± is half of the 95 %% interval over episodes.",
		r.Weights, kind, set, r.Episodes, r.Seed), ""}
	lines = append(lines, r.accuracyTable()...)
	lines = append(lines, "", "**None of these.** 5-way 1-shot, half the queries of classes that were not shown. The threshold is the model's own.", "")
	lines = append(lines, r.openTable()...)
	lines = append(lines, "", "**Same or different.** Equal error rate in per cent for drawings of two classes across the set, from 1 to 5 references.", "")
	lines = append(lines, r.verifyTable()...)
	lines = append(lines, "", "**What the confidence means.** Expected calibration error, 1-shot across the set, 15 bins.", "")
	lines = append(lines, r.calibrationTable()...)
	lines = append(lines, "", fmt.Sprintf("**More classes, more examples.** Accuracy in per cent across the set, %s head.", r.Grid.Head), "")
	lines = append(lines, r.Grid.table(" ± ")...)
	lines = append(lines, "", fmt.Sprintf("**Drawn otherwise.** Accuracy in per cent, %d-way %d-shot, %s head, and the difference from drawings as published. "+
		"*Asked so*: taught with drawings as published and asked about others; *taught and asked so*: both are distorted.", r.Stress.Way, r.Stress.Shot, r.Stress.Head), "")
	return append(lines, r.Stress.table(" ± ")...)
}

func (r tableReport) accuracyTable() []string {
	type key struct {
		head string
		task sampled
	}
	cells := map[key]string{}
	var heads []string
	var tasks []sampled // those of the first head: the baselines have some of them
	for _, a := range r.Accuracy {
		cells[key{a.Head, a.sampled}] = figure{a.Accuracy, a.CI95}.text("%.1f", " ± %.1f", 100)
		if len(heads) == 0 || heads[len(heads)-1] != a.Head {
			heads = append(heads, a.Head)
		}
		if len(heads) == 1 {
			tasks = append(tasks, a.sampled)
		}
	}
	lines := []string{"| accuracy in per cent | " + strings.Join(heads, " | ") + " |", "|---|" + strings.Repeat("---|", len(heads))}
	for _, task := range tasks {
		line := fmt.Sprintf("| %d-way %d-shot %s |", task.Way, task.Shot, task.scope())
		for _, head := range heads {
			line += " " + cells[key{head, task}] + " |"
		}
		lines = append(lines, line)
	}
	return lines
}

func (r tableReport) openTable() []string {
	lines := []string{"| head | classes | AUROC, one threshold | AUROC within episodes | known rejected | unknown accepted |", "|---|---|---|---|---|---|"}
	for _, o := range r.Open {
		rates := " | |"
		if o.Model != nil {
			rates = fmt.Sprintf(" %.1f %% | %.1f %% |", 100*o.Model.FalseRejection, 100*o.Model.FalseAcceptance)
		}
		lines = append(lines, fmt.Sprintf("| %s | %s | %s | %s |%s", o.Head, o.scope(),
			o.AUROC.text("%.3f", " ± %.3f", 1), o.EpisodeAUROC.text("%.3f", " ± %.3f", 1), rates))
	}
	return lines
}

func (r tableReport) verifyTable() []string {
	head, rule := "| head |", "|---|"
	for _, row := range r.Verify[0].References {
		head += fmt.Sprintf(" %d |", row.Shot)
		rule += "---|"
	}
	lines := []string{head, rule}
	for _, v := range r.Verify {
		line := "| " + v.Head + " |"
		for _, row := range v.References {
			line += " " + row.EER.text("%.1f", " ± %.1f", 100) + " |"
		}
		lines = append(lines, line)
	}
	return lines
}

func (r tableReport) calibrationTable() []string {
	head, rule := "| head |", "|---|"
	for _, m := range r.Calibration[0].Mixtures {
		head += " " + m.name() + " |"
		rule += "---|"
	}
	lines := []string{head, rule}
	for _, c := range r.Calibration {
		line := "| " + c.Head + " |"
		for _, m := range c.Mixtures {
			line += " " + m.ECE.text("%.3f", " ± %.3f", 1) + " |"
		}
		lines = append(lines, line)
	}
	return lines
}
