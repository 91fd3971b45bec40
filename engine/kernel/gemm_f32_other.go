//go:build !(goexperiment.simd && amd64 && go1.27)

package kernel

func chooseF32() f32Kernels { return scalarF32() }

func chooseF32Rows() f32Rows { return scalarF32Rows() }
