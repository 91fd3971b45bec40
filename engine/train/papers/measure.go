package papers

import (
	"math"
	"slices"

	"oneshot/engine/fewshot"
)

// Accuracy is what Measure found. The two are the same for a network without batch normalisation.
type Accuracy struct {
	// Alone answers one query at a time, with statistics that were settled in training: what can be used.
	Alone fewshot.Result

	// Together shows all queries of an episode at once, each normalised with the statistics of the lot: how the Relation
	// Network was published. A query is then answered with the knowledge of the others.
	Together fewshot.Result
}

// Measure finds both accuracies of the network as it stands, over the same episodes.
func (t *Trainer) Measure(set *fewshot.Set, p fewshot.Protocol) (Accuracy, error) {
	alone, err := t.evaluate(set, p)
	if err != nil {
		return Accuracy{}, err
	}
	n, differs := t.net.(transductive)
	if !differs {
		return Accuracy{alone, alone}, nil
	}
	together, err := evaluateTogether(set, p, n)
	return Accuracy{alone, together}, err
}

// evaluate is fewshot.Evaluate, with the drawings of all episodes embedded before on all cores.
func (t *Trainer) evaluate(set *fewshot.Set, p fewshot.Protocol) (fewshot.Result, error) {
	t.settle()
	var wanted []*fewshot.Drawing
	seen := map[*fewshot.Drawing]bool{}
	for i := range p.Episodes {
		e, err := fewshot.Sample(set, p, i)
		if err != nil {
			return fewshot.Result{}, err
		}
		for _, d := range append(slices.Concat(e.Support...), e.Queries...) {
			if !seen[d] && !t.net.knows(d) {
				seen[d] = true
				wanted = append(wanted, d)
			}
		}
	}
	const batch = 32
	for part := range slices.Chunk(wanted, batch) {
		if err := t.net.embedAll(part); err != nil {
			return fewshot.Result{}, err
		}
	}
	return fewshot.Evaluate(set, p, t.net)
}

// evaluateTogether is fewshot.Evaluate with whole episodes at once.
func evaluateTogether(set *fewshot.Set, p fewshot.Protocol, n transductive) (fewshot.Result, error) {
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
	episodes := float64(p.Episodes)
	result.Accuracy = float64(result.Right) / float64(result.Queries)
	if p.Episodes > 1 {
		result.CI95 = 1.96 * math.Sqrt(max(0, (squares-sum*sum/episodes)/(episodes-1))/episodes)
	}
	return result, nil
}
