package session

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"strconv"

	"oneshot/ui/state"
)

// What stands at the beginning of the list, and where the list stands.
const (
	listName = "oneshot.json"
	format   = "oneshot set"
	version  = 2 // the newest; see versionOf
)

// Write makes the file of a set. Ids do not matter: the same names, colours, strokes and inputs in the same order
// give the same bytes. An example with strokes is drawn as a picture; of one without, the picture
// is exactly what the network sees.
//
// The error wraps ErrName if a name is not as state.CleanName leaves it, and ErrLimit if Read
// would refuse the file.
func Write(classes []state.Class) ([]byte, error) { return new(Writer).Write(classes) }

// Writer is Write for a set that is written again and again: of a shot that it has drawn it remembers the picture, by its
// id. Drawing pictures is most of the work.
type Writer struct {
	pictures map[state.ShotID][]byte
	press    press
}

// Draw draws pictures that Write would draw, as long as more says so, and reports whether none is left. A set that was just
// opened has thousands, and a page that draws them all at once stands still.
func (k *Writer) Draw(classes []state.Class, more func() bool) (done bool) {
	if k.pictures == nil {
		k.pictures = map[state.ShotID][]byte{}
	}
	for i := range classes {
		for j := range classes[i].Shots {
			s := &classes[i].Shots[j]
			if s.ID == 0 || k.pictures[s.ID] != nil {
				continue
			}
			if !more() {
				return false
			}
			if b, err := k.press.png(pictured(s)); err == nil { // else Write tells of it
				k.pictures[s.ID] = b
			}
		}
	}
	return true
}

// Write makes the file of a set.
func (k *Writer) Write(classes []state.Class) ([]byte, error) {
	w := writer{drawn: k.pictures, used: map[state.ShotID][]byte{}, press: &k.press}
	w.zip = zip.NewWriter(&w.out)
	w.check(classes)
	names := make([]string, len(classes))
	for i := range classes {
		names[i] = classes[i].Name
	}
	dirs := folders(names)
	list := appendList(nil, classes, dirs)
	w.within(uint64(len(list)), MaxListBytes, listName)
	w.add(listName, list, zip.Deflate)
	for i := range classes {
		for j := range classes[i].Shots {
			if w.err == nil { // what is refused need not be drawn
				w.picture(dirs[i]+"/"+fileName(j), &classes[i].Shots[j])
			}
		}
	}
	w.keep(w.zip.Close())
	w.within(uint64(w.out.Len()), MaxFileBytes, "")
	if w.err != nil {
		return nil, w.err
	}
	k.pictures = w.used
	return w.out.Bytes(), nil
}

// fileName is the name of an example in the folder of its class, by its place from 0.
func fileName(place int) string {
	n := strconv.Itoa(place + 1)
	return "000"[:max(3-len(n), 0)] + n + ".png"
}

// writer makes the zip and keeps the first error.
type writer struct {
	out   bytes.Buffer
	zip   *zip.Writer
	press *press
	drawn map[state.ShotID][]byte // pictures that are known
	used  map[state.ShotID][]byte // those of this file, of shots that have an id
	total uint64
	err   error
}

func (w *writer) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) within(n uint64, most int, part string) {
	if n > uint64(most) {
		w.keep(fail(ErrLimit, part, bound(n, "bytes", most)))
	}
}

// check refuses what Read would refuse.
func (w *writer) check(classes []state.Class) {
	w.keep(checkCount(len(classes), "classes", state.MaxClasses, ""))
	strokes := 0
	for i := range classes {
		c := &classes[i]
		w.keep(checkName(c.Name, "class "+strconv.Itoa(i+1)))
		w.keep(checkColour(c.Colour, 0, classPart(c.Name)))
		w.keep(checkCount(len(c.Shots), "examples", state.MaxShots, classPart(c.Name)))
		for j := range c.Shots {
			n, err := checkStrokes(c.Shots[j].Strokes, shotPart(c.Name, j))
			w.keep(err)
			strokes += n
		}
	}
	w.keep(checkCount(strokes, "strokes", MaxStrokes, ""))
}

func (w *writer) picture(path string, s *state.Shot) {
	b := w.drawn[s.ID]
	if b == nil || s.ID == 0 {
		var err error
		b, err = w.press.png(pictured(s))
		w.keep(err)
	}
	if s.ID != 0 {
		w.used[s.ID] = b
	}
	w.add(path, b, zip.Store) // a PNG is deflated already
}

// add puts a file into the zip with its size and checksum in front, so that it can be read as a
// stream too. All files bear the first day that a zip can name: a clock would change the bytes.
func (w *writer) add(path string, content []byte, method uint16) {
	w.total += uint64(len(content))
	w.within(w.total, MaxTotalBytes, "")
	h := &zip.FileHeader{
		Name: path, Method: method, Flags: utf8Names,
		//lint:ignore SA1019 Modified is not what CreateRaw writes
		ModifiedDate: 1<<5 | 1,
		CRC32:        crc32.ChecksumIEEE(content), UncompressedSize64: uint64(len(content)),
	}
	if method == zip.Deflate {
		var err error
		content, err = w.press.deflate(content)
		w.keep(err)
	}
	h.CompressedSize64 = uint64(len(content))
	f, err := w.zip.CreateRaw(h)
	w.keep(err)
	_, err = f.Write(content)
	w.keep(err)
}

func (w *writer) deflate(content []byte, level int) []byte {
	var packed bytes.Buffer
	f, err := flate.NewWriter(&packed, level)
	w.keep(err)
	_, err = f.Write(content)
	w.keep(err)
	w.keep(f.Close())
	return packed.Bytes()
}

// utf8Names is the flag of a zip's file whose name is UTF-8.
const utf8Names = 1 << 11
