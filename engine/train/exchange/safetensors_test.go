package exchange

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"

	"oneshot/weights"
)

// file puts a header and data together.
func file(header string, data ...float32) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	b = append(b, header...)
	for _, v := range data {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

func TestDecode(t *testing.T) {
	f, err := Decode(file(`{"__metadata__":{"note":"x"},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},`+
		`"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}  `, 1, 2, 3))
	if err != nil {
		t.Fatal(err)
	}
	if f.Metadata["note"] != "x" || len(f.Tensors) != 2 || f.Tensors[0].Name != "a" || f.Tensors[0].F32[1] != 2 || f.Tensor("b").F32[0] != 3 {
		t.Errorf("%+v", f)
	}
}

func TestDecodeRefuses(t *testing.T) {
	one := func(entry string) string { return `{"a":` + entry + `}` }
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for _, c := range []struct {
		name string
		file []byte
		want error
	}{
		{"empty", nil, ErrFormat},
		{"short", []byte("1234567"), ErrFormat},
		{"header longer than the file", file(`{}`)[:9], ErrFormat},
		{"header of all bytes there are", append(binary.LittleEndian.AppendUint64(nil, math.MaxUint64), "{}"...), ErrFormat},
		{"huge file", make([]byte, weights.MaxFileBytes+1), ErrLimit},
		{"huge header", file("{" + strings.Repeat(" ", MaxHeaderBytes) + "}"), ErrLimit},
		{"no object", file(`[]`), ErrFormat},
		{"cut object", file(`{"a":`), ErrFormat},
		{"text behind the object", file(`{} x`), ErrFormat},
		{"second object", file(`{}{}`), ErrFormat},
		{"metadata of numbers", file(`{"__metadata__":{"a":1}}`), ErrFormat},
		{"name twice", file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 1, 2), ErrFormat},
		{"unknown field", file(one(`{"dtype":"F32","shape":[1],"data_offsets":[0,4],"evil":1}`), 1), ErrFormat},
		{"fraction", file(one(`{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}`), 1), ErrFormat},
		{"too large for an int64", file(one(`{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}`), 1), ErrFormat},
		{"half precision", file(one(`{"dtype":"F16","shape":[2],"data_offsets":[0,4]}`), 1), ErrType},
		{"no shape", file(one(`{"dtype":"F32","shape":[],"data_offsets":[0,4]}`), 1), ErrShape},
		{"five dimensions", file(one(`{"dtype":"F32","shape":[1,1,1,1,1],"data_offsets":[0,4]}`), 1), ErrShape},
		{"no rows", file(one(`{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`)), ErrShape},
		{"negative", file(one(`{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}`), 1), ErrShape},
		{"product too large", file(one(`{"dtype":"F32","shape":[4000000,4000000,4000000],"data_offsets":[0,4]}`), 1), ErrLimit},
		{"one offset", file(one(`{"dtype":"F32","shape":[1],"data_offsets":[0]}`), 1), ErrOffsets},
		{"offsets past the end", file(one(`{"dtype":"F32","shape":[2],"data_offsets":[0,8]}`), 1), ErrOffsets},
		{"offsets backwards", file(one(`{"dtype":"F32","shape":[1],"data_offsets":[4,0]}`), 1), ErrOffsets},
		{"negative offsets", file(one(`{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}`), 1), ErrOffsets},
		{"offsets that wrap", file(one(`{"dtype":"F32","shape":[1],"data_offsets":[-9223372036854775808,9223372036854775807]}`), 1), ErrOffsets},
		{"too short for the shape", file(one(`{"dtype":"F32","shape":[2],"data_offsets":[0,4]}`), 1), ErrOffsets},
		{"overlap", file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 1, 2), ErrOffsets},
		{"gap", file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}`, 1, 2, 3), ErrOffsets},
		{"bytes left over", file(one(`{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`), 1, 2), ErrOffsets},
		{"not a number", file(one(`{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`), nan), ErrValue},
		{"infinite", file(one(`{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`), inf), ErrValue},
	} {
		if _, err := Decode(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	var many strings.Builder
	for i := range weights.MaxTensors + 1 {
		many.WriteString(`,"t` + strings.Repeat("x", i) + `":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`)
	}
	if _, err := Decode(file("{"+many.String()[1:]+"}", 1)); !errors.Is(err, ErrLimit) {
		t.Errorf("many tensors: %v, want %v", err, ErrLimit)
	}
}

func TestEncodeComesBack(t *testing.T) {
	want := &File{Metadata: map[string]string{"architecture": "é\""}, Tensors: []weights.Tensor{
		{Name: "a", Dims: []int{2, 2}, F32: []float32{1, -2, 3e-40, 4}}, {Name: "b", Dims: []int{1}, F32: []float32{7}}}}
	b, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	if header := binary.LittleEndian.Uint64(b); header%8 != 0 {
		t.Errorf("a header of %d bytes: data are not aligned", header)
	}
	got, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Encode(got)
	if err != nil || string(again) != string(b) || got.Tensor("a").F32[2] != 3e-40 || got.Metadata["architecture"] != "é\"" {
		t.Errorf("%+v comes back as %+v, %v", want, got, err)
	}
	want.Tensors[1].F32[0] = float32(math.Inf(1))
	if _, err := Encode(want); !errors.Is(err, ErrValue) {
		t.Errorf("an infinite value: %v, want %v", err, ErrValue)
	}
}
