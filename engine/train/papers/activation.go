package papers

import (
	"math"
	"math/rand/v2"
)

// sigmoid is 1/(1+exp(-v)).
func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// Sigmoid squashes values into 0..1, in place.
type Sigmoid struct{ y []float32 }

// Forward replaces x by its sigmoid and returns it.
func (l *Sigmoid) Forward(x []float32) []float32 {
	for i, v := range x {
		x[i] = float32(sigmoid(float64(v)))
	}
	l.y = x
	return x
}

// Backward turns the gradient of the output into that of the input, in place, and returns it.
func (l *Sigmoid) Backward(dy []float32) []float32 {
	for i, y := range l.y {
		dy[i] *= y * (1 - y)
	}
	return dy
}

// Rectify is ReLU on vectors, in place.
type Rectify struct{ y []float32 }

// Forward replaces the negative values of x by zero and returns it.
func (l *Rectify) Forward(x []float32) []float32 {
	for i, v := range x {
		x[i] = max(v, 0)
	}
	l.y = x
	return x
}

// Backward clears dy, in place, where the output was zero, and returns it.
func (l *Rectify) Backward(dy []float32) []float32 {
	for i, y := range l.y {
		if y <= 0 {
			dy[i] = 0
		}
	}
	return dy
}

// Dropout silences each value with probability P while training and scales the others up by 1/(1-P), in place
// (Srivastava et al. 2014). When the network is asked, it is left out.
type Dropout struct {
	P    float64
	mask []float32
}

// Forward silences values of x, chosen by r, and returns x.
func (l *Dropout) Forward(x []float32, r *rand.Rand) []float32 {
	l.mask = l.mask[:0]
	for i := range x {
		keep := float32(0)
		if r.Float64() >= l.P {
			keep = float32(1 / (1 - l.P))
		}
		l.mask = append(l.mask, keep)
		x[i] *= keep
	}
	return x
}

// Backward takes the gradient back through the values that were kept, in place, and returns it.
func (l *Dropout) Backward(dy []float32) []float32 {
	for i, keep := range l.mask {
		dy[i] *= keep
	}
	return dy
}
