//go:build go1.27

package kernel

import "unsafe"

// requantTile requantises pixels of eights*8 channels. lanes is what the function of that name made of the channels.
//
//go:noescape
func requantTile(dst, acc, lanes unsafe.Pointer, pixels, eights, lo, hi int)

// poolTile writes the largest of 2x2 pixels of vectors*4 sums, for a row of pixels of the result. right and down are the
// bytes to the next pixel and to the next row.
//
//go:noescape
func poolTile(dst, a unsafe.Pointer, pixels, vectors, right, down int)

// pairPoolTile is poolTile of a+b.
//
//go:noescape
func pairPoolTile(dst, a, b unsafe.Pointer, pixels, vectors, right, down int)

// addTile writes the sums of vectors*4 elements.
//
//go:noescape
func addTile(dst, a, b unsafe.Pointer, vectors int)

// addClampTile writes the clamped sums of vectors*8 elements.
//
//go:noescape
func addClampTile(dst, a, b unsafe.Pointer, vectors, lo, hi int)

// Channels are requantised eight at a time, and shifted by 32 first.
const (
	lanesAtOnce = 8
	firstShift  = 32
)

// lanes lays out what requantTile reads of four channels after four: Bias, Mult, the int64 half that rounds of channels 0
// and 1, of 2 and 3, and the scale that stands for what the first shift leaves, of channels 0, 2, 1 and 3.
func lanes(c *Channels) []int32 {
	n := len(c.Bias)
	if n == 0 || n%lanesAtOnce != 0 {
		return nil
	}
	l := make([]int32, 0, 5*n)
	for i := 0; i < n; i += 4 {
		l = append(append(l, c.Bias[i:i+4]...), c.Mult[i:i+4]...)
		for _, shift := range c.Shift[i : i+4] {
			if shift < firstShift {
				return nil
			}
			half := uint64(1) << (shift - 1)
			l = append(l, int32(half), int32(half>>32))
		}
		for _, j := range []int{0, 2, 1, 3} {
			l = append(l, 1<<(30-(c.Shift[i+j]-firstShift)))
		}
	}
	return l
}

func requantiseSIMD128(dst []int16, acc []int32, c *Channels) {
	n := len(c.Bias)
	if len(acc) == 0 {
		return
	}
	requantTile(unsafe.Pointer(&dst[0]), unsafe.Pointer(&acc[0]), unsafe.Pointer(&c.lanes[0]), len(acc)/n, n/lanesAtOnce, int(c.Lo), int(c.Hi))
}

func poolSIMD128(dst, a, b []int32, s Shape) bool {
	if s.Out%4 != 0 || len(dst) == 0 {
		return false
	}
	row, right, down := s.W/2*s.Out, s.Out*i32, s.W*s.Out*i32
	for y := range s.H / 2 {
		to, from := unsafe.Pointer(&dst[y*row]), 2*y*s.W*s.Out
		if b == nil {
			poolTile(to, unsafe.Pointer(&a[from]), s.W/2, s.Out/4, right, down)
		} else {
			pairPoolTile(to, unsafe.Pointer(&a[from]), unsafe.Pointer(&b[from]), s.W/2, s.Out/4, right, down)
		}
	}
	return true
}

func addSIMD128(dst, a, b []int32) int {
	n := len(dst) &^ 3
	if n > 0 {
		addTile(unsafe.Pointer(&dst[0]), unsafe.Pointer(&a[0]), unsafe.Pointer(&b[0]), n/4)
	}
	return n
}

func addClampSIMD128(dst, a, b []int16, lo, hi int16) int {
	n := len(dst) &^ 7
	if n > 0 {
		addClampTile(unsafe.Pointer(&dst[0]), unsafe.Pointer(&a[0]), unsafe.Pointer(&b[0]), n/8, int(lo), int(hi))
	}
	return n
}
