package engine

import (
	"strconv"
	"strings"

	"oneshot/engine/prep"
)

// Arch is the shape of a network: the stages of the encoder and the sizes of the heads that have
// weights of their own.
//
// Its text form lists the encoder's stages, then each such head after a semicolon, in this order:
//
//	conv 32, pool, residual 64, pool, residual 128, pool; relation 48 48 8; siamese; matching
type Arch struct {
	Stages   []Stage
	Relation *RelationArch // nil if the model has no relation head
	Siamese  bool          // the model has a siamese head
	Matching bool          // the model has a matching head
}

// StageKind says what one stage of the encoder does.
type StageKind uint8

const (
	// Conv is a 3x3 convolution, stride 1, zero padding 1, then ReLU. Batch normalisation is folded.
	Conv StageKind = iota
	// Residual is relu(b(relu(a(x))) + skip(x)): a and b are 3x3 convolutions, skip is a 1x1.
	Residual
	// Pool is a 2x2 max pool, stride 2; an odd last row or column is dropped.
	Pool
	// Root is sqrt(x+RootOffset)-sqrt(RootOffset) of each value, as the last stage: unit vectors of roots weigh many
	// weak activations against few strong ones, as the Bhattacharyya coefficient does.
	Root
	// Valid is a Conv without padding: two rows and two columns fewer come out than went in, as in the encoder of
	// Sung's code.
	Valid
)

// RootOffset keeps the slope of Root finite at zero.
const RootOffset = 0.01

// Stage is one stage of the encoder. Out is its number of output channels; 0 for Pool and Root.
type Stage struct {
	Kind StageKind
	Out  int
}

const (
	maxStages   = 16
	maxChannels = 512
)

// ParseArch reads the text form of an Arch. Its errors wrap ErrArch.
func ParseArch(s string) (Arch, error) {
	var a Arch
	enc, heads, _ := strings.Cut(s, ";")
	for f := range strings.SplitSeq(enc, ",") {
		kind, rest, _ := strings.Cut(strings.TrimSpace(f), " ")
		st := Stage{}
		switch kind {
		case "conv":
			st.Kind = Conv
		case "residual":
			st.Kind = Residual
		case "pool":
			st.Kind = Pool
		case "root":
			st.Kind = Root
		case "valid":
			st.Kind = Valid
		default:
			return Arch{}, archError("unknown stage " + strconv.Quote(kind))
		}
		if st.Kind != Pool && st.Kind != Root {
			n, err := channels(rest)
			if err != nil {
				return Arch{}, err
			}
			st.Out = n
		} else if rest != "" {
			return Arch{}, archError(kind + " takes no size, got " + strconv.Quote(rest))
		}
		if n := len(a.Stages); n > 0 && a.Stages[n-1].Kind == Root {
			return Arch{}, archError("root must be the last stage")
		}
		a.Stages = append(a.Stages, st)
	}
	if len(a.Stages) > maxStages {
		return Arch{}, archError(strconv.Itoa(len(a.Stages)) + " stages, at most " + strconv.Itoa(maxStages))
	}
	if first := a.Stages[0].Kind; first != Conv && first != Valid {
		return Arch{}, archError("the first stage must be conv or valid")
	}
	if h, w, _ := a.EmbeddingDims(); h < 1 || w < 1 {
		return Arch{}, archError("too many pools or valid convolutions for a plane of " + strconv.Itoa(prep.Side))
	}
	if heads = strings.TrimSpace(heads); heads != "" {
		if err := a.parseHeads(heads); err != nil {
			return Arch{}, err
		}
	}
	return a, nil
}

func channels(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxChannels {
		return 0, archError("size " + strconv.Quote(s) + ", want 1 to " + strconv.Itoa(maxChannels))
	}
	return n, nil
}

func archError(what string) error { return fail(ErrArch, what) }

// String is the text form that ParseArch reads.
func (a Arch) String() string {
	var b strings.Builder
	for i, st := range a.Stages {
		if i > 0 {
			b.WriteString(", ")
		}
		switch st.Kind {
		case Conv:
			b.WriteString("conv " + strconv.Itoa(st.Out))
		case Residual:
			b.WriteString("residual " + strconv.Itoa(st.Out))
		case Pool:
			b.WriteString("pool")
		case Root:
			b.WriteString("root")
		case Valid:
			b.WriteString("valid " + strconv.Itoa(st.Out))
		}
	}
	b.WriteString(a.headsText())
	return b.String()
}

// EmbeddingDims returns the shape (H, W, C) of the encoder's output.
func (a Arch) EmbeddingDims() (h, w, c int) {
	h, w, c = prep.Side, prep.Side, 1
	for _, st := range a.Stages {
		switch st.Kind {
		case Conv, Residual:
			c = st.Out
		case Pool:
			h, w = h/2, w/2
		case Valid:
			h, w, c = h-2, w-2, st.Out
		}
	}
	return h, w, c
}

// MultiplyAdds returns how many multiply-adds the encoder spends on one input.
func (a Arch) MultiplyAdds() int {
	h, w, c, n := prep.Side, prep.Side, 1, 0
	for _, st := range a.Stages {
		switch st.Kind {
		case Conv:
			n += h * w * 9 * c * st.Out
			c = st.Out
		case Residual:
			n += h * w * (9*c + 9*st.Out + c) * st.Out
			c = st.Out
		case Pool:
			h, w = h/2, w/2
		case Valid:
			h, w = h-2, w-2
			n += h * w * 9 * c * st.Out
			c = st.Out
		}
	}
	return n
}

// Params returns the number of trained values, of the encoder and of every head that the Arch
// names: weights and biases, batch normalisation folded into them, and the temperature of the
// prototype head. What calibration adds later (other temperatures, thresholds) is not counted.
func (a Arch) Params() int {
	c, n := 1, 1 // the temperature of the prototype head
	for _, st := range a.Stages {
		switch st.Kind {
		case Conv, Valid:
			n += (9*c + 1) * st.Out
			c = st.Out
		case Residual:
			n += (9*c + 1 + 9*st.Out + 1 + c + 1) * st.Out
			c = st.Out
		}
	}
	return n + a.headParams()
}
