package strip

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// What functions are called that have lost their names. The runtime knows its own by the begin of the name
// (isSystemGoroutine), and cuts that of a method at these signs (panicwrap).
const (
	runtimePrefix = "runtime."
	ofRuntime     = runtimePrefix + "?"
	ofOthers      = "?.(*?).?"
)

// named reports whether a function must keep its name: the collector knows frames of these two by it (argMapInternal).
func named(name string) bool {
	return name == "reflect.makeFuncStub" || name == "reflect.methodValueCall"
}

// blank overwrites what only stack traces need.
//
// What was inlined stays where recover looks at it. It does its work only in a function that a panic called, so it counts those between the
// panic and itself: all but wrappers that the compiler made, and what was inlined in those. A function that calls recover is never inlined, and one
// more between them is one too many whatever was inlined in it, so only wrappers keep it.
func (t *tables) blank() error {
	if err := t.rename(); err != nil {
		return err
	}
	trees, err := t.trees()
	if err != nil {
		return err
	}
	for i := range t.functions {
		f := &t.functions[i]
		f.forget()
		t.mem.write(f.at, f.head)
		t.mem.write(f.pcdataAt(), f.pcdata)
		t.mem.write(f.funcdataAt(), f.funcdata)
	}
	if err := t.blankTrees(trees); err != nil {
		return err
	}
	if err := t.blankBuckets(); err != nil {
		return err
	}
	return t.blankText()
}

// forget removes what f says of files and lines, and of what was inlined unless it is a wrapper.
func (f *function) forget() {
	f.head.File, f.head.Line, f.head.Unit, f.head.StartLine = 0, 0, 0, 0
	for kind := range f.pcdata {
		if kind != pcdataStackMap && kind != pcdataPanicBounds && (kind != pcdataInlined || f.head.ID != wrapper) {
			f.pcdata[kind] = 0
		}
	}
	for kind := range f.funcdata {
		if kind > funcdataDefers || kind == funcdataInlined && f.head.ID != wrapper {
			f.funcdata[kind] = noFuncdata
		}
	}
}

// rename takes the names of functions and files away, and gives functions new ones.
func (t *tables) rename() error {
	list := []byte{0}
	add := func(name string) int32 {
		list = append(append(list, name...), 0)
		return int32(len(list) - 1 - len(name))
	}
	runtimes, others := add(ofRuntime), add(ofOthers)
	for i := range t.functions {
		name, err := t.name(t.functions[i])
		if err != nil {
			return err
		}
		switch at := &t.functions[i].head.Name; {
		case named(name):
			*at = add(name)
		case strings.HasPrefix(name, runtimePrefix):
			*at = runtimes
		default:
			*at = others
		}
	}
	units := t.module.Units
	units.Len *= 4
	for _, s := range []slice{units, t.module.FileNames, t.module.Names} {
		b, err := t.mem.bytes(s)
		if err != nil {
			return err
		}
		clear(b)
		if s == t.module.Names && copy(b, list) < len(list) {
			return fmt.Errorf("%w: names of %d bytes leave no room for %d", ErrUnlike, len(b), len(list))
		}
	}
	return nil
}

// inlinedCall is one of runtime/symtabinl.go.
type inlinedCall struct {
	ID        uint8
	_         [3]uint8
	Name      int32
	ParentPC  int32
	StartLine int32
}

// trees returns where in funcdata what was inlined is described, and how many calls are known to be in each description.
func (t *tables) trees() (map[uint32]int, error) {
	text, err := t.mem.bytes(t.module.Text)
	if err != nil {
		return nil, err
	}
	n := map[uint32]int{}
	for _, f := range t.functions {
		if len(f.pcdata) <= pcdataInlined || len(f.funcdata) <= funcdataInlined || f.funcdata[funcdataInlined] == noFuncdata {
			continue
		}
		_, highest, err := walk(text, f.pcdata[pcdataInlined])
		if err != nil {
			return nil, err
		}
		at := f.funcdata[funcdataInlined]
		n[at] = max(n[at], int(highest)+1)
	}
	return n, nil
}

// blankTrees overwrites the descriptions that are no longer used, and the names and lines in those that are.
func (t *tables) blankTrees(trees map[uint32]int) error {
	used := map[uint32]bool{}
	for _, f := range t.functions {
		for _, at := range f.funcdata {
			used[at] = true
		}
	}
	for tree, n := range trees {
		at := t.module.Funcdata + uint64(tree)
		if _, err := t.mem.bytes(slice{At: at, Len: uint64(n) * uint64(binary.Size(inlinedCall{}))}); err != nil {
			return err
		}
		calls := make([]inlinedCall, n)
		if err := t.mem.read(at, calls); err != nil {
			return err
		}
		for i, c := range calls {
			calls[i] = inlinedCall{}
			if used[tree] {
				calls[i].ID, calls[i].ParentPC = c.ID, c.ParentPC
			}
		}
		t.mem.write(at, calls)
	}
	return nil
}

// blankText overwrites what no function points to of the lists of what holds where.
func (t *tables) blankText() error {
	text, err := t.mem.bytes(t.module.Text)
	if err != nil {
		return err
	}
	used := make([]bool, len(text))
	for _, f := range t.functions {
		for _, from := range append([]uint32{f.head.SP}, f.pcdata...) {
			end, _, err := walk(text, from)
			if err != nil {
				return err
			}
			for i := int(from); i < end; i++ {
				used[i] = true
			}
		}
	}
	for i := range text {
		if !used[i] {
			text[i] = 0
		}
	}
	return nil
}

// walk reads the list that begins at an offset of text, as runtime.step does: pairs of how much more the value and the
// instruction are, until the value is no more. It returns where the list ends and its highest value, both zero or less for no list.
func walk(text []byte, from uint32) (end int, highest int32, err error) {
	if from == 0 {
		return 0, -1, nil
	}
	if uint64(from) >= uint64(len(text)) {
		return 0, 0, fmt.Errorf("%w: a list begins at %d of %d", ErrUnlike, from, len(text))
	}
	r := reader{b: text[from:]}
	value := int32(-1)
	highest = value
	for first := true; ; first = false {
		delta := uint32(r.number())
		if delta == 0 && !first && !r.short {
			return len(text) - len(r.b), highest, nil
		}
		r.number()
		if r.short {
			return 0, 0, fmt.Errorf("%w: the list at %d has no end", ErrUnlike, from)
		}
		value += int32(delta>>1) ^ -int32(delta&1)
		highest = max(highest, value)
	}
}

// blankBuckets overwrites what findfunc never reads. The table is made for machines on which a function is as long as its code: a
// bucket for each 4,096 addresses, which in WebAssembly are 16 for each function, of which only the begin of the first is asked for.
func (t *tables) blankBuckets() error {
	const bucket, perFunction, asked = 4 + 16, 1 << 16 / 4096, 4 + 1
	for n := range uint64(len(t.functions) - 1) { // the last function has fewer
		b, err := t.mem.bytes(slice{At: t.module.Buckets + n*perFunction*bucket, Len: perFunction * bucket})
		if err != nil {
			return err
		}
		clear(b[asked:])
	}
	return nil
}
