package weights

import (
	"bytes"
	"math"
	"strconv"
	"unsafe"
)

// Decode reads a model. It keeps no reference to b, never panics, and allocates tensor data only
// after every size in the file has been checked against the file's length. Errors wrap ErrMagic,
// ErrVersion, ErrTruncated, ErrTrailing, ErrLimit, ErrChecksum, ErrArch, ErrName, ErrOrder, ErrType,
// ErrDims or ErrValue. What it accepts, Encode writes again byte for byte.
func Decode(b []byte) (*Model, error) {
	header, data, err := open(b)
	if err != nil {
		return nil, err
	}
	m, err := readHeader(header, len(data))
	if err != nil {
		return nil, err
	}
	for i := range m.Tensors {
		if data, err = m.Tensors[i].read(data); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// open checks what surrounds the header and the data: magic, version, lengths, checksum.
func open(b []byte) (header, data []byte, err error) {
	if len(b) > MaxFileBytes {
		return nil, nil, fail(ErrLimit, "file bytes: "+bound(len(b), MaxFileBytes))
	}
	if n := min(len(b), len(magic)); string(b[:n]) != magic[:n] {
		return nil, nil, fail(ErrMagic, "it starts with "+strconv.QuoteToASCII(string(b[:n])))
	}
	if least := prefixBytes + checksumBytes; len(b) < least {
		return nil, nil, fail(ErrTruncated, strconv.Itoa(len(b))+" bytes, at least "+strconv.Itoa(least))
	}
	r := reader{rest: b[len(magic):]}
	if v := r.u32(); v != version {
		return nil, nil, fail(ErrVersion, strconv.FormatUint(uint64(v), 10)+", this program reads "+strconv.Itoa(version))
	}
	total, head := uint64(r.u32()), uint64(r.u32())
	if total != uint64(len(b)) {
		kind := ErrTruncated
		if total < uint64(len(b)) {
			kind = ErrTrailing
		}
		return nil, nil, fail(kind, "the file says "+strconv.FormatUint(total, 10)+" bytes, there are "+strconv.Itoa(len(b)))
	}
	body := b[:len(b)-checksumBytes]
	if sum := checksum(body); !bytes.Equal(sum[:], b[len(body):]) {
		return nil, nil, fail(ErrChecksum, "the file was damaged or changed")
	}
	if head > MaxHeaderBytes {
		return nil, nil, fail(ErrLimit, "header bytes: "+bound(int(min(head, math.MaxInt32)), MaxHeaderBytes))
	}
	if left := len(body) - prefixBytes; head > uint64(left) {
		return nil, nil, fail(ErrTruncated, "header of "+strconv.Itoa(int(head))+" bytes, "+strconv.Itoa(left)+" are left")
	}
	cut := prefixBytes + int(head)
	return body[prefixBytes:cut], body[cut:], nil
}

// readHeader reads the list of tensors and requires that their data fills dataBytes exactly. It
// allocates nothing for the data.
func readHeader(header []byte, dataBytes int) (*Model, error) {
	r := reader{rest: header}
	m := &Model{Arch: string(r.bytes(int(r.u16())))}
	count := int(r.u16())
	if r.short {
		return nil, fail(ErrTruncated, "the header ends before the list of tensors")
	}
	if err := checkArch(m.Arch); err != nil {
		return nil, err
	}
	if count < 1 || count > MaxTensors {
		return nil, fail(ErrLimit, strconv.Itoa(count)+" tensors, want 1 to "+strconv.Itoa(MaxTensors))
	}
	before, left := "", dataBytes
	for i := range count {
		t, bytes, err := r.tensor(i)
		if err != nil {
			return nil, err
		}
		if err := checkOrder(before, t.Name); err != nil {
			return nil, err
		}
		if bytes > left {
			return nil, failTensor(ErrTruncated, t.Name, strconv.Itoa(bytes)+" bytes of data, "+strconv.Itoa(left)+" are left")
		}
		before, left = t.Name, left-bytes
		m.Tensors = append(m.Tensors, t)
	}
	if len(r.rest) > 0 {
		return nil, fail(ErrTrailing, strconv.Itoa(len(r.rest))+" bytes of header after the last tensor")
	}
	if left > 0 {
		return nil, fail(ErrTrailing, strconv.Itoa(left)+" bytes of data after the last tensor")
	}
	return m, nil
}

// tensor reads the i-th entry of the list and the number of bytes that its data takes. The entry
// carries its element type as an empty slice, which read then replaces.
func (r *reader) tensor(i int) (t Tensor, bytes int, err error) {
	t.Name = string(r.bytes(int(r.u8())))
	dtype, dims := r.u8(), int(r.u8())
	if r.short {
		return t, 0, fail(ErrTruncated, "the header ends inside tensor "+strconv.Itoa(i))
	}
	if err := checkName(t.Name); err != nil {
		return t, 0, err
	}
	if err := checkRank(t.Name, dims); err != nil {
		return t, 0, err
	}
	t.Dims = make([]int, dims)
	for d := range t.Dims {
		t.Dims[d] = int(min(r.u32(), MaxElements+1)) // one too many is refused; more need not fit in an int
	}
	if r.short {
		return t, 0, failTensor(ErrTruncated, t.Name, "the header ends inside its dimensions")
	}
	n, err := elements(t.Name, t.Dims)
	if err != nil {
		return t, 0, err
	}
	switch dtype {
	case dtypeI8:
		t.I8 = []int8{}
		return t, n, nil
	case dtypeF32:
		t.F32 = []float32{}
		return t, 4 * n, nil
	}
	return t, 0, failTensor(ErrType, t.Name, strconv.Itoa(int(dtype))+", want 1 (int8) or 2 (float32)")
}

// read fills the tensor from the front of data, whose length readHeader has checked, and returns the
// rest.
func (t *Tensor) read(data []byte) ([]byte, error) {
	n := 1
	for _, d := range t.Dims {
		n *= d
	}
	if t.I8 != nil {
		t.I8 = make([]int8, n)
		copy(bytesOf(t.I8), data)
		return data[n:], nil
	}
	t.F32 = make([]float32, n)
	r := reader{rest: data}
	for i := range t.F32 {
		bits := r.u32()
		if err := checkFinite(t.Name, i, bits); err != nil {
			return nil, err
		}
		t.F32[i] = math.Float32frombits(bits)
	}
	return r.rest, nil
}

// bytesOf is the memory of v: a byte and an int8 are the same bits. A browser copies it at once, and takes milliseconds to turn a
// network's weights into int8 one by one before it has compiled that well.
func bytesOf(v []int8) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), len(v))
}

// reader takes little-endian values from the front of rest. Past the end it gives zeros and sets
// short, so that a caller asks once after several reads. (encoding/binary would bring reflect.)
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.rest, r.short = nil, true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) u8() uint8 {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) u16() uint16 {
	if b := r.bytes(2); b != nil {
		return uint16(b[0]) | uint16(b[1])<<8
	}
	return 0
}

func (r *reader) u32() uint32 {
	if b := r.bytes(4); b != nil {
		return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
	}
	return 0
}
