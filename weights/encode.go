package weights

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// The layout of a file. FORMAT.md has it in words.
const (
	magic   = "\x89oneshot"
	version = 1

	prefixBytes = len(magic) + 4 + 4 + 4 // magic, version, total length, header length

	dtypeI8  = 1
	dtypeF32 = 2
)

// New makes a model from tensors in any order. The slice is copied, the tensors' data is not.
// Errors are those of Encode.
func New(arch string, tensors []Tensor) (*Model, error) {
	m := &Model{Arch: arch, Tensors: slices.Clone(tensors)}
	slices.SortFunc(m.Tensors, func(a, b Tensor) int { return strings.Compare(a.Name, b.Name) })
	if _, err := m.size(); err != nil {
		return nil, err
	}
	return m, nil
}

// Encode writes a model. The same model always gives the same bytes, and Decode gives it back.
// It refuses whatever Decode would refuse, with the same errors.
func Encode(m *Model) ([]byte, error) {
	s, err := m.size()
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, s.total)
	b = append(b, magic...)
	b = put32(b, version)
	b = put32(b, uint32(s.total))
	b = put32(b, uint32(s.header))

	b = put16(b, uint16(len(m.Arch)))
	b = append(b, m.Arch...)
	b = put16(b, uint16(len(m.Tensors)))
	for i := range m.Tensors {
		t := &m.Tensors[i]
		b = append(b, byte(len(t.Name)))
		b = append(b, t.Name...)
		b = append(b, t.dtype(), byte(len(t.Dims)))
		for _, d := range t.Dims {
			b = put32(b, uint32(d))
		}
	}

	for i := range m.Tensors {
		for _, v := range m.Tensors[i].I8 {
			b = append(b, byte(v))
		}
		for _, v := range m.Tensors[i].F32 {
			b = put32(b, math.Float32bits(v))
		}
	}
	sum := checksum(b)
	return append(b, sum[:]...), nil
}

// Digest is the checksum at the end of the model's file in hexadecimal: the name under which a
// measurement is published.
func Digest(m *Model) (string, error) {
	b, err := Encode(m)
	if err != nil {
		return "", err
	}
	// encoding/hex would bring fmt and reflect into the browser.
	const digits = "0123456789abcdef"
	s := make([]byte, 0, 2*checksumBytes)
	for _, v := range b[len(b)-checksumBytes:] {
		s = append(s, digits[v>>4], digits[v&15])
	}
	return string(s), nil
}

type size struct{ header, total int }

// size checks the whole model and measures its file.
func (m *Model) size() (size, error) {
	if err := checkArch(m.Arch); err != nil {
		return size{}, err
	}
	if n := len(m.Tensors); n < 1 || n > MaxTensors {
		return size{}, fail(ErrLimit, strconv.Itoa(n)+" tensors, want 1 to "+strconv.Itoa(MaxTensors))
	}
	header, data, before := 2+len(m.Arch)+2, 0, ""
	for i := range m.Tensors {
		t := &m.Tensors[i]
		if err := t.check(before); err != nil {
			return size{}, err
		}
		before = t.Name
		header += 1 + len(t.Name) + 2 + 4*len(t.Dims)
		data += len(t.I8) + 4*len(t.F32)
	}
	// With as many tensors as there can be, of names as long as they can be, the header is far from MaxHeaderBytes.
	total := prefixBytes + header + data + checksumBytes
	if total > MaxFileBytes {
		return size{}, fail(ErrLimit, "file bytes: "+bound(total, MaxFileBytes))
	}
	return size{header: header, total: total}, nil
}

func (t *Tensor) check(before string) error {
	if err := checkName(t.Name); err != nil {
		return err
	}
	if err := checkOrder(before, t.Name); err != nil {
		return err
	}
	if err := checkRank(t.Name, len(t.Dims)); err != nil {
		return err
	}
	n, err := elements(t.Name, t.Dims)
	if err != nil {
		return err
	}
	if (t.I8 == nil) == (t.F32 == nil) {
		return failTensor(ErrType, t.Name, "want either int8 or float32 data")
	}
	if t.Elements() != n {
		return failTensor(ErrDims, t.Name, strconv.Itoa(t.Elements())+" elements, its dimensions say "+strconv.Itoa(n))
	}
	for i, v := range t.F32 {
		if err := checkFinite(t.Name, i, math.Float32bits(v)); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tensor) dtype() byte {
	if t.I8 != nil {
		return dtypeI8
	}
	return dtypeF32
}

func put16(b []byte, v uint16) []byte { return append(b, byte(v), byte(v>>8)) }

func put32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}
