package kernel

// Channels says how the int32 sums of each output channel become activations again:
//
//	q = clamp((int64(acc+Bias)*Mult + 1<<(Shift-1)) >> Shift, Lo, Hi)
//
// so Mult/2^Shift is the real factor, rounded half up. The loader of the model sees to it that
// acc+Bias fits in an int32, Mult is in [2^30, 2^31) and Shift in 1..62; no product overflows then.
type Channels struct {
	Bias, Mult []int32 // one a channel
	Shift      []uint8 // one a channel
	Lo, Hi     int16

	lanes []int32 // what the fastest implementation wants of Bias, Mult and Shift; nil if it wants nothing
}

// Prepare makes requantisation fast. Bias, Mult and Shift must not change after it.
func (c *Channels) Prepare() {
	c.check()
	if fastest.prepare != nil {
		c.lanes = fastest.prepare(c)
	}
}

func (c *Channels) check() {
	if len(c.Mult) != len(c.Bias) || len(c.Shift) != len(c.Bias) {
		panic("kernel: Channels: Bias, Mult and Shift differ in length")
	}
}

// Requantise turns the sums of a convolution into the inside of a plane.
//
//	dst (H+2, W+2, Out) bordered   acc (H, W, Out)   c Out channels
//
// The border of dst is left as it is.
func Requantise(dst []int16, acc []int32, s Shape, c *Channels) {
	c.check()
	if len(dst) != s.plane(s.Out) || len(acc) != s.H*s.W*s.Out || len(c.Bias) != s.Out {
		panic("kernel: Requantise: lengths do not fit the shape")
	}
	row := s.W * s.Out
	for y := range s.H {
		RequantiseFlat(dst[((y+1)*(s.W+2)+1)*s.Out:][:row], acc[y*row:][:row], c)
	}
}

// RequantiseFlat is Requantise without a border.
//
//	dst (N, C)   acc (N, C)   c C channels
func RequantiseFlat(dst []int16, acc []int32, c *Channels) {
	c.check()
	n := len(c.Bias)
	if len(dst) != len(acc) || (n == 0 && len(acc) > 0) || (n > 0 && len(acc)%n != 0) {
		panic("kernel: RequantiseFlat: lengths do not fit the channels")
	}
	if c.lanes != nil {
		fastest.requantise(dst, acc, c)
		return
	}
	bias, mult, shift := c.Bias, c.Mult[:n], c.Shift[:n]
	lo, hi := int64(c.Lo), int64(c.Hi)
	for ; len(acc) >= n && n > 0; acc, dst = acc[n:], dst[n:] {
		a, d := acc[:n], dst[:n]
		for i, b := range bias {
			// The mask tells the compiler that the shift is below 64, which saves a comparison.
			sh := shift[i] & 63
			v := (int64(a[i]+b)*int64(mult[i]) + 1<<((sh-1)&63)) >> sh
			d[i] = int16(min(max(v, lo), hi))
		}
	}
}

// AddClamp computes dst[i] = clamp(a[i]+b[i], lo, hi): the end of a residual block. It works on
// whole planes, whose zero border stays zero as long as lo <= 0 <= hi. dst may be a or b.
func AddClamp(dst, a, b []int16, lo, hi int16) {
	if len(a) != len(dst) || len(b) != len(dst) {
		panic("kernel: AddClamp: lengths differ")
	}
	n := 0
	if fastest.addClamp != nil {
		n = fastest.addClamp(dst, a, b, lo, hi)
	}
	l, h := int32(lo), int32(hi)
	for i := n; i < len(dst); i++ {
		dst[i] = int16(min(max(int32(a[i])+int32(b[i]), l), h))
	}
}
