package main

import (
	"errors"
	"fmt"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/distort"

	"github.com/urfave/cli/v3"
)

// stressReport is what -json prints for the stress table.
type stressReport struct {
	subject
	Set      string      `json:"set"`
	Way      int         `json:"way"`
	Shot     int         `json:"shot"`
	Episodes int         `json:"episodes"`
	Seed     uint64      `json:"seed"`
	Rows     []stressRow `json:"rows"` // the first undistorted
}

// stressRow is one distortion. A page is taught in one way and may be asked in another: in Queries only the queries
// are distorted, in Both the examples are too. Within is null where no alphabet has enough classes.
type stressRow struct {
	Name       string       `json:"name"`
	Queries    stressScopes `json:"queries"`
	Both       stressScopes `json:"both"`
	Unreadable int          `json:"unreadable"` // pictures in which no ink was found, each an error as a query
}

type stressScopes struct {
	Across figure  `json:"across"`
	Within *figure `json:"within"`
}

// asPublished is the name of the row without distortion.
const asPublished = "as published"

// evalStress is "oneshot eval -stress".
func evalStress(c *cli.Command) error {
	e, err := openEvaluation(c)
	if err != nil {
		return err
	}
	if e.prepare == nil {
		return fmt.Errorf("oneshot eval: -stress does not go with -head %s: prep finds the ink, and the baselines look at the picture", e.Head)
	}
	r, err := e.stress(protocolOf(c))
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(e.out, r)
	}
	lines := []string{fmt.Sprintf("%s: accuracy in per cent, %d-way %d-shot, %d episodes, seed %d, and its difference from the undistorted",
		e, r.Way, r.Shot, r.Episodes, r.Seed)}
	return writeText(e.out, append(lines, r.table(" +- ")...)...)
}

func (e *evaluation) stress(p fewshot.Protocol) (stressReport, error) {
	r := stressReport{subject: e.subject, Set: e.setName, Way: p.Way, Shot: p.Shot, Episodes: p.Episodes, Seed: p.Seed}
	protocols, used, err := e.stressed(p)
	if err != nil {
		return r, err
	}
	all := distort.All()
	bar := newProgress(e.stderr, 1+len(all), "distortions")
	defer bar.end()
	e.prepareSome(used, nil)
	for i := range 1 + len(all) {
		row := stressRow{Name: asPublished}
		var of map[*fewshot.Drawing]*fewshot.Drawing
		if i > 0 {
			row.Name = all[i-1].Name
			of = distort.Set(e.set, all[i-1], p.Seed+uint64(i)<<32, func(d *fewshot.Drawing) bool { return used[d] })
			e.prepareSome(used, of)
			for _, picture := range of {
				if picture == nil {
					row.Unreadable++
				}
			}
		}
		if row.Queries, err = measure(e.set, protocols, &fewshot.Altered{Learner: e.learner, Queries: of}); err != nil {
			return r, err
		}
		if row.Both = row.Queries; i > 0 {
			if row.Both, err = measure(e.set, protocols, &fewshot.Altered{Learner: e.learner, Queries: of, Support: of}); err != nil {
				return r, err
			}
		}
		r.Rows = append(r.Rows, row)
		bar.done(i + 1)
	}
	return r, nil
}

// stressed returns the protocols, across and where the set allows it within alphabets, and the drawings that their
// episodes use.
func (e *evaluation) stressed(p fewshot.Protocol) (protocols []fewshot.Protocol, used map[*fewshot.Drawing]bool, _ error) {
	used = map[*fewshot.Drawing]bool{}
	for _, within := range []bool{false, true} {
		p.Within = within
		episodes, err := fewshot.Episodes(e.set, p)
		if within && errors.Is(err, fewshot.ErrShort) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		protocols = append(protocols, p)
		for _, episode := range episodes {
			for c, shots := range episode.Support {
				used[episode.Queries[c]] = true
				for _, d := range shots {
					used[d] = true
				}
			}
		}
	}
	return protocols, used, nil
}

// prepareSome embeds the used drawings, or the pictures that stand in their place, on all cores.
func (e *evaluation) prepareSome(used map[*fewshot.Drawing]bool, of map[*fewshot.Drawing]*fewshot.Drawing) {
	var class fewshot.Class
	for _, c := range e.set.Classes { // in their order
		for _, d := range c.Drawings {
			if of != nil {
				d = of[d]
			} else if !used[d] {
				continue
			}
			if d != nil {
				class.Drawings = append(class.Drawings, d)
			}
		}
	}
	e.prepare(&fewshot.Set{Classes: []fewshot.Class{class}})
}

func measure(set *fewshot.Set, protocols []fewshot.Protocol, l fewshot.Learner) (s stressScopes, _ error) {
	for i, p := range protocols {
		result, err := fewshot.Evaluate(set, p, l)
		if err != nil {
			return s, err
		}
		f := accuracyOf(result)
		if i == 0 {
			s.Across = f
		} else {
			s.Within = &f
		}
	}
	return s, nil
}

// table is the rows as markdown.
func (r stressReport) table(plusMinus string) []string {
	lines := []string{
		"| how it is drawn | asked so: across | within an alphabet | taught and asked so: across | within an alphabet |",
		"|---|---|---|---|---|",
	}
	base := r.Rows[0].Queries
	for i, row := range r.Rows {
		cell := func(f, base *figure) string {
			if f == nil {
				return " |"
			}
			text := " " + f.text("%.1f", plusMinus+"%.1f", 100)
			if i > 0 {
				text += fmt.Sprintf(" (%+.1f)", 100*(f.Value-base.Value))
			}
			return text + " |"
		}
		line := "| " + row.Name + " |" + cell(&row.Queries.Across, &base.Across) + cell(row.Queries.Within, base.Within)
		if i > 0 {
			line += cell(&row.Both.Across, &base.Across) + cell(row.Both.Within, base.Within)
		} else {
			line += " | |"
		}
		lines = append(lines, line)
	}
	return lines
}
