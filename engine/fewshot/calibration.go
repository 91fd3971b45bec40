package fewshot

import (
	"errors"
	"math"
)

// CalibrationBins is how many bins of equal width the confidences are sorted into.
const CalibrationBins = 15

// Calibration says whether a learner that is 80 % sure is right in 80 % of the cases.
type Calibration struct {
	// ECE is the expected calibration error: the mean over queries of the difference between confidence
	// and accuracy of their bin, 0 to 1. Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural
	// Networks", ICML 2017, arXiv:1706.04599, section 2.
	ECE Estimate
	// NLL is the mean negative logarithm of the confidence in the right class, in nats.
	NLL float64

	Queries    int
	Accuracy   float64 // of all queries
	Confidence float64 // its mean: above the accuracy the learner is too sure, below it not enough
	Bins       [CalibrationBins]Bin
}

// Bin is the queries whose confidence lies in one part of 0 to 1: bin i holds those above i/15 and up to (i+1)/15.
type Bin struct {
	Queries    int
	Confidence float64 // the mean; 0 without queries
	Accuracy   float64
}

// verdict is one answered query.
type verdict struct {
	confidence float64 // in the class that was answered
	right      bool
	episode    int // over all protocols
}

// EvaluateCalibration compares confidence and accuracy on the queries of all protocols together. Errors
// are those of Evaluate, and an error if the learner has no confidences.
func EvaluateCalibration(set *Set, protocols []Protocol, learner Learner) (Calibration, error) {
	var verdicts []verdict
	var nll float64
	episodes := 0
	for _, p := range protocols {
		s, err := newSampler(set, p, 0)
		if err != nil {
			return Calibration{}, err
		}
		err = s.each(func(i int, e Episode) error {
			if err := learner.Learn(e.Support); err != nil {
				return err
			}
			for class, query := range e.Queries {
				answer, err := learner.Answer(query)
				if err != nil {
					return err
				}
				if answer.Confidences == nil {
					return errNoConfidence
				}
				verdicts = append(verdicts, verdict{answer.Confidences[answer.Class], answer.Class == class, episodes + i})
				nll -= math.Log(max(answer.Confidences[class], math.SmallestNonzeroFloat32))
			}
			return nil
		})
		if err != nil {
			return Calibration{}, err
		}
		episodes += p.Episodes
	}
	if len(verdicts) == 0 {
		return Calibration{}, errors.New("fewshot: no protocols to measure calibration with")
	}
	c := reliability(verdicts, episodes)
	c.NLL = nll / float64(len(verdicts))
	return c, nil
}

var errNoConfidence = errors.New("the learner has no confidences")

// reliability sorts verdicts into bins.
func reliability(verdicts []verdict, episodes int) Calibration {
	c := Calibration{Queries: len(verdicts)}
	for _, v := range verdicts {
		b := &c.Bins[binOf(v.confidence)]
		b.Queries++
		b.Confidence += v.confidence
		c.Confidence += v.confidence
		if v.right {
			b.Accuracy++
			c.Accuracy++
		}
	}
	c.Confidence /= float64(c.Queries)
	c.Accuracy /= float64(c.Queries)
	for i := range c.Bins {
		if b := &c.Bins[i]; b.Queries > 0 {
			b.Confidence /= float64(b.Queries)
			b.Accuracy /= float64(b.Queries)
		}
	}
	c.ECE = bootstrap(episodes, func(weights []float64) float64 { return calibrationError(verdicts, weights) })
	return c
}

// calibrationError is the ECE with weighted episodes. A bin's share times the difference of its means is
// the difference of its sums over the whole.
func calibrationError(verdicts []verdict, weights []float64) float64 {
	var gap [CalibrationBins]float64
	var all float64
	for _, v := range verdicts {
		w := weights[v.episode]
		all += w
		gap[binOf(v.confidence)] += w * v.confidence
		if v.right {
			gap[binOf(v.confidence)] -= w
		}
	}
	var sum float64
	for _, g := range gap {
		sum += math.Abs(g)
	}
	return sum / all
}

func binOf(confidence float64) int {
	return min(max(int(math.Ceil(confidence*CalibrationBins))-1, 0), CalibrationBins-1)
}
