package engine

import (
	"oneshot/engine/kernel"
	"oneshot/weights"
)

// A 3x3 convolution of a plane of 2x2 pixels, padded, is a dense layer: every pixel sees every other, and five of its
// nine taps lie on the padding. So Sung's second convolution costs 4 * 4 * In * Out multiply-adds instead of 4 * 9, and
// as a 1x1 convolution over a row of classes it reads its weights once for all of them. The sums are the same.

// square is such a convolution.
type square struct {
	in, out int     // 4 pixels of channels each
	weights []int16 // as kernel.PackConv1x1 gives them
}

// rowClasses is how many classes are answered at once: enough that the weights are read seldom, few enough that what
// is between the layers stays in the cache.
const rowClasses = 16

// newSquare unrolls the convolution y of 2x2 pixels; nil if the model has no such weights, which its loader has said.
func newSquare(y layer, t *weights.Tensor) *square {
	in, out := y.shape.In, y.shape.Out
	if t == nil || len(t.I8) != out*in*9 {
		return nil
	}
	dense := make([]int8, 4*out*4*in)
	for to := range 4 {
		for from := range 4 {
			tap := (from/2-to/2+1)*3 + from%2 - to%2 + 1
			for o := range out {
				row := dense[((to*out+o)*4+from)*in:][:in]
				for i := range row {
					row[i] = t.I8[(o*in+i)*9+tap]
				}
			}
		}
	}
	return &square{4 * in, 4 * out, kernel.PackConv1x1(dense, 4*in, 4*out)}
}

// squareRow is what one row of classes is computed in.
type squareRow struct {
	pooled []int32 // (in), the sums of one pair
	plane  []int16 // (3, rowClasses+2, in), bordered
	sums   []int32 // (rowClasses, out)
}

func (q *square) row() squareRow {
	if q == nil {
		return squareRow{}
	}
	return squareRow{make([]int32, q.in), make([]int16, 3*(rowClasses+2)*q.in), make([]int32, rowClasses*q.out)}
}

// relateAll answers for every class with relate's bits.
func (s *relationScorer) relateAll(support []*class) {
	q, row := s.square, s.row
	for len(support) > 0 {
		n := min(len(support), rowClasses)
		plane := row.plane[:3*(n+2)*q.in]
		for i, c := range support[:n] {
			kernel.AddPairMaxPool2x2(row.pooled, c.half, s.queryHalf, s.half)
			kernel.RequantiseFlat(plane[(n+2+1+i)*q.in:][:q.in], row.pooled, &s.channels)
		}
		sums := row.sums[:n*q.out]
		kernel.Conv1x1(sums, plane, q.weights, kernel.Shape{H: 1, W: n, In: q.in, Out: q.out})
		for i, c := range support[:n] {
			all := sums[i*q.out:][:q.out]
			kernel.MaxPool2x2Sums(all[:len(s.convMap)], all, s.conv.shape)
			kernel.RequantiseFlat(s.convMap, all[:len(s.convMap)], &s.conv.channels)
			c.related = s.last()
		}
		support = support[n:]
	}
}
