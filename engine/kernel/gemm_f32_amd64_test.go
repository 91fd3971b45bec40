//go:build goexperiment.simd && amd64 && go1.27

package kernel

import "simd/archsimd"

func allF32() []f32Kernels {
	all := []f32Kernels{scalarF32()}
	if archsimd.X86.AVX2() && archsimd.X86.FMA() {
		all = append(all, f32Kernels{name: "avx2", mul: mulAVX2, outer: outerAVX2})
	}
	if archsimd.X86.AVX512() {
		all = append(all, f32Kernels{name: "avx512", mul: mulAVX512, outer: outerAVX512})
	}
	return all
}
