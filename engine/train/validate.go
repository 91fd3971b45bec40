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
		m, err := t.Model()
		if err != nil {
			return err
		}
		if row.Across, row.Within, err = t.measure(NewFloatLearner(m, engine.Prototype)); err != nil {
			return err
		}
		if t.relationBegun() {
			if row.RelationAcross, row.RelationWithin, err = t.measure(NewFloatLearner(m, engine.Relation)); err != nil {
				return err
			}
		}
	}
	return t.log.add(t.cfg.Dir, row)
}

func (t *Trainer) phaseGoal() Goal {
	return t.cfg.Recipe.Phases[min(t.phase, len(t.cfg.Recipe.Phases)-1)].Goal
}

// measure returns the 20-way 1-shot accuracy across and within the validation alphabets.
func (t *Trainer) measure(l *FloatLearner, err error) (across, within float64, _ error) {
	if err != nil {
		return 0, 0, err
	}
	l.Prepare(t.cfg.Validation)
	p := fewshot.Protocol{Way: 20, Shot: 1, Episodes: t.cfg.ValidationEpisodes, Seed: validationSeed}
	a, err := fewshot.Evaluate(t.cfg.Validation, p, l)
	if err != nil {
		return 0, 0, err
	}
	p.Within = true
	w, err := fewshot.Evaluate(t.cfg.Validation, p, l)
	return a.Accuracy, w.Accuracy, err
}
