package kernel

// integers is one implementation of the loops where the time goes. Its functions do as much of their work as suits
// them and say how much; the rest is done in plain Go, and all of it where a function is nil.
type integers struct {
	name string

	// conv computes some panels of output channels, from the first on, and returns how many.
	conv func(dst []int32, src, w []int16, g window) int

	// dot returns the sum of the products of some elements, from the first on, and how many.
	dot func(a, b []int16) (sum int64, n int)

	// dense computes Dense if the lengths, which fit each other, suit it, or reports false.
	dense func(dst []int32, src, w []int16) bool

	// prepare returns what requantise wants to know of channels, or nil if it does nothing with them.
	prepare func(c *Channels) []int32
	// requantise fills dst (N, C) from acc (N, C), if c is prepared.
	requantise func(dst []int16, acc []int32, c *Channels)

	// pool computes AddPairMaxPool2x2, or with a nil b MaxPool2x2Sums, or reports false.
	pool func(dst, a, b []int32, s Shape) bool

	// add and addClamp compute AddPair and AddClamp of some elements, from the first on, and return how many.
	add      func(dst, a, b []int32) int
	addClamp func(dst, a, b []int16, lo, hi int16) int
}

// fastest is the best of kernels, which this machine can run. Nothing writes it again.
var fastest = kernels()[0]

// Implementation names what Conv3x3, Conv1x1, Dense and DotI16 run on here: "simd128", "avx512",
// "avx2" or "plain".
func Implementation() string { return fastest.name }

// plain is the implementation without instructions of its own.
func plain() integers {
	return integers{
		name: "plain",
		conv: func([]int32, []int16, []int16, window) int { return 0 },
		dot:  func([]int16, []int16) (int64, int) { return 0, 0 },
	}
}

// convolve computes dst from src, which begins at the window of the first output pixel.
func (k integers) convolve(dst []int32, src, w []int16, g window) {
	for p := k.conv(dst, src, w, g); p < panels(g.Out); p++ {
		for y := range g.H {
			for x := range g.W {
				convPixel(dst, src, w, g, p, y, x)
			}
		}
	}
}

// multiply returns the dot product of a and b, which are of one length.
func (k integers) multiply(a, b []int16) int64 {
	sum, n := k.dot(a, b)
	b = b[:len(a)]
	for i := n; i < len(a); i++ {
		sum += int64(int32(a[i]) * int32(b[i]))
	}
	return sum
}
