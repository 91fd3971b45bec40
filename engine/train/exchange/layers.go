package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/engine/train/safetensors"
	"oneshot/weights"
)

// description is the architecture of a network as a list of layers.
type description struct {
	Input       []int    `json:"input"`
	Encoder     []layer  `json:"encoder"`
	Relation    []layer  `json:"relation"`
	Temperature *float32 `json:"temperature"`
}

// layer is a convolution or a dense layer, by the name that its tensors begin with.
type layer struct {
	Conv    string `json:"conv"`
	Dense   string `json:"dense"`
	Pad     *int   `json:"pad"`
	Pool    int    `json:"pool"`
	ReLU    *bool  `json:"relu"`
	Sigmoid bool   `json:"sigmoid"`
}

// defaultTemperature is what cosines are multiplied by before the softmax of the prototype head, where the file says
// nothing. "oneshot calibrate" finds a better one.
const defaultTemperature = 10

// builder turns a file and its description into a model.
type builder struct {
	file    *safetensors.File
	used    map[string]bool
	arch    engine.Arch
	tensors []weights.Tensor
}

// fromLayers builds the model that a list of layers describes.
func fromLayers(f *safetensors.File, text string) (*weights.Model, error) {
	var d description
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return nil, refuse(ErrArchitecture, "%v", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, refuse(ErrArchitecture, "something follows the JSON object")
	}
	if len(d.Input) != 3 || d.Input[0] != 1 || d.Input[1] != prep.Side || d.Input[2] != prep.Side {
		return nil, refuse(ErrArchitecture, "input %v, want [1, %d, %d]", d.Input, prep.Side, prep.Side)
	}
	b := &builder{file: f, used: map[string]bool{}}
	for i, l := range d.Encoder {
		if err := b.encoder(l); err != nil {
			return nil, fmt.Errorf("encoder layer %d: %w", i, err)
		}
	}
	if len(b.arch.Stages) == 0 {
		return nil, refuse(ErrArchitecture, "no encoder")
	}
	if h, w, _ := b.arch.EmbeddingDims(); h < 1 || w < 1 {
		return nil, refuse(ErrArchitecture, "nothing is left of a plane of %d after the encoder", prep.Side)
	}
	if d.Relation != nil {
		if err := b.relation(d.Relation); err != nil {
			return nil, fmt.Errorf("relation: %w", err)
		}
	}
	temperature := float32(defaultTemperature)
	if d.Temperature != nil {
		temperature = *d.Temperature
	}
	b.add("prototype.temperature", []int{1}, []float32{temperature})
	for _, t := range f.Tensors {
		if !b.used[t.Name] {
			return nil, refuse(ErrTensor, "no layer has %.80q", t.Name)
		}
	}
	a, err := engine.ParseArch(b.arch.String())
	if err != nil {
		return nil, err
	}
	return weights.New(a.String(), b.tensors)
}

func (b *builder) add(name string, dims []int, values []float32) {
	b.tensors = append(b.tensors, weights.Tensor{Name: name, Dims: dims, F32: values})
}

// take finds a tensor of a layer under its short or its long name.
func (b *builder) take(layer, short, long string) (*weights.Tensor, error) {
	for _, end := range []string{short, long} {
		if t := b.file.Tensor(layer + end); t != nil {
			b.used[t.Name] = true
			return t, nil
		}
	}
	return nil, refuse(ErrTensor, "neither %.80q nor %.80q is there", layer+short, layer+long)
}

// weightsOf returns weight and bias of a layer, whose weight is (out, in, more...) with the in that is wanted.
func (b *builder) weightsOf(name string, dims, in int) (w, bias *weights.Tensor, err error) {
	if w, err = b.take(name, ".w", ".weight"); err != nil {
		return nil, nil, err
	}
	if bias, err = b.take(name, ".b", ".bias"); err != nil {
		return nil, nil, err
	}
	if len(w.Dims) != dims || w.Dims[1] != in {
		return nil, nil, refuse(ErrShape, "tensor %.80q is %v, want %d dimensions, the second %d", w.Name, w.Dims, dims, in)
	}
	if len(bias.Dims) != 1 || bias.Dims[0] != w.Dims[0] {
		return nil, nil, refuse(ErrShape, "tensor %.80q is %v, want [%d]", bias.Name, bias.Dims, w.Dims[0])
	}
	return w, bias, nil
}

// convolution is a convolution of a file, 3x3 or 1x1.
type convolution struct {
	out, side    int
	padded, pool bool
	weight, bias []float32
}

// convolution reads a layer that must be a convolution of in channels, followed by ReLU.
func (b *builder) convolution(l layer, in int) (c convolution, err error) {
	switch {
	case l.Conv == "" || l.Dense != "":
		return c, refuse(ErrArchitecture, "want a convolution")
	case l.ReLU != nil && !*l.ReLU || l.Sigmoid:
		return c, refuse(ErrArchitecture, "a convolution is followed by ReLU")
	case l.Pool != 0 && l.Pool != 2:
		return c, refuse(ErrArchitecture, "pool %d, want 2 or nothing", l.Pool)
	case l.Pad == nil:
		return c, refuse(ErrArchitecture, "pad is missing")
	}
	w, bias, err := b.weightsOf(l.Conv, 4, in)
	if err != nil {
		return c, err
	}
	side := w.Dims[2]
	if side != w.Dims[3] || side != 1 && side != 3 {
		return c, refuse(ErrShape, "tensor %.80q is %v, want 3x3 or 1x1", w.Name, w.Dims)
	}
	if pad := *l.Pad; pad != 0 && (pad != 1 || side == 1) {
		return c, refuse(ErrArchitecture, "pad %d of a convolution of side %d, want 0, or 1 of side 3", pad, side)
	}
	return convolution{w.Dims[0], side, *l.Pad == 1 || side == 1, l.Pool == 2, w.F32, bias.F32}, nil
}

// as3x3 returns the weight as that of a 3x3 convolution: a 1x1 one has zeros around it.
func (c convolution) as3x3() []float32 {
	if c.side == 3 {
		return c.weight
	}
	w := make([]float32, 9*len(c.weight))
	for i, v := range c.weight {
		w[9*i+4] = v
	}
	return w
}

// encoder adds a stage.
func (b *builder) encoder(l layer) error {
	_, _, in := b.arch.EmbeddingDims()
	c, err := b.convolution(l, in)
	if err != nil {
		return err
	}
	kind := engine.Valid
	if c.padded {
		kind = engine.Conv
	}
	name := "encoder." + strconv.Itoa(len(b.arch.Stages))
	b.add(name+".weight", []int{c.out, in, 3, 3}, c.as3x3())
	b.add(name+".bias", []int{c.out}, c.bias)
	b.arch.Stages = append(b.arch.Stages, engine.Stage{Kind: kind, Out: c.out})
	if c.pool {
		b.arch.Stages = append(b.arch.Stages, engine.Stage{Kind: engine.Pool})
	}
	return nil
}

// relation adds the head: two convolutions, a dense layer with ReLU, and one unit with a sigmoid.
func (b *builder) relation(ls []layer) error {
	if len(ls) != 4 {
		return refuse(ErrArchitecture, "%d layers, want 4: conv, conv, dense, dense", len(ls))
	}
	h, w, in := b.arch.EmbeddingDims()
	pair, err := b.convolution(ls[0], 2*in)
	if err != nil {
		return err
	}
	conv, err := b.convolution(ls[1], pair.out)
	if err != nil {
		return err
	}
	if !pair.padded || !conv.padded || pair.pool != conv.pool {
		return refuse(ErrArchitecture, "its convolutions are padded, and both are pooled or none is")
	}
	r := &engine.RelationArch{Pair: pair.out, Conv: conv.out, Pointwise: pair.side == 1, Sum: true, Pool: pair.pool}
	b.arch.Relation = r
	_, _, dh, dw := r.Planes(h, w)
	if dh < 1 || dw < 1 {
		return refuse(ErrArchitecture, "its pools leave nothing of %d by %d", h, w)
	}
	for i, l := range ls[2:] {
		last := i == 1
		relu := l.ReLU != nil && *l.ReLU
		if l.Dense == "" || l.Conv != "" || l.Pad != nil || l.Pool != 0 || relu == last || l.Sigmoid != last {
			return refuse(ErrArchitecture, "after the convolutions come a dense layer with relu and one with sigmoid")
		}
	}
	hidden, hiddenBias, err := b.weightsOf(ls[2].Dense, 2, dh*dw*conv.out)
	if err != nil {
		return err
	}
	r.Dense = hidden.Dims[0]
	last, lastBias, err := b.weightsOf(ls[3].Dense, 2, r.Dense)
	if err != nil {
		return err
	}
	if last.Dims[0] != 1 {
		return refuse(ErrShape, "tensor %.80q is %v, want one unit", last.Name, last.Dims)
	}
	b.add("relation.0.weight", []int{pair.out, 2 * in, pair.side, pair.side}, pair.weight)
	b.add("relation.0.bias", []int{pair.out}, pair.bias)
	b.add("relation.1.weight", []int{conv.out, pair.out, 3, 3}, conv.as3x3())
	b.add("relation.1.bias", []int{conv.out}, conv.bias)
	b.add("relation.2.weight", hidden.Dims, channelsLast(hidden.F32, r.Dense, conv.out, dh*dw))
	b.add("relation.2.bias", []int{r.Dense}, hiddenBias.F32)
	b.add("relation.3.weight", last.Dims, last.F32)
	b.add("relation.3.bias", []int{1}, lastBias.F32)
	return nil
}

// channelsLast turns rows over (channels, pixels), as others flatten a plane, into rows over (pixels, channels).
func channelsLast(w []float32, rows, channels, pixels int) []float32 {
	t := make([]float32, len(w))
	for r := range rows {
		for c := range channels {
			for p := range pixels {
				t[(r*pixels+p)*channels+c] = w[(r*channels+c)*pixels+p]
			}
		}
	}
	return t
}
