package nn

import "math/rand/v2"

// taps is how many values Input writes for a pixel: its 3x3 neighbourhood, filled up with zeros to a multiple of four.
const taps = 12

// Input is a first 3x3 convolution of one channel to Out. One channel would waste a vector
// register, so the neighbourhood of each pixel is laid out as taps channels of a 1x1 convolution.
type Input struct {
	conv *Conv
	x    *Plane
}

// NewInput returns a first convolution with He-normal weights.
func NewInput(name string, out int, r *rand.Rand) *Input {
	l := &Input{conv: NewConv(name, taps, out, 1, r)}
	for i := range l.conv.W.Value {
		if i < 9*out {
			l.conv.W.Value[i] *= 1.1547005 // sqrt(12/9): three of the twelve taps are always zero
		} else {
			l.conv.W.Value[i] = 0
		}
	}
	return l
}

// Forward returns conv(images), (N, side, side, Out). Images are row-major, ink 0..1, side*side values each.
func (l *Input) Forward(images []float32, n, side int) *Plane {
	return l.conv.Forward(l.spread(images, n, side))
}

// spread lays the neighbourhood of each pixel out as channels.
func (l *Input) spread(images []float32, n, side int) *Plane {
	l.x = fit(l.x, n, side, side, taps)
	Parallel(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			img := images[i*side*side:][:side*side]
			for y := range side {
				row := l.x.Row(i, y)
				for x := range side {
					neighbourhood(row[x*taps:][:9], img, side, x, y)
				}
			}
		}
	})
	return l.x
}

func neighbourhood(dst, img []float32, side, x, y int) {
	for ky := range 3 {
		for kx := range 3 {
			sx, sy := x+kx-1, y+ky-1
			v := float32(0)
			if sx >= 0 && sx < side && sy >= 0 && sy < side {
				v = img[sy*side+sx]
			}
			dst[ky*3+kx] = v
		}
	}
}

// Backward adds to the gradient of the weights; images need none.
func (l *Input) Backward(dy *Plane) { l.conv.BackwardWeights(dy) }

// Out is the number of output channels.
func (l *Input) Out() int { return l.conv.Out }

// Params returns what is learned: (1, 1, 12, Out), whose last three taps stay zero.
func (l *Input) Params() []*Param { return l.conv.Params() }
