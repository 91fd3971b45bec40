// Package gate refuses a picture by its header, before it is decoded: packages image/png, jpeg and gif make room for
// the pixels that a header claims before they read any, and a file of 49 bytes can claim gigabytes.
//
// It knows the formats that the program has registered with package image.
package gate

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"strconv"
)

// What can be wrong with a picture. Returned errors wrap one of these.
var (
	ErrFormat = errors.New("not a picture of a known format")
	ErrClaim  = errors.New("picture claims more than it can hold")
)

// Claimed is the size in pixels that a picture claims, if its bytes can hold as many. Bounds of its own are the caller's.
func Claimed(b []byte) (image.Point, error) {
	c, format, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return image.Point{}, detailed{ErrFormat, err.Error()}
	}
	if c.Width < 1 || c.Height < 1 {
		return image.Point{}, detailed{ErrFormat, size(c)}
	}
	if c.Width > len(b)*most(format, c.ColorModel)/c.Height {
		return image.Point{}, detailed{ErrClaim, strconv.Itoa(len(b)) + " bytes cannot hold " + size(c)}
	}
	return image.Pt(c.Width, c.Height), nil
}

func size(c image.Config) string {
	return strconv.Itoa(c.Width) + " x " + strconv.Itoa(c.Height) + " pixels"
}

// most is how many pixels one byte of a file can stand for.
func most(format string, m color.Model) int {
	switch format {
	case "jpeg":
		return 8 * 64 // a bit for each block of 8 by 8
	case "gif":
		return 4096 // twelve bits for the longest string that LZW knows
	}
	const inflated = 1032 // bytes that one of deflate can stand for
	switch m {
	case color.NRGBAModel, color.Gray16Model: // the first is that of grey and alpha too
		return inflated / 2
	case color.RGBAModel:
		return inflated / 3
	case color.NRGBA64Model:
		return inflated / 4
	case color.RGBA64Model:
		return inflated / 6
	}
	return 8 * inflated // a bit a pixel
}

// detailed is one of the package's errors with what was met.
type detailed struct {
	error
	detail string
}

func (e detailed) Error() string { return "gate: " + e.error.Error() + ": " + e.detail }
func (e detailed) Unwrap() error { return e.error }
