package fewshot

import "errors"

// Cell is the accuracy of one way and shot.
type Cell struct {
	Way, Shot int
	// Result is that of Evaluate. Its Episodes are 0 where the set is too small for the cell.
	Result Result
}

// EvaluateGrid measures the accuracy over ways and shots, rows first; p decides all else of the protocols, and its
// Progress sees the episodes of all cells. A cell for which the set is too small has no result; other errors are those
// of Evaluate.
func EvaluateGrid(set *Set, p Protocol, ways, shots []int, learner Learner) ([]Cell, error) {
	cells := make([]Cell, 0, len(ways)*len(shots))
	done := 0
	for _, way := range ways {
		for _, shot := range shots {
			q := p
			q.Way, q.Shot = way, shot
			if p.Progress != nil {
				q.Progress = func(n int) { p.Progress(done + n) }
			}
			result, err := Evaluate(set, q, learner)
			if err != nil && !errors.Is(err, ErrShort) {
				return nil, err
			}
			cells = append(cells, Cell{way, shot, result})
			done += p.Episodes
		}
	}
	return cells, nil
}
