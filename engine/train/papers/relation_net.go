package papers

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

// Episodic is how a Relation Network is trained: the choices that Sung's and Gao's recipes share.
type Episodic struct {
	Episode    nn.Layout
	Episodes   int
	LR         float64 // of Adam
	HalveEvery int     // episodes after which the learning rate is halved, again and again
	Clip       float64 // largest length of the gradient of the encoder, and of that of the relation module

	// Balanced weighs the scores that should be one as much as all that should be zero. Published is the plain mean, with
	// which twenty ways can fall to "always zero", where the sigmoid is flat (engine/train/EXPERIMENTS.md).
	Balanced bool

	// DenseSpread is the standard deviation of the dense layers' first weights. With the published 0.01 the scores move
	// little for the first hundreds of episodes.
	DenseSpread float64

	// Turns rotates the drawings of a training episode together by a random multiple of 90 degrees.
	Turns bool

	// Settle is how many training episodes the settled statistics are taken from.
	Settle int
}

// encoder embeds examples as maps.
type encoder interface {
	forward(x []float32, n int, s Statistics) *nn.Plane
	backward(dy *nn.Plane)
	params() []*nn.Param
	norms() []*nn.BatchNorm
	twin() encoder // the same parameters, activations and statistics of its own
}

// relationNet is a Relation Network in training, and as a fewshot.Learner. Embeddings are kept by drawing until the next
// step of training, since episodes show the same ones again and again; queries are answered one by one.
type relationNet struct {
	Episodic
	seed    uint64
	size    int // values of an example
	classes [][][]float32
	turn    func(dst, src []float32, turns int)
	read    func(d *fewshot.Drawing) ([]float32, error)

	// The published code embeds support set and queries in two calls, each normalised with its own statistics.
	encoder, supporter encoder
	relation           *relationModule
	adam               []*nn.AdamW // of the encoder and of the relation module
	loss               nn.RelationLoss

	maps, dMaps *nn.Plane // of the classes, and the gradient of those of the shots
	grad        []float32
	images      []float32

	embeddings map[*fewshot.Drawing]*nn.Plane
	learned    *nn.Plane
}

// prepare reads the training examples and makes the optimisers.
func (n *relationNet) prepare(set *fewshot.Set) error {
	n.supporter = n.encoder.twin()
	n.adam = []*nn.AdamW{nn.NewAdamW(n.encoder.params(), 0), nn.NewAdamW(n.relation.params(), 0)}
	n.forget()
	if set == nil {
		return nil
	}
	need := n.Episode.Shot + n.Episode.Query
	for _, c := range set.Classes {
		if len(c.Drawings) < need {
			return fmt.Errorf("papers: class %q has %d examples, episodes take %d", c.Name, len(c.Drawings), need)
		}
		var class [][]float32
		for _, d := range c.Drawings {
			v, err := n.read(d)
			if err != nil {
				return fmt.Errorf("papers: class %q: %w", c.Name, err)
			}
			class = append(class, v)
		}
		n.classes = append(n.classes, class)
	}
	if len(n.classes) < n.Episode.Way {
		return fmt.Errorf("papers: episodes of %d classes, the training set has %d", n.Episode.Way, len(n.classes))
	}
	return nil
}

// episode fills n.images with the episode of a number, and returns what it goes on with.
func (n *relationNet) episode(number uint64) *rand.Rand {
	r := rand.New(rand.NewPCG(n.seed, number))
	ep := n.Episode
	if len(n.images) != ep.Images()*n.size {
		n.images = make([]float32, ep.Images()*n.size)
	}
	turns := 0
	if n.Turns {
		turns = r.IntN(4)
	}
	for c, class := range r.Perm(len(n.classes))[:ep.Way] {
		examples := n.classes[class]
		for i, e := range r.Perm(len(examples))[:ep.Shot+ep.Query] {
			at := ep.Asked(c, i-ep.Shot)
			if i < ep.Shot {
				at = ep.Support(c, i)
			}
			dst := n.images[at*n.size:][:n.size]
			if turns == 0 {
				copy(dst, examples[e])
			} else {
				n.turn(dst, examples[e], turns)
			}
		}
	}
	return r
}

// step trains on the episode of a number.
func (n *relationNet) step(number uint64) nn.Result {
	ep := n.Episode
	r := n.episode(number)
	n.forget()
	cut := ep.Way * ep.Shot
	shots := n.supporter.forward(n.images[:cut*n.size], cut, OfBatch)
	queries := n.encoder.forward(n.images[cut*n.size:], ep.Way*ep.Query, OfBatch)
	n.maps = meanMaps(n.maps, shots, ep.Shot)
	result, grad := n.squaredError(n.relation.forward(n.maps, queries, OfBatch, r))
	dClasses, dQueries := n.relation.backward(grad)
	n.dMaps = fit(n.dMaps, shots.N, shots.H, shots.W, shots.C)
	clear(n.dMaps.Data)
	for i := range shots.N {
		accumulate(n.dMaps.Image(i), dClasses.Image(i/ep.Shot), 1/float32(ep.Shot))
	}
	n.supporter.backward(n.dMaps)
	n.encoder.backward(dQueries)
	rate := n.LR * math.Pow(0.5, float64(number/uint64(n.HalveEvery)))
	for i, params := range [][]*nn.Param{n.encoder.params(), n.relation.params()} {
		clip(params, n.Clip)
		n.adam[i].Step(rate)
	}
	return result
}

// meanMaps averages each class's shots; the published code of 2018 sums them, which changes the scale with their number.
func meanMaps(dst, shots *nn.Plane, shot int) *nn.Plane {
	dst = fit(dst, shots.N/shot, shots.H, shots.W, shots.C)
	clear(dst.Data)
	for i := range shots.N {
		accumulate(dst.Image(i/shot), shots.Image(i), 1/float32(shot))
	}
	return dst
}

// squaredError is the mean squared error of the scores against 1 for the query's class and 0 for the others.
func (n *relationNet) squaredError(scores []float32) (nn.Result, []float32) {
	result, grad := n.loss.Forward(scores, n.Episode)
	if n.Balanced {
		return result, grad
	}
	ep := n.Episode
	if len(n.grad) != len(scores) {
		n.grad = make([]float32, len(scores))
	}
	result.Loss = 0
	for i, s := range scores {
		e := s
		if i/ep.Way/ep.Query == i%ep.Way {
			e--
		}
		result.Loss += float64(e*e) / float64(len(scores))
		n.grad[i] = 2 * e / float32(len(scores))
	}
	return result, n.grad
}

// clip scales the gradients of params down to a common length of at most limit.
func clip(params []*nn.Param, limit float64) {
	sum := 0.0
	for _, p := range params {
		for _, g := range p.Grad {
			sum += float64(g) * float64(g)
		}
	}
	if length := math.Sqrt(sum); length > limit {
		for _, p := range params {
			for i := range p.Grad {
				p.Grad[i] *= float32(limit / length)
			}
		}
	}
}

// statisticsStep is the first number of the episodes that statistics are taken from: none that training reaches.
const statisticsStep = 1 << 40

// settle gathers the statistics that single queries are normalised with: the encoder's over the images of training
// episodes, then the relation module's over the pairs of such episodes, embedded as a query will be.
func (n *relationNet) settle() {
	n.forget()
	all := n.Episode.Images()
	gather(n.encoder.norms(), n.Settle, func(i uint64) {
		n.episode(statisticsStep + i)
		n.encoder.forward(n.images, all, OfBatch)
	})
	gather(n.relation.norms(), n.Settle, func(i uint64) {
		n.episode(statisticsStep + i)
		cut := n.Episode.Way * n.Episode.Shot
		n.maps = meanMaps(n.maps, n.encoder.forward(n.images[:cut*n.size], cut, Settled), n.Episode.Shot)
		n.relation.forward(n.maps, n.encoder.forward(n.images[cut*n.size:], all-cut, Settled), OfBatch, nil)
	})
}

func gather(norms []*nn.BatchNorm, episodes int, show func(i uint64)) {
	for _, b := range norms {
		b.Observe()
	}
	for i := range episodes {
		show(uint64(i))
	}
	for _, b := range norms {
		b.Settle()
	}
}

func (n *relationNet) forget() { n.embeddings = map[*fewshot.Drawing]*nn.Plane{} }

func (n *relationNet) knows(d *fewshot.Drawing) bool { return n.embeddings[d] != nil }

func (n *relationNet) embedAll(drawings []*fewshot.Drawing) error {
	values, err := n.readAll(drawings)
	if err != nil {
		return err
	}
	maps := n.encoder.forward(values, len(drawings), Settled)
	for i, d := range drawings {
		e := nn.NewPlane(1, maps.H, maps.W, maps.C)
		copy(e.Data, maps.Image(i))
		n.embeddings[d] = e
	}
	return nil
}

func (n *relationNet) readAll(drawings []*fewshot.Drawing) (values []float32, err error) {
	for _, d := range drawings {
		v, err := n.read(d)
		if err != nil {
			return nil, err
		}
		values = append(values, v...)
	}
	return values, nil
}

// embed returns the settled embedding of a drawing, (1, H, W, C).
func (n *relationNet) embed(d *fewshot.Drawing) (*nn.Plane, error) {
	if !n.knows(d) {
		if err := n.embedAll([]*fewshot.Drawing{d}); err != nil {
			return nil, err
		}
	}
	return n.embeddings[d], nil
}

// Learn implements fewshot.Learner: the map of a class is the mean of its shots.
func (n *relationNet) Learn(support [][]*fewshot.Drawing) error {
	n.learned = nil
	for c, shots := range support {
		if len(shots) == 0 {
			return errors.New("papers: class " + strconv.Itoa(c) + " has no shots")
		}
		for _, d := range shots {
			e, err := n.embed(d)
			if err != nil {
				return err
			}
			if n.learned == nil {
				n.learned = nn.NewPlane(len(support), e.H, e.W, e.C)
			}
			accumulate(n.learned.Image(c), e.Data, 1/float32(len(shots)))
		}
	}
	return nil
}

// errNothingLearned is what every learner answers before it has a support set.
var errNothingLearned = errors.New("papers: no support set was learned")

// Answer implements fewshot.Learner: the class with the largest relation score. Logits are those of the scores.
func (n *relationNet) Answer(query *fewshot.Drawing) (fewshot.Answer, error) {
	if n.learned == nil {
		return fewshot.Answer{}, errNothingLearned
	}
	e, err := n.embed(query)
	if err != nil {
		return fewshot.Answer{}, err
	}
	n.relation.forward(n.learned, e, Settled, nil)
	return fewshot.Answer{Class: largest(n.relation.logits), Logits: n.relation.logits}, nil
}

// answerTogether answers the queries of an episode as the published test does: each normalisation takes the statistics of
// all that is shown, so every query helps with the others.
func (n *relationNet) answerTogether(e fewshot.Episode) ([]int, error) {
	shots, err := n.readAll(slices.Concat(e.Support...))
	if err != nil {
		return nil, err
	}
	queries, err := n.readAll(e.Queries)
	if err != nil {
		return nil, err
	}
	shot := len(e.Support[0])
	maps := meanMaps(nil, n.supporter.forward(shots, len(e.Support)*shot, OfBatch), shot)
	n.relation.forward(maps, n.encoder.forward(queries, len(e.Queries), OfBatch), OfBatch, nil)
	answers := make([]int, len(e.Queries))
	for q := range answers {
		answers[q] = largest(n.relation.logits[q*len(e.Support):][:len(e.Support)])
	}
	return answers, nil
}

// largest is the index of the largest value, the first among equals.
func largest(v []float64) int {
	best := 0
	for i, x := range v {
		if x > v[best] {
			best = i
		}
	}
	return best
}

// arrays lists what a checkpoint keeps.
func (n *relationNet) arrays() (all []array) {
	all = paramArrays(append(n.encoder.params(), n.relation.params()...))
	for i, b := range append(n.encoder.norms(), n.relation.norms()...) {
		name := "norm." + strconv.Itoa(i)
		all = append(all, array{name + ".mean", b.Mean}, array{name + ".variance", b.Var})
	}
	for i, a := range n.adam {
		all = append(all, momentArrays("adam."+strconv.Itoa(i), a)...)
	}
	return all
}

// resumed says how many steps the arrays have behind them.
func (n *relationNet) resumed(steps int) {
	for _, a := range n.adam {
		a.Steps = steps
	}
	n.forget()
}
