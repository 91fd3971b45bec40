// Package prep turns pen strokes or a picture into what the network sees. It is the one
// preprocessing of the project: training, the command line tool and the browser all call it.
//
// It does not decode files and it does not augment.
package prep

import "errors"

// Side is the width and height of the network input, in pixels.
const Side = 28

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
)
