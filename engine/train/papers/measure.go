package papers

import (
	"math"

	"oneshot/engine/fewshot"
)

// Accuracy is what Measure found. The two differ for networks with batch normalisation alone.
type Accuracy struct {
	// Alone answers one query at a time, with statistics that were settled in training: what can be used.
	Alone fewshot.Result

	// Together shows all queries of an episode at once, each normalised with the statistics of the lot: how the Relation
	// Network was published. A query is then answered with the knowledge of the others.
	Together fewshot.Result
}

// Measure finds both accuracies of the network as it stands, over the same episodes.
func (t *Trainer) Measure(set *fewshot.Set, p fewshot.Protocol) (Accuracy, error) {
	t.settle()
	var a Accuracy
	var err error
	if a.Alone, err = fewshot.Evaluate(set, p, t.net); err != nil {
		return Accuracy{}, err
	}
	a.Together, err = evaluateTogether(set, p, t.net)
	return a, err
}

// evaluateTogether is fewshot.Evaluate with whole episodes at once.
func evaluateTogether(set *fewshot.Set, p fewshot.Protocol, n network) (fewshot.Result, error) {
	result := fewshot.Result{Episodes: p.Episodes}
	var sum, squares float64
	for i := range p.Episodes {
		e, err := fewshot.Sample(set, p, i)
		if err != nil {
			return fewshot.Result{}, err
		}
		answers, err := n.answerTogether(e)
		if err != nil {
			return fewshot.Result{}, err
		}
		right := 0
		for class, answer := range answers {
			if answer == class {
				right++
			}
		}
		result.Right += right
		result.Queries += len(answers)
		part := float64(right) / float64(len(answers))
		sum += part
		squares += part * part
	}
	n2 := float64(p.Episodes)
	result.Accuracy = float64(result.Right) / float64(result.Queries)
	if p.Episodes > 1 {
		result.CI95 = 1.96 * math.Sqrt(max(0, (squares-sum*sum/n2)/(n2-1))/n2)
	}
	return result, nil
}
