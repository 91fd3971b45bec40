package weights

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
)

// small is a valid model with both element types.
func small() *Model {
	return &Model{
		Arch: "conv 2, pool",
		Tensors: []Tensor{
			{Name: "encoder.0.bias", Dims: []int{2}, F32: []float32{-0.5, 1.25}},
			{Name: "encoder.0.weight", Dims: []int{2, 1, 1, 3}, I8: []int8{-127, 0, 1, 2, 3, 127}},
		},
	}
}

func encode(t testing.TB, m *Model) []byte {
	t.Helper()
	b, err := Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// seal replaces the total length and the checksum, so that a changed file is judged by its content.
func seal(b []byte) []byte {
	if len(b) < prefixBytes+checksumBytes {
		return b
	}
	b = bytes.Clone(b)
	copy(b[12:], put32(nil, uint32(len(b))))
	body := b[:len(b)-checksumBytes]
	sum := sha256.Sum256(body)
	copy(b[len(body):], sum[:])
	return b
}

func TestRoundTrip(t *testing.T) {
	m := small()
	b := encode(t, m)
	got, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, m) {
		t.Errorf("decoded %+v, want %+v", got, m)
	}
	if again := encode(t, got); !bytes.Equal(again, b) {
		t.Error("encoding what was decoded gives other bytes")
	}
	if got.Tensor("encoder.0.weight") != &got.Tensors[1] || got.Tensor("encoder.0") != nil {
		t.Error("Tensor does not find by the whole name")
	}
}

// The bytes of FORMAT.md, so that a change of the format cannot go unnoticed.
func TestLayout(t *testing.T) {
	m := &Model{Arch: "conv 1", Tensors: []Tensor{
		{Name: "a", Dims: []int{2}, I8: []int8{-1, 5}},
		{Name: "b.0", Dims: []int{1, 1}, F32: []float32{1}},
	}}
	want := "\x89oneshot" + "\x01\x00\x00\x00" + "\x5a\x00\x00\x00" + "\x20\x00\x00\x00" +
		"\x06\x00conv 1" + "\x02\x00" +
		"\x01a" + "\x01" + "\x01\x02\x00\x00\x00" +
		"\x03b.0" + "\x02" + "\x02\x01\x00\x00\x00\x01\x00\x00\x00" +
		"\xff\x05" + "\x00\x00\x80\x3f"
	b := encode(t, m)
	if got := string(b[:len(b)-checksumBytes]); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got, want := string(b), string(seal(b)); got != want {
		t.Error("the checksum is not the SHA-256 of what comes before it")
	}
}

func TestDigest(t *testing.T) {
	got, err := Digest(small())
	if err != nil || len(got) != 64 || strings.Trim(got, "0123456789abcdef") != "" {
		t.Fatalf("Digest: %q, %v", got, err)
	}
	m := small()
	m.Tensors[1].I8[0]++
	if other, _ := Digest(m); other == got {
		t.Error("two models have the same digest")
	}
	if got, err := Digest(&Model{}); got != "" || !errors.Is(err, ErrArch) {
		t.Errorf("of no model: %q, %v; want ErrArch", got, err)
	}
}

// The largest list of tensors that there can be is written, read, and within the header's limit by far.
func TestLargestHeader(t *testing.T) {
	m := &Model{Arch: strings.Repeat("c", MaxArchBytes)}
	for i := range MaxTensors {
		name := string([]byte{byte('a' + i/26), byte('a' + i%26)}) + strings.Repeat("x", MaxNameBytes-2)
		m.Tensors = append(m.Tensors, Tensor{Name: name, Dims: []int{1, 1, 1, 1}, I8: []int8{1}})
	}
	b := encode(t, m)
	if got, err := Decode(b); err != nil || !reflect.DeepEqual(got, m) {
		t.Errorf("it does not come back: %v", err)
	}
	if header := len(b) - prefixBytes - MaxTensors - checksumBytes; header > MaxHeaderBytes/2 {
		t.Errorf("a header of %d bytes, want less than half of %d", header, MaxHeaderBytes)
	}
}

func TestNewSorts(t *testing.T) {
	m := small()
	got, err := New(m.Arch, []Tensor{m.Tensors[1], m.Tensors[0]})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, m) {
		t.Errorf("got %+v, want %+v", got, m)
	}
	if _, err := New(m.Arch, []Tensor{m.Tensors[1], m.Tensors[1]}); !errors.Is(err, ErrOrder) {
		t.Errorf("duplicate: %v, want ErrOrder", err)
	}
}

func TestDefault(t *testing.T) {
	a, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	b, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if &a.Tensors[0] == &b.Tensors[0] {
		t.Error("two calls share a model")
	}
	if !bytes.Equal(encode(t, a), []byte(oneshot)) {
		t.Error("the embedded file is not canonical")
	}
}

func TestEncodeRefuses(t *testing.T) {
	nan := float32(math.NaN())
	tests := []struct {
		name   string
		change func(m *Model)
		want   error
	}{
		{"no description", func(m *Model) { m.Arch = "" }, ErrArch},
		{"long description", func(m *Model) { m.Arch = strings.Repeat("a", MaxArchBytes+1) }, ErrArch},
		{"no tensors", func(m *Model) { m.Tensors = nil }, ErrLimit},
		{"too many tensors", func(m *Model) { m.Tensors = make([]Tensor, MaxTensors+1) }, ErrLimit},
		{"bad name", func(m *Model) { m.Tensors[0].Name = "a b" }, ErrName},
		{"long name", func(m *Model) { m.Tensors[0].Name = strings.Repeat("a", MaxNameBytes+1) }, ErrName},
		{"order", func(m *Model) { m.Tensors[0], m.Tensors[1] = m.Tensors[1], m.Tensors[0] }, ErrOrder},
		{"duplicate", func(m *Model) { m.Tensors[1].Name = m.Tensors[0].Name }, ErrOrder},
		{"no data", func(m *Model) { m.Tensors[0].F32 = nil }, ErrType},
		{"both kinds of data", func(m *Model) { m.Tensors[0].I8 = []int8{1, 2} }, ErrType},
		{"no dimensions", func(m *Model) { m.Tensors[0].Dims = nil }, ErrDims},
		{"negative dimension", func(m *Model) { m.Tensors[0].Dims = []int{-2} }, ErrDims},
		{"five dimensions", func(m *Model) { m.Tensors[0].Dims = []int{1, 1, 1, 1, 2} }, ErrDims},
		{"other length", func(m *Model) { m.Tensors[0].Dims = []int{3} }, ErrDims},
		{"huge dimensions", func(m *Model) { m.Tensors[0].Dims = []int{math.MaxInt32, math.MaxInt32, 4} }, ErrLimit},
		{"NaN", func(m *Model) { m.Tensors[0].F32[1] = nan }, ErrValue},
		{"file too large", func(m *Model) {
			m.Tensors[0].Dims = []int{MaxElements}
			m.Tensors[0].F32 = make([]float32, MaxElements)
		}, ErrLimit},
	}
	for _, test := range tests {
		m := small()
		test.change(m)
		if b, err := Encode(m); b != nil || !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}
