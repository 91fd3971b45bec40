package weights

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math"
	"reflect"
	"runtime"
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

// Each hostile file is the small one with something wrong, sealed again so that the checksum does not
// catch it first.
func TestDecodeRefuses(t *testing.T) {
	valid := encode(t, small())
	const (
		header = prefixBytes
		arch   = header + 2
		count  = arch + len("conv 2, pool")
		first  = count + 2 // the first tensor: length of name, name, type, dims
		ftype  = first + 1 + len("encoder.0.bias")
		second = ftype + 2 + 4
		stype  = second + 1 + len("encoder.0.weight")
		data   = stype + 2 + 4*4
	)
	change := func(at int, with string) []byte {
		b := bytes.Clone(valid)
		copy(b[at:], with)
		return seal(b)
	}
	insert := func(at int, what string) []byte {
		return seal([]byte(string(valid[:at]) + what + string(valid[at:])))
	}
	// lengthen inserts into the header and says so in its length.
	lengthen := func(at int, what string) []byte {
		b := insert(at, what)
		copy(b[16:], put32(nil, uint32(data-header+len(what))))
		return seal(b)
	}
	tests := []struct {
		name string
		file []byte
		want error
		text string // a part of the message
	}{
		{"empty", nil, ErrTruncated, "0 bytes"},
		{"text", []byte("<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>"), ErrMagic, "<!DOCTYP"},
		{"png", []byte("\x89PNG\r\n\x1a\n"), ErrMagic, `"\x89PNG`},
		{"beyond the file limit", make([]byte, MaxFileBytes+1), ErrLimit, "8388609"},
		{"newer version", change(8, "\x02"), ErrVersion, "2, this program reads 1"},
		{"version 0", change(8, "\x00"), ErrVersion, "0"},
		{"appended byte", append(bytes.Clone(valid), 0), ErrTrailing, "there are"},
		{"length too large", func() []byte { b := bytes.Clone(valid); b[15] = 0xff; return b }(), ErrTruncated, "the file says"},
		{"checksum", func() []byte { b := bytes.Clone(valid); b[len(b)-1] ^= 1; return b }(), ErrChecksum, "damaged"},
		{"header of 4 GiB", change(16, "\xff\xff\xff\xff"), ErrLimit, "65536"},
		{"header beyond its limit", change(16, "\x01\x00\x01\x00"), ErrLimit, "65537, at most 65536"},
		{"header beyond the file", change(16, "\x00\x10\x00\x00"), ErrTruncated, "4096 bytes"},
		{"header of nothing", change(16, "\x00\x00\x00\x00"), ErrTruncated, "header ends"},
		{"header cut in a tensor", change(16, string(put32(nil, uint32(stype-header)))), ErrTruncated, "inside tensor 1"},
		{"header too long", lengthen(data, "\x00"), ErrTrailing, "1 bytes of header"},
		{"no description", seal([]byte(string(valid[:header]) + "\x00\x00" + string(valid[count:]))), ErrArch, "0 bytes"},
		{"description of 64 KiB", change(header, "\xff\xff"), ErrTruncated, "header ends"},
		{"description with a control character", change(arch, "\n"), ErrArch, "byte 10 at 0"},
		{"description not ASCII", change(arch+1, "\xc3"), ErrArch, "byte 195 at 1"},
		{"no tensors", change(count, "\x00\x00"), ErrLimit, "0 tensors"},
		{"257 tensors", change(count, "\x01\x01"), ErrLimit, "257 tensors, want 1 to 256"},
		{"one tensor more than there are", change(count, "\x03\x00"), ErrTruncated, "inside tensor 2"},
		{"one tensor fewer than there are", change(count, "\x01\x00"), ErrTrailing, "bytes of header"},
		{"nameless tensor", change(first, "\x00"), ErrName, "0 bytes"},
		{"name of 255 bytes", change(first, "\xff"), ErrTruncated, "inside tensor 0"},
		{"name with a slash", change(first+1, "../../.b"), ErrName, `"../../.b`},
		{"name with capitals", change(first+1, "E"), ErrName, "Encoder"},
		{"names out of order", change(first+1, "z"), ErrOrder, "zncoder"},
		{"element type 0", change(ftype, "\x00"), ErrType, "0, want 1"},
		{"element type 3", change(ftype, "\x03"), ErrType, "3, want 1"},
		{"no dimensions", change(ftype+1, "\x00"), ErrDims, "0 of them"},
		{"5 dimensions", change(stype+1, "\x05"), ErrDims, "5 of them"},
		{"255 dimensions", change(stype+1, "\xff"), ErrDims, "255 of them"},
		{"header cut in the dimensions", change(16, string(put32(nil, uint32(data-1-header)))), ErrTruncated, "inside its dimensions"},
		{"zero dimension", change(ftype+2, "\x00"), ErrDims, "dimension 0 is 0"},
		{"negative dimension", change(ftype+2, "\xff\xff\xff\xff"), ErrLimit, "4194304 elements"},
		{"dimension beyond the limit", change(ftype+2, "\x01\x00\x40\x00"), ErrLimit, "4194304 elements"},
		{"product that overflows 64 bits", change(stype+2, strings.Repeat("\x00\x00\x01\x00", 4)), ErrLimit, "4194304 elements"},
		{"more data than there is", change(ftype+2, "\x00\x00\x10\x00"), ErrTruncated, "4194304 bytes of data"},
		{"data with a hole", insert(data, "\x00"), ErrTrailing, "1 bytes of data"},
		{"NaN", change(data, "\x00\x00\xc0\x7f"), ErrValue, "element 0 is NaN"},
		{"signalling NaN", change(data, "\x01\x00\x80\x7f"), ErrValue, "element 0 is NaN"},
		{"infinity", change(data+4, "\x00\x00\x80\xff"), ErrValue, "element 1 is -Inf"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := Decode(test.file)
			if m != nil || !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) {
				t.Fatalf("got %v, %v; want %v with %q", m, err, test.want, test.text)
			}
			if !strings.HasPrefix(err.Error(), "weights: ") {
				t.Errorf("%q does not name the package", err)
			}
		})
	}
}

// A file that was cut anywhere, or has any byte changed to any of a few others, is refused.
func TestEveryPrefixAndFlip(t *testing.T) {
	valid := encode(t, small())
	for n := range valid {
		if m, err := Decode(valid[:n]); m != nil || err == nil {
			t.Fatalf("the first %d of %d bytes were accepted", n, len(valid))
		} else if !errors.Is(err, ErrTruncated) {
			t.Errorf("the first %d bytes: %v, want ErrTruncated", n, err)
		}
	}
	for i := range valid {
		for flip := 1; flip < 256; flip++ {
			b := bytes.Clone(valid)
			b[i] ^= byte(flip)
			if m, err := Decode(b); m != nil || err == nil {
				t.Fatalf("byte %d changed by %#x was accepted", i, flip)
			}
		}
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

// A hostile header cannot make the decoder allocate more than a small multiple of the file.
func TestAllocationIsBounded(t *testing.T) {
	const perFile = 64 << 10 // the list of tensors, and error texts
	valid := encode(t, small())
	files := map[string][]byte{"valid": valid}
	for i := prefixBytes; i < len(valid)-checksumBytes; i++ {
		b := bytes.Clone(valid)
		b[i] = 0xff
		files["byte "+string(rune('0'+i/100))+string(rune('0'+i/10%10))+string(rune('0'+i%10))] = seal(b)
	}
	many := &Model{Arch: "x"}
	for i := range MaxTensors {
		name := "t" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		many.Tensors = append(many.Tensors, Tensor{Name: name, Dims: []int{1}, I8: []int8{1}})
	}
	files["many tensors"] = encode(t, many)
	for name, b := range files {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Decode(b)
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > uint64(2*len(b)+perFile) {
			t.Errorf("%s: %d bytes of file made it allocate %d", name, len(b), got)
		}
	}
}
