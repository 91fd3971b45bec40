// Package distort makes a drawing's picture again as another pen, another paper, a scanner or a camera would have made it:
// what a learner meets outside its data set. It works on the picture, at a resolution of its own, and
// leaves finding the ink to package prep, as for any other picture.
//
// It is for measuring. Training distorts otherwise (train.Augment), so that the test is not what was practised.
package distort

import (
	"image"
	"math"
	"math/rand/v2"
)

// Distortion is one way in which a picture can differ.
type Distortion struct {
	Name string // in a few words, for a table

	// Apply makes the picture again; the same generator gives the same picture. src is dark ink on
	// light paper, without noise.
	Apply func(src *image.Gray, r *rand.Rand) image.Image
}

// All lists the distortions from the pen to the camera. Lengths are in parts of the picture's shorter side: a pixel of
// Omniglot is about 0.01, and its pen about 0.03.
func All() []Distortion {
	return []Distortion{
		{"thin pen", func(src *image.Gray, _ *rand.Rand) image.Image { return stroke(src, 0.012).gray() }},
		{"thick pen", func(src *image.Gray, _ *rand.Rand) image.Image { return stroke(src, 0.065).gray() }},
		{"anti-aliased ink", antiAliased},
		{"binary ink, coarse pixels", coarse},
		{"scanned from grey paper", scanned},
		{"photographed, uneven light", photographed},
		{"turned by up to 15 degrees", turned},
		{"any position and size", anywhere},
		{"any pen, turned, anywhere, photographed", everything},
	}
}

// antiAliased is the drawing with the pen it was made with, at twice the resolution, with soft edges.
func antiAliased(src *image.Gray, r *rand.Rand) image.Image {
	k := inkOf(src)
	return k.through(similarity(0, 2, k, 2*k.w, 2*k.h), 2*k.w, 2*k.h).blur(1 + r.Float64()).gray()
}

// coarse is a fax: 48 to 64 pixels a side, each of them black or white.
func coarse(src *image.Gray, r *rand.Rand) image.Image {
	k := inkOf(src)
	scale := float64(48+r.IntN(17)) / float64(min(k.w, k.h))
	w, h := int(math.Round(scale*float64(k.w))), int(math.Round(scale*float64(k.h)))
	k = k.through(similarity(0, scale, k, w, h), w, h)
	for i, v := range k.v {
		// The pen is less than two pixels wide: a third of a pixel covered is enough, or lines break.
		k.v[i] = 0
		if v > 1.0/3 {
			k.v[i] = 1
		}
	}
	return k.gray()
}

// maxTurn is the largest angle, in radians.
const maxTurn = 15 * math.Pi / 180

func turned(src *image.Gray, r *rand.Rand) image.Image {
	k := inkOf(src)
	// On a sheet half as large again, that no corner is lost.
	w, h := k.w*3/2, k.h*3/2
	return k.through(similarity((2*r.Float64()-1)*maxTurn, 1, k, w, h), w, h).gray()
}

// anywhere puts the drawing on a sheet of twice its side: the longer side of the ink from a fifth of the sheet to
// nine tenths, each ratio as likely, and anywhere that it fits.
func anywhere(src *image.Gray, r *rand.Rand) image.Image {
	k := inkOf(src)
	return k.place(r, 2*k.w, 2*k.h, 0, 0.2, 0.9).gray()
}

// everything is any pen, turned, anywhere on a photographed sheet.
func everything(src *image.Gray, r *rand.Rand) image.Image {
	k := stroke(src, 0.015*math.Exp(r.Float64()*math.Log(4)))
	return photograph(k.place(r, k.w, k.h, (2*r.Float64()-1)*maxTurn, 0.3, 0.9), r)
}
