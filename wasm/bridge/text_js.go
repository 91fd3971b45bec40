package bridge

import (
	"image/color"
	"math"
	"strconv"
	"syscall/js"

	"oneshot/ui"
)

// fontStack is the system's own typeface. Families that cover other scripts and emoji are the
// browser's to choose.
const fontStack = `-apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, Cantarell, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, sans-serif`

// Bounds of one piece of drawn text, in device pixels.
const (
	maxTextWidth  = 4096
	maxTextHeight = 512
)

// brush is a canvas that nobody sees, to draw text on.
type brush struct {
	canvas, context js.Value
	w, h            int
	font            string // that the context has, as in css
}

// use makes the context draw in a font. Browsers read the whole list of families whenever they are told.
func (b *brush) use(font string) {
	if font != b.font {
		b.context.Set("font", font)
		b.font = font
	}
}

func (p *Page) openBrush() {
	b := &p.brush
	b.w, b.h = 512, 64
	if off := p.window.Get("OffscreenCanvas"); off.Truthy() {
		b.canvas = off.New(b.w, b.h)
	} else {
		b.canvas = p.document.Call("createElement", "canvas")
	}
	// Pixels are read back each time, so a canvas in main memory is faster.
	b.context = b.canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
}

func css(f ui.Font, scale float64) string {
	return strconv.Itoa(f.Weight) + " " + strconv.FormatFloat(f.Size*scale, 'f', 2, 64) + "px " + fontStack
}

// Measure implements ui.Text. It measures at the size that Raster draws at, since hinted glyphs do
// not scale.
func (p *Page) Measure(f ui.Font, s string) ui.Extent {
	scale := p.density()
	p.brush.use(css(f, scale))
	m := p.brush.context.Call("measureText", s)
	return ui.Extent{
		Width:   m.Get("width").Float() / scale,
		Ascent:  m.Get("fontBoundingBoxAscent").Float() / scale,
		Descent: m.Get("fontBoundingBoxDescent").Float() / scale,
	}
}

// Raster implements ui.Text.
func (p *Page) Raster(f ui.Font, s string, c color.RGBA, scale float64) ui.Raster {
	b := &p.brush
	b.use(css(f, scale))
	m := b.context.Call("measureText", s)
	of := func(name string) float64 { return m.Get(name).Float() }
	const margin = 2
	left := int(math.Ceil(max(of("actualBoundingBoxLeft"), 0))) + margin
	right := int(math.Ceil(max(of("actualBoundingBoxRight"), of("width")))) + margin
	up := int(math.Ceil(max(of("actualBoundingBoxAscent"), 0))) + margin
	down := int(math.Ceil(max(of("actualBoundingBoxDescent"), 0))) + margin
	w, h := min(left+right, maxTextWidth), min(up+down, maxTextHeight)

	if w > b.w || h > b.h {
		b.w, b.h = max(w, b.w), max(h, b.h)
		b.canvas.Set("width", b.w) // this also forgets the font
		b.canvas.Set("height", b.h)
		b.font = ""
		b.use(css(f, scale))
	}
	b.context.Call("clearRect", 0, 0, w, h)
	b.context.Set("fillStyle", "rgb("+strconv.Itoa(int(c.R))+" "+strconv.Itoa(int(c.G))+" "+strconv.Itoa(int(c.B))+")")
	b.context.Call("fillText", s, left, up)
	pix := make([]byte, 4*w*h)
	js.CopyBytesToGo(pix, b.context.Call("getImageData", 0, 0, w, h).Get("data"))
	premultiply(pix)
	return ui.Raster{Pix: pix, W: w, H: h, OriginX: left, Baseline: up}
}

// premultiply turns straight alpha, as canvases give it, into what the GPU wants.
func premultiply(pix []byte) {
	for i := 0; i+3 < len(pix); i += 4 {
		a := uint16(pix[i+3])
		for j := range 3 {
			pix[i+j] = byte((uint16(pix[i+j])*a + 127) / 255)
		}
	}
}
