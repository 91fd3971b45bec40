package exchange

import (
	"slices"
	"strings"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train"
	"oneshot/engine/train/safetensors"
	"oneshot/weights"
)

// Read returns the float32 network of a safetensors file as a float model. Where the file was written from an int8
// model, the model has scales and ranges beside the weights.
func Read(b []byte) (*weights.Model, error) {
	f, err := safetensors.Decode(b)
	if err != nil {
		return nil, err
	}
	text := strings.TrimSpace(f.Metadata["architecture"])
	switch {
	case text == "":
		return nil, refuse(ErrArchitecture, `the metadata have no "architecture"`)
	case strings.HasPrefix(text, "{"):
		return fromLayers(f, text)
	}
	a, err := engine.ParseArch(text)
	if err != nil {
		return nil, err
	}
	return weights.New(a.String(), f.Tensors)
}

// Write returns a model as a safetensors file. The weights of an int8 model become float32 ones; its scales and
// ranges go along, so that Import gives the same model back.
func Write(m *weights.Model) ([]byte, error) {
	f := &safetensors.File{Metadata: map[string]string{"architecture": m.Arch}}
	for _, t := range m.Tensors {
		if t.I8 != nil {
			var err error
			if t, err = dequantised(m, t); err != nil {
				return nil, err
			}
		}
		f.Tensors = append(f.Tensors, t)
	}
	return safetensors.Encode(f)
}

// dequantised returns an int8 tensor as the float32 one that it stands for.
func dequantised(m *weights.Model, t weights.Tensor) (weights.Tensor, error) {
	name := strings.TrimSuffix(t.Name, ".weight") + ".scale"
	scale := m.Tensor(name)
	if scale == nil || len(scale.F32) != t.Dims[0] {
		return t, refuse(ErrTensor, "no %q for the %d channels of %q", name, t.Dims[0], t.Name)
	}
	per := len(t.I8) / t.Dims[0]
	f := weights.Tensor{Name: t.Name, Dims: t.Dims, F32: make([]float32, len(t.I8))}
	for i, v := range t.I8 {
		f.F32[i] = float32(v) * scale.F32[i/per]
	}
	return f, nil
}

// headroom is how much wider than seen the ranges are that scribbles gave: drawings of people may go beyond them,
// and half a bit of twelve is lost for it.
const headroom = 1.5

// Import returns the int8 model of a safetensors file. Ranges of activations are those that the file has; else they are
// seen on the drawings of set; with a nil set, on scribbles, with some headroom. A file that has them and a set are
// refused (ErrRanges). Then the rounding of weights is fitted to
// them, too: who trained the network need not have asked whether it bears rounding.
func Import(b []byte, set *fewshot.Set) (*weights.Model, error) {
	m, err := Read(b)
	if err != nil {
		return nil, err
	}
	ranges := train.Ranges{}
	for _, t := range m.Tensors {
		if name, ok := strings.CutSuffix(t.Name, ".range"); ok && len(t.F32) == 1 {
			ranges[name] = t.F32[0]
		}
	}
	known := len(ranges) > 0
	if known && set != nil {
		return nil, refuse(ErrRanges, "leave the drawings out, they would change nothing")
	}
	if !known {
		if ranges, set, err = seen(m, set); err != nil {
			return nil, err
		}
	}
	q, err := train.QuantiseTo(m, ranges)
	if err != nil {
		return nil, err
	}
	if !known {
		if q, err = train.FitRounding(m, q, set); err != nil {
			return nil, err
		}
	}
	// The engine judges it as it will when the file is opened.
	if _, err := engine.NewNetwork(q); err != nil {
		return nil, err
	}
	return q, nil
}

// seen returns the ranges that drawings give, and those drawings.
func seen(m *weights.Model, set *fewshot.Set) (train.Ranges, *fewshot.Set, error) {
	if set != nil {
		if !slices.ContainsFunc(set.Classes, func(c fewshot.Class) bool { return len(c.Drawings) > 0 }) {
			return nil, nil, refuse(ErrDrawings, "there is nothing to see the ranges of activations on")
		}
		ranges, err := train.Calibrate(m, set)
		return ranges, set, err
	}
	set, err := Scribbles(calibrationClasses, calibrationDrawings, calibrationSeed)
	if err != nil {
		return nil, nil, err
	}
	ranges, err := train.Calibrate(m, set)
	for name := range ranges {
		ranges[name] *= headroom
	}
	return ranges, set, err
}
