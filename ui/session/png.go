package session

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strconv"

	"oneshot/engine/gate"
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

// claimed is the number of pixels that a PNG says it has.
func claimed(b []byte, part string) (int, error) {
	size, err := gate.Claimed(b)
	switch {
	case errors.Is(err, gate.ErrFormat):
		return 0, fail(ErrPicture, part, "it is not a PNG")
	case err != nil:
		return 0, fail(ErrPicture, part, err.Error())
	case size.X > MaxPictureSide || size.Y > MaxPictureSide:
		return 0, fail(ErrLimit, part, strconv.Itoa(size.X)+" x "+strconv.Itoa(size.Y)+" pixels, at most "+strconv.Itoa(MaxPictureSide)+" a side")
	}
	return size.X * size.Y, nil
}
