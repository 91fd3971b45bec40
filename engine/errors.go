package engine

import (
	"errors"
	"strconv"
)

// What can be wrong with a description, a model or a request. Every error of this package wraps
// exactly one of these and names the thing, the value that was met and the bound it broke.
var (
	// ErrArch: ParseArch cannot read the description of a network.
	ErrArch = errors.New("network description")

	// A model that does not fit its description, or that the integer network cannot hold.
	ErrMissing  = errors.New("missing")
	ErrUnknown  = errors.New("not a part of this network")
	ErrType     = errors.New("wrong element type")
	ErrDims     = errors.New("wrong dimensions")
	ErrWeight   = errors.New("weight out of range")
	ErrScale    = errors.New("scale out of range")
	ErrOverflow = errors.New("sums could overflow")

	// ErrHead: no such head, or the model has no weights for it.
	ErrHead = errors.New("head")

	// A request that the classifier cannot answer. Nothing is changed by it.
	ErrNoExamples = errors.New("no examples to compare with")
	ErrNoShot     = errors.New("no such shot")
	ErrNoClass    = errors.New("no such class")
	ErrClassName  = errors.New("bad class name")
	ErrEmbedding  = errors.New("not an embedding of this network")
	ErrLimit      = errors.New("limit exceeded")
)

// fault is an error with a detail. Its text reads "engine: [thing: ]kind[: detail]".
type fault struct {
	kind          error
	thing, detail string // either may be empty
}

func (f *fault) Error() string {
	s := "engine: "
	if f.thing != "" {
		s += f.thing + ": "
	}
	s += f.kind.Error()
	if f.detail != "" {
		s += ": " + f.detail
	}
	return s
}

func (f *fault) Unwrap() error { return f.kind }

func fail(kind error, detail string) error { return &fault{kind: kind, detail: detail} }

func failTensor(kind error, name, detail string) error {
	return &fault{kind: kind, thing: "tensor " + strconv.Quote(name), detail: detail}
}
