// Package safetensors reads and writes the files that other tools keep float32 tensors in. It knows tensors, not networks:
// package exchange does.
//
// A file may come from anybody. Whatever it holds, nothing here panics, and nothing is allocated that it only claims.
package safetensors

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"oneshot/weights"
)

// What can be wrong with a file. Every error of this package wraps exactly one of these.
var (
	ErrFormat  = errors.New("not a safetensors file")
	ErrLimit   = errors.New("limit exceeded")
	ErrType    = errors.New("wrong element type")
	ErrShape   = errors.New("wrong shape")
	ErrOffsets = errors.New("data out of place")
	ErrValue   = errors.New("value not finite")
)

func refuse(kind error, format string, args ...any) error {
	return fmt.Errorf("safetensors: %w: %s", kind, fmt.Sprintf(format, args...))
}

// MaxHeaderBytes bounds the JSON of a file; the file itself is bounded like a model, by weights.MaxFileBytes.
const MaxHeaderBytes = 1 << 20

// prefixBytes is the length of the header, which comes first.
const prefixBytes = 8

// File is what a safetensors file holds. Only float32 tensors are read.
type File struct {
	Metadata map[string]string
	Tensors  []weights.Tensor // sorted by name
}

// Tensor returns the tensor called name, or nil.
func (f *File) Tensor(name string) *weights.Tensor {
	for i := range f.Tensors {
		if f.Tensors[i].Name == name {
			return &f.Tensors[i]
		}
	}
	return nil
}

// entry is what the header says of a tensor.
type entry struct {
	name    string
	DType   string  `json:"dtype"`
	Shape   []int64 `json:"shape"`
	Offsets []int64 `json:"data_offsets"`
}

// Decode reads a safetensors file. Tensors must fill its data without a gap or an overlap, and values must be finite.
func Decode(b []byte) (*File, error) {
	if len(b) > weights.MaxFileBytes {
		return nil, refuse(ErrLimit, "%d bytes, at most %d", len(b), weights.MaxFileBytes)
	}
	if len(b) < prefixBytes {
		return nil, refuse(ErrFormat, "%d bytes, at least %d", len(b), prefixBytes)
	}
	header := binary.LittleEndian.Uint64(b)
	if b = b[prefixBytes:]; header > uint64(len(b)) {
		return nil, refuse(ErrFormat, "a header of %d bytes, %d are left of the file", header, len(b))
	}
	if header > MaxHeaderBytes {
		return nil, refuse(ErrLimit, "a header of %d bytes, at most %d", header, MaxHeaderBytes)
	}
	f := &File{}
	entries, err := f.readHeader(b[:header])
	if err != nil {
		return nil, err
	}
	if err := f.readData(entries, b[header:]); err != nil {
		return nil, err
	}
	return f, nil
}

// readHeader reads the JSON object token by token: a name that stands twice would be lost otherwise.
func (f *File) readHeader(b []byte) ([]entry, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, refuse(ErrFormat, "the header is no JSON object")
	}
	var entries []entry
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, refuse(ErrFormat, "header: %v", err)
		}
		name, _ := t.(string) // keys are strings, or Token fails
		if seen[name] {
			return nil, refuse(ErrFormat, "%.80q stands twice in the header", name)
		}
		seen[name] = true
		if name == "__metadata__" {
			if err := d.Decode(&f.Metadata); err != nil {
				return nil, refuse(ErrFormat, "metadata: %v", err)
			}
			continue
		}
		if len(entries) == weights.MaxTensors {
			return nil, refuse(ErrLimit, "more than %d tensors", weights.MaxTensors)
		}
		e := entry{name: name}
		if err := d.Decode(&e); err != nil {
			return nil, refuse(ErrFormat, "tensor %.80q: %v", name, err)
		}
		entries = append(entries, e)
	}
	if _, err := d.Token(); err != nil {
		return nil, refuse(ErrFormat, "header: %v", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) { // spaces may follow, as padding
		return nil, refuse(ErrFormat, "something follows the header's JSON object")
	}
	return entries, nil
}

// elements returns the product of a tensor's dimensions.
func (e entry) elements() (int64, error) {
	if len(e.Shape) < 1 || len(e.Shape) > weights.MaxDims {
		return 0, refuse(ErrShape, "tensor %.80q has %d dimensions, want 1 to %d", e.name, len(e.Shape), weights.MaxDims)
	}
	n := int64(1)
	for _, d := range e.Shape {
		if d < 1 || d > weights.MaxElements {
			return 0, refuse(ErrShape, "tensor %.80q has a dimension of %d, want 1 to %d", e.name, d, weights.MaxElements)
		}
		if n *= d; n > weights.MaxElements {
			return 0, refuse(ErrLimit, "tensor %.80q has more than %d elements", e.name, weights.MaxElements)
		}
	}
	return n, nil
}

func (f *File) readData(entries []entry, data []byte) error {
	for i, e := range entries {
		if e.DType != "F32" {
			return refuse(ErrType, "tensor %.80q is %.20q, want F32", e.name, e.DType)
		}
		n, err := e.elements()
		if err != nil {
			return err
		}
		if len(e.Offsets) != 2 {
			return refuse(ErrOffsets, "tensor %.80q has %d offsets, want 2", e.name, len(e.Offsets))
		}
		if from, to := e.Offsets[0], e.Offsets[1]; from < 0 || to > int64(len(data)) || from > to || to-from != 4*n {
			return refuse(ErrOffsets, "tensor %.80q of %d elements lies from %d to %d in %d bytes", e.name, n, from, to, len(data))
		}
		entries[i] = e
	}
	slices.SortFunc(entries, func(a, b entry) int { return int(a.Offsets[0] - b.Offsets[0]) })
	end := int64(0)
	for _, e := range entries {
		if e.Offsets[0] != end {
			return refuse(ErrOffsets, "tensor %.80q begins at %d, the one before it ends at %d", e.name, e.Offsets[0], end)
		}
		end = e.Offsets[1]
		t := weights.Tensor{Name: e.name, F32: make([]float32, (e.Offsets[1]-e.Offsets[0])/4)}
		for _, d := range e.Shape {
			t.Dims = append(t.Dims, int(d))
		}
		for i := range t.F32 {
			v := math.Float32frombits(binary.LittleEndian.Uint32(data[e.Offsets[0]+4*int64(i):]))
			if v-v != 0 { // NaN or infinite
				return refuse(ErrValue, "element %d of tensor %.80q is %v", i, e.name, v)
			}
			t.F32[i] = v
		}
		f.Tensors = append(f.Tensors, t)
	}
	if end != int64(len(data)) {
		return refuse(ErrOffsets, "%d bytes of %d belong to no tensor", int64(len(data))-end, len(data))
	}
	slices.SortFunc(f.Tensors, func(a, b weights.Tensor) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// Encode writes a safetensors file: tensors in the order of their names, which Decode gives back. It refuses what Decode would.
func Encode(f *File) ([]byte, error) {
	header := map[string]any{}
	if len(f.Metadata) > 0 {
		header["__metadata__"] = f.Metadata
	}
	var data []byte
	for _, t := range f.Tensors {
		from := len(data)
		for _, v := range t.F32 {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
		}
		header[t.Name] = map[string]any{"dtype": "F32", "shape": t.Dims, "data_offsets": []int{from, len(data)}}
	}
	text, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	for len(text)%prefixBytes != 0 {
		text = append(text, ' ') // so that the data are aligned
	}
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	b = append(append(b, text...), data...)
	if _, err := Decode(b); err != nil {
		return nil, err
	}
	return b, nil
}
