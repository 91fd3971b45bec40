package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// A pointer one past the end of the packed weights stopped the program at the next collection ("found pointer to free
// object"): the compiler had hoisted the address of a panel that is not there. Collect while the kernels
// run on weights that lie between free objects of their size.
func TestKernelsKeepNoPointerPastTheirWeights(t *testing.T) {
	const (
		n   = PanelWidth // one panel: the second of a pair is not there
		run = 48         // 3072 bytes of float weights, a size class without slack
	)
	shape := Shape{H: 16, W: 16, In: 64, Out: n}
	g, to := Gather{Segments: 1, Run: run}, make([]int, 256)
	for i := range to {
		g.Rows = append(g.Rows, i)
		to[i] = i * n
	}
	var float [64][]float32
	var ints [64][]int16
	for i := range float {
		float[i], ints[i] = make([]float32, run*n), PackConv3x3(make([]int8, 9*shape.In*n), shape.In, n)
	}
	for i := 1; i < len(float); i += 2 {
		float[i], ints[i] = nil, nil // leave holes beside the weights
	}
	var collector sync.WaitGroup
	var done atomic.Bool
	collector.Go(func() {
		for range 40 {
			runtime.GC()
		}
		done.Store(true)
	})
	src, dst := make([]float32, len(to)+run), make([]float32, len(to)*n)
	plane, sums := make([]int16, (shape.H+2)*(shape.W+2)*shape.In), make([]int32, shape.H*shape.W*n)
	for i := 0; !done.Load(); i = (i + 2) % len(float) {
		MulF32(dst, to, src, g, float[i], n)
		Conv3x3(sums, plane, ints[i], shape)
		runtime.Gosched() // js/wasm has one thread and does not preempt
	}
	collector.Wait()
}
