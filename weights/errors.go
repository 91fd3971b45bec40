package weights

import (
	"errors"
	"strconv"
)

// What can be wrong with a model or its file. Every error of this package wraps exactly one of
// these and names the tensor where there is one, the value that was met and the bound it broke.
var (
	ErrMagic     = errors.New("not a model file")
	ErrVersion   = errors.New("unsupported version")
	ErrTruncated = errors.New("truncated")
	ErrTrailing  = errors.New("trailing bytes")
	ErrLimit     = errors.New("limit exceeded")
	ErrChecksum  = errors.New("checksum mismatch")
	ErrArch      = errors.New("bad network description")
	ErrName      = errors.New("bad tensor name")
	ErrOrder     = errors.New("tensors out of order")
	ErrType      = errors.New("bad element type")
	ErrDims      = errors.New("bad dimensions")
	ErrValue     = errors.New("value not finite")
)

// fault is an error with a detail. Its text reads "weights: [tensor "name": ]kind: detail".
type fault struct {
	kind   error
	tensor string // "" where the fault is not in a tensor
	detail string
}

func (f *fault) Error() string {
	s := "weights: "
	if f.tensor != "" {
		s += "tensor " + strconv.Quote(f.tensor) + ": "
	}
	return s + f.kind.Error() + ": " + f.detail
}

func (f *fault) Unwrap() error { return f.kind }

func fail(kind error, detail string) error { return &fault{kind: kind, detail: detail} }

func failTensor(kind error, tensor, detail string) error {
	return &fault{kind: kind, tensor: tensor, detail: detail}
}

// bound words a value against its limit: "got 300, at most 256".
func bound(got, most int) string {
	return "got " + strconv.Itoa(got) + ", at most " + strconv.Itoa(most)
}
