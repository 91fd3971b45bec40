package strip

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// The tables of package runtime as the linker writes them: pcHeader, moduledata, functab and _func of runtime/symtab.go and
// runtime2.go, for programs of 64 bits, numbers little-endian.

// header is a pcHeader.
type header struct {
	Magic           [8]byte
	Functions       uint64
	Files, _        uint64
	Names, Units    uint64 // offsets from the header, as are the next
	FileNames, Text uint64
	Table           uint64
}

// headerMagic is the magic of Go 1.20 and later, for instructions of 1 byte and pointers of 8.
const headerMagic = "\xf1\xff\xff\xff\x00\x00\x01\x08"

// slice is a slice of Go's.
type slice struct{ At, Len, Cap uint64 }

// moduledata is the begin of a moduledata.
type moduledata struct {
	Header    uint64
	Names     slice // funcnametab: strings that end with a zero
	Units     slice // cutab
	FileNames slice // filetab
	Text      slice // pctab: what holds from which instruction on
	Table     slice // pclntable: functabs, then functions
	Functabs  slice
	Buckets   uint64 // findfunctab
	_         [23]uint64
	Funcdata  uint64 // gofunc
}

// functab says where in Table a function is.
type functab struct{ Number, At uint32 }

// funcHead is a _func without its pcdata and funcdata.
type funcHead struct {
	Number      uint32
	Name        int32 // offset in Names, 0 for none
	Args        int32
	DeferReturn uint32
	SP          uint32 // offset in Text, 0 for none, as are the next
	File, Line  uint32
	Pcdata      uint32 // how many
	Unit        uint32
	StartLine   int32
	ID          uint8
	Flag        uint8
	_           uint8
	Funcdata    uint8 // how many
}

// Kinds of pcdata, funcdata and functions (internal/abi/symtab.go).
const (
	pcdataStackMap    = 1
	pcdataInlined     = 2
	pcdataPanicBounds = 4
	pcdataKinds       = 5

	funcdataInlined = 3 // an inlinedCall for each index that pcdataInlined has
	funcdataDefers  = 4 // those after it are for traces
	funcdataKinds   = 8
	noFuncdata      = 1<<32 - 1

	wrapper = 23
)

// function is what the runtime knows about one function.
type function struct {
	at       uint64 // of its _func
	head     funcHead
	pcdata   []uint32 // offsets in Text, 0 for none
	funcdata []uint32 // offsets from moduledata.Funcdata, noFuncdata for none
}

// tables are what the runtime knows about the functions of a program, and where.
type tables struct {
	mem       memory
	module    moduledata
	functions []function
}

// read fills v, of fixed size, with what is at an address.
func (mem memory) read(at uint64, v any) error {
	if at > uint64(len(mem)) {
		return fmt.Errorf("%w: it points to %#x, behind the end of its memory of %#x", ErrUnlike, at, len(mem))
	}
	if _, err := binary.Decode(mem[at:], binary.LittleEndian, v); err != nil {
		return fmt.Errorf("%w: a %T at %#x goes beyond its memory of %#x", ErrUnlike, v, at, len(mem))
	}
	return nil
}

// write puts v, of fixed size, where read found it.
func (mem memory) write(at uint64, v any) {
	if _, err := binary.Encode(mem[at:], binary.LittleEndian, v); err != nil {
		panic(err) // it was read from there
	}
}

// bytes is what a slice of bytes holds. It may be written to.
func (mem memory) bytes(s slice) ([]byte, error) {
	if s.At > uint64(len(mem)) || s.Len > uint64(len(mem))-s.At {
		return nil, fmt.Errorf("%w: %d bytes at %#x go beyond its memory of %#x", ErrUnlike, s.Len, s.At, len(mem))
	}
	return mem[s.At:][:s.Len], nil
}

// find reads the tables of the program that mem belongs to.
func find(mem memory) (*tables, error) {
	var found []*tables
	for at := 0; ; at++ {
		next := bytes.Index(mem[at:], []byte(headerMagic))
		if next < 0 {
			break
		}
		at += next
		if md, ok := mem.moduleOf(uint64(at)); ok {
			found = append(found, &tables{mem: mem, module: md})
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%w: it has %d tables of functions, want 1", ErrUnlike, len(found))
	}
	return found[0], found[0].readFunctions()
}

// moduleOf returns the moduledata that points to the header at an address and to what belongs to that.
func (mem memory) moduleOf(at uint64) (moduledata, bool) {
	var h header
	if mem.read(at, &h) != nil {
		return moduledata{}, false
	}
	begin := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, at), at+h.Names)
	i := bytes.Index(mem, begin)
	if i < 0 {
		return moduledata{}, false
	}
	var md moduledata
	ok := mem.read(uint64(i), &md) == nil &&
		md.Units.At == at+h.Units && md.FileNames.At == at+h.FileNames && md.Text.At == at+h.Text &&
		md.Table.At == at+h.Table && md.Functabs.At == at+h.Table && md.Functabs.Len == h.Functions+1
	return md, ok
}

// firstNumber is the number of the first function: in WebAssembly those stand in place of addresses.
const firstNumber = 0x1000

// readFunctions reads all functions.
func (t *tables) readFunctions() error {
	for n := range t.module.Functabs.Len - 1 {
		var tab functab
		if err := t.mem.read(t.module.Functabs.At+8*n, &tab); err != nil {
			return err
		}
		f := function{at: t.module.Table.At + uint64(tab.At)}
		if err := t.mem.read(f.at, &f.head); err != nil {
			return err
		}
		if want := uint32(n) + firstNumber; tab.Number != want || f.head.Number != want || f.head.Pcdata > pcdataKinds || f.head.Funcdata > funcdataKinds {
			return fmt.Errorf("%w: a function has the numbers %d and %d (want %d), %d pcdata (at most %d), %d funcdata (at most %d)", ErrUnlike,
				tab.Number, f.head.Number, want, f.head.Pcdata, pcdataKinds, f.head.Funcdata, funcdataKinds)
		}
		f.pcdata, f.funcdata = make([]uint32, f.head.Pcdata), make([]uint32, f.head.Funcdata)
		if err := t.mem.read(f.pcdataAt(), f.pcdata); err != nil {
			return err
		}
		if err := t.mem.read(f.funcdataAt(), f.funcdata); err != nil {
			return err
		}
		t.functions = append(t.functions, f)
	}
	return nil
}

func (f *function) pcdataAt() uint64   { return f.at + uint64(binary.Size(f.head)) }
func (f *function) funcdataAt() uint64 { return f.pcdataAt() + 4*uint64(f.head.Pcdata) }

// name returns the name of a function.
func (t *tables) name(f function) (string, error) {
	names, err := t.mem.bytes(t.module.Names)
	if err != nil {
		return "", err
	}
	if f.head.Name < 0 || int(f.head.Name) >= len(names) {
		return "", fmt.Errorf("%w: the name of function %d is at %d of %d", ErrUnlike, f.head.Number, f.head.Name, len(names))
	}
	name, _, _ := bytes.Cut(names[f.head.Name:], []byte{0})
	return string(name), nil
}
