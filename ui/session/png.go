package session

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"strconv"

	"oneshot/engine/prep"
)

// decoder decodes the pictures of an archive and counts their pixels.
type decoder struct {
	*archive
	pixels int
}

// input reads a picture that is exactly what the network sees.
func (d *decoder) input(path string) (prep.Input, error) {
	img, err := d.picture(path)
	if err != nil {
		return prep.Input{}, err
	}
	grey, ok := img.(*image.Gray)
	if size := img.Bounds().Size(); !ok || size.X != prep.Side || size.Y != prep.Side {
		return prep.Input{}, fail(ErrPicture, quoted(path), strconv.Itoa(size.X)+" x "+strconv.Itoa(size.Y)+
			" pixels without strokes, want "+strconv.Itoa(prep.Side)+" x "+strconv.Itoa(prep.Side)+" in 8 bits of grey")
	}
	in := unseen(grey)
	if in == (prep.Input{}) {
		return prep.Input{}, fail(ErrPicture, quoted(path), "it is blank")
	}
	return in, nil
}

// picture reads a PNG.
func (d *decoder) picture(path string) (image.Image, error) {
	b, err := d.read(path)
	if err != nil {
		return nil, err
	}
	n, err := claimed(b, quoted(path))
	if err != nil {
		return nil, err
	}
	if d.pixels += n; d.pixels > MaxPixels {
		return nil, fail(ErrLimit, quoted(path), "more than "+strconv.Itoa(MaxPixels)+" pixels up to here")
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fail(ErrPicture, quoted(path), err.Error())
	}
	return img, nil
}

// The first bytes of a PNG: its signature and the chunk IHDR up to the colour type.
const (
	pngMagic   = "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
	pngHeader  = len(pngMagic) + 10
	inflateMax = 1032 // bytes that one byte of deflate can stand for
)

// claimed is the number of pixels that a PNG says it has, if it can have them: package png makes room
// for them before it reads any, and a file of 49 bytes can claim gigabytes.
func claimed(b []byte, part string) (int, error) {
	if len(b) < pngHeader || string(b[:len(pngMagic)]) != pngMagic {
		return 0, fail(ErrPicture, part, "it is not a PNG")
	}
	h := b[len(pngMagic):]
	w, ht := binary.BigEndian.Uint32(h), binary.BigEndian.Uint32(h[4:])
	if w > MaxPictureSide || ht > MaxPictureSide {
		return 0, fail(ErrLimit, part, strconv.FormatUint(uint64(w), 10)+" x "+strconv.FormatUint(uint64(ht), 10)+
			" pixels, at most "+strconv.Itoa(MaxPictureSide)+" a side")
	}
	bits := uint64(h[8])
	switch h[9] {
	case 2: // red, green, blue
		bits *= 3
	case 4: // grey, alpha
		bits *= 2
	case 6: // red, green, blue, alpha
		bits *= 4
	}
	if need := uint64(w) * uint64(ht) * bits / 8; need > inflateMax*uint64(len(b)) {
		return 0, fail(ErrPicture, part, strconv.Itoa(len(b))+" bytes cannot hold "+
			strconv.FormatUint(uint64(w), 10)+" x "+strconv.FormatUint(uint64(ht), 10)+" pixels")
	}
	return int(w) * int(ht), nil
}
