package main

import (
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
	values := make([]float32, 0, len(inputs)*len(i.embedding))
	for k := range inputs {
		n.Embed(i.embedding, &inputs[k])
		for _, v := range i.embedding {
			values = append(values, float32(float64(v)*step))
		}
	}
	return i.give(bytesOf(values)), nil
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
	values, err := i.sets[args[1].Int()].scores(&inputs[0])
	if err != nil {
		return nil, err
	}
	return i.give(bytesOf(values)), nil
}
