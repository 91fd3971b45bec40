package main

import (
	"math"
	"strconv"
	"syscall/js"
)

// embedRaw (images) answers with the embeddings as float32, each (H, W, C).
func (i *instance) embedRaw(args []js.Value) (any, error) {
	inputs, err := rawInputs(i.take(args[0]))
	if err != nil {
		return nil, err
	}
	n := i.classifier.Network()
	step := n.EmbeddingStep()
	i.bytes = i.bytes[:0]
	for k := range inputs {
		n.Embed(i.embedding, &inputs[k])
		for _, v := range i.embedding {
			i.bytes = append32(i.bytes, math.Float32bits(float32(float64(v)*step)))
		}
	}
	return i.give(i.bytes), nil
}

// enrol (images, ways, shots) answers with the number of a set. It is kept until close.
func (i *instance) enrol(args []js.Value) (any, error) {
	inputs, err := rawInputs(i.take(args[0]))
	if err != nil {
		return nil, err
	}
	s, err := newRawSet(i.classifier.Network(), i.classifier.Head(), inputs, args[1].Int(), args[2].Int())
	if err != nil {
		return nil, err
	}
	i.sets = append(i.sets, s)
	return len(i.sets) - 1, nil
}

// scores (image, set) answers with a float32 for each class of a set.
func (i *instance) scores(args []js.Value) (any, error) {
	inputs, err := rawInputs(i.take(args[0]))
	if err != nil {
		return nil, err
	}
	if set := args[1].Int(); set < 0 || set >= len(i.sets) {
		return nil, rawError("no set " + strconv.Itoa(set))
	}
	if i.bytes, err = i.sets[args[1].Int()].scores(i.bytes[:0], &inputs[0]); err != nil {
		return nil, err
	}
	return i.give(i.bytes), nil
}
