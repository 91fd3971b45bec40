package engine

import (
	"strconv"

	"oneshot/engine/kernel"
	"oneshot/engine/prep"
	"oneshot/weights"
)

// Network is the int8 network of a model, ready to run: int8 weights, int16 activations, int32 sums,
// and integer requantisation per channel, so that every platform computes the same bits. Batch
// normalisation is folded into the weights with its training statistics.
//
// A Network holds the buffers it computes in: one goroutine at a time may use it, and several
// Classifiers may share it. Clone gives another goroutine a Network of its own.
type Network struct {
	arch         Arch
	stages       []stage
	embedding    source // what the last stage gives
	calibrations [headCount]calibration
	siamese      *siamese  // nil if the model has none
	relation     *relation // nil if the model has none
	matching     *matching // nil if the model has none
	buffers      buffers
}

// stage is one stage of the encoder with its weights.
type stage struct {
	kind StageKind
	// shape is the stage's input: H, W and In; Out is its output's channels. A Pool halves H and W, a Valid takes two away.
	shape kernel.Shape
	conv  layer // Conv, Valid

	a, b, skip layer   // Residual
	root       []int16 // Root: the output for each input 0..ActivationMax
}

// NewNetwork reads the network of a model. It refuses a tensor that is missing, unknown or of
// another type or shape than the description asks for, a scale or range that is not above zero, and
// weights whose sums could leave an int32. Errors wrap ErrArch, ErrMissing, ErrUnknown, ErrType,
// ErrDims, ErrWeight, ErrScale or ErrOverflow.
func NewNetwork(m *weights.Model) (*Network, error) {
	arch, err := ParseArch(m.Arch)
	if err != nil {
		return nil, err
	}
	if t := m.Tensor("encoder.0.weight"); t != nil && t.F32 != nil {
		// Said before anything else, for a float32 model has no ranges either.
		return nil, failTensor(ErrType, t.Name, "float32, want int8; the model is not quantised")
	}
	n := &Network{arch: arch}
	l := newLoader(m)
	s := kernel.Shape{H: prep.Side, W: prep.Side, In: 1}
	src := source{scale: inputScale, max: inputMax}
	for i, st := range arch.Stages {
		name := "encoder." + strconv.Itoa(i)
		t := stage{kind: st.Kind, shape: s}
		switch st.Kind {
		case Conv:
			t.shape.Out = st.Out
			out := activations(l.positive(name + ".range"))
			t.conv = l.conv3x3(name, t.shape, src, out.scale)
			src = out
		case Valid:
			t.shape.Out = st.Out
			s.H, s.W = s.H-2, s.W-2
			out := activations(l.positive(name + ".range"))
			t.conv = l.conv3x3(name, kernel.Shape{H: s.H, W: s.W, In: s.In, Out: st.Out}, src, out.scale)
			src = out
		case Residual:
			t.shape.Out = st.Out
			inner := activations(l.positive(name + ".a.range"))
			out := activations(l.positive(name + ".range"))
			second := t.shape
			second.In = st.Out
			t.a = l.conv3x3(name+".a", t.shape, src, inner.scale)
			t.b = l.conv3x3(name+".b", second, inner, out.scale).signed()
			t.skip = l.conv1x1(name+".skip", t.shape, src, out.scale).signed()
			src = out
		case Pool:
			t.shape.Out = s.In
			s.H, s.W = s.H/2, s.W/2
		case Root:
			t.shape.Out = s.In
			t.root = rootTable(src.scale)
			src.scale = rootScale(src.scale)
		}
		s.In = t.shape.Out
		n.stages = append(n.stages, t)
		if l.err != nil {
			return nil, l.err // before the next stage allocates anything for a model that is refused
		}
	}
	n.embedding = src
	for _, h := range arch.Heads() {
		n.calibrations[h] = l.calibration(h)
		switch h {
		case Siamese:
			n.siamese = l.siamese(arch)
		case Relation:
			n.relation = l.relation(arch, src)
		case Matching:
			n.matching = l.matching(arch)
		}
	}
	if err := l.done(); err != nil {
		return nil, err
	}
	n.buffers = newBuffers(n.stages)
	return n, nil
}

// Clone returns a Network that shares the weights and has buffers of its own.
func (n *Network) Clone() *Network {
	c := *n
	c.buffers = newBuffers(n.stages)
	return &c
}

// Arch returns the description of the network.
func (n *Network) Arch() Arch { return n.arch }

// Heads returns the heads that a Classifier on the network can have, in the order of the constants.
func (n *Network) Heads() []Head { return n.arch.Heads() }

// EmbeddingLen returns the length D = H*W*C of an embedding.
func (n *Network) EmbeddingLen() int {
	h, w, c := n.arch.EmbeddingDims()
	return h * w * c
}
