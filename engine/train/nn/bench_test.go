package nn

import (
	"math/rand/v2"
	"testing"

	"oneshot/engine"
	"oneshot/engine/prep"
)

// BenchmarkTrain is one step, forward and backward, of an episode of 240 drawings. With
// GOEXPERIMENT=simd the float kernels are vectorised.
func BenchmarkTrain(b *testing.B) {
	for _, m := range []struct{ name, arch string }{
		{"conv4-64", "conv 64, pool, conv 64, pool, conv 64, pool, conv 64, pool"},
		{"residual", "conv 32, pool, residual 64, pool, residual 128, pool"},
	} {
		b.Run(m.name, func(b *testing.B) {
			arch, err := engine.ParseArch(m.arch)
			if err != nil {
				b.Fatal(err)
			}
			ep := Layout{Way: 48, Shot: 1, Query: 4}
			r := rand.New(rand.NewPCG(1, 1))
			e, loss, adam := NewEncoder(arch, r), NewPrototypeLoss(0.1), (*AdamW)(nil)
			adam = NewAdamW(append(e.Params(), loss.Params()...), 0.01)
			images := make([]float32, ep.Images()*prep.Side*prep.Side)
			for i := range images {
				images[i] = r.Float32()
			}
			var u Unit
			for b.Loop() {
				v := u.Forward(e.Forward(images, ep.Images()))
				_, du := loss.Forward(v, u.D, ep)
				e.Backward(u.Backward(du))
				adam.Step(1e-4)
			}
			b.ReportMetric(float64(ep.Images()*b.N)/b.Elapsed().Seconds(), "img/s")
		})
	}
}
