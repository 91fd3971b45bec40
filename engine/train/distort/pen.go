package distort

import (
	"image"
	"math"
)

// penScale is how many times finer than the picture a stroke is drawn.
const penScale = 2

// stroke draws the middle of the lines again with a round pen. Width is a part of the picture's shorter side.
func stroke(src *image.Gray, width float64) ink {
	lines := skeleton(inkOf(src))
	dst := newInk(penScale*lines.w, penScale*lines.h)
	radius := width * float64(min(dst.w, dst.h)) / 2
	centre := func(x, y int) (float64, float64) { return penScale * (float64(x) + 0.5), penScale * (float64(y) + 0.5) }
	for y := range lines.h {
		for x := range lines.w {
			if !lines.has(x, y) {
				continue
			}
			ax, ay := centre(x, y)
			dst.line(ax, ay, ax, ay, radius)
			for _, d := range [4][2]int{{1, 0}, {0, 1}, {1, 1}, {-1, 1}} {
				if lines.has(x+d[0], y+d[1]) {
					bx, by := centre(x+d[0], y+d[1])
					dst.line(ax, ay, bx, by, radius)
				}
			}
		}
	}
	return dst
}

// line draws a segment with round ends; coverage falls to none over one pixel across its edge.
func (k ink) line(ax, ay, bx, by, radius float64) {
	dx, dy := bx-ax, by-ay
	length2 := dx*dx + dy*dy
	for y := max(0, int(min(ay, by)-radius-1)); y < min(k.h, int(max(ay, by)+radius+2)); y++ {
		for x := max(0, int(min(ax, bx)-radius-1)); x < min(k.w, int(max(ax, bx)+radius+2)); x++ {
			px, py := float64(x)+0.5-ax, float64(y)+0.5-ay
			along := 0.0
			if length2 > 0 {
				along = min(1, max(0, (px*dx+py*dy)/length2))
			}
			ex, ey := px-along*dx, py-along*dy
			covered := radius + 0.5 - math.Sqrt(ex*ex+ey*ey)
			if covered <= 0 {
				continue
			}
			// A line thinner than a pixel covers no pixel wholly.
			covered = min(covered, 1, 2*radius)
			i := y*k.w + x
			k.v[i] = max(k.v[i], float32(covered))
		}
	}
}

// bitmap is ink or not, (h, w) row-major.
type bitmap struct {
	w, h int
	v    []bool
}

func (b bitmap) has(x, y int) bool { return uint(x) < uint(b.w) && uint(y) < uint(b.h) && b.v[y*b.w+x] }

// skeleton thins lines to one pixel without breaking them. T. Y. Zhang and C. Y. Suen, "A fast parallel algorithm for
// thinning digital patterns", Communications of the ACM 27 (1984). Their way can erase a square of 2 x 2 pixels, such as
// a dot; what would leave no ink near is kept.
func skeleton(k ink) bitmap {
	b := bitmap{k.w, k.h, make([]bool, len(k.v))}
	for i, v := range k.v {
		b.v[i] = v >= 0.5
	}
	around := [8][2]int{{0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}} // clockwise from above
	for pass, changed := 0, 0; pass == 0 || changed > 0; pass++ {
		changed = 0
		for half := range 2 {
			var gone []int
			for i, set := range b.v {
				if !set {
					continue
				}
				var p [8]bool
				neighbours, turns := 0, 0
				for n, d := range around {
					p[n] = b.has(i%b.w+d[0], i/b.w+d[1])
					if p[n] {
						neighbours++
					}
				}
				for n := range p {
					if !p[n] && p[(n+1)%8] {
						turns++
					}
				}
				if neighbours < 2 || neighbours > 6 || turns != 1 {
					continue
				}
				// Above, right, below, left are 0, 2, 4, 6.
				if half == 0 && (p[0] && p[2] && p[4] || p[2] && p[4] && p[6]) || half == 1 && (p[0] && p[2] && p[6] || p[0] && p[4] && p[6]) {
					continue
				}
				gone = append(gone, i)
			}
			gone = b.keepSquares(gone)
			for _, i := range gone {
				b.v[i] = false
			}
			changed += len(gone)
		}
	}
	return b
}

// keepSquares takes one pixel of each square of 2 x 2 that stands alone from what is to be erased.
func (b bitmap) keepSquares(gone []int) []int {
	erased := make(map[int]bool, len(gone))
	for _, i := range gone {
		erased[i] = true
	}
	kept := gone[:0]
	for _, i := range gone {
		x, y := i%b.w, i/b.w
		alone := true
		for dy := -1; dy <= 1 && alone; dy++ {
			for dx := -1; dx <= 1; dx++ {
				if b.has(x+dx, y+dy) && !erased[(y+dy)*b.w+x+dx] {
					alone = false
				}
			}
		}
		if alone {
			erased[i] = false
			continue
		}
		kept = append(kept, i)
	}
	return kept
}
