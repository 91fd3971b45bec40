package kernel

// AddPair computes dst[i] = a[i] + b[i], the sums of a convolution that was split over its input
// channels. dst may be a or b.
func AddPair(dst, a, b []int32) {
	if len(a) != len(dst) || len(b) != len(dst) {
		panic("kernel: AddPair: lengths differ")
	}
	n := 0
	if fastest.add != nil {
		n = fastest.add(dst, a, b)
	}
	for i := n; i < len(dst); i++ {
		dst[i] = a[i] + b[i]
	}
}
