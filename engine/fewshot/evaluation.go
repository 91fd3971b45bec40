package fewshot

// Evaluation is Evaluate one question at a time, for whoever must not be kept waiting.
type Evaluation struct {
	sampler *sampler
	learner Learner
	result  Result
	episode Episode
	query   int // the next of the episode; 0 before the learner was shown it
	right   int // of the episode
	mean    mean
}

// Begin begins an evaluation. The errors are those of Evaluate without the learner's; Progress is not called.
func Begin(set *Set, p Protocol, learner Learner) (*Evaluation, error) {
	s, err := newSampler(set, p, 0)
	if err != nil {
		return nil, err
	}
	return &Evaluation{sampler: s, learner: learner}, nil
}

// Next asks one more question and reports whether there are others. The errors are the learner's.
func (e *Evaluation) Next() (more bool, err error) {
	if e.result.Episodes == e.sampler.Episodes {
		return false, nil
	}
	if e.query == 0 {
		e.episode, e.right = e.sampler.episode(e.result.Episodes), 0
		if err := e.learner.Learn(e.episode.Support); err != nil {
			return false, err
		}
	}
	answer, err := e.learner.Answer(e.episode.Queries[e.query])
	if err != nil {
		return false, err
	}
	if answer.Class == e.query {
		e.right++
	}
	e.query++
	if e.query == len(e.episode.Queries) {
		e.query = 0
		e.result.Episodes++
		e.result.Queries += len(e.episode.Queries)
		e.result.Right += e.right
		e.mean.add(float64(e.right) / float64(e.sampler.Way))
		e.result.Accuracy = float64(e.result.Right) / float64(e.result.Queries)
		e.result.CI95 = e.mean.estimate().CI95
	}
	return e.result.Episodes < e.sampler.Episodes, nil
}

// Result is what was measured in the episodes that are over; all zero before the first is.
func (e *Evaluation) Result() Result { return e.result }
