package prep

import "slices"

// A photograph of a sheet is lighter on one side than on the other, and the shade of a hand may be darker than a pencil in
// the sun: no one threshold parts ink from paper. The light, however, changes slowly from place to place and ink does not.
//
// The picture is cut into tiles, each wider than half a stroke. A light level of each tile that ink does not reach
// is its paper, and a closing of this map (the largest of a tile and its neighbours, then the smallest) fills tiles
// that a thick stroke covers. Pixels are then divided by the paper under them.

const (
	// tileParts is the picture's shorter side divided by that of a tile: strokes up to an eighth of the picture stay ink.
	tileParts = 16
	// minTile is the least side of a tile, in pixels, and minTiles the least number of tiles a side: there is no map of less.
	minTile  = 8
	minTiles = 4
	// tilePaper is the per cent of a tile's pixels that are not above its paper: above the noise and below the rare flaw.
	tilePaper = 90
	// evenLight is the largest difference between the lightest and the darkest paper, in grey levels, that is left alone.
	evenLight = 16
	// darkestPaper is the least level of paper: below it a picture has too few levels to tell ink from noise.
	darkestPaper = 32
	// softestEdge is the largest step of the light from tile to tile, in per cent of the lightest paper. The edge of a
	// shade is softer; that of a filled shape is not.
	softestEdge = 33
	// steepestSlope is the largest such step at the border of the picture that is taken for light: ink is darker.
	steepestSlope = 20
)

// levels is a grey level for each tile, (h, w) row-major.
type levels struct {
	w, h int
	v    []int
}

// flattenLight divides a picture on light paper by its light, if that is uneven. Pictures on even paper, light or dark,
// and pictures with hard edges between areas stay as they are, to the bit.
func (k *Ink) flattenLight() {
	side := max(minTile, min(k.W, k.H)/tileParts)
	w, h := k.W/side, k.H/side
	if w < minTiles || h < minTiles || k.twoLevels() {
		return
	}
	light, dark := levels{w, h, make([]int, w*h)}, levels{w, h, make([]int, w*h)}
	for i := range light.v {
		var tile histogram
		x0, x1 := tileSpan(i%w, w, k.W)
		y0, y1 := tileSpan(i/w, h, k.H)
		for y := y0; y < y1; y++ {
			tile.add(k.row(y)[x0:x1])
		}
		light.v[i], dark.v[i] = tile.quantile(0, 255, tilePaper), tile.quantile(0, 255, 100-tilePaper)
	}
	light = light.underInk()
	dark = dark.filter(slices.Min[[]int]).filter(slices.Max[[]int])
	if light.spread() <= evenLight || dark.spread() <= evenLight {
		return
	}
	if slices.Min(light.v) < darkestPaper || !light.soft() {
		return
	}
	light.divide(k)
}

// twoLevels says whether all pixels have one of two levels, as Omniglot's: light has more.
func (k *Ink) twoLevels() bool {
	a, b, both := k.Pix[0], k.Pix[0], false
	for _, v := range k.Pix {
		if v != a && v != b {
			if both {
				return false
			}
			b, both = v, true
		}
	}
	return true
}

// tileSpan is where tile i of n begins and ends on a side of the given length.
func tileSpan(i, n, length int) (from, to int) { return i * length / n, (i + 1) * length / n }

func (l levels) spread() int { return slices.Max(l.v) - slices.Min(l.v) }

// filter takes one of each tile and those around it.
func (l levels) filter(choose func([]int) int) levels {
	f := levels{l.w, l.h, make([]int, len(l.v))}
	for y := range l.h {
		for x := range l.w {
			var near [9]int
			n := 0
			for t := max(0, y-1); t < min(l.h, y+2); t++ {
				for s := max(0, x-1); s < min(l.w, x+2); s++ {
					near[n] = l.v[t*l.w+s]
					n++
				}
			}
			f.v[y*l.w+x] = choose(near[:n])
		}
	}
	return f
}

// underInk is the closing of the map: paper where ink covers a tile. At the border of the picture, where a tile has no
// neighbour behind it, the closing of a slope is the level of the next tile; there a slope stays.
func (l levels) underInk() levels {
	closed := l.filter(slices.Max[[]int]).filter(slices.Min[[]int])
	lightest := slices.Max(l.v)
	for i, v := range l.v {
		border := i < l.w || i >= len(l.v)-l.w || i%l.w == 0 || i%l.w == l.w-1
		if border && 100*(closed.v[i]-v) <= steepestSlope*lightest {
			closed.v[i] = v
		}
	}
	return closed
}

// soft says whether no two tiles side by side differ as ink and paper do.
func (l levels) soft() bool {
	lightest := slices.Max(l.v)
	step := func(a, b int) bool { return 100*(max(a, b)-min(a, b)) > softestEdge*lightest }
	for i, v := range l.v {
		if i%l.w > 0 && step(v, l.v[i-1]) || i >= l.w && step(v, l.v[i-l.w]) {
			return false
		}
	}
	return true
}

// divide makes the paper white: each pixel over the paper there, on a straight line between the middles of the tiles and
// beyond the outermost ones. All is in integers.
func (l levels) divide(k *Ink) {
	type place struct{ tile, step int }
	columns := make([]place, k.W)
	for x := range columns {
		columns[x].tile, columns[x].step = between(x, l.w, k.W)
	}
	for y := range k.H {
		row := k.row(y)
		tile, fy := between(y, l.h, k.H)
		above, below := l.v[tile*l.w:], l.v[(tile+1)*l.w:]
		for x := range row {
			left, fx := columns[x].tile, columns[x].step
			top := above[left]*(interpolationSteps-fx) + above[left+1]*fx
			bottom := below[left]*(interpolationSteps-fx) + below[left+1]*fx
			paper := max(1, top*(interpolationSteps-fy)+bottom*fy) // in steps squared
			row[x] = uint8(min(255, int64(row[x])*(255*interpolationSteps*interpolationSteps)/int64(paper)))
		}
	}
}

// interpolationSteps is how finely places between the middles of two tiles are told apart.
const interpolationSteps = 256

// between returns the first of the two of n tiles whose middles are nearest to pixel p, and how far it is from there to the
// second, in steps: less than none or more than all of them beyond the outermost middles.
func between(p, n, length int) (first, step int) {
	// From the middle of tile 0. A picture may have 1024 tiles on its longer side.
	at := int64(2*p+1)*int64(n)*interpolationSteps/int64(2*length) - interpolationSteps/2
	first = min(max(int(at/interpolationSteps), 0), n-2)
	return first, int(at) - first*interpolationSteps
}
