package papers

// Flood Sung, Yongxin Yang, Li Zhang, Tao Xiang, Philip H. S. Torr, Timothy M. Hospedales:
// "Learning to Compare: Relation Network for Few-Shot Learning", CVPR 2018, arXiv:1711.06025.
//
// Two networks learn together to say how alike two pictures are. An encoder turns a drawing into 64 maps of 5x5; the maps
// of a class and of a query are laid on each other, and a relation module, a small network itself, turns the
// pair into a relation score 0..1. Trained by mean squared error on episodes like those of the test; unusual, say
// the authors, for what looks like a classification, but the scores are regressed to 1 and 0.
//
// The details that the paper leaves out are those of its code (github.com/floodsung/LearningToCompare_FSL,
// omniglot/omniglot_train_one_shot.py and task_generator.py): valid convolutions in the first two blocks, so that 28 x 28
// becomes 5 x 5; one rotation by a multiple of 90 degrees for a whole episode; white paper of mean 0.92206 and deviation
// 0.08426; support set and queries normalised apart; gradients clipped to length 0.5; first weights.
//
// The code never leaves training mode: the published 99.6 and 97.6 % are measured with each test batch's own statistics, and on
// the classes that chose the checkpoint. Measure reports that accuracy as Together, and beside it Alone, with
// statistics of the training and one query at a time, which is what a live page has.

import (
	"math/rand/v2"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
)

// Sung is the Relation Network for drawings of 28 x 28.
type Sung struct {
	Episodic
	Channels int // of every convolution, a multiple of 16
	Hidden   int // units of the relation module's first dense layer

	// Crop shows the network prep's crop around the ink. Published is the whole frame.
	Crop bool
}

// sung2018 is the published recipe for episodes of a shape.
func sung2018(ep nn.Layout) Sung {
	return Sung{
		Episodic: Episodic{Episode: ep, Episodes: 1_000_000, LR: 1e-3, HalveEvery: 100_000, Clip: 0.5, DenseSpread: 0.01, Turns: true, Settle: 20},
		Channels: 64, Hidden: 8,
	}
}

// White paper as the published code normalises it.
const (
	paperMean      = 0.92206
	paperDeviation = 0.08426
)

// read returns what the network sees of a drawing.
func (s Sung) read(d *fewshot.Drawing) ([]float32, error) {
	in := &d.Input
	if !s.Crop {
		ink, err := inkOf(d)
		if err != nil {
			return nil, err
		}
		whole := ink.Scale(frame(ink)) // by areas; the code's Lanczos filter is sharper
		in = &whole
	}
	v := make([]float32, len(in))
	for i, ink := range in {
		v[i] = float32((1 - float64(ink)/255 - paperMean) / paperDeviation)
	}
	return v, nil
}

// begin makes the network with its first weights. set may be nil for a network that will only be asked.
func (s Sung) begin(set *fewshot.Set, seed uint64) (network, error) {
	r := rand.New(rand.NewPCG(seed, firstWeights))
	e := newSungEncoder(s.Channels, r)
	n := &relationNet{Episodic: s.Episodic, seed: seed, size: prep.Side * prep.Side, turn: turnSquare, read: s.read, encoder: e,
		relation: newRelationModule(relationShape{h: 5, w: 5, c: s.Channels, first: 3, pair: s.Channels, conv: s.Channels,
			hidden: s.Hidden, denseSpread: s.DenseSpread}, r)}
	return n, n.prepare(set)
}

// sungEncoder is four blocks, the first two with valid convolutions and pools: 28, 26, 13, 11, 5, 5, 5.
type sungEncoder struct {
	blocks [4]*Block
	input  *nn.Plane
}

func newSungEncoder(channels int, r *rand.Rand) *sungEncoder {
	e := &sungEncoder{}
	for i := range e.blocks {
		name, in := "encoder."+string(rune('0'+i)), channels
		b := &Block{norm: rectifiedNorm(name, channels)}
		switch i {
		case 0:
			b.conv, b.pool = NewValid(name, 1, channels, 3, r), &nn.MaxPool{}
		case 1:
			b.conv, b.pool = NewValid(name, in, channels, 3, r), &nn.MaxPool{}
		default:
			b.conv = nn.NewConv(name, in, channels, 3, r)
		}
		publishedConvolution(r, b.conv)
		e.blocks[i] = b
	}
	return e
}

func (e *sungEncoder) forward(images []float32, n int, s Statistics) *nn.Plane {
	e.input = fit(e.input, n, prep.Side, prep.Side, 1)
	unflatten(e.input, images)
	x := e.input
	for _, b := range e.blocks {
		x = b.Forward(x, s)
	}
	return x
}

func (e *sungEncoder) backward(dy *nn.Plane) {
	for i := len(e.blocks) - 1; i > 0; i-- {
		dy = e.blocks[i].Backward(dy)
	}
	e.blocks[0].BackwardWeights(dy)
}

func (e *sungEncoder) params() (p []*nn.Param) {
	for _, b := range e.blocks {
		p = append(p, b.Params()...)
	}
	return p
}

func (e *sungEncoder) norms() (b []*nn.BatchNorm) {
	for _, block := range e.blocks {
		b = append(b, block.norm)
	}
	return b
}

func (e *sungEncoder) twin() encoder {
	t := &sungEncoder{}
	for i, b := range e.blocks {
		t.blocks[i] = b.twin()
	}
	return t
}
