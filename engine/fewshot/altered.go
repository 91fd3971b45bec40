package fewshot

// Altered is a Learner that meets other pictures of the same drawings: of another pen, or photographed.
// Episodes stay what they are, so that figures with and without can be compared query by query.
type Altered struct {
	Learner

	// Queries and Support have the picture to show in place of a drawing. A drawing that is not there is
	// shown as it is. Where there is nil the picture cannot be read: a query then has no class, and an
	// example is drawn again, as it was.
	Queries, Support map[*Drawing]*Drawing
}

// Learn implements Learner.
func (a *Altered) Learn(support [][]*Drawing) error {
	if a.Support == nil {
		return a.Learner.Learn(support)
	}
	altered := make([][]*Drawing, len(support))
	for c, shots := range support {
		altered[c] = make([]*Drawing, len(shots))
		for i, d := range shots {
			if altered[c][i] = a.Support[d]; altered[c][i] == nil {
				altered[c][i] = d
			}
		}
	}
	return a.Learner.Learn(altered)
}

// Answer implements Learner.
func (a *Altered) Answer(query *Drawing) (Answer, error) {
	picture, ok := a.Queries[query]
	switch {
	case !ok:
		picture = query
	case picture == nil:
		return Answer{Class: -1}, nil
	}
	return a.Learner.Answer(picture)
}
