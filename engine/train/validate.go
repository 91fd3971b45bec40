package train

import (
	"oneshot/engine"
	"oneshot/engine/fewshot"
)

// validationSeed samples the episodes of every point of a curve: the same ones each time, so that points differ by what
// was learned alone.
const validationSeed = 1

// validate measures the averaged network on the validation alphabets and adds a line to the log and the curves.
func (t *Trainer) validate() error {
	row := Row{Images: t.shown, Phase: t.phaseGoal()}
	row.Loss, row.Accuracy = t.log.mean()
	if t.cfg.Validation != nil {
		if err := t.measureHeads(&row); err != nil {
			return err
		}
	}
	return t.log.add(t.cfg.Dir, row)
}

func (t *Trainer) phaseGoal() Goal {
	return t.cfg.Recipe.Phases[min(t.phase, len(t.cfg.Recipe.Phases)-1)].Goal
}

// measureHeads fills the accuracies of row, of the heads that have been trained. While one head is trained
// alone the others stand still: theirs are those of the line before.
func (t *Trainer) measureHeads(row *Row) error {
	m, err := t.Model()
	if err != nil {
		return err
	}
	l, err := NewFloatLearner(m, engine.Prototype)
	if err != nil {
		return err
	}
	l.Prepare(t.cfg.Validation)
	heads := []engine.Head{engine.Prototype}
	for _, h := range t.heads {
		if t.begun(h) {
			heads = append(heads, h.head())
		}
		if last := len(t.log.Rows) - 1; last >= 0 && row.Phase == h.goal() {
			for _, other := range rowHeads {
				a, w := row.validation(other)
				lastA, lastW := t.log.Rows[last].validation(other)
				*a, *w = *lastA, *lastW
			}
			heads = []engine.Head{h.head()}
			break
		}
	}
	for _, h := range heads {
		with, err := l.With(h)
		if err != nil {
			return err
		}
		across, within := row.validation(h)
		if *across, *within, err = t.measure(with); err != nil {
			return err
		}
	}
	return nil
}

// measure returns the 20-way 1-shot accuracy across and within the validation alphabets.
func (t *Trainer) measure(l *FloatLearner) (across, within float64, _ error) {
	p := fewshot.Protocol{Way: 20, Shot: 1, Episodes: t.cfg.ValidationEpisodes, Seed: validationSeed}
	a, err := fewshot.Evaluate(t.cfg.Validation, p, l)
	if err != nil {
		return 0, 0, err
	}
	p.Within = true
	w, err := fewshot.Evaluate(t.cfg.Validation, p, l)
	return a.Accuracy, w.Accuracy, err
}
