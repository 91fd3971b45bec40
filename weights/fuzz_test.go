package weights

import (
	"bytes"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"oneshot/weights/hostile"
)

// FuzzDecode: no input makes Decode panic, and whatever it accepts is written again byte for byte.
// Each input is tried as it is and with its length and checksum put right.
func FuzzDecode(f *testing.F) {
	valid := encode(f, small())
	hostile.Fuzz(f, [][]byte{
		valid,
		valid[:len(valid)-1],
		[]byte(magic),
		encode(f, &Model{Arch: "x", Tensors: []Tensor{{Name: "a", Dims: []int{1, 1, 1, 1}, F32: []float32{0}}}}),
	}, func(t testing.TB, b []byte) (err error) {
		for _, b := range [][]byte{b, seal(b)} {
			var m *Model
			m, err = Decode(b)
			if (m == nil) == (err == nil) {
				t.Fatalf("model %v with error %v", m, err)
			}
			if err != nil {
				continue
			}
			if again := encode(t, m); !bytes.Equal(again, b) {
				t.Fatalf("%x is written as %x", b, again)
			}
		}
		return err
	})
}

// Any model that Encode accepts comes back as it was.
func TestRoundTripProperty(t *testing.T) {
	dims := rapid.SliceOfN(rapid.IntRange(1, 5), 1, MaxDims)
	finite := rapid.Custom(func(t *rapid.T) float32 {
		bits := rapid.Uint32().Draw(t, "bits")
		if bits>>23&0xff == 0xff {
			bits &^= 1 << 23
		}
		return math.Float32frombits(bits)
	})
	rapid.Check(t, func(t *rapid.T) {
		m := &Model{Arch: rapid.StringMatching(`[ -~]{1,40}`).Draw(t, "arch")}
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z0-9.]{1,12}`), 1, 8, rapid.ID[string]).Draw(t, "names")
		slices.Sort(names)
		for _, name := range names {
			x := Tensor{Name: name, Dims: dims.Draw(t, "dims")}
			n := 1
			for _, d := range x.Dims {
				n *= d
			}
			if rapid.Bool().Draw(t, "int8") {
				x.I8 = rapid.SliceOfN(rapid.Int8(), n, n).Draw(t, "data")
			} else {
				x.F32 = rapid.SliceOfN(finite, n, n).Draw(t, "data")
			}
			m.Tensors = append(m.Tensors, x)
		}
		b, err := Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, m) {
			t.Fatalf("got %+v, want %+v", got, m)
		}
	})
}
