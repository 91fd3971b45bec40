package train

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/weights"
)

// Confidence says how confidences are fitted.
type Confidence struct {
	Episodes int    // of each protocol
	Seed     uint64 // decides them
	Progress func(done, total int)
}

// HeadConfidence is what was chosen for a head.
type HeadConfidence struct {
	Head        engine.Head
	Temperature float32 // logits times it go into the softmax over classes
	Threshold   float32 // of the logit, below which a query is none of the classes
	NLL         float64 // mean negative log-likelihood of the right class, in nats, over the protocols
}

// FalseRejection is the part of the queries of known classes, 5-way 1-shot, that the threshold rejects.
const FalseRejection = 0.05

// mixture is what confidences are fitted to: few and many classes, one and five shots, alike and unlike classes. One
// temperature has to serve all.
func (c Confidence) mixture() (all []fewshot.Protocol) {
	for _, way := range []int{5, 20} {
		for _, shot := range []int{1, 5} {
			for _, within := range []bool{false, true} {
				all = append(all, fewshot.Protocol{Way: way, Shot: shot, Episodes: c.Episodes, Seed: c.Seed, Within: within})
			}
		}
	}
	return all
}

// FitConfidence returns the int8 model m with a temperature and a threshold for each of its heads, and what they are. set
// must be classes that training did not see.
//
// The temperature minimises the negative log-likelihood of the right class (Guo, Pleiss, Sun, Weinberger, "On Calibration of
// Modern Neural Networks", ICML 2017, arXiv:1706.04599, section 4.2) over 5- and 20-way, 1- and 5-shot episodes across and
// within alphabets, each protocol with the same weight. Those that the set is too small for are left out; without 5-way 1-shot the error
// wraps fewshot.ErrShort. The threshold is the evidence that 5 % of the 5-way 1-shot queries stay below.
func FitConfidence(m *weights.Model, set *fewshot.Set, c Confidence) (*weights.Model, []HeadConfidence, error) {
	arch, err := engine.ParseArch(m.Arch)
	if err != nil {
		return nil, nil, err
	}
	first, err := fewshot.NewEngine(m, engine.Prototype)
	if err != nil {
		return nil, nil, err
	}
	first.Prepare(set)
	protocols, err := feasible(set, c.mixture())
	if err != nil {
		return nil, nil, err
	}
	heads := arch.Heads()
	var chosen []HeadConfidence
	for i, h := range heads {
		learner, err := first.With(h)
		if err != nil {
			return nil, nil, err
		}
		hc, err := fitHead(set, protocols, learner, func(done, total int) {
			if c.Progress != nil {
				c.Progress(i*total+done, len(heads)*total)
			}
		})
		if err != nil {
			return nil, nil, err
		}
		hc.Head = h
		chosen = append(chosen, hc)
	}
	fitted, err := withConfidence(m, chosen)
	return fitted, chosen, err
}

// feasible leaves out the protocols that the set is too small for. The first must stay.
func feasible(set *fewshot.Set, protocols []fewshot.Protocol) (kept []fewshot.Protocol, _ error) {
	for i, p := range protocols {
		switch _, err := fewshot.Sample(set, p, 0); {
		case err == nil:
			kept = append(kept, p)
		case i == 0 || !errors.Is(err, fewshot.ErrShort):
			return nil, err
		}
	}
	return kept, nil
}

// evidence is the logits of one query and the class that it belongs to.
type evidence struct {
	logits []float64
	class  int
}

// fitHead chooses for one head. Progress is in episodes.
func fitHead(set *fewshot.Set, protocols []fewshot.Protocol, learner fewshot.Learner, progress func(done, total int)) (HeadConfidence, error) {
	var queries [][]evidence // by protocol
	var known []float64      // the evidence of 5-way 1-shot queries
	for i, p := range protocols {
		p.Progress = func(n int) { progress(i*p.Episodes+n, len(protocols)*p.Episodes) }
		answers, err := ask(set, p, learner)
		if err != nil {
			return HeadConfidence{}, err
		}
		queries = append(queries, answers)
		if p.Way == 5 && p.Shot == 1 {
			for _, q := range answers {
				known = append(known, slices.Max(q.logits))
			}
		}
	}
	c := HeadConfidence{Temperature: float32(fitTemperature(queries)), Threshold: threshold(known)}
	c.NLL = logLoss(queries, float64(c.Temperature))
	return c, nil
}

// ask collects the logits of the queries of a protocol.
func ask(set *fewshot.Set, p fewshot.Protocol, learner fewshot.Learner) (answers []evidence, _ error) {
	episodes, err := fewshot.Episodes(set, p)
	if err != nil {
		return nil, err
	}
	for i, e := range episodes {
		if err := learner.Learn(e.Support); err != nil {
			return nil, fmt.Errorf("train: episode %d: %w", i, err)
		}
		for class, query := range e.Queries {
			answer, err := learner.Answer(query)
			if err != nil {
				return nil, fmt.Errorf("train: episode %d: %w", i, err)
			}
			answers = append(answers, evidence{slices.Clone(answer.Logits), class})
		}
	}
	return answers, nil
}

// threshold is the largest value that at most FalseRejection of the evidence stays below.
func threshold(known []float64) float32 {
	slices.Sort(known)
	t := known[int(FalseRejection*float64(len(known)))]
	f := float32(t)
	if float64(f) > t {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

// The temperatures that are looked at. The upper one is met where a learner is never wrong.
const (
	minTemperature = 1e-3
	maxTemperature = 1e3
)

// fitTemperature returns the temperature with the smallest logLoss, which is convex in it. Golden section on the logarithm.
func fitTemperature(queries [][]evidence) float64 {
	const golden = 0.6180339887498949 // (sqrt(5)-1)/2
	loss := func(x float64) float64 { return logLoss(queries, math.Exp(x)) }
	lo, hi := math.Log(minTemperature), math.Log(maxTemperature)
	a, b := hi-golden*(hi-lo), lo+golden*(hi-lo)
	lossA, lossB := loss(a), loss(b)
	for hi-lo > 1e-5 {
		if lossA <= lossB {
			hi, b, lossB = b, a, lossA
			a = hi - golden*(hi-lo)
			lossA = loss(a)
		} else {
			lo, a, lossA = a, b, lossB
			b = lo + golden*(hi-lo)
			lossB = loss(b)
		}
	}
	return math.Exp((lo + hi) / 2)
}

// logLoss is the mean over protocols of the mean negative logarithm of the right class's softmax.
func logLoss(queries [][]evidence, temperature float64) float64 {
	var sum float64
	for _, protocol := range queries {
		var loss float64
		for _, q := range protocol {
			top := slices.Max(q.logits)
			var all float64
			for _, v := range q.logits {
				all += math.Exp(temperature * (v - top))
			}
			loss += math.Log(all) - temperature*(q.logits[q.class]-top)
		}
		sum += loss / float64(len(protocol))
	}
	return sum / float64(len(queries))
}

// withConfidence writes temperatures and thresholds into a copy of the model, in place of those that it has.
func withConfidence(m *weights.Model, chosen []HeadConfidence) (*weights.Model, error) {
	tensors := slices.Clone(m.Tensors)
	set := func(name string, v float32) {
		tensors = slices.DeleteFunc(tensors, func(t weights.Tensor) bool { return t.Name == name })
		tensors = append(tensors, vector(name, []float32{v}))
	}
	for _, c := range chosen {
		set(c.Head.String()+".temperature", c.Temperature)
		set(c.Head.String()+".threshold", c.Threshold)
	}
	return weights.New(m.Arch, tensors)
}
