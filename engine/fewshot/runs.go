package fewshot

import (
	"errors"
	"strconv"
)

// Run is one of the published one-shot runs: classes with one training drawing each, and test
// drawings that each belong to one of them. Lake et al., Science 2015: 20 runs of 20 trials, 2 on each
// of 10 evaluation alphabets, training and test drawings by different people.
type Run struct {
	Name     string
	Training []*Drawing // class i is Training[i]
	Test     []*Drawing
	Answers  []int // Test[j] belongs to class Answers[j]
}

// RunsResult counts the trials of all runs and the wrong answers.
type RunsResult struct{ Trials, Errors int }

// EvaluateRuns shows learner the training drawings of each run and asks about its test drawings, one
// at a time. Progress, if not nil, is called after each run with the number done.
func EvaluateRuns(runs []Run, learner Learner, progress func(done int)) (RunsResult, error) {
	var result RunsResult
	if len(runs) == 0 {
		return result, errors.New("fewshot: no runs")
	}
	for i, run := range runs {
		support := make([][]*Drawing, len(run.Training))
		for c, d := range run.Training {
			support[c] = []*Drawing{d}
		}
		if err := learner.Learn(support); err != nil {
			return result, runError(run, err)
		}
		for j, query := range run.Test {
			answer, err := learner.Answer(query)
			if err != nil {
				return result, runError(run, err)
			}
			result.Trials++
			if answer.Class != run.Answers[j] {
				result.Errors++
			}
		}
		if progress != nil {
			progress(i + 1)
		}
	}
	return result, nil
}

func runError(run Run, err error) error {
	return failure{"run " + strconv.Quote(run.Name), err}
}

// failure is an error with where it was met.
type failure struct {
	where string
	err   error
}

func (f failure) Error() string { return "fewshot: " + f.where + ": " + f.err.Error() }
func (f failure) Unwrap() error { return f.err }
