package session

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"image"
	"slices"
	"strings"
	"testing"

	"oneshot/ui/state"
)

type file struct{ path, content string }

// Nothing here is deflated: the files in testdata would change with the compressor.

// packed is a zip of these files.
func packed(tb testing.TB, files ...file) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		to, err := w.CreateHeader(&zip.FileHeader{Name: f.path})
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := to.Write([]byte(f.content)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// claiming is a zip with one file whose directory says what the header says, whatever is in it.
func claiming(tb testing.TB, h zip.FileHeader, content string) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	h.CompressedSize64 = uint64(len(content))
	to, err := w.CreateRaw(&h)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := to.Write([]byte(content)); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// encoded is a picture as PNG.
func encoded(img *image.Gray) string {
	return asPNG(img.Rect.Dx(), img.Rect.Dy(), 0, img.Pix)
}

// asPNG is a PNG of 8 bits of these pixels in this kind of colour.
func asPNG(w, h int, colour byte, pixels []byte) string {
	var rows []byte
	for row := range slices.Chunk(pixels, len(pixels)/h) {
		rows = append(append(rows, 0), row...) // no filter
	}
	data := append([]byte("\x78\x01"), stored(rows)...)
	data = binary.BigEndian.AppendUint32(data, adler32.Checksum(rows))
	return claimingPNG(uint32(w), uint32(h), 8, colour) + chunk("IDAT", data) + chunk("IEND", nil)
}

func chunk(kind string, content []byte) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	b = append(append(b, kind...), content...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

// drawing is a PNG of a cross.
func drawing() string {
	return encoded(drawn([]state.Stroke{level, upright}))
}

// claimingPNG is a PNG of 33 bytes that says it has this size.
func claimingPNG(w, h uint32, depth, colour byte) string {
	b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return "\x89PNG\r\n\x1a\n" + chunk("IHDR", append(b, depth, colour, 0, 0, 0))
}

// listed is a zip with this list and the picture a/1.png.
func listed(tb testing.TB, list, picture string) []byte {
	tb.Helper()
	return packed(tb, file{listName, list}, file{"a/1.png", picture})
}

func classList(classes string) string {
	return `{"format": "oneshot set", "version": 1, "classes": [` + classes + `]}`
}

func strokeList(strokes string) string {
	return classList(`{"name": "a", "folder": "a", "shots": [{"file": "1.png", "strokes": ` + strokes + `}]}`)
}

// colourList is a list with one class without examples that has this colour.
func colourList(colour string) string {
	return `{"format": "oneshot set", "version": 2, "classes": [{"name": "a", "folder": "a", "colour": ` + colour + `, "shots": []}]}`
}

func white(w, h int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	return img
}

// stored is a deflate stream of at most 64 KiB as they are.
func stored(b []byte) []byte {
	n := uint16(len(b))
	return append([]byte{1, byte(n), byte(n >> 8), byte(^n), byte(^n >> 8)}, b...)
}

// zeros is a deflate stream of one zero and 258 more for each of these times, in 13 bits.
func zeros(times int) []byte {
	bits := "110" + "00110000" + strings.Repeat("11000101"+"00000", times) + "0000000" // the last block, of fixed codes
	b := make([]byte, (len(bits)+7)/8)
	for i := range bits {
		b[i/8] |= (bits[i] - '0') << (i % 8)
	}
	return b
}
