package kernel

// PackDense widens the weights of a dense layer for Dense.
//
//	w (out, in)   result (out, in)
func PackDense(w []int8, in, out int) []int16 {
	if len(w) != out*in {
		panic("kernel: PackDense: length of w is not out*in")
	}
	p := make([]int16, len(w))
	for i, v := range w {
		p[i] = int16(v)
	}
	return p
}

// Dense computes a dense layer: a matrix times a vector.
//
//	dst (Out)   src (In)   w (Out, In) from PackDense
//
//	dst[o] = sum over i of src[i] * w[o][i]
//
// In is the length of src and Out the length of dst.
func Dense(dst []int32, src, w []int16) {
	if len(w) != len(dst)*len(src) {
		panic("kernel: Dense: length of w is not len(dst)*len(src)")
	}
	if fastest.dense != nil && fastest.dense(dst, src, w) {
		return
	}
	for o := range dst {
		dst[o] = int32(fastest.multiply(src, w[o*len(src):][:len(src)]))
	}
}

// DenseRef is Dense as its definition says it, on weights that are not packed: w (Out, In).
func DenseRef(dst []int32, src []int16, w []int8) {
	for o := range dst {
		var acc int32
		for i, a := range src {
			acc += int32(a) * int32(w[o*len(src)+i])
		}
		dst[o] = acc
	}
}

// DotI16 returns the sum of a[i]*b[i]. It is exact: an int64 holds the products of 2^33 elements.
func DotI16(a, b []int16) int64 {
	if len(a) != len(b) {
		panic("kernel: DotI16: lengths differ")
	}
	return fastest.multiply(a, b)
}

// DotI16Ref is DotI16 as its definition says it.
func DotI16Ref(a, b []int16) int64 {
	var sum int64
	for i, v := range a {
		sum += int64(v) * int64(b[i])
	}
	return sum
}
