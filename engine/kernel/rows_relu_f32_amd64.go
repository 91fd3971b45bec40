//go:build goexperiment.simd && amd64 && go1.27

package kernel

import "simd/archsimd"

// The loops of normalisation followed by ReLU. Whether a value was rectified is computed again from x: that is
// cheaper than to read it from memory.

func scaleShiftReLUAVX2(dst, x, scale, shift []float32) {
	c := len(scale)
	if c%lanes != 0 {
		ScaleShiftReLUF32Ref(dst, x, scale, shift)
		return
	}
	dst = dst[:len(x)]
	var zero archsimd.Float32x8
	for j := 0; j < c; j += lanes {
		k, b := get(scale[j:]), get(shift[j:])
		for i := j; i+lanes <= len(x); i += c {
			put(dst[i:], get(x[i:]).Mul(k).Add(b).Max(zero))
		}
	}
	archsimd.ClearAVXUpperBits()
}

func productsReLUAVX2(sum, product, g, x, mean, scale, shift []float32) {
	c := len(sum)
	if c%lanes != 0 {
		AddReLUProductsF32Ref(sum, product, g, x, mean, scale, shift)
		return
	}
	x = x[:len(g)]
	var zero archsimd.Float32x8
	for j := 0; j < c; j += lanes {
		s, p, m := get(sum[j:]), get(product[j:]), get(mean[j:])
		a, b := get(scale[j:]), get(shift[j:])
		for i := j; i+lanes <= len(g); i += c {
			v := get(x[i:])
			d := get(g[i:]).Masked(v.Mul(a).Add(b).Greater(zero))
			s, p = s.Add(d), p.Add(d.Mul(v.Sub(m)))
		}
		put(sum[j:], s)
		put(product[j:], p)
	}
	archsimd.ClearAVXUpperBits()
}

func combineReLUAVX2(g, x, k, p, q, scale, shift []float32) {
	c := len(k)
	if c%lanes != 0 {
		CombineReLUF32Ref(g, x, k, p, q, scale, shift)
		return
	}
	x = x[:len(g)]
	var zero archsimd.Float32x8
	for j := 0; j < c; j += lanes {
		vk, vp, vq := get(k[j:]), get(p[j:]), get(q[j:])
		a, b := get(scale[j:]), get(shift[j:])
		for i := j; i+lanes <= len(g); i += c {
			v := get(x[i:])
			d := get(g[i:]).Masked(v.Mul(a).Add(b).Greater(zero))
			put(g[i:], d.Mul(vk).Add(v.Mul(vp)).Add(vq))
		}
	}
	archsimd.ClearAVXUpperBits()
}
