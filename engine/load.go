package engine

import (
	"slices"
	"strconv"

	"oneshot/weights"
)

// loader takes tensors out of a model by name. The first fault sticks; later calls then return
// zeros of the right length, so that a whole network is read before err is looked at once.
type loader struct {
	model *weights.Model
	used  []bool // by index in model.Tensors
	err   error
}

func newLoader(m *weights.Model) *loader {
	return &loader{model: m, used: make([]bool, len(m.Tensors))}
}

func (l *loader) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

// tensor finds a tensor and requires its dimensions.
func (l *loader) tensor(name string, dims []int) *weights.Tensor {
	for i := range l.model.Tensors {
		t := &l.model.Tensors[i]
		if t.Name != name {
			continue
		}
		l.used[i] = true
		n, ok := 1, len(t.Dims) == len(dims)
		for d := range dims {
			ok = ok && t.Dims[d] == dims[d]
			n *= dims[d]
		}
		if !ok {
			l.fail(failTensor(ErrDims, name, dimsText(t.Dims)+", want "+dimsText(dims)))
			return nil
		}
		if t.Elements() != n {
			l.fail(failTensor(ErrDims, name, strconv.Itoa(t.Elements())+" elements, want "+strconv.Itoa(n)))
			return nil
		}
		return t
	}
	l.fail(failTensor(ErrMissing, name, ""))
	return nil
}

// int8s returns an int8 tensor. -128 is refused: weights are symmetric, and the bound on the sums
// relies on it.
func (l *loader) int8s(name string, dims ...int) []int8 {
	t := l.tensor(name, dims)
	if t == nil {
		return nil
	}
	if t.I8 == nil {
		l.fail(failTensor(ErrType, name, "float32, want int8"))
		return nil
	}
	if i := slices.Index(t.I8, -128); i >= 0 {
		l.fail(failTensor(ErrWeight, name, "element "+strconv.Itoa(i)+" is -128, at least -127"))
		return nil
	}
	return t.I8
}

// floats returns a float32 tensor. Its values are finite.
func (l *loader) floats(name string, dims ...int) []float32 {
	t := l.tensor(name, dims)
	if t == nil {
		return nil
	}
	if t.F32 == nil {
		l.fail(failTensor(ErrType, name, "int8, want float32"))
		return nil
	}
	for i, v := range t.F32 {
		if v-v != 0 { // NaN or infinite: a model need not come from a file
			l.fail(failTensor(ErrScale, name, "element "+strconv.Itoa(i)+" is not finite"))
			return nil
		}
	}
	return t.F32
}

// positives returns a float32 tensor whose values are all above zero.
func (l *loader) positives(name string, dims ...int) []float32 {
	f := l.floats(name, dims...)
	for i, v := range f {
		if v <= 0 {
			s := strconv.FormatFloat(float64(v), 'g', -1, 32)
			l.fail(failTensor(ErrScale, name, "element "+strconv.Itoa(i)+" is "+s+", want above 0"))
			return nil
		}
	}
	return f
}

// positive returns the only value of a tensor, which is above zero.
func (l *loader) positive(name string) float64 {
	if f := l.positives(name, 1); f != nil {
		return float64(f[0])
	}
	return 1
}

// notNegative returns the only value of a tensor, which is zero or above.
func (l *loader) notNegative(name string) float64 {
	f := l.floats(name, 1)
	if f == nil {
		return 0
	}
	if f[0] < 0 {
		s := strconv.FormatFloat(float64(f[0]), 'g', -1, 32)
		l.fail(failTensor(ErrScale, name, "element 0 is "+s+", want 0 or above"))
	}
	return float64(f[0])
}

// has says whether the model has a tensor, which a caller may do without.
func (l *loader) has(name string) bool { return l.model.Tensor(name) != nil }

// done reports the first fault; without one, the first tensor that nothing asked for.
func (l *loader) done() error {
	for i, used := range l.used {
		if !used {
			l.fail(failTensor(ErrUnknown, l.model.Tensors[i].Name, ""))
		}
	}
	return l.err
}

func dimsText(dims []int) string {
	s := "("
	for i, d := range dims {
		if i > 0 {
			s += ", "
		}
		s += strconv.Itoa(d)
	}
	return s + ")"
}
