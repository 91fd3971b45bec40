package ui

import (
	"image/color"
	"math"
)

// classHue is the colour that a class has on a map, by its place on the board. Neighbours differ as far as can
// be, and all are equally bright: they stand out from the surface, light or dark, enough to be read (4.5 to 1).
func (t *Theme) classHue(place int) color.RGBA {
	const golden = 0.381966
	_, hue := math.Modf(0.66 + float64(place)*golden)
	bright := 0.175
	if t.Ink.G > t.Surface.G {
		bright = 0.34
	}
	lo, hi := 0.0, 1.0
	for range 16 {
		mid := (lo + hi) / 2
		if r, g, b := hsl(hue, 0.68, mid); 0.2126*linear(r)+0.7152*linear(g)+0.0722*linear(b) < bright {
			lo = mid
		} else {
			hi = mid
		}
	}
	r, g, b := hsl(hue, 0.68, lo)
	byteOf := func(v float64) uint8 { return uint8(v*255 + 0.5) }
	return color.RGBA{byteOf(r), byteOf(g), byteOf(b), 0xff}
}

// hsl is a colour by hue, saturation and lightness, each 0..1.
func hsl(h, s, l float64) (r, g, b float64) {
	a := s * min(l, 1-l)
	part := func(n float64) float64 {
		k := math.Mod(n+12*h, 12)
		return l - a*max(-1, min(k-3, 9-k, 1))
	}
	return part(0), part(8), part(4)
}

// linear is the light of a channel of sRGB.
func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
