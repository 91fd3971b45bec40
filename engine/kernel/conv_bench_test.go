package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkConv3x3 reports the multiply-adds a second of the definition and of every implementation
// on the shapes of the network.
func BenchmarkConv3x3(b *testing.B) {
	for _, s := range []Shape{{28, 28, 1, 32}, {14, 14, 32, 64}, {14, 14, 64, 64}, {7, 7, 64, 128}, {7, 7, 128, 128}} {
		r := rand.New(rand.NewPCG(1, 2))
		src, raw := randI16(r, s.plane(s.In)), randI8(r, s.Out*s.In*9)
		w := PackConv3x3(raw, s.In, s.Out)
		dst := make([]int32, s.H*s.W*s.Out)
		name := fmt.Sprintf("%d-%d@%dx%d/", s.In, s.Out, s.H, s.W)
		macs := float64(s.H * s.W * 9 * s.In * s.Out)
		b.Run(name+"ref", func(b *testing.B) {
			for b.Loop() {
				Conv3x3Ref(dst, src, raw, s)
			}
			b.ReportMetric(macs*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
		for _, k := range kernels() {
			b.Run(name+k.name, func(b *testing.B) {
				for b.Loop() {
					k.convolve(dst, src, w, window3x3(s))
				}
				b.ReportMetric(macs*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
			})
		}
	}
}

// BenchmarkRequantise reports the sums a second that become activations again.
func BenchmarkRequantise(b *testing.B) {
	s := Shape{H: 14, W: 14, Out: 64}
	r := rand.New(rand.NewPCG(1, 2))
	dst, acc, c := make([]int16, s.plane(s.Out)), randSums(r, s.H*s.W*s.Out), randChannels(r, s.Out)
	for b.Loop() {
		Requantise(dst, acc, s, c)
	}
	b.ReportMetric(float64(len(acc))*float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
}

// BenchmarkDotI16 reports the multiply-adds a second of the comparison of two embeddings.
func BenchmarkDotI16(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	x, y := randI16(r, 1152), randI16(r, 1152)
	var sum int64
	run := func(name string, f func(a, b []int16) int64) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				sum += f(x, y)
			}
			b.ReportMetric(float64(len(x))*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
	}
	run("ref", DotI16Ref)
	for _, k := range kernels() {
		run(k.name, k.multiply)
	}
}
