//go:build goexperiment.simd && amd64 && go1.27

package kernel

import "simd/archsimd"

func maxPoolAVX2(dst, top, bottom []float32, c int) {
	if c%lanes != 0 {
		MaxPoolF32Ref(dst, top, bottom, c)
		return
	}
	for ; len(dst) >= c; dst, top, bottom = dst[c:], top[2*c:], bottom[2*c:] {
		d, t0, t1, b0, b1 := dst[:c], top[:c], top[c:][:c], bottom[:c], bottom[c:][:c]
		for j := 0; j+lanes <= len(d); j += lanes {
			put(d[j:], get(t0[j:]).Max(get(t1[j:])).Max(get(b0[j:]).Max(get(b1[j:]))))
		}
	}
	archsimd.ClearAVXUpperBits()
}

func maxPoolGradAVX2(dTop, dBottom, top, bottom, g []float32, c int) {
	if c%lanes != 0 {
		MaxPoolGradF32Ref(dTop, dBottom, top, bottom, g, c)
		return
	}
	for ; len(g) >= c; g, top, bottom, dTop, dBottom = g[c:], top[2*c:], bottom[2*c:], dTop[2*c:], dBottom[2*c:] {
		d, t0, t1, b0, b1 := g[:c], top[:c], top[c:][:c], bottom[:c], bottom[c:][:c]
		o0, o1, o2, o3 := dTop[:c], dTop[c:][:c], dBottom[:c], dBottom[c:][:c]
		for j := 0; j+lanes <= len(d); j += lanes {
			v, a, b, e, f := get(d[j:]), get(t0[j:]), get(t1[j:]), get(b0[j:]), get(b1[j:])
			m := a.Max(b).Max(e.Max(f))
			// left holds what no earlier of the four has taken.
			first, left := v.Masked(a.Equal(m)), v.Masked(a.Less(m))
			put(o0[j:], first)
			put(o1[j:], left.Masked(b.Equal(m)))
			left = left.Masked(b.Less(m))
			put(o2[j:], left.Masked(e.Equal(m)))
			put(o3[j:], left.Masked(e.Less(m)))
		}
	}
	archsimd.ClearAVXUpperBits()
}
