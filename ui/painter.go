package ui

import (
	"image"
	"image/color"
	"math"

	"github.com/hajimehoshi/ebiten/v2"
)

// shapeSource draws boxes with round corners. A vertex carries the position relative to the box's
// centre (srcPos), half its size, its radius and the softness of its edge in pixels (custom).
const shapeSource = `//kage:unit pixels
package main

func Fragment(dstPos vec4, srcPos vec2, color vec4, custom vec4) vec4 {
	q := abs(srcPos) - custom.xy + vec2(custom.z)
	d := length(max(q, vec2(0))) + min(max(q.x, q.y), 0) - custom.z
	a := clamp(0.5-d/(2*custom.w), 0, 1)
	if custom.w > 1 {
		a = a * a * (3 - 2*a)
	}
	return color * a
}
`

// lineSource draws capsules. A vertex carries its position (srcPos), the capsule's ends (custom), and
// colour with the radius at this end of the capsule in place of opacity.
const lineSource = `//kage:unit pixels
package main

func Fragment(dstPos vec4, srcPos vec2, color vec4, custom vec4) vec4 {
	p := srcPos - custom.xy
	v := custom.zw - custom.xy
	h := clamp(dot(p, v)/max(dot(v, v), 0.0001), 0, 1)
	a := clamp(0.5+color.a-length(p-v*h), 0, 1)
	return vec4(color.rgb*a, a)
}
`

// inkSource is lineSource on paper of a known colour. It gives the mixture of ink and paper, of which
// the GPU then keeps the darker, or on dark paper the lighter: where capsules of one stroke overlap,
// their soft edges unite and do not add up to a hard one.
const inkSource = `//kage:unit pixels
package main

var Paper vec3

func Fragment(dstPos vec4, srcPos vec2, color vec4, custom vec4) vec4 {
	p := srcPos - custom.xy
	v := custom.zw - custom.xy
	h := clamp(dot(p, v)/max(dot(v, v), 0.0001), 0, 1)
	a := clamp(0.5+color.a-length(p-v*h), 0, 1)
	return vec4(mix(Paper, color.rgb, a), 1)
}
`

// Painter draws on one image in layout units. Shapes of one kind that follow each other go to the
// GPU in one call.
type Painter struct {
	dst   *ebiten.Image
	view  Rect    // the part of the page that dst shows
	scale float64 // device pixels per unit
	texts *textCache

	shape, line, ink *ebiten.Shader

	current  *ebiten.Shader
	onPaper  ebiten.DrawTrianglesShaderOptions // for ink
	vertices []ebiten.Vertex
	indices  []uint16
}

func newPainter(texts *textCache) (*Painter, error) {
	shape, err := ebiten.NewShader([]byte(shapeSource))
	if err != nil {
		return nil, err
	}
	line, err := ebiten.NewShader([]byte(lineSource))
	if err != nil {
		return nil, err
	}
	ink, err := ebiten.NewShader([]byte(inkSource))
	if err != nil {
		return nil, err
	}
	return &Painter{texts: texts, shape: shape, line: line, ink: ink}, nil
}

// begin starts drawing on dst with scale pixels to a unit, and ink on paper of the given colour.
func (p *Painter) begin(dst *ebiten.Image, scale float64, ink, paper color.RGBA) {
	p.dst, p.scale = dst, scale
	p.view = Rect{0, 0, float64(dst.Bounds().Dx()) / scale, float64(dst.Bounds().Dy()) / scale}
	keep := ebiten.BlendOperationMin
	if ink.G > paper.G {
		keep = ebiten.BlendOperationMax
	}
	p.onPaper = ebiten.DrawTrianglesShaderOptions{
		Uniforms: map[string]any{"Paper": []float32{float32(paper.R) / 255, float32(paper.G) / 255, float32(paper.B) / 255}},
		Blend: ebiten.Blend{
			BlendFactorSourceRGB: ebiten.BlendFactorOne, BlendFactorDestinationRGB: ebiten.BlendFactorOne,
			BlendFactorSourceAlpha: ebiten.BlendFactorOne, BlendFactorDestinationAlpha: ebiten.BlendFactorOne,
			BlendOperationRGB: keep, BlendOperationAlpha: ebiten.BlendOperationMax,
		},
	}
}

// clip draws f inside a box only.
func (p *Painter) clip(r Rect, f func()) {
	p.flush()
	whole, view := p.dst, p.view
	x0, y0, x1, y1 := p.pixels(r)
	part := image.Rect(int(x0), int(y0), int(x1), int(y1)).Intersect(whole.Bounds())
	if part.Empty() {
		return
	}
	p.dst = whole.SubImage(part).(*ebiten.Image)
	p.view = Rect{float64(part.Min.X) / p.scale, float64(part.Min.Y) / p.scale, float64(part.Dx()) / p.scale, float64(part.Dy()) / p.scale}
	f()
	p.flush()
	p.dst, p.view = whole, view
}

// shows reports whether anything of a box, its shadow included, can be seen.
func (p *Painter) shows(r Rect) bool { return r.inset(-20).Overlaps(p.view) }

// pixels is a box snapped to whole device pixels.
func (p *Painter) pixels(r Rect) (x0, y0, x1, y1 float64) {
	return math.Round(r.X * p.scale), math.Round(r.Y * p.scale), math.Round(r.right() * p.scale), math.Round(r.bottom() * p.scale)
}

// Box fills a box with round corners.
func (p *Painter) Box(r Rect, radius float64, c color.RGBA) {
	x0, y0, x1, y1 := p.pixels(r)
	p.box(x0, y0, x1, y1, radius*p.scale, 0.5, c)
}

// Framed is Box with a border on the inside.
func (p *Painter) Framed(r Rect, radius, border float64, line, fill color.RGBA) {
	x0, y0, x1, y1 := p.pixels(r)
	w := max(math.Round(border*p.scale), 1)
	p.box(x0, y0, x1, y1, radius*p.scale, 0.5, line)
	p.box(x0+w, y0+w, x1-w, y1-w, radius*p.scale-w, 0.5, fill)
}

// Card is a raised surface: a soft shadow, a hair line, a fill.
func (p *Painter) Card(r Rect, t *Theme) { p.raised(r, t, 1, t.Line) }

func (p *Painter) raised(r Rect, t *Theme, border float64, line color.RGBA) {
	x0, y0, x1, y1 := p.pixels(r)
	drop := 4 * p.scale
	p.box(x0, y0+drop, x1, y1+drop, radiusCard*p.scale, 12*p.scale, t.Shadow)
	p.Framed(r, radiusCard, border, line, t.Surface)
}

// box adds a box in pixels. softness is half the width over which the edge fades.
func (p *Painter) box(x0, y0, x1, y1, radius, softness float64, c color.RGBA) {
	if x1 <= x0 || y1 <= y0 {
		return
	}
	p.use(p.shape)
	hw, hh := (x1-x0)/2, (y1-y0)/2
	radius = max(min(radius, hw, hh), 0)
	cx, cy := (x0+x1)/2, (y0+y1)/2
	m := softness + 0.5
	v := ebiten.Vertex{
		ColorR: float32(c.R) / 255, ColorG: float32(c.G) / 255, ColorB: float32(c.B) / 255, ColorA: float32(c.A) / 255,
		Custom0: float32(hw), Custom1: float32(hh), Custom2: float32(radius), Custom3: float32(softness),
	}
	p.quad(v, cx, cy, hw+m, hh+m, -cx, -cy)
}

// capsule adds a round-capped line in pixels.
func (p *Painter) capsule(with *ebiten.Shader, a, b bead, c color.RGBA) {
	p.use(with)
	v := ebiten.Vertex{
		ColorR: float32(c.R) / 255, ColorG: float32(c.G) / 255, ColorB: float32(c.B) / 255,
		Custom0: float32(a.x), Custom1: float32(a.y), Custom2: float32(b.x), Custom3: float32(b.y),
	}
	// A quad along the line: u is its direction, n the normal, both as long as the reach of the ink.
	reach := max(a.r, b.r) + 1
	ux, uy := b.x-a.x, b.y-a.y
	if d := math.Hypot(ux, uy); d > 0 {
		ux, uy = ux/d*reach, uy/d*reach
	} else {
		ux, uy = reach, 0
	}
	nx, ny := -uy, ux
	base := uint16(len(p.vertices))
	for _, k := range [...]struct {
		at     bead
		su, sn float64
	}{{a, -1, -1}, {a, -1, 1}, {b, 1, -1}, {b, 1, 1}} {
		x, y := k.at.x+k.su*ux+k.sn*nx, k.at.y+k.su*uy+k.sn*ny
		v.DstX, v.DstY, v.SrcX, v.SrcY, v.ColorA = float32(x), float32(y), float32(x), float32(y), float32(k.at.r)
		p.vertices = append(p.vertices, v)
	}
	p.indices = append(p.indices, base, base+1, base+2, base+1, base+3, base+2)
}

// quad adds a box of vertices around (cx, cy); the source position is the destination's plus
// (sx, sy).
func (p *Painter) quad(v ebiten.Vertex, cx, cy, hw, hh, sx, sy float64) {
	base := uint16(len(p.vertices))
	for i := range 4 {
		x, y := cx-hw, cy-hh
		if i&1 == 1 {
			x = cx + hw
		}
		if i&2 == 2 {
			y = cy + hh
		}
		v.DstX, v.DstY, v.SrcX, v.SrcY = float32(x), float32(y), float32(x+sx), float32(y+sy)
		p.vertices = append(p.vertices, v)
	}
	p.indices = append(p.indices, base, base+1, base+2, base+1, base+3, base+2)
}

// use makes s the shader of the shapes that follow. It flushes early enough for 16-bit indices.
func (p *Painter) use(s *ebiten.Shader) {
	if p.current != s || len(p.vertices) > 60_000 {
		p.flush()
		p.current = s
	}
}

func (p *Painter) flush() {
	if len(p.indices) > 0 {
		var options *ebiten.DrawTrianglesShaderOptions
		if p.current == p.ink {
			options = &p.onPaper
		}
		p.dst.DrawTrianglesShader(p.vertices, p.indices, p.current, options)
	}
	p.vertices, p.indices = p.vertices[:0], p.indices[:0]
}

// Ink draws a stroke through beads given in layout units, on paper.
func (p *Painter) Ink(beads []bead, c color.RGBA) { p.beads(p.ink, beads, c) }

// Line draws a line through beads given in layout units, on anything.
func (p *Painter) Line(beads []bead, c color.RGBA) { p.beads(p.line, beads, c) }

func (p *Painter) beads(with *ebiten.Shader, beads []bead, c color.RGBA) {
	for i := range beads {
		if i > 0 || len(beads) == 1 {
			p.capsule(with, p.toPixels(beads[max(i-1, 0)]), p.toPixels(beads[i]), c)
		}
	}
}

func (p *Painter) toPixels(b bead) bead { return bead{b.x * p.scale, b.y * p.scale, b.r * p.scale} }

// Align says where a text stands in its box.
type Align uint8

const (
	Left Align = iota
	Centre
	Right
)

// Text draws one line in a box, vertically centred, cut with an ellipsis where it is too long.
func (p *Painter) Text(s string, f Font, r Rect, at Align, c color.RGBA) {
	s = p.texts.cut(f, s, r.W)
	if s == "" {
		return
	}
	p.flush()
	img := p.texts.image(f, s, c, p.scale)
	if img == nil {
		return
	}
	e := p.texts.Measure(f, s)
	x := r.X
	switch at {
	case Centre:
		x += (r.W - e.Width) / 2
	case Right:
		x += r.W - e.Width
	}
	base := r.Y + (r.H-e.Ascent-e.Descent)/2 + e.Ascent
	op := &ebiten.DrawImageOptions{}
	op.GeoM.Translate(math.Round(x*p.scale)-float64(img.originX), math.Round(base*p.scale)-float64(img.baseline))
	p.dst.DrawImage(img.image, op)
}

// Paragraph draws text on as many lines as it needs and as fit in the box, and returns the height
// it took.
func (p *Painter) Paragraph(s string, f Font, r Rect, at Align, c color.RGBA) float64 {
	leading := math.Round(f.Size * 1.4)
	lines := p.texts.wrap(f, s, r.W, max(int(r.H/leading), 1))
	for i, line := range lines {
		p.Text(line, f, Rect{r.X, r.Y + float64(i)*leading, r.W, leading}, at, c)
	}
	return float64(len(lines)) * leading
}
