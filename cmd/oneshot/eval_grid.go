package main

import (
	"errors"
	"fmt"
	"strings"

	"oneshot/engine/fewshot"

	"github.com/urfave/cli/v3"
)

// gridWays and gridShots are the rows and columns of the grid.
func gridWays() []int  { return []int{2, 5, 10, 20, 50} }
func gridShots() []int { return []int{1, 2, 5, 10} }

// gridReport is what -json prints for the grid. Cells that the set is too small for are left out.
type gridReport struct {
	subject
	Set      string     `json:"set"`
	Within   bool       `json:"within"`
	Episodes int        `json:"episodes"`
	Seed     uint64     `json:"seed"`
	Cells    []gridCell `json:"cells"`
}

type gridCell struct {
	Way      int    `json:"way"`
	Shot     int    `json:"shot"`
	Accuracy figure `json:"accuracy"`
}

// evalGrid is "oneshot eval -grid": accuracy over ways and shots.
func evalGrid(c *cli.Command) error {
	e, err := openEvaluation(c)
	if err != nil {
		return err
	}
	p := protocolOf(c)
	e.prepareFor(fewshot.Protocol{Episodes: p.Episodes, Way: 20, Shot: 5})
	r, err := e.grid(p)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(e.out, r)
	}
	s := e.sampled(p)
	lines := []string{fmt.Sprintf("%s: accuracy in per cent %s, %d episodes, seed %d", e, s.scope(), p.Episodes, p.Seed)}
	return writeText(e.out, append(lines, r.table(" +- ")...)...)
}

func (e *evaluation) grid(p fewshot.Protocol) (gridReport, error) {
	bar := newProgress(e.stderr, p.Episodes*len(gridWays())*len(gridShots()), "episodes")
	defer bar.end()
	p.Progress = bar.done
	r := gridReport{subject: e.subject, Set: e.setName, Within: p.Within, Episodes: p.Episodes, Seed: p.Seed}
	cells, err := fewshot.EvaluateGrid(e.set, p, gridWays(), gridShots(), e.learner)
	if err != nil {
		return r, err
	}
	for _, c := range cells {
		if c.Result.Episodes > 0 {
			r.Cells = append(r.Cells, gridCell{c.Way, c.Shot, accuracyOf(c.Result)})
		}
	}
	if len(r.Cells) == 0 {
		return r, errors.New("oneshot eval: the set is too small for every cell of the grid")
	}
	return r, nil
}

// table is the grid as markdown.
func (r gridReport) table(plusMinus string) []string {
	cells := map[[2]int]figure{}
	for _, c := range r.Cells {
		cells[[2]int{c.Way, c.Shot}] = c.Accuracy
	}
	head, rule := "| |", "|---|"
	for _, shot := range gridShots() {
		head += fmt.Sprintf(" %d-shot |", shot)
		rule += "---|"
	}
	lines := []string{head, rule}
	for _, way := range gridWays() {
		var line strings.Builder
		fmt.Fprintf(&line, "| %d-way |", way)
		any := false
		for _, shot := range gridShots() {
			f, ok := cells[[2]int{way, shot}]
			if any = any || ok; ok {
				line.WriteString(" " + f.text("%.1f", plusMinus+"%.1f", 100) + " |")
			} else {
				line.WriteString(" |")
			}
		}
		if any {
			lines = append(lines, line.String())
		}
	}
	return lines
}
