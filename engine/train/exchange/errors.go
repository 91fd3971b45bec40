package exchange

import (
	"errors"
	"fmt"
)

// What can be wrong with a file. Every error of Read wraps exactly one of these, or one of package weights or engine
// for a network that is described well and cannot be.
var (
	ErrFormat       = errors.New("not a safetensors file")
	ErrLimit        = errors.New("limit exceeded")
	ErrType         = errors.New("wrong element type")
	ErrShape        = errors.New("wrong shape")
	ErrOffsets      = errors.New("data out of place")
	ErrValue        = errors.New("value not finite")
	ErrArchitecture = errors.New("bad architecture")
	ErrTensor       = errors.New("missing or unknown tensor")
	ErrRanges       = errors.New("the file has ranges of its own") // Import only
)

func refuse(kind error, format string, args ...any) error {
	return fmt.Errorf("exchange: %w: %s", kind, fmt.Sprintf(format, args...))
}
