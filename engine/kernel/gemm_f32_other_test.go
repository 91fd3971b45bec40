//go:build !(goexperiment.simd && amd64 && go1.27)

package kernel

func allF32() []f32Kernels { return []f32Kernels{scalarF32()} }
