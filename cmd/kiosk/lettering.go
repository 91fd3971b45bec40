//go:build unix

package main

import (
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"oneshot/ui"
)

// lettering draws text with the Go fonts, which the program carries: they have Latin, Greek and Cyrillic letters. It
// implements ui.Text.
type lettering struct {
	fonts [3]*opentype.Font // regular, medium, bold
	faces map[faceKey]font.Face
}

type faceKey struct {
	weight int
	size   float64 // in pixels
}

// maxFaces bounds the faces that are kept: a page has a dozen, and others with each density.
const maxFaces = 100

func newLettering() (lettering, error) {
	l := lettering{faces: map[faceKey]font.Face{}}
	for i, ttf := range [...][]byte{goregular.TTF, gomedium.TTF, gobold.TTF} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			return l, fmt.Errorf("font %d: %w", i, err)
		}
		l.fonts[i] = f
	}
	return l, nil
}

// face returns a font in a size of pixels, or nil if it has none such.
func (l *lettering) face(f ui.Font, scale float64) font.Face {
	k := faceKey{0, f.Size * scale}
	switch {
	case f.Weight >= 700:
		k.weight = 2
	case f.Weight >= 500:
		k.weight = 1
	}
	if face := l.faces[k]; face != nil {
		return face
	}
	face, err := opentype.NewFace(l.fonts[k.weight], &opentype.FaceOptions{Size: k.size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil
	}
	if len(l.faces) >= maxFaces {
		clear(l.faces)
	}
	l.faces[k] = face
	return face
}

// fine is how many pixels a unit has where text is measured, so that rounding does not show.
const fine = 4

// Measure implements ui.Text.
func (l *lettering) Measure(f ui.Font, s string) ui.Extent {
	face := l.face(f, fine)
	if face == nil {
		return ui.Extent{}
	}
	m := face.Metrics()
	units := func(v fixed.Int26_6) float64 { return float64(v) / 64 / fine }
	return ui.Extent{Width: units(font.MeasureString(face, s)), Ascent: units(m.Ascent), Descent: units(m.Descent)}
}

// maxLettering is the width of drawn text in pixels: more than any screen shows.
const maxLettering = 1 << 14

// Raster implements ui.Text.
func (l *lettering) Raster(f ui.Font, s string, c color.RGBA, scale float64) ui.Raster {
	face := l.face(f, scale)
	if face == nil {
		return ui.Raster{}
	}
	b, _ := font.BoundString(face, s)
	box := image.Rect(b.Min.X.Floor()-1, b.Min.Y.Floor()-1, b.Max.X.Ceil()+1, b.Max.Y.Ceil()+1)
	if box.Dx() > maxLettering || box.Dy() > maxLettering || box.Dx() <= 2 {
		return ui.Raster{}
	}
	img := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(-box.Min.X, -box.Min.Y)}
	d.DrawString(s)
	return ui.Raster{Pix: img.Pix, W: box.Dx(), H: box.Dy(), OriginX: -box.Min.X, Baseline: -box.Min.Y}
}
