package session

import (
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"math"

	"oneshot/ui/state"
)

// Limits of a link; FORMAT.md has the reasons.
const (
	// MaxLink bounds the text that Link makes.
	MaxLink = 8000
	// MaxLinkRead bounds the text that ReadLink takes.
	MaxLinkRead = 2 * MaxLink
	// MaxLinkBytes bounds what a link holds, inflated.
	MaxLinkBytes = 128 << 10
)

const (
	linkVersion = 1
	linkSide    = 255 // steps of the grid that points are moved to
	linkGrey    = 17  // of 255, one step of a picture
	linkPart    = "the link"
)

// Link makes a text of a set, short enough to stand in an address: names, and strokes on a grid of 255 steps with the
// points that make their shape. Pressure and colours are left out. The error wraps ErrLimit if it would be too long.
func Link(classes []state.Class) (string, error) {
	w := writer{}
	if w.check(classes); w.err != nil {
		return "", w.err
	}
	text := base64.RawURLEncoding.EncodeToString(w.deflate(linkBody(classes), flate.BestCompression))
	if n := len(text); n > MaxLink {
		w.keep(fail(ErrLimit, "", bound(uint64(n), "characters", MaxLink)))
	} else { // what is coarser than it was drawn may be too small to read
		_, err := ReadLink(text)
		w.keep(err)
	}
	if w.err != nil {
		return "", w.err
	}
	return text, nil
}

// linkBody is what a link holds, before it is deflated.
func linkBody(classes []state.Class) []byte {
	b := binary.AppendUvarint([]byte{linkVersion}, uint64(len(classes)))
	for i := range classes {
		c := &classes[i]
		b = binary.AppendUvarint(b, uint64(len(c.Name)))
		b = append(b, c.Name...)
		b = binary.AppendUvarint(b, uint64(len(c.Shots)))
		for j := range c.Shots {
			b = appendShot(b, &c.Shots[j])
		}
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// appendShot writes the number of strokes and each stroke as the number of its points, the first point, and the way
// from each to the next. No stroke means a picture.
func appendShot(b []byte, s *state.Shot) []byte {
	b = binary.AppendUvarint(b, uint64(len(s.Strokes)))
	if len(s.Strokes) == 0 {
		for i := 0; i < len(s.Input); i += 2 {
			b = append(b, grey(s.Input[i])<<4|grey(s.Input[i+1]))
		}
		return b
	}
	for _, stroke := range s.Strokes {
		way := corners(onGrid(stroke))
		b = binary.AppendUvarint(b, uint64(len(way)))
		x, y := 0, 0
		for _, p := range way {
			b = binary.AppendVarint(b, int64(p[0]-x))
			b = binary.AppendVarint(b, int64(p[1]-y))
			x, y = p[0], p[1]
		}
	}
	return b
}

func grey(v byte) byte { return byte((int(v) + linkGrey/2) / linkGrey) }

// onGrid moves a stroke to the grid; points that fall together are one.
func onGrid(s state.Stroke) [][2]int {
	var way [][2]int
	for _, p := range s {
		q := [2]int{int(math.Round(float64(p.X) * linkSide)), int(math.Round(float64(p.Y) * linkSide))}
		if n := len(way); n == 0 || way[n-1] != q {
			way = append(way, q)
		}
	}
	return way
}

// corners leaves out points that lie within a step of the line between those that stay (Douglas and Peucker).
func corners(way [][2]int) [][2]int {
	if len(way) < 3 {
		return way
	}
	stays := make([]bool, len(way))
	stays[0], stays[len(way)-1] = true, true
	type span struct{ from, to int }
	for open := []span{{0, len(way) - 1}}; len(open) > 0; {
		s := open[len(open)-1]
		open = open[:len(open)-1]
		far, most := 0, 0.8
		for i := s.from + 1; i < s.to; i++ {
			if d := off(way[i], way[s.from], way[s.to]); d > most {
				far, most = i, d
			}
		}
		if far > 0 {
			stays[far] = true
			open = append(open, span{s.from, far}, span{far, s.to})
		}
	}
	var out [][2]int
	for i, p := range way {
		if stays[i] {
			out = append(out, p)
		}
	}
	return out
}

// off is how far a point is from the line between two others.
func off(p, a, b [2]int) float64 {
	dx, dy := float64(b[0]-a[0]), float64(b[1]-a[1])
	px, py := float64(p[0]-a[0]), float64(p[1]-a[1])
	t := 0.0
	if n := dx*dx + dy*dy; n > 0 {
		t = min(max((px*dx+py*dy)/n, 0), 1)
	}
	return math.Hypot(px-t*dx, py-t*dy)
}
