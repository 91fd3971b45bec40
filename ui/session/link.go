package session

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
	"strconv"

	"oneshot/engine/prep"
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
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	var packed bytes.Buffer
	f, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := f.Write(b); err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	text := base64.RawURLEncoding.EncodeToString(packed.Bytes())
	if n := len(text); n > MaxLink {
		return "", fail(ErrLimit, "", bound(uint64(n), "characters", MaxLink))
	}
	// What is coarser than it was drawn may be too small to read.
	if _, err := ReadLink(text); err != nil {
		return "", err
	}
	return text, nil
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

// ReadLink reads what Link made. It never panics. It returns all of the set, or an error: a *Fault.
func ReadLink(text string) (Set, error) {
	if n := len(text); n > MaxLinkRead {
		return Set{}, fail(ErrLimit, linkPart, bound(uint64(n), "characters", MaxLinkRead))
	}
	packed, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return Set{}, fail(ErrLink, linkPart, err.Error())
	}
	in := bytes.NewReader(packed)
	b, err := io.ReadAll(io.LimitReader(flate.NewReader(in), MaxLinkBytes+1))
	if err != nil {
		return Set{}, fail(ErrLink, linkPart, err.Error())
	}
	if len(b) > MaxLinkBytes {
		return Set{}, fail(ErrLimit, linkPart, "more than "+strconv.Itoa(MaxLinkBytes)+" bytes")
	}
	if in.Len() > 0 {
		return Set{}, fail(ErrLink, linkPart, strconv.Itoa(in.Len())+" bytes stand after its end")
	}
	if len(b) < 5 {
		return Set{}, fail(ErrLink, linkPart, strconv.Itoa(len(b))+" bytes, at least 5")
	}
	if v := b[0]; v != linkVersion {
		return Set{}, fail(ErrVersion, linkPart, strconv.Itoa(int(v))+", want "+strconv.Itoa(linkVersion))
	}
	body, sum := b[:len(b)-4], binary.LittleEndian.Uint32(b[len(b)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return Set{}, fail(ErrLink, linkPart, "its checksum does not fit")
	}
	r := linkReader{rest: body[1:]}
	set := r.set()
	if r.err == nil && len(r.rest) > 0 {
		r.fail(ErrLink, linkPart, strconv.Itoa(len(r.rest))+" bytes too many")
	}
	if r.err != nil {
		return Set{}, r.err
	}
	return set, nil
}

// linkReader reads numbers and keeps the first error; after that all are 0.
type linkReader struct {
	rest []byte
	err  error
}

func (r *linkReader) fail(kind error, part, detail string) {
	if r.err == nil {
		r.err, r.rest = fail(kind, part, detail), nil
	}
}

// count reads how many things follow, each of at least one byte.
func (r *linkReader) count(what string, most int, part string) int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.fail(ErrLink, part, "it ends before the number of "+what)
		return 0
	}
	r.rest = r.rest[n:]
	if v > uint64(most) {
		r.fail(ErrLimit, part, bound(v, what, most))
		return 0
	}
	if v > uint64(len(r.rest)) {
		r.fail(ErrLink, part, strconv.FormatUint(v, 10)+" "+what+" in "+strconv.Itoa(len(r.rest))+" bytes")
		return 0
	}
	return int(v)
}

func (r *linkReader) take(n int, part string) []byte {
	if n > len(r.rest) {
		r.fail(ErrLink, part, strconv.Itoa(len(r.rest))+" bytes are left, want "+strconv.Itoa(n))
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// step reads the way to the next point in one direction.
func (r *linkReader) step(from int, part string) int {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.fail(ErrLink, part, "it ends within a stroke")
		return 0
	}
	r.rest = r.rest[n:]
	if to := int64(from) + v; v >= -linkSide && v <= linkSide && to >= 0 && to <= linkSide {
		return int(to)
	}
	r.fail(ErrStroke, part, "a step of "+strconv.FormatInt(v, 10)+" from "+strconv.Itoa(from)+" leaves the pad")
	return 0
}

func (r *linkReader) set() Set {
	n := r.count("classes", state.MaxClasses, linkPart)
	set := Set{Classes: make([]state.Class, 0, n)}
	for i := 0; i < n && r.err == nil; i++ {
		part := "class " + strconv.Itoa(i+1)
		c := state.Class{Name: string(r.take(r.count("bytes of a name", 4*state.MaxName, part), part))}
		if r.err == nil {
			if err := checkName(c.Name, part); err != nil {
				r.fail(ErrName, part, err.Error())
			}
		}
		shots := r.count("examples", state.MaxShots, classPart(c.Name))
		for j := 0; j < shots && r.err == nil; j++ {
			c.Shots = append(c.Shots, r.shot(shotPart(c.Name, j)))
		}
		set.Classes = append(set.Classes, c)
	}
	return set
}

func (r *linkReader) shot(part string) state.Shot {
	var s state.Shot
	n := r.count("strokes", MaxStrokes, part)
	if n == 0 {
		pixels := r.take(prep.Side*prep.Side/2, part)
		for i, v := range pixels {
			s.Input[2*i], s.Input[2*i+1] = v>>4*linkGrey, v&15*linkGrey
		}
		return s
	}
	for i := 0; i < n && r.err == nil; i++ {
		var stroke state.Stroke
		points := r.count("points", state.MaxPoints, part)
		x, y := 0, 0
		for j := 0; j < points && r.err == nil; j++ {
			x = r.step(x, part)
			y = r.step(y, part)
			stroke = append(stroke, state.Point{X: float32(x) / linkSide, Y: float32(y) / linkSide, Pressure: 0.5})
		}
		s.Strokes = append(s.Strokes, stroke)
	}
	if r.err != nil {
		return state.Shot{}
	}
	if _, err := checkStrokes(s.Strokes, part); err != nil {
		r.fail(ErrStroke, part, err.Error())
		return state.Shot{}
	}
	in, err := state.Input(s.Strokes)
	if err != nil {
		r.fail(ErrStroke, part, err.Error())
		return state.Shot{}
	}
	s.Input = in
	return s
}
