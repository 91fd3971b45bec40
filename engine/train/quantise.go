package train

import (
	"fmt"
	"math"
	"strings"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/weights"
)

// Quantise turns a float model into the int8 model that is shipped: weights to int8 with a scale for
// each output channel, and for each tensor of activations the largest value that calibration saw.
// Activations keep 12 bits, so the range can be the maximum and nothing is clipped.
//
// Calibration runs the float network on set, which must be training drawings, and for the relation
// head on pairs of them.
func Quantise(m *weights.Model, set *fewshot.Set) (*weights.Model, error) {
	ranges, err := Calibrate(m, set)
	if err != nil {
		return nil, err
	}
	return QuantiseTo(m, ranges)
}

// Ranges are the largest values of the tensors of activations that the int8 network stores, by the names of the model file
// without ".range".
type Ranges map[string]float32

// Calibrate runs the float network of a model on drawings and returns the ranges that it sees.
func Calibrate(m *weights.Model, set *fewshot.Set) (Ranges, error) {
	net, err := NewFloatNet(m)
	if err != nil {
		return nil, err
	}
	return calibrate(net, set), nil
}

// QuantiseTo is Quantise with ranges that are known. Where the float model has scales of its own, as an exported
// int8 model has, weights are rounded to them.
func QuantiseTo(m *weights.Model, ranges Ranges) (*weights.Model, error) {
	var ts []weights.Tensor
	for _, t := range m.Tensors {
		if name, isWeight := strings.CutSuffix(t.Name, ".weight"); isWeight && name != "relation.3" {
			scale := scales(t)
			if own := m.Tensor(name + ".scale"); own != nil {
				scale = own.F32
			}
			q, err := quantiseChannels(t, scale)
			if err != nil {
				return nil, err
			}
			ts = append(ts, q, vector(name+".scale", scale))
			continue
		}
		if !strings.HasSuffix(t.Name, ".scale") && !strings.HasSuffix(t.Name, ".range") {
			ts = append(ts, t)
		}
	}
	for name, top := range ranges {
		if top <= 0 {
			return nil, fmt.Errorf("train: calibration saw no activation in %q", name)
		}
		ts = append(ts, vector(name+".range", []float32{top}))
	}
	return weights.New(m.Arch, ts)
}

// scales returns the scale of each output channel of t (out, ...): its largest weight is 127.
func scales(t weights.Tensor) []float32 {
	scale := make([]float32, t.Dims[0])
	per := len(t.F32) / t.Dims[0]
	for o := range scale {
		row := t.F32[o*per:][:per]
		top := float32(0)
		for _, v := range row {
			top = max(top, v, -v)
		}
		if top == 0 {
			top = 1e-6 // a channel without weights still needs a scale
		}
		scale[o] = top / 127
	}
	return scale
}

// quantiseChannels rounds each output channel of t (out, ...) to -127..127 of its scale.
func quantiseChannels(t weights.Tensor, scale []float32) (weights.Tensor, error) {
	q := weights.Tensor{Name: t.Name, Dims: t.Dims, I8: make([]int8, len(t.F32))}
	if len(scale) != t.Dims[0] {
		return q, fmt.Errorf("train: %q has %d channels and %d scales", t.Name, t.Dims[0], len(scale))
	}
	per := len(t.F32) / t.Dims[0]
	for i, v := range t.F32 {
		r := math.Round(float64(v / scale[i/per]))
		if !(math.Abs(r) <= 127) {
			return q, fmt.Errorf("train: weight %d of %q is %v, which is beyond 127 times its scale %v", i, t.Name, v, scale[i/per])
		}
		q.I8[i] = int8(r)
	}
	return q, nil
}

// calibrationClasses and calibrationDrawings say how much of the training set calibration sees: every class, some drawings.
const (
	calibrationDrawings = 3
	calibrationPairs    = 4000
	calibrationShots    = 5 // of a relation that sums its shots: pairs have 1 to so many
)

// calibrate returns the largest activation of every tensor that the int8 network stores.
func calibrate(net *FloatNet, set *fewshot.Set) Ranges {
	ranges := Ranges{}
	net.observe = func(name string, activations []float32) {
		top := ranges[name]
		for _, v := range activations {
			top = max(top, v)
		}
		ranges[name] = top
	}
	defer func() { net.observe = nil }()
	embed := net.UnitEmbed
	if net.HasRelation() {
		embed = net.Maps
	}
	var units [][]float32 // calibrationDrawings for each class
	for _, c := range set.Classes {
		n := min(calibrationDrawings, len(c.Drawings))
		var images []float32
		for i := range n {
			images = appendInk(images, &c.Drawings[i].Input)
		}
		u := embed(images[:n*prep.Side*prep.Side], n)
		for d := len(u) / n; len(u) > 0; u = u[d:] {
			units = append(units, u[:d])
			if net.HasRelation() && !net.Arch.Relation.Sum {
				net.observe("relation.embedding", u[:d])
			}
		}
	}
	if net.HasRelation() {
		for i := range calibrationPairs {
			a := units[i*7919%len(units)]
			if net.Arch.Relation.Sum {
				a = sumOf(units, i*7919, 1+i%calibrationShots)
			}
			b := units[(i*7919+1+(i%2)*i)%len(units)] // odd pairs are of any classes, even ones of neighbours, mostly of one class
			net.logit(net.half(net.relation.support, a), net.half(net.relation.query, b))
		}
	}
	return ranges
}

// sumOf adds up so many neighbours from one on, mostly of one class.
func sumOf(maps [][]float32, from, shots int) []float32 {
	sum := make([]float32, len(maps[0]))
	for s := range shots {
		for i, v := range maps[(from+s)%len(maps)] {
			sum[i] += v
		}
	}
	return sum
}
