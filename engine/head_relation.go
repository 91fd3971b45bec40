package engine

import "oneshot/engine/kernel"

// The relation head: Sung, Yang, Zhang, Xiang, Torr, Hospedales, "Learning to Compare: Relation
// Network for Few-Shot Learning", CVPR 2018, arXiv:1711.06025.
//
// A small convolutional network looks at the feature maps of a class and of the query, one behind
// the other as channels, and answers with a relation score between 0 and 1. It is trained by mean
// squared error towards 1 for the right class and 0 for others, so the score is not a probability.
// As against the 2018 code, the maps of several shots are averaged, not summed, which would change
// their scale with their number; and batch normalisation has its training statistics, never those of
// the queries at hand.
//
// A model may have another relation layer instead, RelationArch.Pointwise: Gao, Liu, Yu, Qin, Zhang, Tan,
// "Deep Relation Network for Hyperspectral Image Few-Shot Classification", Remote Sensing 12(6):923,
// 2020. Its first convolution over the pair is 1x1: what class and query show is compared place by
// place before the 3x3 convolution that follows looks at neighbours.
//
// The first convolution over the pair is the sum of one over the support channels and one over the
// query channels. Each half is computed once, per class and per query; a pair costs an addition and
// the small rest of the network.
//
// RelationArch.Sum is for networks that were trained with that code: see head_relation_sum.go.

// relation is the weights of the head.
type relation struct {
	maps           source       // of the quantised unit maps; of the embeddings themselves with RelationArch.Sum
	most           int32        // RelationArch.Sum: the largest size of a support half
	pair           kernel.Shape // of either half of the first convolution
	half           kernel.Shape // of its sums that are used
	support, query []int16      // its halves, packed
	channels       kernel.Channels
	conv, dense    layer
	square         *square // nil unless the second convolution is one of 2x2 pixels
	dims           RelationArch

	// The last layer is float32 in the file and float64 here, so that no value of a file can make it
	// overflow. It reads activations of the real size q*scale.
	scale  float64
	weight []float32 // (Dense)
	bias   float32
}

// relation reads the head's weights. embedding is what the encoder gives.
func (l *loader) relation(a Arch, embedding source) *relation {
	h, w, c := a.EmbeddingDims()
	d := *a.Relation
	r := &relation{dims: d, pair: kernel.Shape{H: h, W: w, In: c, Out: d.Pair}}
	if r.half = r.pair; d.Pool && !d.Pointwise {
		r.half = asPooled(r.pair)
	}
	if r.maps = embedding; !d.Sum {
		r.maps = activations(l.positive("relation.embedding.range"))
	}

	pair := activations(l.positive("relation.0.range"))
	side, pack := 3, kernel.PackConv3x3Part
	if d.Pointwise {
		side, pack = 1, kernel.PackConv1x1Part
	}
	if weight := l.int8s("relation.0.weight", d.Pair, 2*c, side, side); weight != nil {
		r.support = pack(weight, 2*c, d.Pair, 0, c)
		r.query = pack(weight, 2*c, d.Pair, c, c)
		r.channels = l.channels("relation.0", weight, d.Pair, r.maps, pair.scale)
		r.most = mostHalf(weight, r.channels.Bias)
	}
	ch, cw, dh, dw := d.Planes(h, w)
	conv := activations(l.positive("relation.1.range"))
	r.conv = l.conv3x3("relation.1", kernel.Shape{H: ch, W: cw, In: d.Pair, Out: d.Conv}, pair, conv.scale)
	if d.Pool && ch == 2 && cw == 2 {
		r.square = newSquare(r.conv, l.model.Tensor("relation.1.weight"))
	}
	dense := activations(l.positive("relation.2.range"))
	r.dense = l.dense("relation.2", dh*dw*d.Conv, d.Dense, conv, dense.scale)

	r.scale = dense.scale
	r.weight = l.floats("relation.3.weight", 1, d.Dense)
	if b := l.floats("relation.3.bias", 1); b != nil {
		r.bias = b[0]
	}
	return r
}

// relationScorer runs the head. It holds the buffers of one pass.
type relationScorer struct {
	*relation
	unit       []int64 // (H, W, C), the query's
	mean       []int16 // (H, W, C), RelationArch.Sum: the mean embedding of the class at hand
	unitMap    []int16 // (H+2, W+2, C), of the class or query at hand
	queryHalf  []int32 // of the query
	acc        []int32 // the sums of any one layer
	pairMap    []int16 // (H+2, W+2, Pair) of what the second convolution reads
	convMap    []int16 // (H, W, Conv) of what the dense layer reads
	denseUnits []int16 // (Dense)
	row        squareRow
}

func newRelationScorer(r *relation) *relationScorer {
	h, w := r.pair.H, r.pair.W
	ch, cw, dh, dw := r.dims.Planes(h, w)
	return &relationScorer{
		relation:   r,
		unit:       make([]int64, h*w*r.pair.In),
		mean:       make([]int16, h*w*r.pair.In),
		unitMap:    plane(h, w, r.pair.In),
		queryHalf:  make([]int32, r.half.H*r.half.W*r.half.Out),
		acc:        make([]int32, max(h*w*r.dims.Pair, ch*cw*r.dims.Conv, r.dims.Dense)),
		pairMap:    plane(ch, cw, r.dims.Pair),
		convMap:    make([]int16, dh*dw*r.dims.Conv),
		denseUnits: make([]int16, r.dims.Dense),
		row:        r.square.row(),
	}
}

// quantise writes the mean of shots unit vectors, given their sum, into the plane unitMap. The mean
// is not renormalised: how far shots disagree is for the network to see.
func (s *relationScorer) quantise(sum []int64, shots int) {
	step := 1 / float64(float64(s.maps.scale*unitOne)*float64(shots))
	row := s.pair.W * s.pair.In
	for y := range s.pair.H {
		dst := s.unitMap[((y+1)*(s.pair.W+2)+1)*s.pair.In:][:row]
		for i, v := range sum[y*row:][:row] {
			dst[i] = int16(min(float64(float64(v)*step)+0.5, ActivationMax))
		}
	}
}

// convolve computes either half of the pair convolution.
func (r *relation) convolve(dst []int32, src, w []int16) {
	if r.dims.Pointwise {
		kernel.Conv1x1(dst, src, w, r.pair)
	} else {
		kernel.Conv3x3Part(dst, src, w, r.half, r.pair.Whole())
	}
}

// learn computes the support half of the pair convolution.
func (s *relationScorer) learn(c *class) {
	if c.half == nil {
		c.half = make([]int32, len(s.queryHalf))
	}
	if s.dims.Sum {
		s.learnSum(c)
		return
	}
	s.quantise(c.sum, len(c.shots))
	s.convolve(c.half, s.unitMap, s.support)
}

func (s *relationScorer) forget() {}

// ask computes the query half.
func (s *relationScorer) ask(support []*class, e []int16, length float64) {
	if s.dims.Sum {
		s.place(e)
	} else {
		unit(s.unit, e, length)
		s.quantise(s.unit, 1)
	}
	s.convolve(s.queryHalf, s.unitMap, s.query)
	if s.square != nil {
		s.relateAll(support)
	}
}

// logit is the network's output before the sigmoid.
func (s *relationScorer) logit(c *class) float64 {
	if s.square != nil {
		return c.related
	}
	return s.relate(c)
}

// relate runs the network for one pair.
func (s *relationScorer) relate(c *class) float64 {
	second := s.conv.shape
	acc := s.acc[:second.H*second.W*second.In]
	if s.dims.Pool {
		kernel.AddPairMaxPool2x2(acc, c.half, s.queryHalf, s.half)
	} else {
		kernel.AddPair(acc, c.half, s.queryHalf)
	}
	kernel.Requantise(s.pairMap, acc, kernel.Shape{H: second.H, W: second.W, Out: second.In}, &s.channels)

	if s.dims.Pool {
		second = asPooled(second)
	}
	acc = s.conv.sums(s.pairMap, s.acc, second, Conv)
	if s.dims.Pool {
		kernel.MaxPool2x2Sums(acc[:len(s.convMap)], acc, second)
	}
	kernel.RequantiseFlat(s.convMap, acc[:len(s.convMap)], &s.conv.channels)
	return s.last()
}

// last is the network behind its convolutions.
func (s *relationScorer) last() float64 {
	s.dense.dense(s.denseUnits, s.convMap, s.acc)
	logit := float64(s.bias)
	for i, q := range s.denseUnits {
		real := float64(float64(q) * s.scale)
		logit += float64(real * float64(s.weight[i]))
	}
	return logit
}

// score is the relation score: the sigmoid of the logit, 0..1.
func (s *relationScorer) score(logit float64) float64 { return sigmoid(logit) }
