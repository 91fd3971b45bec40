package fewshot

// OpenResult is what EvaluateOpen measured.
type OpenResult struct {
	// AUROC is the area under the curve of the evidence with one threshold for all episodes: the
	// probability that a query of a known class has more evidence than one of an unknown class.
	AUROC Estimate
	// EpisodeAUROC is the mean over episodes of the area within each, as if each had a threshold of its
	// own. Papers on few-shot open-set recognition report it.
	EpisodeAUROC Estimate
	// Accuracy is that of the queries of known classes, without a threshold.
	Accuracy Estimate
	// ROC accepts queries by their evidence; positive are those of known classes.
	ROC *ROC
}

// EvaluateOpen measures how well a learner's evidence tells queries of the classes that it was shown from
// others. An episode has one query of each of its Way classes and one of each of Way classes that are
// not in the support set; those of Protocol.Within are from the same alphabet. Errors are those of
// Evaluate.
func EvaluateOpen(set *Set, p Protocol, learner Learner) (OpenResult, error) {
	s, err := newSampler(set, p, p.Way)
	if err != nil {
		return OpenResult{}, err
	}
	var trials []trial
	var areas, accuracy mean
	err = s.each(func(i int, e Episode) error {
		if err := learner.Learn(e.Support[:p.Way]); err != nil {
			return err
		}
		right := 0
		for class, query := range e.Queries {
			answer, err := learner.Answer(query)
			if err != nil {
				return err
			}
			known := class < p.Way
			if known && answer.Class == class {
				right++
			}
			trials = append(trials, trial{answer.Evidence(), known, i})
		}
		accuracy.add(float64(right) / float64(p.Way))
		own := append([]trial(nil), trials[len(trials)-len(e.Queries):]...)
		for j := range own {
			own[j].episode = 0
		}
		areas.add(newROC(own, 1).auroc([]float64{1}))
		return nil
	})
	if err != nil {
		return OpenResult{}, err
	}
	r := OpenResult{EpisodeAUROC: areas.estimate(), Accuracy: accuracy.estimate(), ROC: newROC(trials, p.Episodes)}
	r.AUROC = r.ROC.AUROC()
	return r, nil
}
