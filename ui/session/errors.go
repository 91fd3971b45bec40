package session

import (
	"errors"
	"strconv"
)

// What can be wrong with a file. Every error of this package is a *Fault of one of these kinds.
var (
	ErrArchive = errors.New("not a zip file, or a damaged one")
	ErrLimit   = errors.New("limit exceeded")
	ErrPath    = errors.New("bad path")
	ErrEmpty   = errors.New("nothing to open")
	ErrList    = errors.New("bad list")
	ErrVersion = errors.New("unsupported version")
	ErrName    = errors.New("bad class name")
	ErrMissing = errors.New("missing picture")
	ErrPicture = errors.New("bad picture")
	ErrStroke  = errors.New("bad stroke")
	ErrLink    = errors.New("not a link, or a damaged one")
)

// Fault is an error with its place. Its text reads "session: [part: ]kind: detail".
type Fault struct {
	Kind   error  // one of this package's, found by errors.Is
	Part   string // the file in the zip, or the class and example; empty for the whole
	Detail string // the value that was met, and the bound
}

func (f *Fault) Error() string {
	s := "session: "
	if f.Part != "" {
		s += f.Part + ": "
	}
	return s + f.Kind.Error() + ": " + f.Detail
}

// Unwrap returns the kind.
func (f *Fault) Unwrap() error { return f.Kind }

func fail(kind error, part, detail string) error { return &Fault{kind, part, detail} }

// bound words a value against its limit: "300 classes, at most 100".
func bound(got uint64, what string, most int) string {
	return strconv.FormatUint(got, 10) + " " + what + ", at most " + strconv.Itoa(most)
}

// CheckSize tells whether a file of so many bytes may be read at all, so that one that is too large
// need not be loaded first. The error wraps ErrLimit.
func CheckSize(n int64) error {
	if n > MaxFileBytes {
		return fail(ErrLimit, "", bound(uint64(n), "bytes", MaxFileBytes))
	}
	return nil
}
