package fewshot

// VerificationResult is what EvaluateVerification measured.
type VerificationResult struct {
	EER       Estimate // the equal error rate
	Threshold float64  // of the evidence, where it is reached
	AUROC     Estimate
	ROC       *ROC // positive trials are those of one class
}

// EvaluateVerification measures how well a learner tells same from different: it is shown Shot
// references of one class, and nothing else, and asked about a drawing. An episode takes Way classes; the
// references of each are asked about a drawing of the same class and about one of another class of the
// episode. With Protocol.Within both are of one alphabet. Errors are those of Evaluate.
//
// The decision is by the evidence with one threshold for all classes. Different drawings of a class are
// by different people: this is verification of characters, not of who drew them.
func EvaluateVerification(set *Set, p Protocol, learner Learner) (VerificationResult, error) {
	s, err := newSampler(set, p, 0)
	if err != nil {
		return VerificationResult{}, err
	}
	var trials []trial
	err = s.each(func(i int, e Episode) error {
		for class, references := range e.Support {
			if err := learner.Learn([][]*Drawing{references}); err != nil {
				return err
			}
			// Classes stand in random order, so that the next one is any other.
			for _, other := range []int{class, (class + 1) % p.Way} {
				answer, err := learner.Answer(e.Queries[other])
				if err != nil {
					return err
				}
				trials = append(trials, trial{answer.Evidence(), other == class, i})
			}
		}
		return nil
	})
	if err != nil {
		return VerificationResult{}, err
	}
	r := VerificationResult{ROC: newROC(trials, p.Episodes)}
	r.EER, r.Threshold = r.ROC.EER()
	r.AUROC = r.ROC.AUROC()
	return r, nil
}
