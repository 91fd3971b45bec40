package engine

import (
	"math"
	"strconv"

	"oneshot/engine/kernel"
)

// ActivationMax is the int16 that stands for the largest activation of a tensor: real value =
// q * range/ActivationMax, with the range that calibration found. Activations after a ReLU are in
// 0..ActivationMax.
const ActivationMax = 4095

const (
	inputMax   = 255           // inputs are 0..255
	inputScale = 1.0 / 255     // and stand for 0..1
	signedMax  = math.MaxInt16 // the two summands of a residual block are in -signedMax..signedMax
)

// layer is a convolution or a dense layer: int8 weights, widened and packed for the kernels, and
// what turns its int32 sums into activations.
type layer struct {
	shape    kernel.Shape // of the convolution; unused in a dense layer
	weights  []int16      // as kernel.PackConv3x3, PackConv1x1 or PackDense give them
	channels kernel.Channels
}

// source is what a layer reads: the real value of one step of its int16 inputs, and their largest.
type source struct {
	scale float64
	max   int64
}

// activations is the source that an activation tensor is, given its range.
func activations(rng float64) source { return source{scale: rng / ActivationMax, max: ActivationMax} }

// channels reads scale and bias of the layer called name and derives the bias in units of the sums,
// multiplier and shift of every output channel. w holds the weights of one channel after another.
// All of it is float64 arithmetic that no platform may round otherwise.
func (l *loader) channels(name string, w []int8, out int, in source, outScale float64) kernel.Channels {
	scale := l.positives(name+".scale", out)
	bias := l.floats(name+".bias", out)
	c := kernel.Channels{
		Bias:  make([]int32, out),
		Mult:  make([]int32, out),
		Shift: make([]uint8, out),
		Lo:    0,
		Hi:    ActivationMax,
	}
	if l.err != nil {
		return c
	}
	fan := len(w) / out
	for o := range out {
		step := in.scale * float64(scale[o]) // real value of one unit of the sum
		b := math.Round(float64(bias[o]) / step)
		reach := size(w[o*fan:][:fan]) * in.max
		if math.Abs(b)+float64(reach) > math.MaxInt32 {
			l.fail(failTensor(ErrOverflow, name+".bias", "channel "+strconv.Itoa(o)+": sums reach "+
				strconv.FormatFloat(math.Abs(b)+float64(reach), 'g', 4, 64)+", at most "+strconv.Itoa(math.MaxInt32)))
			return c
		}
		mult, shift, ok := multiplier(step / outScale)
		if !ok {
			l.fail(failTensor(ErrScale, name+".scale", "channel "+strconv.Itoa(o)+": a factor of "+
				strconv.FormatFloat(step/outScale, 'g', 4, 64)+" cannot be held"))
			return c
		}
		c.Bias[o], c.Mult[o], c.Shift[o] = int32(b), mult, shift
	}
	c.Prepare()
	return c
}

// size returns the sum of |w|.
func size(w []int8) int64 {
	var sum int64
	for _, v := range w {
		sum += max(int64(v), -int64(v))
	}
	return sum
}

// multiplier finds mult in [2^30, 2^31) and shift in 1..62 such that mult/2^shift is factor to 31
// bits. ok is false for factors that have none.
func multiplier(factor float64) (mult int32, shift uint8, ok bool) {
	if !(factor > 0) || math.IsInf(factor, 1) {
		return 0, 0, false
	}
	frac, exp := math.Frexp(factor) // factor = frac * 2^exp, frac in [1/2, 1)
	m := int64(math.Round(math.Ldexp(frac, 31)))
	if m == 1<<31 {
		m, exp = 1<<30, exp+1
	}
	if exp > 30 || exp < -31 {
		return 0, 0, false
	}
	return int32(m), uint8(31 - exp), true
}

// conv3x3 reads the 3x3 convolution called name.
func (l *loader) conv3x3(name string, s kernel.Shape, in source, outScale float64) layer {
	w := l.int8s(name+".weight", s.Out, s.In, 3, 3)
	if w == nil {
		return layer{shape: s}
	}
	return layer{s, kernel.PackConv3x3(w, s.In, s.Out), l.channels(name, w, s.Out, in, outScale)}
}

// conv1x1 reads the 1x1 convolution called name.
func (l *loader) conv1x1(name string, s kernel.Shape, in source, outScale float64) layer {
	w := l.int8s(name+".weight", s.Out, s.In, 1, 1)
	if w == nil {
		return layer{shape: s}
	}
	return layer{s, kernel.PackConv1x1(w, s.In, s.Out), l.channels(name, w, s.Out, in, outScale)}
}

// dense reads the dense layer called name.
func (l *loader) dense(name string, in, out int, src source, outScale float64) layer {
	w := l.int8s(name+".weight", out, in)
	if w == nil {
		return layer{}
	}
	return layer{weights: kernel.PackDense(w, in, out), channels: l.channels(name, w, out, src, outScale)}
}

// signed lets a layer give negative values too, as the summands of a residual block do.
func (y layer) signed() layer {
	y.channels.Lo, y.channels.Hi = -signedMax, signedMax
	return y
}

// rootScale returns the real value of one step behind Root, given that of one before it.
func rootScale(scale float64) float64 {
	return float64(math.Sqrt(float64(ActivationMax*scale)+RootOffset)-math.Sqrt(RootOffset)) / ActivationMax
}

// rootTable returns Root of each activation, given the real value of one step. The largest maps to
// the largest. The difference of the two roots is written as a quotient, which is never zero however small
// the scale of a file is.
func rootTable(scale float64) []int16 {
	root := func(q int) float64 {
		x := float64(float64(q) * scale)
		return x / (math.Sqrt(x+RootOffset) + math.Sqrt(RootOffset))
	}
	t := make([]int16, ActivationMax+1)
	step := ActivationMax / root(ActivationMax)
	for q := range t {
		t[q] = int16(float64(root(q)*step) + 0.5)
	}
	return t
}
