package nn

import (
	"math/rand/v2"
	"strconv"

	"oneshot/engine"
	"oneshot/engine/prep"
)

// Encoder is the trainable embedding network: the stages of an engine.Arch with batch normalisation.
type Encoder struct {
	Arch engine.Arch
	// BeforeRoot leaves out the root stage, whose slope is steep while a network has everything to learn.
	BeforeRoot bool

	stages []stage
	out    *Plane
}

// stage is one stage of the encoder.
type stage interface {
	forward(x *Plane) *Plane
	backward(dy *Plane) *Plane // gradient of x, or nil for the first stage
	params() []*Param
	norms() []*BatchNorm
}

// NewEncoder returns an encoder with He-normal weights.
func NewEncoder(a engine.Arch, r *rand.Rand) *Encoder {
	e := &Encoder{Arch: a}
	in := 1
	for i, st := range a.Stages {
		name := "encoder." + strconv.Itoa(i)
		switch st.Kind {
		case engine.Conv:
			s := &convStage{norm: NewBatchNorm(name, st.Out)}
			s.norm.ReLU = true
			if in == 1 {
				s.input = NewInput(name, st.Out, r)
			} else {
				s.conv = NewConv(name, in, st.Out, 3, r)
			}
			e.stages = append(e.stages, s)
			in = st.Out
		case engine.Residual:
			e.stages = append(e.stages, newResidualStage(name, in, st.Out, r))
			in = st.Out
		case engine.Pool:
			e.stages = append(e.stages, &poolStage{})
		case engine.Root:
			e.stages = append(e.stages, &Root{})
		}
	}
	return e
}

// Forward embeds n images, (n, 28, 28) ink 0..1, with the statistics of the batch. The result (n, H, W, C) is the
// encoder's own until the next call.
func (e *Encoder) Forward(images []float32, n int) *Plane {
	x := e.stages[0].(*convStage).images(images, n)
	for _, s := range e.stages[1:] {
		if !e.skips(s) {
			x = s.forward(x)
		}
	}
	e.out = x
	return x
}

// Backward adds to the gradients of all parameters; dy is the gradient of Forward's result and is overwritten.
func (e *Encoder) Backward(dy *Plane) {
	for i := len(e.stages) - 1; i >= 0; i-- {
		if !e.skips(e.stages[i]) {
			dy = e.stages[i].backward(dy)
		}
	}
}

func (e *Encoder) skips(s stage) bool {
	_, root := s.(*Root)
	return root && e.BeforeRoot
}

// Params returns what is learned.
func (e *Encoder) Params() (p []*Param) {
	for _, s := range e.stages {
		p = append(p, s.params()...)
	}
	return p
}

// Norms returns the batch normalisations, whose statistics are state but not parameters.
func (e *Encoder) Norms() (b []*BatchNorm) {
	for _, s := range e.stages {
		b = append(b, s.norms()...)
	}
	return b
}

type convStage struct {
	input *Input // of the first stage
	conv  *Conv  // of the others
	norm  *BatchNorm
}

func (s *convStage) images(images []float32, n int) *Plane {
	return s.norm.after(s.input.conv, s.input.spread(images, n, prep.Side))
}

func (s *convStage) forward(x *Plane) *Plane { return s.norm.after(s.conv, x) }

func (s *convStage) backward(dy *Plane) *Plane {
	if s.input != nil {
		s.norm.beforeWeights(s.input.conv, dy)
		return nil
	}
	return s.norm.before(s.conv, dy)
}

func (s *convStage) params() []*Param {
	if s.input != nil {
		return append(s.input.Params(), s.norm.Params()...)
	}
	return append(s.conv.Params(), s.norm.Params()...)
}

func (s *convStage) norms() []*BatchNorm { return []*BatchNorm{s.norm} }

// residualStage is relu(b(relu(a(x))) + skip(x)), each convolution with its normalisation.
type residualStage struct {
	a, b, skip             *Conv
	normA, normB, normSkip *BatchNorm
	relu                   ReLU
	dSkip                  *Plane
}

func newResidualStage(name string, in, out int, r *rand.Rand) *residualStage {
	s := &residualStage{
		a: NewConv(name+".a", in, out, 3, r), b: NewConv(name+".b", out, out, 3, r), skip: NewConv(name+".skip", in, out, 1, r),
		normA: NewBatchNorm(name+".a", out), normB: NewBatchNorm(name+".b", out), normSkip: NewBatchNorm(name+".skip", out),
	}
	s.normA.ReLU = true
	return s
}

func (s *residualStage) forward(x *Plane) *Plane {
	y := s.normB.after(s.b, s.normA.after(s.a, x))
	add(y, s.normSkip.after(s.skip, x))
	return s.relu.Forward(y)
}

func (s *residualStage) backward(dy *Plane) *Plane {
	dy = s.relu.Backward(dy)
	s.dSkip = fit(s.dSkip, dy.N, dy.H, dy.W, dy.C)
	copy(s.dSkip.Data, dy.Data)
	dx := s.normSkip.before(s.skip, s.dSkip)
	add(dx, s.normA.before(s.a, s.normB.before(s.b, dy)))
	return dx
}

func (s *residualStage) params() (p []*Param) {
	for _, l := range []interface{ Params() []*Param }{s.a, s.normA, s.b, s.normB, s.skip, s.normSkip} {
		p = append(p, l.Params()...)
	}
	return p
}

func (s *residualStage) norms() []*BatchNorm {
	return []*BatchNorm{s.normA, s.normB, s.normSkip}
}

// add adds y to x, in place.
func add(x, y *Plane) {
	Parallel(x.N, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			dst := x.Image(i)
			for j, v := range y.Image(i)[:len(dst)] {
				dst[j] += v
			}
		}
	})
}

type poolStage struct{ pool MaxPool }

func (s *poolStage) forward(x *Plane) *Plane   { return s.pool.Forward(x) }
func (s *poolStage) backward(dy *Plane) *Plane { return s.pool.Backward(dy) }
func (s *poolStage) params() []*Param          { return nil }
func (s *poolStage) norms() []*BatchNorm       { return nil }
