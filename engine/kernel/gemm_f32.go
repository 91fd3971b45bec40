package kernel

// PanelWidth is the number of output columns that one packed panel of float weights holds.
const PanelWidth = 16

// Gather says where the rows of a matrix lie inside a larger array, so that a convolution is a matrix
// product that never copies its input: row r is Segments runs of Run consecutive values, the first at
// Rows[r], each next one Pitch values further.
//
// A 3x3 convolution with C input channels on a bordered plane of width W has Segments 3, Run 3*C and
// Pitch (W+2)*C; a 1x1 convolution and a dense layer have one segment of C values.
type Gather struct {
	Rows     []int
	Segments int
	Run      int
	Pitch    int
}

// K is the length of a row: Segments*Run.
func (g Gather) K() int { return g.Segments * g.Run }

// check panics unless every row of g lies inside a slice of n values.
func (g Gather) check(n int) {
	if len(g.Rows) == 0 {
		return
	}
	lo, hi := g.Rows[0], g.Rows[0]
	for _, r := range g.Rows {
		lo, hi = min(lo, r), max(hi, r)
	}
	if lo < 0 || g.Run < 1 || g.Segments < 1 || hi+(g.Segments-1)*g.Pitch+g.Run > n {
		panic("kernel: gather reaches outside its array")
	}
}

// PackF32 packs w (K, N) row-major into dst as panels of 16 columns, [ceil(N/16)][K][16], the last one
// filled up with zeros. It returns dst, grown if it was too short.
func PackF32(dst, w []float32, k, n int) []float32 {
	if len(w) != k*n {
		panic("kernel: weights do not fill (K, N)")
	}
	panels := (n + PanelWidth - 1) / PanelWidth
	if cap(dst) < panels*k*PanelWidth {
		dst = make([]float32, panels*k*PanelWidth)
	}
	dst = dst[:panels*k*PanelWidth]
	for p := range panels {
		cols := min(PanelWidth, n-p*PanelWidth)
		for r := range k {
			row := dst[(p*k+r)*PanelWidth:][:PanelWidth]
			clear(row[copy(row, w[r*n+p*PanelWidth:][:cols]):])
		}
	}
	return dst
}

// MulF32 computes dst[to[r]+j] = sum over i of row(r)[i] * w[i][j], for every row r of g and j < n.
//
//	src   what g gathers from        w   (K, n) packed by PackF32
//	to    where each row of the product begins in dst, one for each row of g
//
// dst must not overlap src. n must be a multiple of 16: pad the weights otherwise.
func MulF32(dst []float32, to []int, src []float32, g Gather, w []float32, n int) {
	checkMul(dst, to, src, g, n)
	if len(w) != n*g.K() {
		panic("kernel: packed weights do not fill (K, n)")
	}
	f32.mul(dst, to, src, g, w, n)
}

// MulF32Ref is MulF32 as plain loops.
func MulF32Ref(dst []float32, to []int, src []float32, g Gather, w []float32, n int) {
	k := g.K()
	for r, base := range g.Rows {
		out := dst[to[r]:][:n]
		clear(out)
		for s := range g.Segments {
			row := src[base+s*g.Pitch:][:g.Run]
			for p := 0; p < n; p += PanelWidth {
				acc := out[p:][:PanelWidth]
				panel := w[p*k+s*g.Run*PanelWidth:]
				for i, x := range row {
					for j, v := range panel[i*PanelWidth:][:PanelWidth] {
						acc[j] += x * v
					}
				}
			}
		}
	}
}

// AddOuterF32 adds to dw (K, n) the gradient of MulF32 with respect to its weights:
// dw[i][j] += sum over r of row(r)[i] * dy[from[r]+j].
//
// dw is row-major, not packed. n must be a multiple of 16.
func AddOuterF32(dw, src []float32, g Gather, dy []float32, from []int, n int) {
	checkMul(dy, from, src, g, n)
	if len(dw) != n*g.K() {
		panic("kernel: weight gradient does not fill (K, n)")
	}
	f32.outer(dw, src, g, dy, from, n)
}

// AddOuterF32Ref is AddOuterF32 as plain loops.
func AddOuterF32Ref(dw, src []float32, g Gather, dy []float32, from []int, n int) {
	for r, base := range g.Rows {
		grad := dy[from[r]:][:n]
		for s := range g.Segments {
			for i, x := range src[base+s*g.Pitch:][:g.Run] {
				acc := dw[(s*g.Run+i)*n:][:n]
				for j, v := range grad {
					acc[j] += x * v
				}
			}
		}
	}
}

func checkMul(dst []float32, to []int, src []float32, g Gather, n int) {
	if n < 1 || n%PanelWidth != 0 {
		panic("kernel: columns are not a multiple of 16")
	}
	if len(to) != len(g.Rows) {
		panic("kernel: rows and their places differ in number")
	}
	g.check(len(src))
	Gather{Rows: to, Segments: 1, Run: n}.check(len(dst))
}

// f32Kernels is one implementation of the float kernels.
type f32Kernels struct {
	name  string
	mul   func(dst []float32, to []int, src []float32, g Gather, w []float32, n int)
	outer func(dw, src []float32, g Gather, dy []float32, from []int, n int)
}

// f32 is chosen once, by what the processor has.
var f32 = chooseF32()

// F32Name says which implementation of the float kernels runs: "avx512", "avx2" or "scalar".
func F32Name() string { return f32.name }

func scalarF32() f32Kernels {
	return f32Kernels{name: "scalar", mul: MulF32Ref, outer: AddOuterF32Ref}
}
