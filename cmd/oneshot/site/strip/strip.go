// Package strip takes out of a Go program for the browser what it carries for stack traces alone: names of functions, files,
// lines, and which call was inlined where. As it is sent, that is a quarter of the engine of the npm package and a fifth of the page. The linker's -s and -w leave it in, for the
// runtime can be asked for it at any time; what the runtime needs to collect garbage, grow stacks, panic and recover stays.
//
// A stripped program does what it did, and a panic still says why, but its trace has question marks for names. What the runtime
// asks of its tables was read in the source of one Go release (Release); a program that is not as that release writes them is refused.
package strip

import "errors"

// Release is the Go release whose programs Program takes. Before it is raised, the uses of funcname, pcdatavalue, funcdata and
// newInlineUnwinder in the new release's package runtime are to be read again.
const Release = "go1.27.4"

// ErrUnlike says that a program is not as this package expects it.
var ErrUnlike = errors.New("strip: the program is not as expected")

// Program returns the WebAssembly program b, compiled by Release, without what only stack traces need. Its memory
// begins as that of b does, but for zeros in place of what was taken out. The error wraps ErrUnlike.
func Program(b []byte) ([]byte, error) {
	m, err := parse(b)
	if err != nil {
		return nil, err
	}
	mem, err := m.memory()
	if err != nil {
		return nil, err
	}
	t, err := find(mem)
	if err != nil {
		return nil, err
	}
	if err := t.blank(); err != nil {
		return nil, err
	}
	return m.with(mem), nil
}
