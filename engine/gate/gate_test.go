package gate

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"

	"oneshot/weights/hostile"
)

// What a program can compress best is not refused: pictures of one colour.
func TestClaimed(t *testing.T) {
	const w, h = 400, 300
	r := image.Rect(0, 0, w, h)
	asPNG := func(to io.Writer, m image.Image) error {
		return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(to, m)
	}
	opaque, opaque64 := image.NewRGBA(r), image.NewRGBA64(r)
	for i := range opaque.Pix {
		opaque.Pix[i] = 0xff
	}
	for i := range opaque64.Pix {
		opaque64.Pix[i] = 0xff
	}
	for name, c := range map[string]struct {
		img    image.Image
		encode func(io.Writer, image.Image) error
	}{
		"png, grey":               {image.NewGray(r), asPNG},
		"png, grey of 16 bits":    {image.NewGray16(r), asPNG},
		"png, colours":            {opaque, asPNG},
		"png, colours of 16 bits": {opaque64, asPNG},
		"png, alpha":              {image.NewNRGBA(r), asPNG},
		"png, alpha of 16 bits":   {image.NewNRGBA64(r), asPNG},
		"png, palette of two":     {image.NewPaletted(r, color.Palette{color.Black, color.White}), asPNG},
		"jpeg, grey":              {image.NewGray(r), func(to io.Writer, m image.Image) error { return jpeg.Encode(to, m, &jpeg.Options{Quality: 1}) }},
		"gif":                     {image.NewPaletted(r, color.Palette{color.Black, color.White}), func(to io.Writer, m image.Image) error { return gif.Encode(to, m, nil) }},
	} {
		var b bytes.Buffer
		if err := c.encode(&b, c.img); err != nil {
			t.Fatal(err)
		}
		if got, err := Claimed(b.Bytes()); err != nil || got != image.Pt(w, h) {
			t.Errorf("%s in %d bytes: %v, %v; want %d x %d", name, b.Len(), got, err, w, h)
		}
	}
}

// chunk is one of a PNG.
func chunk(kind, content string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	b = append(b, kind+content...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

// pngOf is a PNG that says it has this size, depth, colour type, compression, filter and interlacing, and has a pixel.
func pngOf(w, h uint32, rest string) string {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return "\x89PNG\r\n\x1a\n" + chunk("IHDR", string(ihdr)+rest) + chunk("IDAT", "\x78\x01\x63\x00")
}

// jpegOf is a JPEG that says it has this size, by a frame of this kind, and ends where its scan begins.
func jpegOf(w, h uint16, kind byte, components string) string {
	frame := []byte{8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), byte(len(components) / 3)}
	marker := []byte{0xff, kind, 0, byte(8 + len(components))}
	return "\xff\xd8" + string(marker) + string(frame) + components + "\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\xff\xd9"
}

// gifOf is a GIF that says it has this size, and one frame of another.
func gifOf(w, h, frame uint16) string {
	b := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16([]byte("GIF89a"), w), h)
	b = append(b, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(b, frame), frame)
	return string(append(b, 0, 2, 2, 0x44, 1, 0, 0x3b))
}

const (
	ycc  = "\x01\x22\x00\x02\x11\x01\x03\x11\x01"
	grey = "\x01\x11\x00"
)

func hostileFiles() []hostile.File {
	var files []hostile.File
	add := func(name, content string, kind error, says string) {
		files = append(files, hostile.File{Name: name, Bytes: []byte(content), Kind: kind, Says: says})
	}
	for colour, rest := range map[string]string{"grey": "\x08\x00", "one-bit": "\x01\x00", "grey-alpha": "\x08\x04", "colours": "\x08\x02", "colours-16": "\x10\x02",
		"alpha": "\x08\x06", "alpha-16": "\x10\x06"} {
		add("bomb-60000-"+colour+".png", pngOf(60000, 60000, rest+"\x00\x00\x00"), ErrClaim, "49 bytes cannot hold 60000 x 60000 pixels")
		add("bomb-2048-"+colour+".png", pngOf(2048, 2048, rest+"\x00\x00\x00"), ErrClaim, "49 bytes cannot hold 2048 x 2048 pixels")
	}
	add("bomb-interlaced.png", pngOf(60000, 60000, "\x08\x06\x00\x00\x01"), ErrClaim, "60000 x 60000")
	add("bomb-one-row.png", pngOf(1<<31-1, 1, "\x08\x00\x00\x00\x00"), ErrClaim, "2147483647 x 1 pixels")
	add("bomb-one-column.png", pngOf(1, 1<<31-1, "\x08\x00\x00\x00\x00"), ErrClaim, "1 x 2147483647 pixels")
	add("product-over-64-bits.png", pngOf(1<<31-1, 1<<31-1, "\x10\x06\x00\x00\x00"), ErrFormat, "dimension overflow")
	add("width-negative.png", pngOf(1<<31, 1, "\x08\x00\x00\x00\x00"), ErrFormat, "non-positive dimension")
	add("width-zero.png", pngOf(0, 1, "\x08\x00\x00\x00\x00"), ErrFormat, "non-positive dimension")
	add("depth-3.png", pngOf(1, 1, "\x03\x00\x00\x00\x00"), ErrFormat, "bit depth 3, color type 0")
	add("compression-1.png", pngOf(1, 1, "\x08\x00\x01\x00\x00"), ErrFormat, "compression method")
	add("palette-missing.png", pngOf(2, 2, "\x08\x03\x00\x00\x00"), ErrFormat, "chunk out of order")
	add("header-damaged.png", strings.Replace(pngOf(2, 2, "\x08\x00\x00\x00\x00"), "\x02", "\x03", 1), ErrFormat, "invalid checksum")
	add("header-cut.png", pngOf(2, 2, "\x08\x00\x00\x00\x00")[:20], ErrFormat, "unexpected EOF")
	add("header-not-first.png", "\x89PNG\r\n\x1a\n"+chunk("IDAT", "\x78\x01"), ErrFormat, "chunk out of order")
	for name, kind := range map[string]byte{"baseline": 0xc0, "extended": 0xc1, "progressive": 0xc2} {
		add("bomb-65535-"+name+".jpg", jpegOf(65535, 65535, kind, ycc), ErrClaim, " bytes cannot hold 65535 x 65535 pixels")
	}
	add("bomb-grey.jpg", jpegOf(8192, 8192, 0xc0, grey), ErrClaim, " bytes cannot hold 8192 x 8192 pixels")
	add("arithmetic.jpg", jpegOf(9, 9, 0xc9, ycc), ErrFormat, "unknown marker")
	add("components-2.jpg", jpegOf(9, 9, 0xc0, ycc[:6]), ErrFormat, "number of components")
	add("height-zero.jpg", jpegOf(9, 0, 0xc0, grey), ErrFormat, "9 x 0 pixels")
	add("frame-missing.jpg", "\xff\xd8\xff\xd9", ErrFormat, "missing")
	add("bomb-65535.gif", gifOf(65535, 65535, 65535), ErrClaim, "35 bytes cannot hold 65535 x 65535 pixels")
	add("bomb-screen-alone.gif", gifOf(65535, 65535, 1), ErrClaim, "35 bytes cannot hold 65535 x 65535 pixels")
	add("width-zero.gif", gifOf(0, 9, 9), ErrFormat, "0 x 9 pixels")
	add("header-cut.gif", gifOf(9, 9, 9)[:9], ErrFormat, "EOF")
	for name, content := range map[string]string{
		"empty.png": "", "html.png": "<!DOCTYPE html>", "bomb.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="60000" height="60000"/>`,
		"bomb.bmp":  "BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x60\xea\x00\x00\x60\xea\x00\x00\x01\x00\x18\x00" + strings.Repeat("\x00", 24),
		"bomb.webp": "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\xff\xff\xff\x0f\x00\x00\x00\x00\x00\x00\x00\x00",
		"bomb.tif":  "II*\x00\x08\x00\x00\x00\x02\x00\x00\x01\x03\x00\x01\x00\x00\x00\xff\xff\x00\x00\x01\x01\x03\x00\x01\x00\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00",
		"bomb.ico":  "\x00\x00\x01\x00\x01\x00\x00\x00\x00\x00\x01\x00\x20\x00\xff\xff\xff\x7f\x16\x00\x00\x00",
		"bomb.pgm":  "P5 60000 60000 255\n", "elf.png": "\x7fELF\x02\x01\x01", "zip.png": "PK\x03\x04", "pdf.png": "%PDF-1.7\n",
	} {
		add(name, content, ErrFormat, "unknown format")
	}
	return files
}

func TestHostile(t *testing.T) {
	hostile.Refused(t, hostileFiles(), 1<<20, func(_ string, b []byte) error {
		size, err := Claimed(b)
		if size != (image.Point{}) {
			t.Errorf("%v beside the error %v", size, err)
		}
		return err
	})
}

// The largest picture that a PNG of 49 bytes may claim takes little to decode, or to refuse.
func TestWhatPassesIsSmall(t *testing.T) {
	for _, rest := range []string{"\x01\x00", "\x08\x00", "\x10\x00", "\x08\x02", "\x10\x02", "\x08\x04", "\x10\x04", "\x08\x06", "\x10\x06"} {
		var passes []byte
		for side := uint32(1); side < 2048; side++ {
			b := []byte(pngOf(side, side, rest+"\x00\x00\x00"))
			if _, err := Claimed(b); err != nil {
				break
			}
			passes = b
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := png.Decode(bytes.NewReader(passes))
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; err == nil || got < 10<<10 || got > 1<<20 {
			t.Errorf("depth and colour %q: %d bytes allocated, error %v; want 10 kB to 1 MiB for too few pixels", rest, got, err)
		}
	}
}

// FuzzClaimed: whatever passes the gate can be decoded, or refused, in little memory.
func FuzzClaimed(f *testing.F) {
	seeds := [][]byte{[]byte(pngOf(1, 1, "\x08\x00\x00\x00\x00")), []byte(gifOf(1, 1, 1))}
	for _, h := range hostileFiles() {
		seeds = append(seeds, h.Bytes)
	}
	hostile.Fuzz(f, seeds, func(t testing.TB, b []byte) error {
		size, err := Claimed(b)
		if err != nil {
			if size != (image.Point{}) || !errors.Is(err, ErrFormat) && !errors.Is(err, ErrClaim) {
				t.Fatalf("%v beside the error %v", size, err)
			}
			return err
		}
		if size.X < 1 || size.Y < 1 || size.X > 8*1032*len(b)/size.Y {
			t.Fatalf("%d bytes are taken for %v", len(b), size)
		}
		if img, _, err := image.Decode(bytes.NewReader(b)); err == nil && !img.Bounds().In(image.Rectangle{Max: size}) {
			t.Fatalf("%v is decoded as %v", size, img.Bounds())
		}
		return nil
	})
}
