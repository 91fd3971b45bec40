package kernel

// A factor above zero and a clamp keep the order of sums, so the largest of four activations is the
// activation of the largest sum: pooling sums saves three requantisations of four.

// AddPairMaxPool2x2 is AddPair and then MaxPool2x2, on the sums of both halves of a pair.
//
//	dst (H/2, W/2, Out)   a, b (H, W, Out)
//
// An odd last row or column is dropped. dst may be neither a nor b.
func AddPairMaxPool2x2(dst, a, b []int32, s Shape) {
	if len(a) != s.H*s.W*s.Out || len(b) != len(a) || len(dst) != s.H/2*(s.W/2)*s.Out {
		panic("kernel: AddPairMaxPool2x2: lengths do not fit the shape")
	}
	if fastest.pool != nil && fastest.pool(dst, a, b, s) {
		return
	}
	n, pitch := s.Out, s.W*s.Out
	for y := range s.H / 2 {
		for x := range s.W / 2 {
			at := 2*y*pitch + 2*x*n
			a0, a1, a2, a3 := a[at:][:n], a[at+n:][:n], a[at+pitch:][:n], a[at+pitch+n:][:n]
			b0, b1, b2, b3 := b[at:][:n], b[at+n:][:n], b[at+pitch:][:n], b[at+pitch+n:][:n]
			out := dst[(y*(s.W/2)+x)*n:][:n]
			for i := range out {
				out[i] = max(a0[i]+b0[i], a1[i]+b1[i], a2[i]+b2[i], a3[i]+b3[i])
			}
		}
	}
}

// MaxPool2x2Sums is MaxPool2x2 on the sums of a convolution.
//
//	dst (H/2, W/2, Out)   src (H, W, Out)
//
// An odd last row or column is dropped. dst may be the beginning of src.
func MaxPool2x2Sums(dst, src []int32, s Shape) {
	if len(src) != s.H*s.W*s.Out || len(dst) != s.H/2*(s.W/2)*s.Out {
		panic("kernel: MaxPool2x2Sums: lengths do not fit the shape")
	}
	if fastest.pool != nil && fastest.pool(dst, src, nil, s) {
		return
	}
	n, pitch := s.Out, s.W*s.Out
	for y := range s.H / 2 {
		for x := range s.W / 2 {
			at := 2*y*pitch + 2*x*n
			p0, p1, p2, p3 := src[at:][:n], src[at+n:][:n], src[at+pitch:][:n], src[at+pitch+n:][:n]
			out := dst[(y*(s.W/2)+x)*n:][:n]
			for i := range out {
				out[i] = max(p0[i], p1[i], p2[i], p3[i])
			}
		}
	}
}
