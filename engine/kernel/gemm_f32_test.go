package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// maxF32Error bounds |fast - reference| relative to the sum of |a*b|: the two add in another order and the fast one fuses.
const maxF32Error = 1e-6

// f32Case is a random product: g gathers overlapping rows, as a convolution does.
type f32Case struct {
	g          Gather
	src, w, dy []float32
	to         []int
	n          int
}

func newF32Case(r *rand.Rand, rows, segments, run, n int) f32Case {
	c := f32Case{g: Gather{Segments: segments, Run: run, Pitch: run + r.IntN(9)}, n: n}
	size := segments*c.g.Pitch + run
	for i := range rows {
		c.g.Rows = append(c.g.Rows, r.IntN(size))
		c.to = append(c.to, i*(n+3))
	}
	c.src, c.w = randomF32(r, 2*size), randomF32(r, segments*run*n)
	c.dy = randomF32(r, rows*(n+3)+n)
	return c
}

func randomF32(r *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = r.Float32()*2 - 1
	}
	return v
}

func closeF32(t *testing.T, what string, got, want []float32, terms int) {
	t.Helper()
	for i := range want {
		if math.Abs(float64(got[i]-want[i])) > maxF32Error*float64(terms) {
			t.Fatalf("%s[%d] = %v, reference %v", what, i, got[i], want[i])
		}
	}
}

func (c f32Case) test(t *testing.T) {
	t.Helper()
	packed := PackF32(nil, c.w, c.g.K(), c.n)
	got, want := randomF32(rand.New(rand.NewPCG(1, 1)), len(c.dy)), make([]float32, len(c.dy))
	copy(want, got) // what lies between the rows must stay as it is
	MulF32(got, c.to, c.src, c.g, packed, c.n)
	MulF32Ref(want, c.to, c.src, c.g, packed, c.n)
	closeF32(t, "product", got, want, c.g.K())

	gotW := randomF32(rand.New(rand.NewPCG(2, 2)), c.g.K()*c.n)
	wantW := append([]float32(nil), gotW...)
	AddOuterF32(gotW, c.src, c.g, c.dy, c.to, c.n)
	AddOuterF32Ref(wantW, c.src, c.g, c.dy, c.to, c.n)
	closeF32(t, "gradient", gotW, wantW, len(c.g.Rows))
}

func TestMulF32ByHand(t *testing.T) {
	w := make([]float32, 2*16)
	w[0], w[16], w[1], w[17] = 1, 2, 3, 4 // columns 0 and 1 of a (2, 16) matrix
	src := []float32{5, 6, 7}
	dst := make([]float32, 32)
	MulF32(dst, []int{0, 16}, src, Gather{Rows: []int{0, 1}, Segments: 1, Run: 2}, PackF32(nil, w, 2, 16), 16)
	if dst[0] != 17 || dst[1] != 39 || dst[16] != 20 || dst[17] != 46 || dst[2] != 0 {
		t.Errorf("product %v, want columns 17 39 and 20 46", dst)
	}
}

func TestF32MatchesReference(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	for range 60 {
		newF32Case(r, 1+r.IntN(40), 1+r.IntN(3), 1+r.IntN(70), 16*(1+r.IntN(5))).test(t)
	}
}

// Every implementation that this processor can run is checked, not only the chosen one.
func TestEveryF32Implementation(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	for _, impl := range allF32() {
		for range 20 {
			c := newF32Case(r, 4+r.IntN(40), 1+r.IntN(3), 4*(1+r.IntN(20)), 16*(1+r.IntN(5)))
			packed := PackF32(nil, c.w, c.g.K(), c.n)
			got, want := make([]float32, len(c.dy)), make([]float32, len(c.dy))
			impl.mul(got, c.to, c.src, c.g, packed, c.n)
			MulF32Ref(want, c.to, c.src, c.g, packed, c.n)
			closeF32(t, impl.name+" product", got, want, c.g.K())
			gotW, wantW := make([]float32, c.g.K()*c.n), make([]float32, c.g.K()*c.n)
			impl.outer(gotW, c.src, c.g, c.dy, c.to, c.n)
			AddOuterF32Ref(wantW, c.src, c.g, c.dy, c.to, c.n)
			closeF32(t, impl.name+" gradient", gotW, wantW, len(c.g.Rows))
		}
	}
}

func FuzzMulF32(f *testing.F) {
	f.Add(uint64(1), uint8(9), uint8(3), uint8(8), uint8(2))
	f.Fuzz(func(t *testing.T, seed uint64, rows, segments, run, panels uint8) {
		r := rand.New(rand.NewPCG(seed, 0))
		newF32Case(r, 1+int(rows)%50, 1+int(segments)%4, 1+int(run), 16*(1+int(panels)%6)).test(t)
	})
}

func TestF32RefusesWrongLengths(t *testing.T) {
	g := Gather{Rows: []int{0, 4}, Segments: 1, Run: 4}
	for name, call := range map[string]func(){
		"columns": func() { MulF32(make([]float32, 32), []int{0, 8}, make([]float32, 8), g, make([]float32, 32), 8) },
		"reach":   func() { MulF32(make([]float32, 32), []int{0, 16}, make([]float32, 7), g, make([]float32, 64), 16) },
		"places":  func() { MulF32(make([]float32, 32), []int{0}, make([]float32, 8), g, make([]float32, 64), 16) },
		"weights": func() { MulF32(make([]float32, 32), []int{0, 16}, make([]float32, 8), g, make([]float32, 63), 16) },
		"outer":   func() { AddOuterF32(make([]float32, 63), make([]float32, 8), g, make([]float32, 32), []int{0, 16}, 16) },
		"pack":    func() { PackF32(nil, make([]float32, 5), 2, 3) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic for a programmer's error")
				}
			}()
			call()
		})
	}
}

func BenchmarkF32(b *testing.B) {
	for _, s := range []struct {
		name       string
		side, c, n int
	}{{"14x14x64to64", 14, 64, 64}, {"7x7x128to128", 7, 128, 128}} {
		g, to := Gather{Segments: 3, Run: 3 * s.c, Pitch: (s.side + 2) * s.c}, []int(nil)
		for y := range s.side {
			for x := range s.side {
				g.Rows = append(g.Rows, (y*(s.side+2)+x)*s.c)
				to = append(to, len(to)*s.n)
			}
		}
		r := rand.New(rand.NewPCG(1, 1))
		src, w := randomF32(r, (s.side+2)*(s.side+2)*s.c), randomF32(r, g.K()*s.n)
		packed, out := PackF32(nil, w, g.K(), s.n), make([]float32, len(to)*s.n)
		macs := float64(len(to) * g.K() * s.n)
		b.Run("mul/"+s.name, func(b *testing.B) {
			for b.Loop() {
				MulF32(out, to, src, g, packed, s.n)
			}
			b.ReportMetric(macs*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
		b.Run("outer/"+s.name, func(b *testing.B) {
			for b.Loop() {
				AddOuterF32(w, src, g, out, to, s.n)
			}
			b.ReportMetric(macs*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
	}
}
