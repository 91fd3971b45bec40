//go:build goexperiment.simd && amd64 && go1.27

package kernel

import "simd/archsimd"

// lanes is the number of float32 in a vector here. 256 bits do as well as 512: these loops wait for memory.
const lanes = 8

func chooseF32Rows() f32Rows {
	if !archsimd.X86.AVX2() || !archsimd.X86.FMA() {
		return scalarF32Rows()
	}
	return f32Rows{
		moments: momentsAVX2, scaleShift: scaleShiftAVX2, products: productsAVX2,
		combine: combineAVX2, rectify: rectifyAVX2, mask: maskAVX2,
		scaleShiftReLU: scaleShiftReLUAVX2, productsReLU: productsReLUAVX2, combineReLU: combineReLUAVX2,
		maxPool: maxPoolAVX2, maxPoolGrad: maxPoolGradAVX2,
	}
}

func get(x []float32) archsimd.Float32x8 { return archsimd.LoadFloat32x8Array((*[lanes]float32)(x)) }

func put(x []float32, v archsimd.Float32x8) { v.StoreArray((*[lanes]float32)(x)) }

// The channel vectors are the outer loop and the pixels the inner one, so that sums stay in registers.

func momentsAVX2(sum, square, x []float32) {
	c := len(sum)
	if c%lanes != 0 {
		AddMomentsF32Ref(sum, square, x)
		return
	}
	for j := 0; j < c; j += lanes {
		s, q := get(sum[j:]), get(square[j:])
		for i := j; i+lanes <= len(x); i += c {
			v := get(x[i:])
			s, q = s.Add(v), q.Add(v.Mul(v))
		}
		put(sum[j:], s)
		put(square[j:], q)
	}
	archsimd.ClearAVXUpperBits()
}

func scaleShiftAVX2(dst, x, scale, shift []float32) {
	c := len(scale)
	if c%lanes != 0 {
		ScaleShiftF32Ref(dst, x, scale, shift)
		return
	}
	dst = dst[:len(x)]
	for j := 0; j < c; j += lanes {
		k, b := get(scale[j:]), get(shift[j:])
		for i := j; i+lanes <= len(x); i += c {
			put(dst[i:], get(x[i:]).Mul(k).Add(b))
		}
	}
	archsimd.ClearAVXUpperBits()
}

func productsAVX2(sum, product, g, x, mean []float32) {
	c := len(sum)
	if c%lanes != 0 {
		AddProductsF32Ref(sum, product, g, x, mean)
		return
	}
	x = x[:len(g)]
	for j := 0; j < c; j += lanes {
		s, p, m := get(sum[j:]), get(product[j:]), get(mean[j:])
		for i := j; i+lanes <= len(g); i += c {
			v := get(g[i:])
			s, p = s.Add(v), p.Add(v.Mul(get(x[i:]).Sub(m)))
		}
		put(sum[j:], s)
		put(product[j:], p)
	}
	archsimd.ClearAVXUpperBits()
}

func combineAVX2(g, x, k, p, q []float32) {
	c := len(k)
	if c%lanes != 0 {
		CombineF32Ref(g, x, k, p, q)
		return
	}
	x = x[:len(g)]
	for j := 0; j < c; j += lanes {
		vk, vp, vq := get(k[j:]), get(p[j:]), get(q[j:])
		for i := j; i+lanes <= len(g); i += c {
			put(g[i:], get(g[i:]).Mul(vk).Add(get(x[i:]).Mul(vp)).Add(vq))
		}
	}
	archsimd.ClearAVXUpperBits()
}

func rectifyAVX2(x []float32) {
	var zero archsimd.Float32x8
	i := 0
	for ; i+lanes <= len(x); i += lanes {
		put(x[i:], get(x[i:]).Max(zero))
	}
	archsimd.ClearAVXUpperBits()
	RectifyF32Ref(x[i:])
}

func maskAVX2(g, y []float32) {
	var zero archsimd.Float32x8
	y = y[:len(g)]
	i := 0
	for ; i+lanes <= len(g); i += lanes {
		put(g[i:], get(g[i:]).Masked(get(y[i:]).Greater(zero)))
	}
	archsimd.ClearAVXUpperBits()
	MaskF32Ref(g[i:], y[i:])
}
