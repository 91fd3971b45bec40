package exchange

import (
	"errors"
	"fmt"
)

// What can be wrong with a network. Every error of Read wraps exactly one of these, or one of package safetensors for a file
// that is none, or one of package weights or engine for a network that is described well and cannot be.
var (
	ErrArchitecture = errors.New("bad architecture")
	ErrTensor       = errors.New("missing or unknown tensor")
	ErrShape        = errors.New("wrong shape")
	ErrDrawings     = errors.New("no drawings")
	ErrRanges       = errors.New("the file has ranges of its own") // Import only
)

func refuse(kind error, format string, args ...any) error {
	return fmt.Errorf("exchange: %w: %s", kind, fmt.Sprintf(format, args...))
}
