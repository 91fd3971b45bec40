package papers

import (
	"errors"
	"math"
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// kochNet is the siamese network in training, and as a fewshot.Learner: the class whose shots are the most probably the
// same character, by the mean of the logits where there are several.
type kochNet struct {
	Koch
	pairs     *pairs
	twins     *twins
	distance  *distance
	layers    [][]*nn.Param
	optimiser *layerwise

	images, grad []float32
	same         []bool

	embeddings map[*fewshot.Drawing][]float32
	support    [][]*fewshot.Drawing
	logits     []float64
}

// microBatch is how many pairs go through the network at once: their activations fit in memory, and without batch
// normalisation the gradients add up to those of the whole minibatch.
const microBatch = 16

// step trains on the minibatch of a number.
func (n *kochNet) step(number uint64) nn.Result {
	n.forget()
	size := n.Side * n.Side
	if n.images == nil {
		n.images, n.same = make([]float32, 2*n.Batch*size), make([]bool, n.Batch)
	}
	n.pairs.fill(n.images, n.same, number)
	var result nn.Result
	for lo := 0; lo < n.Batch; lo += microBatch {
		hi := min(lo+microBatch, n.Batch)
		part := n.learnFrom(n.images[2*lo*size:2*hi*size], n.same[lo:hi])
		result.Loss += part.Loss
		result.Accuracy += part.Accuracy
	}
	result.Loss += n.penalise()
	n.optimiser.step(float64(number) * float64(n.Batch) / float64(n.Pairs))
	return result
}

// learnFrom adds the gradients of some pairs; images holds both drawings of each, one after the other. The result
// is their part of the minibatch's mean.
func (n *kochNet) learnFrom(images []float32, same []bool) (result nn.Result) {
	h := n.twins.forward(images, 2*len(same))
	if len(n.grad) != len(h) {
		n.grad = make([]float32, len(h))
	}
	clear(n.grad)
	u := n.Units
	for i, like := range same {
		a, b := h[2*i*u:][:u], h[(2*i+1)*u:][:u]
		z := n.distance.logit(a, b)
		truth := 0.0
		if like {
			truth = 1
		}
		// -log of the probability of the truth, written so that a sure answer does not overflow.
		result.Loss += (math.Max(z, 0) - z*truth + math.Log1p(math.Exp(-math.Abs(z)))) / float64(n.Batch)
		if (z > 0) == like {
			result.Accuracy += 1 / float64(n.Batch)
		}
		n.distance.backward(a, b, n.grad[2*i*u:][:u], n.grad[(2*i+1)*u:][:u], float32((sigmoid(z)-truth)/float64(n.Batch)))
	}
	n.twins.backward(n.grad)
	return result
}

// penalise adds the gradient of each layer's L2 penalty on its weights, and returns the penalties.
func (n *kochNet) penalise() (loss float64) {
	for i, params := range n.layers {
		lambda := n.Layers[i].L2
		for _, p := range params {
			if !p.Decay || lambda == 0 {
				continue
			}
			sum := 0.0
			for j, w := range p.Value {
				sum += float64(w) * float64(w)
				p.Grad[j] += float32(2*lambda) * w
			}
			loss += lambda * sum
		}
	}
	return loss
}

// settle has nothing to do: the network has no batch normalisation.
func (n *kochNet) settle() {}

func (n *kochNet) forget() { n.embeddings = map[*fewshot.Drawing][]float32{} }

func (n *kochNet) knows(d *fewshot.Drawing) bool { return n.embeddings[d] != nil }

func (n *kochNet) embedAll(drawings []*fewshot.Drawing) error {
	size := n.Side * n.Side
	images := make([]float32, len(drawings)*size)
	for i, d := range drawings {
		ink, err := inkOf(d)
		if err != nil {
			return err
		}
		unmoved.view(images[i*size:][:size], n.Side, ink)
	}
	h := append([]float32(nil), n.twins.forward(images, len(drawings))...)
	for i, d := range drawings {
		n.embeddings[d] = h[i*n.Units:][:n.Units]
	}
	return nil
}

func (n *kochNet) embed(d *fewshot.Drawing) ([]float32, error) {
	if !n.knows(d) {
		if err := n.embedAll([]*fewshot.Drawing{d}); err != nil {
			return nil, err
		}
	}
	return n.embeddings[d], nil
}

// Learn implements fewshot.Learner.
func (n *kochNet) Learn(support [][]*fewshot.Drawing) error {
	for c, shots := range support {
		if len(shots) == 0 {
			return errors.New("papers: class " + strconv.Itoa(c) + " has no shots")
		}
	}
	n.support = support
	return nil
}

// Answer implements fewshot.Learner. The sigmoid of a logit is the probability that query and class are the same.
func (n *kochNet) Answer(query *fewshot.Drawing) (fewshot.Answer, error) {
	if n.support == nil {
		return fewshot.Answer{}, errNothingLearned
	}
	q, err := n.embed(query)
	if err != nil {
		return fewshot.Answer{}, err
	}
	n.logits = n.logits[:0]
	for _, shots := range n.support {
		mean := 0.0
		for _, d := range shots {
			s, err := n.embed(d)
			if err != nil {
				return fewshot.Answer{}, err
			}
			mean += n.distance.logit(q, s) / float64(len(shots))
		}
		n.logits = append(n.logits, mean)
	}
	return fewshot.Answer{Class: largest(n.logits), Logits: n.logits}, nil
}

// arrays lists what a checkpoint keeps.
func (n *kochNet) arrays() (all []array) {
	for _, params := range n.layers {
		all = append(all, paramArrays(params)...)
	}
	return append(all, n.optimiser.arrays()...)
}

// resumed says how many steps the arrays have behind them.
func (n *kochNet) resumed(steps int) {
	n.optimiser.resumed(steps)
	n.forget()
}
