package main

import (
	"errors"
	"strconv"

	"oneshot/engine"
	"oneshot/engine/kernel"
	"oneshot/engine/prep"
)

// For programs that compare engines, as wasm/bench/peers does: pixels as the network sees them, 28 x 28 float32 each
// from 0 (no ink) to 1, many at once, and the raw scores of many sets beside the one that was taught. No label, no
// ranking and no crop stands between the network and what is measured.

var errRaw = errors.New("npm: raw input")

func rawError(what string) error { return rawFault(what) }

// rawFault says what is wrong with a call that only programs make.
type rawFault string

func (f rawFault) Error() string { return errRaw.Error() + ": " + string(f) }
func (f rawFault) Unwrap() error { return errRaw }

const rawBytes = 4 * prep.Side * prep.Side

// rawInputs reads images of float32 pixels. Whatever is no number from 0 to 1 is the nearest of the two; NaN is 0.
func rawInputs(b []byte) ([]prep.Input, error) {
	if len(b) == 0 || len(b)%rawBytes != 0 {
		return nil, rawError(strconv.Itoa(len(b)) + " bytes, want " + strconv.Itoa(rawBytes) + " for each image")
	}
	inputs := make([]prep.Input, len(b)/rawBytes)
	for i := range inputs {
		for j, v := range numbers[float32](b)[i*len(inputs[i]):][:len(inputs[i])] {
			if v > 0 {
				inputs[i][j] = uint8(min(v, 1)*255 + 0.5)
			}
		}
	}
	return inputs, nil
}

// rawSet scores queries against classes that are numbers.
type rawSet interface {
	// scores answers with one for each class, until it is asked again.
	scores(query *prep.Input) ([]float32, error)
}

// newRawSet learns ways classes of shots images each, one class after another. A relation head compares as it was
// trained; a prototype head by the squared distance of embeddings, as Snell 2017 does, not by the cosine.
func newRawSet(n *engine.Network, head engine.Head, inputs []prep.Input, ways, shots int) (rawSet, error) {
	if ways < 1 || shots < 1 || ways > engine.MaxClasses || shots > engine.MaxShots || ways*shots != len(inputs) {
		return nil, rawError(strconv.Itoa(len(inputs)) + " images for " + strconv.Itoa(ways) + " classes of " + strconv.Itoa(shots))
	}
	if head == engine.Prototype {
		return newDistances(n, inputs, ways, shots), nil
	}
	c, err := engine.NewClassifier(n, head)
	if err != nil {
		return nil, err
	}
	for i, in := range inputs {
		if _, err := c.Add(strconv.Itoa(i/shots), in); err != nil {
			return nil, err
		}
	}
	return &classifierSet{c, make([]float32, ways)}, nil
}

type classifierSet struct {
	classifier *engine.Classifier
	values     []float32
}

func (s *classifierSet) scores(query *prep.Input) ([]float32, error) {
	return s.values, s.classifier.Scores(s.values, query)
}

// distances compares by minus the squared distance to the mean embedding of a class: |q|^2 - 2qm + |m|^2, each term
// an exact sum of integers.
type distances struct {
	network *engine.Network
	query   []int16
	means   []int16 // (ways, D)
	squares []int64 // of each mean
	values  []float32
}

func newDistances(n *engine.Network, inputs []prep.Input, ways, shots int) *distances {
	d := n.EmbeddingLen()
	s := &distances{n, make([]int16, d), make([]int16, ways*d), make([]int64, ways), make([]float32, ways)}
	sum := make([]int32, d)
	for w := range ways {
		clear(sum)
		for i := range shots {
			n.Embed(s.query, &inputs[w*shots+i])
			for j, v := range s.query {
				sum[j] += int32(v)
			}
		}
		mean := s.means[w*d:][:d]
		for j, v := range sum {
			mean[j] = int16((v + int32(shots)/2) / int32(shots))
		}
		s.squares[w] = kernel.DotI16(mean, mean)
	}
	return s
}

func (s *distances) scores(query *prep.Input) ([]float32, error) {
	s.network.Embed(s.query, query)
	own := kernel.DotI16(s.query, s.query)
	step := s.network.EmbeddingStep()
	for w, square := range s.squares {
		d := own + square - 2*kernel.DotI16(s.query, s.means[w*len(s.query):][:len(s.query)])
		s.values[w] = float32(-float64(d) * step * step)
	}
	return s.values, nil
}
