package prep

import "slices"

// histogram counts the pixels of each grey level.
type histogram [256]int64

func histogramOf(pix []uint8) histogram {
	var h histogram
	h.add(pix)
	return h
}

func (h *histogram) add(pix []uint8) {
	for _, v := range pix {
		h[v]++
	}
}

// flip makes it the histogram of the negative.
func (h *histogram) flip() { slices.Reverse(h[:]) }

// count is the number of pixels in the levels from lo to hi, both included.
func (h *histogram) count(lo, hi int) int64 {
	var n int64
	for v := lo; v <= hi; v++ {
		n += h[v]
	}
	return n
}

// quantile is the lowest level in lo..hi with at least percent of the pixels of lo..hi at or below it.
func (h *histogram) quantile(lo, hi, percent int) int {
	want := h.count(lo, hi) * int64(percent)
	var n int64
	v := lo
	for ; v < hi; v++ {
		if n += h[v]; n*100 >= want {
			break
		}
	}
	return v
}

// split parts grey levels in two: those up to lo are dark and those above hi are light. Levels in
// between are empty, save in a histogram so symmetric that two splits are equally good.
type split struct{ lo, hi int }

// otsu returns the split with the greatest variance between the two sides (Otsu, "A threshold
// selection method from gray-level histograms", 1979). The products are exact integers, so the
// split of a negative is the negative of the split. There is none if all pixels have one level.
func (h *histogram) otsu() (s split, ok bool) {
	var n, sum int64
	for v, c := range h {
		n += c
		sum += c * int64(v)
	}
	var best float64
	var n0, sum0 int64
	for t := range 255 {
		n0 += h[t]
		sum0 += h[t] * int64(t)
		if n0 == 0 || n0 == n {
			continue
		}
		d := float64(n*sum0 - n0*sum) // at most 2^26 * 2^26 * 2^8
		variance := d * d / float64(n0*(n-n0))
		if variance > best {
			best, s.lo = variance, t
		}
		if variance == best {
			s.hi = t
		}
	}
	return s, best > 0
}
