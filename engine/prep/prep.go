// Package prep turns pen strokes or a picture into what the network sees. It is the one
// preprocessing of the project: training, the command line tool and the browser all call it.
//
// A picture goes three steps: InkOf finds how much of each pixel is ink, Ink.Box finds the square
// crop around the ink, and Ink.Scale averages the crop down to an Input. FromImage is the three in
// a row; training warps the Ink between the first step and the second. Strokes are drawn straight
// into their crop by FromStrokes, with a pen whose width follows the crop, so that neither where
// nor how large a person draws makes a difference.
//
// All arithmetic is in integers or in float64 that cannot be fused, so every runtime gives the
// same bits. The package does not decode files and it does not augment.
package prep

import (
	"errors"
	"image"
)

// Side is the width and height of the network input, in pixels.
const Side = 28

// Margin is the side of the crop divided by the longer side of the ink's bounding box.
const Margin = 1.2

// MinCrop is the smallest side of a crop as a fraction of the frame, so that a dot stays a dot
// instead of filling the input. The frame is the drawing area, or a picture's shorter side.
const MinCrop = 0.28

// MaxImageSide is the largest width or height of a picture, in pixels.
const MaxImageSide = 8192

// MaxPoints is the largest number of points in a drawing.
const MaxPoints = 1 << 18

// Input is what the network sees: (Side, Side) row-major, 0 where there is no ink, 255 where a
// pixel is covered by ink.
type Input [Side * Side]uint8

// Point is one sample of a pen, x to the right and y down, in any unit.
type Point struct{ X, Y float32 }

// Stroke is the path of the pen from touching down to lifting off.
type Stroke []Point

// What can be wrong with a drawing. Returned errors wrap one of these.
var (
	ErrBlank = errors.New("prep: no ink")
	ErrSpeck = errors.New("prep: ink too small to tell from a speck")
	ErrSize  = errors.New("prep: drawing too large")
	ErrPoint = errors.New("prep: point or frame out of range")
)

// FromImage returns the network's view of the ink in img. It is InkOf, Box and Scale in a row and
// its errors are theirs: ErrBlank, ErrSpeck or ErrSize.
func FromImage(img image.Image) (Input, error) {
	ink, err := InkOf(img)
	if err != nil {
		return Input{}, err
	}
	crop, err := ink.Box()
	if err != nil {
		return Input{}, err
	}
	return ink.Scale(crop), nil
}

// detailed is one of the package's errors with what was met.
type detailed struct {
	error
	detail string
}

func (e detailed) Error() string { return e.error.Error() + ": " + e.detail }
func (e detailed) Unwrap() error { return e.error }
