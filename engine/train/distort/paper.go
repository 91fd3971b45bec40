package distort

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// scanned is grey paper with a texture, greyish ink and the noise of a scanner.
func scanned(src *image.Gray, r *rand.Rand) image.Image {
	k := inkOf(src)
	w, h := 2*k.w, 2*k.h
	k = k.through(similarity(0, 2, k, w, h), w, h).blur(0.8)
	paper, dark := 0.7+0.15*r.Float64(), 0.2+0.2*r.Float64()
	texture := waves(r, 4, w)
	return k.on(func(x, y int, v float32) float64 {
		ground := paper + 0.02*texture(x, y)
		return ground + float64(v)*(dark-ground) + 0.016*r.NormFloat64()
	})
}

// photographed is a sheet with the drawing in its middle, see photograph.
func photographed(src *image.Gray, r *rand.Rand) image.Image {
	k := inkOf(src)
	w, h := 2*k.w, 2*k.h
	return photograph(k.through(similarity(0, 1.4, k, w, h), w, h), r)
}

// photograph takes a picture of a sheet with a phone: light that falls off to one side down to 40 %, in half of the
// pictures the soft shadow of a hand or the phone, a warm lamp, a lens out of focus, the noise of the sensor, and JPEG.
func photograph(k ink, r *rand.Rand) image.Image {
	k = k.blur(0.7 + 0.6*r.Float64())
	size := float64(max(k.w, k.h))
	paper, dark := 0.85+0.1*r.Float64(), 0.15+0.2*r.Float64()
	falloff := 0.2 + 0.4*r.Float64() // of the light, from one edge to the other
	light := slope(r.Float64()*2*math.Pi, size)
	shadow, edge, soft := 0.0, slope(r.Float64()*2*math.Pi, size), 0.02+0.08*r.Float64()
	from := 0.3 + 0.4*r.Float64()
	if r.IntN(2) == 0 {
		shadow = 0.2 + 0.2*r.Float64()
	}
	red, blue := 1-0.03*r.Float64(), 1-0.15*r.Float64()
	m := image.NewRGBA(image.Rect(0, 0, k.w, k.h))
	for y := range k.h {
		for x := range k.w {
			lit := 1 - falloff*light(x, y)
			if shadow > 0 {
				lit *= 1 - shadow/(1+math.Exp(-(edge(x, y)-from)/soft))
			}
			v := lit * (paper + float64(k.v[y*k.w+x])*(dark-paper))
			i := m.PixOffset(x, y)
			noise := 0.015 * r.NormFloat64()
			m.Pix[i] = level(red*v + noise)
			m.Pix[i+1] = level(v + noise)
			m.Pix[i+2] = level(blue*v + noise)
			m.Pix[i+3] = 255
		}
	}
	return throughJPEG(m, 60+r.IntN(30))
}

// throughJPEG is the picture as a camera stores it.
func throughJPEG(m image.Image, quality int) image.Image {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		panic("distort: " + err.Error()) // a picture of ours is never too large, and memory does not fail to be written
	}
	stored, err := jpeg.Decode(&b)
	if err != nil {
		panic("distort: " + err.Error())
	}
	return stored
}

// slope rises from 0 to 1 across a picture of the given size, in the direction of the angle.
func slope(angle, size float64) func(x, y int) float64 {
	sin, cos := math.Sincos(angle)
	return func(x, y int) float64 {
		u, v := float64(x)/size-0.5, float64(y)/size-0.5
		return min(1, max(0, 0.5+(u*cos+v*sin)/math.Sqrt2))
	}
}

// waves is a smooth random texture between about -1 and 1: some plane waves of the size of the picture and shorter.
func waves(r *rand.Rand, n, size int) func(x, y int) float64 {
	type wave struct{ u, v, phase float64 }
	all := make([]wave, n)
	for i := range all {
		angle, frequency := r.Float64()*2*math.Pi, (1+9*r.Float64())*2*math.Pi/float64(size)
		all[i] = wave{frequency * math.Cos(angle), frequency * math.Sin(angle), r.Float64() * 2 * math.Pi}
	}
	return func(x, y int) float64 {
		var sum float64
		for _, w := range all {
			sum += math.Sin(w.u*float64(x) + w.v*float64(y) + w.phase)
		}
		return sum / math.Sqrt(float64(n))
	}
}
