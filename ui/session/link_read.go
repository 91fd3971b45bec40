package session

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strconv"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

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
	return readBody(b)
}

// readBody reads what linkBody made.
func readBody(b []byte) (Set, error) {
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
