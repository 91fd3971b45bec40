//go:build !go1.27 || !(wasm || (amd64 && goexperiment.simd))

package kernel

func kernels() []integers { return []integers{plain()} }
