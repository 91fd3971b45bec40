package strip

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
)

// What fills memory when a WebAssembly module starts (WebAssembly Core Specification 2.0, 5.5.14).
const (
	dataSection   = 11
	activeSegment = 0 // of memory 0
	opI32Const    = 0x41
	opEnd         = 0x0b
)

// magic is how a module of version 1 begins.
const magic = "\x00asm\x01\x00\x00\x00"

// mostMemory is more than any program of Go fills before it starts, in bytes.
const mostMemory = 1 << 28

// splitAt is how many zeros end a segment of memory. The linker splits at fewer, which costs more once all is compressed: each
// of its 30,000 segments says where it goes.
const splitAt = 32

// section is a section of a module: what is in it, without its number and length.
type section struct {
	id   byte
	body []byte
}

// module is a WebAssembly module in sections.
type module []section

// parse cuts a module into sections.
func parse(b []byte) (module, error) {
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("%w: it is no WebAssembly module of version 1", ErrUnlike)
	}
	var m module
	for r := (reader{b: rest}); len(r.b) > 0; {
		s := section{id: r.byte()}
		s.body = r.bytes(r.number())
		if r.short {
			return nil, fmt.Errorf("%w: section %d is cut off", ErrUnlike, s.id)
		}
		m = append(m, s)
	}
	return m, nil
}

// memory is what a program's memory holds, from address 0.
type memory []byte

// memory returns what the program's memory holds when it starts.
func (m module) memory() (memory, error) {
	i := slices.IndexFunc(m, func(s section) bool { return s.id == dataSection })
	if i < 0 {
		return nil, fmt.Errorf("%w: nothing fills its memory", ErrUnlike)
	}
	var mem memory
	r := reader{b: m[i].body}
	for range r.number() {
		kind, op, at, last := r.number(), r.byte(), r.signed(), r.byte()
		data := r.bytes(r.number())
		if r.short || kind != activeSegment || op != opI32Const || last != opEnd {
			return nil, fmt.Errorf("%w: a segment of memory is of another kind", ErrUnlike)
		}
		end := at + int64(len(data))
		if at < 0 || end > mostMemory {
			return nil, fmt.Errorf("%w: a segment of memory ends at %#x, at most %#x", ErrUnlike, end, mostMemory)
		}
		if more := end - int64(len(mem)); more > 0 {
			mem = append(mem, make([]byte, more)...)
		}
		copy(mem[at:], data)
	}
	if len(r.b) > 0 {
		return nil, fmt.Errorf("%w: %d bytes after the last segment of memory", ErrUnlike, len(r.b))
	}
	return mem, nil
}

// with returns the bytes of the module with another memory.
func (m module) with(mem memory) []byte {
	b := []byte(magic)
	for _, s := range m {
		if s.id == dataSection {
			s.body = mem.segments()
		}
		b = append(binary.AppendUvarint(append(b, s.id), uint64(len(s.body))), s.body...)
	}
	return b
}

// segments is a data section that fills memory with what is no long row of zeros.
func (mem memory) segments() []byte {
	var list []byte
	n := uint64(0)
	for at := 0; at < len(mem); {
		if mem[at] == 0 {
			at++
			continue
		}
		end := at + 1 // after the last byte that is not zero
		for i := end; i < len(mem) && i < end+splitAt; i++ {
			if mem[i] != 0 {
				end = i + 1
			}
		}
		list = append(appendSigned(append(list, activeSegment, opI32Const), int64(at)), opEnd)
		list = append(binary.AppendUvarint(list, uint64(end-at)), mem[at:end]...)
		n++
		at = end
	}
	return append(binary.AppendUvarint(nil, n), list...)
}

// appendSigned appends a number as WebAssembly writes signed ones (LEB128).
func appendSigned(b []byte, n int64) []byte {
	for ; n < -64 || n > 63; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n)&0x7f)
}

// reader takes one thing after another from the front of b. After the end it takes zeros, and short is set.
type reader struct {
	b     []byte
	short bool
}

func (r *reader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.b, r.short = nil, true
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

// number is an unsigned LEB128.
func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.b, r.short = nil, true
		return 0
	}
	r.b = r.b[size:]
	return n
}

// signed is a signed LEB128 of up to 32 bits.
func (r *reader) signed() int64 {
	n := int64(0)
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= int64(b&0x7f) << shift
		if b&0x80 == 0 {
			if b&0x40 != 0 {
				n -= 1 << (shift + 7)
			}
			return n
		}
	}
	r.b, r.short = nil, true
	return 0
}
