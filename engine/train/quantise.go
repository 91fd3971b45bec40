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
	net, err := NewFloatNet(m)
	if err != nil {
		return nil, err
	}
	ranges := calibrate(net, set)
	var ts []weights.Tensor
	for _, t := range m.Tensors {
		if name, isWeight := strings.CutSuffix(t.Name, ".weight"); isWeight && name != "relation.3" {
			q, scale := quantiseChannels(t)
			ts = append(ts, q, vector(name+".scale", scale))
			continue
		}
		ts = append(ts, t)
	}
	for name, top := range ranges {
		if top <= 0 {
			return nil, fmt.Errorf("train: calibration saw no activation in %q", name)
		}
		ts = append(ts, vector(name+".range", []float32{top}))
	}
	return weights.New(m.Arch, ts)
}

// quantiseChannels rounds each output channel of t (out, ...) to -127..127 of its own scale.
func quantiseChannels(t weights.Tensor) (weights.Tensor, []float32) {
	q := weights.Tensor{Name: t.Name, Dims: t.Dims, I8: make([]int8, len(t.F32))}
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
		for i, v := range row {
			q.I8[o*per+i] = int8(math.Round(float64(v / scale[o])))
		}
	}
	return q, scale
}

// calibrationClasses and calibrationDrawings say how much of the training set calibration sees: every class, some drawings.
const (
	calibrationDrawings = 3
	calibrationPairs    = 4000
)

// calibrate returns the largest activation of every tensor that the int8 network stores.
func calibrate(net *FloatNet, set *fewshot.Set) map[string]float32 {
	ranges := map[string]float32{}
	net.observe = func(name string, activations []float32) {
		top := ranges[name]
		for _, v := range activations {
			top = max(top, v)
		}
		ranges[name] = top
	}
	defer func() { net.observe = nil }()
	var units [][]float32 // calibrationDrawings for each class
	for _, c := range set.Classes {
		n := min(calibrationDrawings, len(c.Drawings))
		var images []float32
		for i := range n {
			images = appendInk(images, &c.Drawings[i].Input)
		}
		u := net.UnitEmbed(images[:n*prep.Side*prep.Side], n)
		for d := len(u) / n; len(u) > 0; u = u[d:] {
			units = append(units, u[:d])
			if net.HasRelation() {
				net.observe("relation.embedding", u[:d])
			}
		}
	}
	if net.HasRelation() {
		for i := range calibrationPairs {
			a := units[i*7919%len(units)]
			b := units[(i*7919+1+(i%2)*i)%len(units)] // odd pairs are of any classes, even ones of neighbours, mostly of one class
			net.logit(net.half(net.relation.support, a), net.half(net.relation.query, b))
		}
	}
	return ranges
}
