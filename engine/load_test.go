package engine

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"oneshot/weights"
)

// Models that a file can hold but the network must not run.
func TestNewNetworkRefuses(t *testing.T) {
	const arch = residualArch
	set := func(name string, i int, v float32) func(*weights.Model) {
		return func(m *weights.Model) { m.Tensor(name).F32[i] = v }
	}
	fill := func(name string, v float32) func(*weights.Model) {
		return func(m *weights.Model) {
			for i := range m.Tensor(name).F32 {
				m.Tensor(name).F32[i] = v
			}
		}
	}
	drop := func(name string) func(*weights.Model) {
		return func(m *weights.Model) {
			m.Tensors = slices.DeleteFunc(m.Tensors, func(x weights.Tensor) bool { return x.Name == name })
		}
	}
	tests := []struct {
		name   string
		change func(*weights.Model)
		want   error
		text   string
	}{
		{"no description", func(m *weights.Model) { m.Arch = "" }, ErrArch, `unknown stage ""`},
		{"another description", func(m *weights.Model) { m.Arch = "conv 8" }, ErrUnknown, `"encoder.2.a.bias"`},
		{"more than there is", func(m *weights.Model) { m.Arch = strings.Replace(arch, ";", ", conv 9;", 1) }, ErrMissing, `"encoder.7.range"`},
		{"other channels", func(m *weights.Model) { m.Arch = strings.Replace(arch, "conv 8", "conv 9", 1) }, ErrDims, "(8, 1, 3, 3), want (9, 1, 3, 3)"},
		{"weight missing", drop("encoder.2.b.weight"), ErrMissing, `"encoder.2.b.weight"`},
		{"bias missing", drop("encoder.0.bias"), ErrMissing, `"encoder.0.bias"`},
		{"temperature missing", drop("prototype.temperature"), ErrMissing, "temperature"},
		{"dense layer missing", drop("relation.2.weight"), ErrMissing, `"relation.2.weight"`},
		{"last layer missing", drop("relation.3.bias"), ErrMissing, `"relation.3.bias"`},
		{"siamese weights missing", drop("siamese.weight"), ErrMissing, `"siamese.weight"`},
		{"siamese scale missing", drop("siamese.scale"), ErrMissing, `"siamese.scale"`},
		{"siamese bias missing", drop("siamese.bias"), ErrMissing, `"siamese.bias"`},
		{"matching gain missing", drop("matching.gain"), ErrMissing, `"matching.gain"`},
		{"matching gate missing", drop("matching.gate"), ErrMissing, `"matching.gate"`},
		{"matching beta missing", drop("matching.beta"), ErrMissing, `"matching.beta"`},
		{"matching tau missing", drop("matching.tau"), ErrMissing, `"matching.tau"`},
		{"siamese weights of a longer embedding", func(m *weights.Model) {
			x := m.Tensor("siamese.weight")
			x.Dims, x.I8 = []int{1, len(x.I8) + 1}, append(x.I8, 1)
		}, ErrDims, "(1, 163), want (1, 162)"},
		{"siamese weights in float32", func(m *weights.Model) {
			x := m.Tensor("siamese.weight")
			x.F32, x.I8 = make([]float32, len(x.I8)), nil
		}, ErrType, "float32, want int8"},
		{"matching gate in int8", func(m *weights.Model) {
			x := m.Tensor("matching.gate")
			x.I8, x.F32 = make([]int8, len(x.F32)), nil
		}, ErrType, "int8, want float32"},
		{"a gain for each value", func(m *weights.Model) {
			x := m.Tensor("matching.gain")
			x.Dims, x.F32 = []int{36}, make([]float32, 36)
		}, ErrDims, "(36), want (18)"},
		{"weights of a head that the description does not name", func(m *weights.Model) {
			m.Arch = strings.Replace(m.Arch, "; matching", "", 1)
		}, ErrUnknown, `"matching.beta"`},
		{"calibration of a head that the description does not name", func(m *weights.Model) {
			m.Arch = strings.Replace(m.Arch, "; siamese", "", 1)
			m.Tensors = slices.DeleteFunc(m.Tensors, func(x weights.Tensor) bool { return strings.HasPrefix(x.Name, "siamese") })
			m.Tensors = append(m.Tensors, weights.Tensor{Name: "siamese.threshold", Dims: []int{1}, F32: []float32{0}})
		}, ErrUnknown, `"siamese.threshold"`},
		{"a pair convolution of the other size", func(m *weights.Model) { m.Arch = strings.Replace(m.Arch, " 1x1", "", 1) },
			ErrDims, "(16, 36, 1, 1), want (16, 36, 3, 3)"},
		{"siamese weight -128", func(m *weights.Model) { m.Tensor("siamese.weight").I8[2] = -128 }, ErrWeight, "element 2 is -128"},
		{"zero siamese scale", set("siamese.scale", 0, 0), ErrScale, `"siamese.scale"`},
		{"infinite siamese bias", set("siamese.bias", 0, float32(math.Inf(-1))), ErrScale, "not finite"},
		{"zero gain", set("matching.gain", 1, 0), ErrScale, "element 1 is 0, want above 0"},
		{"NaN gate", set("matching.gate", 3, float32(math.NaN())), ErrScale, "not finite"},
		{"negative beta", set("matching.beta", 0, -1), ErrScale, "element 0 is -1, want 0 or above"},
		{"zero tau", set("matching.tau", 0, 0), ErrScale, `"matching.tau"`},
		{"zero temperature of a head", func(m *weights.Model) {
			m.Tensors = append(m.Tensors, weights.Tensor{Name: "relation.temperature", Dims: []int{1}, F32: []float32{0}})
		}, ErrScale, `"relation.temperature"`},
		{"NaN threshold", func(m *weights.Model) {
			m.Tensors = append(m.Tensors, weights.Tensor{Name: "matching.threshold", Dims: []int{1}, F32: []float32{float32(math.NaN())}})
		}, ErrScale, `"matching.threshold"`},
		{"two thresholds", func(m *weights.Model) {
			m.Tensors = append(m.Tensors, weights.Tensor{Name: "prototype.threshold", Dims: []int{2}, F32: []float32{0, 0}})
		}, ErrDims, "(2), want (1)"},
		{"unknown tensor", func(m *weights.Model) {
			m.Tensors = append(m.Tensors, weights.Tensor{Name: "zz", Dims: []int{1}, F32: []float32{1}})
		}, ErrUnknown, `"zz"`},
		{"duplicate tensor", func(m *weights.Model) { m.Tensors = append(m.Tensors, m.Tensors[0]) }, ErrUnknown, `"encoder.0.bias"`},
		{"skip missing", drop("encoder.2.skip.weight"), ErrMissing, `"encoder.2.skip.weight"`},
		{"dense weights in float32", func(m *weights.Model) {
			x := m.Tensor("relation.2.weight")
			x.F32, x.I8 = make([]float32, len(x.I8)), nil
		}, ErrType, "float32, want int8"},
		{"the float32 model", func(m *weights.Model) { *m = *randomFloats(t, arch, 2) }, ErrType, "not quantised"},
		{"weights in float32", func(m *weights.Model) {
			x := m.Tensor("encoder.0.weight")
			x.F32, x.I8 = make([]float32, len(x.I8)), nil
		}, ErrType, "float32, want int8"},
		{"scale in int8", func(m *weights.Model) {
			x := m.Tensor("encoder.0.scale")
			x.I8, x.F32 = make([]int8, len(x.F32)), nil
		}, ErrType, "int8, want float32"},
		{"data shorter than its dimensions", func(m *weights.Model) {
			x := m.Tensor("encoder.0.weight")
			x.I8 = x.I8[1:]
		}, ErrDims, "71 elements, want 72"},
		{"weight -128", func(m *weights.Model) { m.Tensor("encoder.2.a.weight").I8[3] = -128 }, ErrWeight, "element 3 is -128"},
		{"zero scale", set("encoder.2.skip.scale", 1, 0), ErrScale, "element 1 is 0, want above 0"},
		{"negative scale", set("relation.0.scale", 0, -1), ErrScale, "element 0 is -1"},
		{"NaN scale", set("relation.0.scale", 0, float32(math.NaN())), ErrScale, "not finite"},
		{"infinite bias", set("relation.3.bias", 0, float32(math.Inf(1))), ErrScale, "not finite"},
		{"zero range", set("encoder.0.range", 0, 0), ErrScale, `"encoder.0.range"`},
		{"zero inner range", set("encoder.2.a.range", 0, 0), ErrScale, `"encoder.2.a.range"`},
		{"zero range of maps", set("relation.embedding.range", 0, 0), ErrScale, "embedding"},
		{"zero temperature", set("prototype.temperature", 0, 0), ErrScale, "temperature"},
		{"factor too large", fill("encoder.0.range", math.SmallestNonzeroFloat32), ErrScale, "cannot be held"},
		{"factor too small", fill("encoder.0.range", math.MaxFloat32), ErrScale, "cannot be held"},
		{"bias too large", set("encoder.5.bias", 2, 1e30), ErrOverflow, "channel 2"},
		{"bias that is infinite in units of the sum", func(m *weights.Model) {
			fill("encoder.4.a.scale", math.SmallestNonzeroFloat32)(m)
			fill("encoder.4.a.bias", math.MaxFloat32)(m)
		}, ErrOverflow, "channel 0"},
	}
	file, err := weights.Encode(randomModel(t, arch, 2))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := weights.Decode(file)
			if err != nil {
				t.Fatal(err)
			}
			test.change(m)
			n, err := NewNetwork(m)
			if n != nil || !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) {
				t.Fatalf("got %v; want %v with %q", err, test.want, test.text)
			}
			if !strings.HasPrefix(err.Error(), "engine: ") {
				t.Errorf("%q does not name the package", err)
			}
		})
	}
}

// Sums are bounded by the weights as they are: 8 * 512 weights of 127 overflow, weights of 1 do not.
func TestOverflowBound(t *testing.T) {
	const arch = "conv 512, conv 1"
	build := func(v int8) *weights.Model {
		fill := func(n int) []int8 { return slices.Repeat([]int8{v}, n) }
		ones := func(n int) []float32 { return slices.Repeat([]float32{1}, n) }
		one := func(name string, n int) weights.Tensor {
			return weights.Tensor{Name: name, Dims: []int{n}, F32: ones(n)}
		}
		m, err := weights.New(arch, []weights.Tensor{
			{Name: "encoder.0.weight", Dims: []int{512, 1, 3, 3}, I8: fill(512 * 9)},
			{Name: "encoder.1.weight", Dims: []int{1, 512, 3, 3}, I8: fill(512 * 9)},
			one("encoder.0.scale", 512), one("encoder.0.bias", 512), one("encoder.0.range", 1),
			one("encoder.1.scale", 1), one("encoder.1.bias", 1), one("encoder.1.range", 1),
			one("prototype.temperature", 1),
		})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	if _, err := NewNetwork(build(1)); err != nil {
		t.Error(err)
	}
	if _, err := NewNetwork(build(127)); !errors.Is(err, ErrOverflow) || !strings.Contains(err.Error(), "2.396e+09") {
		t.Errorf("got %v, want ErrOverflow with 512*9*127*4095", err)
	}
}

// The table of roots is the formula's, rises from zero to the largest activation, and does so for any
// range that a file can have.
func TestRootTable(t *testing.T) {
	for _, scale := range []float64{math.SmallestNonzeroFloat32 / ActivationMax, 1e-9, 1e-3, 1, math.MaxFloat32 / ActivationMax} {
		table := rootTable(scale)
		if len(table) != ActivationMax+1 || table[0] != 0 || table[ActivationMax] != ActivationMax || !slices.IsSorted(table) {
			t.Errorf("scale %v: the table of %d rises from %d to %d, sorted: %v", scale, len(table), table[0],
				table[ActivationMax], slices.IsSorted(table))
		}
	}
	root := func(x float64) float64 { return math.Sqrt(x+RootOffset) - math.Sqrt(RootOffset) }
	for q, got := range rootTable(1e-3) {
		if want := ActivationMax * root(float64(q)*1e-3) / root(ActivationMax*1e-3); math.Abs(float64(got)-want) > 0.5+1e-9 {
			t.Errorf("root of %d is %d, want %v", q, got, want)
		}
	}
}

// The multiplier is the factor to 31 bits, at the ends of what can be held and everywhere between.
func TestMultiplier(t *testing.T) {
	for _, f := range []float64{1, 0.5, 1.0 / 3, 0.9999999999, 1 - 1e-12, 1e-9, 0x1p-32, 0x1p29, 1.5 * 0x1p29} {
		mult, shift, ok := multiplier(f)
		if !ok || mult < 1<<30 || shift < 1 || shift > 62 {
			t.Errorf("%v: mult %d, shift %d, ok %v", f, mult, shift, ok)
			continue
		}
		if got := math.Ldexp(float64(mult), -int(shift)); math.Abs(got/f-1) > 0x1p-31 {
			t.Errorf("%v is held as %v", f, got)
		}
	}
	for _, f := range []float64{0, -1, math.Inf(1), math.NaN(), 0x1p-33, 0x1p31, 1e300, math.SmallestNonzeroFloat64} {
		if mult, shift, ok := multiplier(f); ok {
			t.Errorf("%v was accepted as %d >> %d", f, mult, shift)
		}
	}
}
