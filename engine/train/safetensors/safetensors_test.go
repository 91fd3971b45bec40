package safetensors

import (
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"testing"

	"oneshot/weights"
	"oneshot/weights/hostile"
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

// FuzzDecode: no file makes Decode panic, and what it takes is written and read again as it is.
func FuzzDecode(f *testing.F) {
	hostile.Fuzz(f, [][]byte{
		file(`{}`),
		file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 1, 2),
		file(`{"__metadata__":{"k":"v"},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} `, 1, 2),
	}, func(t testing.TB, b []byte) error {
		got, err := Decode(b)
		if (got == nil) == (err == nil) {
			t.Fatalf("%v beside the error %v", got, err)
		}
		if err != nil {
			return err
		}
		once, err := Encode(got)
		if err != nil {
			t.Fatalf("what was read is not written: %v", err)
		}
		again, err := Decode(once)
		if err != nil || len(got.Tensors) > 0 && !reflect.DeepEqual(again.Tensors, got.Tensors) {
			t.Fatalf("%+v comes back as %+v, %v", got, again, err)
		}
		return nil
	})
}
