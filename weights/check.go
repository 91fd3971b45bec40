package weights

import (
	"math"
	"strconv"
)

// The parts of a model are checked by the same functions when it is written and when it is read, so
// that whatever Encode accepts Decode accepts too.

// checkArch allows printable ASCII.
func checkArch(s string) error {
	if len(s) == 0 || len(s) > MaxArchBytes {
		return fail(ErrArch, strconv.Itoa(len(s))+" bytes, want 1 to "+strconv.Itoa(MaxArchBytes))
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' {
			return fail(ErrArch, "byte "+strconv.Itoa(int(c))+" at "+strconv.Itoa(i)+", want printable ASCII")
		}
	}
	return nil
}

// checkName allows lower-case letters, digits and dots.
func checkName(s string) error {
	if len(s) == 0 || len(s) > MaxNameBytes {
		return fail(ErrName, strconv.Itoa(len(s))+" bytes, want 1 to "+strconv.Itoa(MaxNameBytes))
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' {
			return fail(ErrName, strconv.Quote(s)+", want a to z, 0 to 9 and dots")
		}
	}
	return nil
}

// checkOrder requires strictly ascending names, which also excludes duplicates.
func checkOrder(before, name string) error {
	if name <= before {
		return failTensor(ErrOrder, name, "comes after "+strconv.Quote(before))
	}
	return nil
}

// checkRank bounds the number of dimensions.
func checkRank(name string, dims int) error {
	if dims < 1 || dims > MaxDims {
		return failTensor(ErrDims, name, strconv.Itoa(dims)+" of them, want 1 to "+strconv.Itoa(MaxDims))
	}
	return nil
}

// elements multiplies dims, each at least 1, without ever overflowing.
func elements(name string, dims []int) (int, error) {
	n := 1
	for i, d := range dims {
		if d < 1 {
			return 0, failTensor(ErrDims, name, "dimension "+strconv.Itoa(i)+" is "+strconv.Itoa(d)+", at least 1")
		}
		if d > MaxElements/n {
			return 0, failTensor(ErrLimit, name, "more than "+strconv.Itoa(MaxElements)+" elements")
		}
		n *= d
	}
	return n, nil
}

// checkFinite refuses NaN and the infinities, told by their exponent bits.
func checkFinite(name string, at int, bits uint32) error {
	if bits>>23&0xff != 0xff {
		return nil
	}
	v := strconv.FormatFloat(float64(math.Float32frombits(bits)), 'g', -1, 32)
	return failTensor(ErrValue, name, "element "+strconv.Itoa(at)+" is "+v)
}
