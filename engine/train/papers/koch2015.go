package papers

// Gregory Koch, Richard Zemel, Ruslan Salakhutdinov: "Siamese Neural Networks for One-shot Image Recognition", ICML Deep
// Learning Workshop 2015, and Koch's thesis of the same name (University of Toronto, 2015).
//
// A network learns to say whether two drawings show the same character. Both go through twins, one network used twice, to
// 4,096 values between 0 and 1; the weighted sum of their absolute differences goes through a sigmoid:
//
//	p(same) = sigmoid(bias + sum_j alpha_j |h_j(a) - h_j(b)|)
//
// The loss is cross-entropy on pairs, half of them the same character, with an L2 penalty a layer. A network that is good
// at verification then classifies from one example: the class whose example is the most probably the same. Published:
// 92.0 % of the 400 trials of 20-way 1-shot within an alphabet, after training on 40 alphabets.
//
// As in the paper: 105 x 105 pixels; valid convolutions of 64 @ 10x10, 128 @ 7x7, 128 @ 4x4 and 256 @ 4x4 with ReLU, pools of 2x2
// after the first three; minibatches of 128 pairs; learning rates between 1e-4 and 0.1, falling by 1 % an epoch;
// momentum from 0.5 rising linearly to each layer's own; first weights N(0, 0.01), biases N(0.5, 0.01), of the dense layer N(0, 0.2);
// alphabets equally often, 12 of the 20 drawers, 30,000 pairs an epoch; affine distortions of 10 degrees, shear 0.3, scale 0.8 to
// 1.2 and 2 pixels, each component with probability 0.5, eight distorted copies to one plain.
//
// Not in the paper: its layers' own rates, momenta and penalties (found by Bayesian optimisation and not printed), and over how
// many epochs momentum rises. Pairs are drawn anew instead of once. Both drawings of a pair come from one alphabet.

import (
	"math"
	"math/rand/v2"
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// First weights and optimisers that a Koch recipe may choose.
const (
	// PaperInit draws weights and biases as the paper: dense units begin far in the flat of their sigmoid.
	PaperInit = "paper"
	// ScaledInit scales them by fan-in (He for ReLU, Glorot before sigmoids), biases zero.
	ScaledInit = "scaled"

	// SGD is the paper's: momentum that rises, a rate for each layer.
	SGD = "sgd"
	// Adam takes the same rates and penalties.
	Adam = "adam"
)

// Koch is the siamese network on drawings.
type Koch struct {
	Side     int      // of the picture, in pixels
	Channels [4]int   // of the convolutions, multiples of 16
	Sizes    [4]int   // of their kernels
	Units    int      // of the dense layer, a multiple of 16
	Layers   [6]Layer // of the convolutions, the dense layer and the weights of the distances

	Pairs      int // of an epoch
	Epochs     float64
	Batch      int     // pairs
	RateDecay  float64 // factor on the learning rates an epoch
	MomentumIn float64 // epochs until momentum has risen
	Drawers    int     // how many drawings of each character are trained on; 0 for all
	Plain      float64 // part of the drawings that is not distorted

	Init, Optimiser string
}

// Layer is how one layer learns.
type Layer struct{ Rate, Momentum, L2 float64 }

// koch2015 is the recipe of the paper.
func koch2015() Koch {
	k := Koch{
		Side: 105, Channels: [4]int{64, 128, 128, 256}, Sizes: [4]int{10, 7, 4, 4}, Units: 4096,
		Pairs: 30_000, Epochs: 200, Batch: 128, RateDecay: 0.99, MomentumIn: 20, Drawers: 12, Plain: 1.0 / 9,
		Init: PaperInit, Optimiser: SGD,
	}
	for i := range k.Layers {
		k.Layers[i] = Layer{Rate: 0.01, Momentum: 0.9, L2: 2e-4}
	}
	return k
}

// koch2015Small has the paper's geometry with a quarter of the channels, and what trains in minutes (EXPERIMENTS.md).
func koch2015Small() Koch {
	k := koch2015()
	k.Channels, k.Units = [4]int{16, 32, 32, 64}, 512
	k.Pairs, k.Epochs, k.Batch, k.MomentumIn = 4_000, 5, 32, 5
	k.Init = ScaledInit
	for i := range k.Layers {
		k.Layers[i].L2 = 1e-5
	}
	return k
}

// twins is the network that both drawings of a pair go through: it ends in Units values between 0 and 1.
type twins struct {
	side   int
	conv   [4]*Valid
	bias   [4]*nn.Bias
	relu   [4]nn.ReLU
	pool   [3]nn.MaxPool
	dense  *Wide
	squash Sigmoid

	input, grad *nn.Plane
	flat        []float32
}

func newTwins(k Koch, r *rand.Rand) *twins {
	t := &twins{side: k.Side}
	in, side := 1, k.Side
	for i, out := range k.Channels {
		name := "twin." + strconv.Itoa(i)
		t.conv[i], t.bias[i] = NewValid(name, in, out, k.Sizes[i], r), nn.NewBias(name, out)
		in, side = out, side-k.Sizes[i]+1
		if i < len(t.pool) {
			side /= 2
		}
		if k.Init == PaperInit {
			normal(t.conv[i].W, 0, 0.01, r)
			normal(t.bias[i].B, 0.5, 0.01, r)
		}
	}
	t.dense = NewWide("twin.4", side*side*in, k.Units, r)
	if k.Init == PaperInit {
		normal(t.dense.W, 0, 0.2, r)
		normal(t.dense.B, 0.5, 0.01, r)
	} else {
		normal(t.dense.W, 0, math.Sqrt(2/float64(t.dense.In+t.dense.Out)), r)
	}
	return t
}

// forward embeds n pictures, (n, side, side) ink 0..1, as (n, Units), the network's own until the next call.
func (t *twins) forward(images []float32, n int) []float32 {
	t.input = fit(t.input, n, t.side, t.side, 1)
	unflatten(t.input, images)
	x := t.input
	for i := range t.conv {
		x = t.relu[i].Forward(t.bias[i].Forward(t.conv[i].Forward(x)))
		if i < len(t.pool) {
			x = t.pool[i].Forward(x)
		}
	}
	t.flat = flatten(t.flat, x)
	t.grad = fit(t.grad, x.N, x.H, x.W, x.C)
	return t.squash.Forward(t.dense.Forward(t.flat, n))
}

// backward adds to the gradients of the parameters; dh is overwritten.
func (t *twins) backward(dh []float32) {
	unflatten(t.grad, t.dense.Backward(t.squash.Backward(dh)))
	dy := t.grad
	for i := len(t.conv) - 1; i >= 0; i-- {
		if i < len(t.pool) {
			dy = t.pool[i].Backward(dy)
		}
		dy = t.bias[i].Backward(t.relu[i].Backward(dy))
		if i == 0 {
			t.conv[0].BackwardWeights(dy)
			return
		}
		dy = t.conv[i].Backward(dy)
	}
}

// layers returns what is learned, layer by layer.
func (t *twins) layers() (l [][]*nn.Param) {
	for i := range t.conv {
		l = append(l, append(t.conv[i].Params(), t.bias[i].Params()...))
	}
	return append(l, t.dense.Params())
}

// distance is the last layer: the weighted L1 distance of two embeddings.
type distance struct {
	Alpha, Bias *nn.Param // (Units), (1)
}

func newDistance(k Koch, r *rand.Rand) *distance {
	d := &distance{Alpha: nn.NewParam("distance.alpha", k.Units), Bias: nn.NewParam("distance.bias", 1)}
	if k.Init == PaperInit {
		normal(d.Alpha, 0, 0.2, r)
		normal(d.Bias, 0.5, 0.01, r)
	} else {
		// Different drawings begin as less alike, by about 2 in all.
		normal(d.Alpha, -16/float64(k.Units), 4/float64(k.Units), r)
		d.Bias.Fill(1)
	}
	d.Alpha.Decay = true
	return d
}

// logit is how much two embeddings speak for the same character.
func (d *distance) logit(a, b []float32) float64 {
	sum := float64(d.Bias.Value[0])
	for j, alpha := range d.Alpha.Value {
		sum += float64(alpha) * math.Abs(float64(a[j]-b[j]))
	}
	return sum
}

// backward adds to the gradients of the parameters and of both embeddings, given that of the logit.
func (d *distance) backward(a, b, da, db []float32, g float32) {
	d.Bias.Grad[0] += g
	for j, alpha := range d.Alpha.Value {
		switch {
		case a[j] > b[j]:
			d.Alpha.Grad[j] += g * (a[j] - b[j])
			da[j] += g * alpha
			db[j] -= g * alpha
		case a[j] < b[j]:
			d.Alpha.Grad[j] += g * (b[j] - a[j])
			da[j] -= g * alpha
			db[j] += g * alpha
		}
	}
}

// begin makes the network with its first weights. set may be nil for a network that will only be asked.
func (k Koch) begin(set *fewshot.Set, seed uint64) (network, error) {
	r := rand.New(rand.NewPCG(seed, firstWeights))
	n := &kochNet{Koch: k, twins: newTwins(k, r), distance: newDistance(k, r)}
	n.layers = append(n.twins.layers(), []*nn.Param{n.distance.Alpha, n.distance.Bias})
	n.optimiser = newLayerwise(k, n.layers)
	n.forget()
	if set == nil {
		return n, nil
	}
	var err error
	n.pairs, err = newPairs(set, k, seed)
	return n, err
}
