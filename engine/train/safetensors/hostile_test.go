package safetensors

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"oneshot/weights"
	"oneshot/weights/hostile"
)

func hostileFiles() []hostile.File {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	// one has a tensor called a, with this in its entry.
	one := func(entry string, data ...float32) []byte { return file(`{"a":{`+entry+`}}`, data...) }
	shaped := func(shape string, data ...float32) []byte {
		return one(`"dtype":"F32","shape":`+shape+`,"data_offsets":[0,4]`, data...)
	}
	placed := func(offsets string, data ...float32) []byte {
		return one(`"dtype":"F32","shape":[1],"data_offsets":`+offsets, data...)
	}
	typed := func(dtype string) []byte { return one(`"dtype":`+dtype+`,"shape":[1],"data_offsets":[0,4]`, 1) }
	two := func(a, b string, data ...float32) []byte {
		return file(`{"a":{"dtype":"F32","shape":`+a+`},"b":{"dtype":"F32","shape":`+b+`}}`, data...)
	}
	valid := shaped("[1]", 1)
	return []hostile.File{
		// What surrounds the header.
		{"empty.safetensors", nil, ErrFormat, "0 bytes, at least 8"},
		{"short.safetensors", []byte("1234567"), ErrFormat, "7 bytes, at least 8"},
		{"pickle.safetensors", []byte("\x80\x02}q\x00X\x01\x00\x00\x00aq\x01K\x01s."), ErrFormat, "a header of"},
		{"zip.safetensors", []byte("PK\x03\x04\x00\x00\x08\x08\x00\x00"), ErrFormat, "a header of"},
		{"git-lfs-pointer.safetensors", []byte("version https://git-lfs.github.com/spec/v1\n"), ErrFormat, "a header of"},
		{"header-beyond-the-file.safetensors", file(`{}`)[:9], ErrFormat, "a header of 2 bytes, 1 are left"},
		{"header-of-all-bytes-there-are.safetensors", append(binary.LittleEndian.AppendUint64(nil, math.MaxUint64), "{}"...), ErrFormat, "a header of 18446744073709551615 bytes, 2 are left"},
		{"header-big-endian.safetensors", append(binary.BigEndian.AppendUint64(nil, 2), "{}"...), ErrFormat, "a header of 144115188075855872 bytes"},
		{"header-empty.safetensors", file(""), ErrFormat, "no JSON object"},
		{"header-an-array.safetensors", file(`[]`), ErrFormat, "no JSON object"},
		{"header-cut.safetensors", file(`{"a":`), ErrFormat, `tensor "a": `},
		{"header-not-closed.safetensors", file(`{`), ErrFormat, "header: "},
		{"header-goes-on.safetensors", file(`{} x`), ErrFormat, "something follows"},
		{"header-twice.safetensors", file(`{}{}`), ErrFormat, "something follows"},
		{"header-with-a-byte-order-mark.safetensors", file("\ufeff{}"), ErrFormat, "no JSON object"},
		{"key-a-number.safetensors", file(`{1:2}`), ErrFormat, "header: "},
		{"metadata-of-numbers.safetensors", file(`{"__metadata__":{"a":1}}`), ErrFormat, "metadata: "},
		{"metadata-a-list.safetensors", file(`{"__metadata__":[]}`), ErrFormat, "metadata: "},
		{"metadata-twice.safetensors", file(`{"__metadata__":{},"__metadata__":{}}`), ErrFormat, `"__metadata__" stands twice`},
		{"name-twice.safetensors", two(`[1],"data_offsets":[0,4]`, `[1],"data_offsets":[4,8]},"a":{"dtype":"F32"`, 1, 2), ErrFormat, `"a" stands twice`},
		{"tensor-a-number.safetensors", file(`{"a":1}`), ErrFormat, `tensor "a": `},
		{"tensor-with-an-unknown-key.safetensors", one(`"dtype":"F32","shape":[1],"data_offsets":[0,4],"evil":1`, 1), ErrFormat, `unknown field "evil"`},

		// Types and shapes.
		{"type-missing.safetensors", one(`"shape":[1],"data_offsets":[0,4]`, 1), ErrType, `tensor "a" is "", want F32`},
		{"type-f16.safetensors", typed(`"F16"`), ErrType, `tensor "a" is "F16", want F32`},
		{"type-i64.safetensors", typed(`"I64"`), ErrType, `tensor "a" is "I64", want F32`},
		{"type-of-another-case.safetensors", typed(`"f32"`), ErrType, `tensor "a" is "f32", want F32`},
		{"type-long.safetensors", typed(`"` + strings.Repeat("F", 500) + `"`), ErrType, `is "FFFFFFFFFFFFFFFFFFFF", want F32`},
		{"type-a-number.safetensors", typed(`32`), ErrFormat, `tensor "a": `},
		{"shape-missing.safetensors", one(`"dtype":"F32","data_offsets":[0,4]`, 1), ErrShape, "0 dimensions, want 1 to 4"},
		{"shape-of-a-scalar.safetensors", shaped(`[]`, 1), ErrShape, "0 dimensions, want 1 to 4"},
		{"shape-of-5-dimensions.safetensors", shaped(`[1,1,1,1,1]`, 1), ErrShape, "5 dimensions, want 1 to 4"},
		{"shape-of-no-rows.safetensors", one(`"dtype":"F32","shape":[0],"data_offsets":[0,0]`), ErrShape, "a dimension of 0"},
		{"shape-negative.safetensors", shaped(`[-1]`, 1), ErrShape, "a dimension of -1"},
		{"shape-twice-negative.safetensors", shaped(`[-1,-1]`, 1), ErrShape, "a dimension of -1"},
		{"shape-2-to-the-32.safetensors", shaped(`[4294967296]`, 1), ErrShape, "a dimension of 4294967296"},
		{"shape-product-over-64-bits.safetensors", shaped(`[4000000,4000000,4000000]`, 1), ErrLimit, `tensor "a" has more than 4194304 elements`},
		{"shape-broken.safetensors", shaped(`[1.5]`, 1), ErrFormat, "number 1.5"},
		{"shape-over-64-bits.safetensors", shaped(`[99999999999999999999]`, 1), ErrFormat, "number 99999999999999999999"},
		{"shape-of-text.safetensors", shaped(`["1"]`, 1), ErrFormat, "string"},

		// Places of data.
		{"offset-alone.safetensors", placed(`[0]`, 1), ErrOffsets, "1 offsets, want 2"},
		{"offsets-missing.safetensors", one(`"dtype":"F32","shape":[1]`, 1), ErrOffsets, "0 offsets, want 2"},
		{"offsets-past-the-end.safetensors", one(`"dtype":"F32","shape":[2],"data_offsets":[0,8]`, 1), ErrOffsets, "of 2 elements lies from 0 to 8 in 4 bytes"},
		{"offsets-backwards.safetensors", placed(`[4,0]`, 1), ErrOffsets, "lies from 4 to 0"},
		{"offsets-negative.safetensors", placed(`[-4,0]`, 1), ErrOffsets, "lies from -4 to 0"},
		{"offsets-that-wrap.safetensors", placed(`[-9223372036854775808,9223372036854775807]`, 1), ErrOffsets, "lies from -9223372036854775808"},
		{"offsets-not-aligned.safetensors", placed(`[0,3]`, 1), ErrOffsets, "lies from 0 to 3"},
		{"too-short-for-its-shape.safetensors", shaped(`[2]`, 1), ErrOffsets, "of 2 elements lies from 0 to 4"},
		{"overlap.safetensors", two(`[2],"data_offsets":[0,8]`, `[1],"data_offsets":[4,8]`, 1, 2), ErrOffsets, `"b" begins at 4, the one before it ends at 8`},
		{"same-data-twice.safetensors", two(`[1],"data_offsets":[0,4]`, `[1],"data_offsets":[0,4]`, 1), ErrOffsets, "begins at 0, the one before it ends at 4"},
		{"gap.safetensors", two(`[1],"data_offsets":[0,4]`, `[1],"data_offsets":[8,12]`, 1, 2, 3), ErrOffsets, `"b" begins at 8, the one before it ends at 4`},
		{"gap-in-front.safetensors", placed(`[4,8]`, 1, 2), ErrOffsets, `"a" begins at 4, the one before it ends at 0`},
		{"polyglot-behind.safetensors", append(valid, "PK\x05\x06"+strings.Repeat("\x00", 18)...), ErrOffsets, "22 bytes of 26 belong to no tensor"},
		{"data-without-tensors.safetensors", file(`{}`, 1), ErrOffsets, "4 bytes of 4 belong to no tensor"},

		// Values.
		{"nan.safetensors", shaped(`[1]`, nan), ErrValue, `element 0 of tensor "a" is NaN`},
		{"infinity.safetensors", shaped(`[1]`, inf), ErrValue, `element 0 of tensor "a" is -Inf`},
	}
}

func TestHostile(t *testing.T) {
	hostile.Refused(t, hostileFiles(), 64<<10, func(_ string, b []byte) error {
		f, err := Decode(b)
		if f != nil {
			t.Errorf("%d tensors beside the error %v", len(f.Tensors), err)
		}
		return err
	})
}

// What is larger than a file of the tree should be.
func TestDecodeRefusesLargeFiles(t *testing.T) {
	var many strings.Builder
	for i := range weights.MaxTensors + 1 {
		fmt.Fprintf(&many, `,"t%d":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`, i)
	}
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"file":    {make([]byte, weights.MaxFileBytes+1), "8388609 bytes, at most 8388608"},
		"header":  {file("{" + strings.Repeat(" ", MaxHeaderBytes) + "}"), "a header of 1048578 bytes, at most 1048576"},
		"tensors": {file("{"+many.String()[1:]+"}", 1), "more than 256 tensors"},
	} {
		if _, err := Decode(c.file); !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %v with %q", name, err, ErrLimit, c.says)
		}
	}
}
