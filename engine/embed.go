package engine

import (
	"oneshot/engine/kernel"
	"oneshot/engine/prep"
)

// buffers is the memory of one forward pass. Planes are bordered, (H+2, W+2, C); their borders are
// zero from the start and no kernel writes them.
type buffers struct {
	input  []int16   // (Side+2, Side+2, 1)
	output [][]int16 // the output of each stage
	inner  [][]int16 // relu(a(x)) of each residual stage, else nil
	skip   [][]int16 // skip(x) of each residual stage, else nil
	acc    []int32   // the sums of any one convolution

	// stepwise computes the output of every stage, one after another. Else a convolution before a Pool has none.
	stepwise bool
}

func newBuffers(stages []stage) buffers {
	b := buffers{
		input:  plane(prep.Side, prep.Side, 1),
		output: make([][]int16, len(stages)),
		inner:  make([][]int16, len(stages)),
		skip:   make([][]int16, len(stages)),
	}
	sums := 0
	for i, st := range stages {
		s := st.shape
		switch st.kind {
		case Pool:
			b.output[i] = plane(s.H/2, s.W/2, s.In)
			continue
		case Root:
			b.output[i] = plane(s.H, s.W, s.In)
			continue
		case Residual:
			b.inner[i] = plane(s.H, s.W, s.Out)
			b.skip[i] = plane(s.H, s.W, s.Out)
		case Valid:
			s.H, s.W = s.H-2, s.W-2
		}
		b.output[i] = plane(s.H, s.W, s.Out)
		sums = max(sums, s.H*s.W*s.Out)
	}
	b.acc = make([]int32, sums)
	return b
}

func plane(h, w, c int) []int16 { return make([]int16, (h+2)*(w+2)*c) }

// Embed computes the embedding of an input: the encoder's output, flattened from (H, W, C).
//
//	dst (EmbeddingLen) in 0..ActivationMax
//
// It allocates nothing. It panics if dst has another length: that is a bug of the caller.
func (n *Network) Embed(dst []int16, in *prep.Input) {
	if len(dst) != n.EmbeddingLen() {
		panic("engine: Embed: dst is not as long as an embedding")
	}
	b := &n.buffers
	for y := range prep.Side {
		row := b.input[(y+1)*(prep.Side+2)+1:][:prep.Side]
		for x, v := range in[y*prep.Side:][:prep.Side] {
			row[x] = int16(v)
		}
	}
	x := b.input
	for i := 0; i < len(n.stages); i++ {
		if st := &n.stages[i]; !b.stepwise && i+1 < len(n.stages) && n.stages[i+1].kind == Pool && st.kind.convolves() {
			i++
			st.conv.pooled(b.output[i], x, b.acc, st.kind)
		} else {
			st.forward(b, i, x)
		}
		x = b.output[i]
	}
	h, w, c := n.arch.EmbeddingDims()
	for y := range h {
		copy(dst[y*w*c:][:w*c], x[((y+1)*(w+2)+1)*c:])
	}
}

// forward computes the i-th stage from the plane x into b.output[i].
func (st *stage) forward(b *buffers, i int, x []int16) {
	out := b.output[i]
	switch st.kind {
	case Conv:
		st.conv.conv3x3(out, x, b.acc)
	case Valid:
		y := &st.conv
		kernel.Requantise(out, y.sums(x, b.acc, y.shape, Valid), y.shape, &y.channels)
	case Residual:
		st.a.conv3x3(b.inner[i], x, b.acc)
		st.b.conv3x3(out, b.inner[i], b.acc)
		st.skip.conv1x1(b.skip[i], x, b.acc)
		kernel.AddClamp(out, out, b.skip[i], 0, ActivationMax)
	case Pool:
		kernel.MaxPool2x2(out, x, st.shape)
	case Root:
		for j, q := range x {
			out[j] = st.root[q] // the border stays zero
		}
	}
}

// convolves says whether a stage is one convolution.
func (k StageKind) convolves() bool { return k == Conv || k == Valid }

// sums computes the sums of the first s.H rows and s.W columns of a 3x3 convolution, with padding or, for Valid, without.
func (y *layer) sums(src []int16, acc []int32, s kernel.Shape, kind StageKind) []int32 {
	part := y.shape.Whole()
	if kind == Valid {
		part = y.shape.Inner()
	}
	acc = acc[:s.H*s.W*s.Out]
	kernel.Conv3x3Part(acc, src, y.weights, s, part)
	return acc
}

// pooled computes a convolution and the Pool behind it. The largest of four sums gives the largest of four activations,
// so three of four are never made.
func (y *layer) pooled(dst, src []int16, acc []int32, kind StageKind) {
	s := asPooled(y.shape)
	all := y.sums(src, acc, s, kind)
	half := kernel.Shape{H: s.H / 2, W: s.W / 2, Out: s.Out}
	largest := all[:half.H*half.W*half.Out]
	kernel.MaxPool2x2Sums(largest, all, s)
	kernel.Requantise(dst, largest, half, &y.channels)
}

// asPooled is what a Pool looks at of a plane: it drops an odd last row and column.
func asPooled(s kernel.Shape) kernel.Shape {
	s.H, s.W = s.H&^1, s.W&^1
	return s
}

// conv3x3 computes a convolution and its requantisation. dst and src are planes; acc is at least as
// long as the sums.
func (y *layer) conv3x3(dst, src []int16, acc []int32) {
	acc = acc[:y.shape.H*y.shape.W*y.shape.Out]
	kernel.Conv3x3(acc, src, y.weights, y.shape)
	kernel.Requantise(dst, acc, y.shape, &y.channels)
}

func (y *layer) conv1x1(dst, src []int16, acc []int32) {
	acc = acc[:y.shape.H*y.shape.W*y.shape.Out]
	kernel.Conv1x1(acc, src, y.weights, y.shape)
	kernel.Requantise(dst, acc, y.shape, &y.channels)
}

// dense computes a dense layer and its requantisation. dst (Out), src (In).
func (y *layer) dense(dst, src []int16, acc []int32) {
	acc = acc[:len(dst)]
	kernel.Dense(acc, src, y.weights)
	kernel.RequantiseFlat(dst, acc, &y.channels)
}
