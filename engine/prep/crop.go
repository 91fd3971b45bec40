package prep

import (
	"math"
	"strconv"
)

// Crop is a square of a picture, in its pixels: the left and the upper edge and the side. It may
// reach beyond the picture, where there is no ink.
type Crop struct{ X0, Y0, Side float32 }

// inkLevel is the coverage from which a pixel belongs to the ink's bounding box.
const inkLevel = 128

// A bounding box whose longer side is below 2 pixels, or below 2 % of the picture's shorter side, is a
// speck: dust of a scan, up to 2 pixels of Omniglot's 105. The dot of a pen, 3 of them, is ink.
const (
	minSpanPixels = 2
	minSpanPart   = 0.02
)

// Box returns the crop around the ink: its bounding box made square about its centre, with a margin
// of a fifth (Margin), and never smaller than MinCrop of the picture's shorter side.
//
// Errors are ErrBlank if no pixel is half covered, and ErrSpeck.
func (k *Ink) Box() (Crop, error) {
	x0, y0, x1, y1 := k.W, k.H, 0, 0
	for y := range k.H {
		row := k.row(y)
		left := 0
		for left < len(row) && row[left] < inkLevel {
			left++
		}
		if left == len(row) {
			continue
		}
		right := len(row)
		for row[right-1] < inkLevel {
			right--
		}
		x0, x1 = min(x0, left), max(x1, right)
		y0, y1 = min(y0, y), y+1
	}
	if x0 >= x1 {
		return Crop{}, ErrBlank
	}
	span, frame := float64(max(x1-x0, y1-y0)), float64(min(k.W, k.H))
	if least := max(minSpanPixels, minSpanPart*frame); span < least {
		return Crop{}, detailed{ErrSpeck, strconv.Itoa(int(span)) + " pixels, at least " +
			strconv.Itoa(int(math.Ceil(least)))}
	}
	side := max(Margin*span, MinCrop*frame)
	return Crop{
		X0:   float32((float64(x0+x1) - side) / 2),
		Y0:   float32((float64(y0+y1) - side) / 2),
		Side: float32(side),
	}, nil
}

// Scale averages the crop down (or up) to an Input: every pixel of the result is the mean of the
// coverage under it, with the exact areas of the pixels that an edge cuts. Beyond the picture there
// is no ink. A crop that is not a number, has no size or lies absurdly far away holds no ink.
func (k *Ink) Scale(c Crop) Input {
	var in Input
	xs, okX := cellEdges(c.X0, c.Side)
	ys, okY := cellEdges(c.Y0, c.Side)
	if !okX || !okY {
		return in
	}
	var rowSums [Side]int64 // coverage times width under each cell of a row
	summed := -1            // the row that rowSums holds
	for j := range Side {
		var sums [Side]int64
		for y := max(0, ys[j]>>fixedBits); y < int64(k.H) && y<<fixedBits < ys[j+1]; y++ {
			if int(y) != summed {
				summed = int(y)
				k.sumRow(summed, &xs, &rowSums)
			}
			height := overlap(y, ys[j], ys[j+1])
			for i := range sums {
				sums[i] += rowSums[i] * height
			}
		}
		for i := range sums {
			area := (xs[i+1] - xs[i]) * (ys[j+1] - ys[j])
			in[j*Side+i] = uint8((sums[i] + area/2) / area)
		}
	}
	return in
}

func (k *Ink) sumRow(y int, xs *[Side + 1]int64, sums *[Side]int64) {
	row := k.row(y)
	for i := range sums {
		var s int64
		for x := max(0, xs[i]>>fixedBits); x < int64(k.W) && x<<fixedBits < xs[i+1]; x++ {
			s += int64(row[x]) * overlap(x, xs[i], xs[i+1])
		}
		sums[i] = s
	}
}

// Edges are integers in 1/65536 of a pixel. With a side of at most maxCrop a cell is below 2^26 of
// them, so that a sum of 255 times an area stays below 2^61.
const (
	fixedBits = 16
	maxCrop   = 2 * MaxImageSide
	maxOffset = 1 << 20
)

// cellEdges are the edges of the Side cells from x0 to x0+side, or false if the crop is absurd.
func cellEdges(x0, side float32) (edges [Side + 1]int64, ok bool) {
	// Written so that a NaN fails.
	if !(side >= 1.0/64 && side <= maxCrop && x0 >= -maxOffset && x0 <= maxOffset) {
		return edges, false
	}
	start := int64(math.Round(float64(x0) * (1 << fixedBits)))
	length := int64(math.Round(float64(side) * (1 << fixedBits)))
	for i := range edges {
		edges[i] = start + length*int64(i)/Side
	}
	return edges, true
}

// overlap is how much of pixel p, from p to p+1, lies between the edges a and b.
func overlap(p, a, b int64) int64 {
	return min((p+1)<<fixedBits, b) - max(p<<fixedBits, a)
}
