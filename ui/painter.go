package ui

import (
	"image"
	"image/color"
	"math"
	"slices"

	"github.com/hajimehoshi/ebiten/v2"
)

// shapeSource draws boxes with round corners, and capsules. A vertex of a box carries the position relative to the box's
// centre (srcPos), half its size, its radius and the softness of its edge in pixels (custom). One of a capsule
// carries the position relative to one end of it (srcPos), the other end, the radius here, and 0.
const shapeSource = `//kage:unit pixels
package main

func Fragment(dstPos vec4, srcPos vec2, color vec4, custom vec4) vec4 {
	if custom.w == 0 {
		v := custom.xy
		h := clamp(dot(srcPos, v)/max(dot(v, v), 0.0001), 0, 1)
		return color * clamp(0.5+custom.z-length(srcPos-v*h), 0, 1)
	}
	q := abs(srcPos) - custom.xy + vec2(custom.z)
	d := length(max(q, vec2(0))) + min(max(q.x, q.y), 0) - custom.z
	a := clamp(0.5-d/(2*custom.w), 0, 1)
	if custom.w > 1 {
		a = a * a * (3 - 2*a)
	}
	return color * a
}
`

// inkSource draws capsules on paper of a known colour. It gives the mixture of ink and paper, of which
// the GPU then keeps the darker, or on dark paper the lighter: where capsules of one stroke overlap,
// their soft edges unite and do not add up to a hard one.
const inkSource = `//kage:unit pixels
package main

var Paper vec3

func Fragment(dstPos vec4, srcPos vec2, color vec4, custom vec4) vec4 {
	v := custom.xy
	h := clamp(dot(srcPos, v)/max(dot(v, v), 0.0001), 0, 1)
	a := clamp(0.5+custom.z-length(srcPos-v*h), 0, 1)
	return vec4(mix(Paper, color.rgb, a), 1)
}
`

// Painter draws on one image in layout units. What it is given goes to the GPU in few calls: shapes first, then ink, then
// images, among which are texts. Where something would come to lie below what it was given before, that is drawn first.
type Painter struct {
	dst   *ebiten.Image
	view  Rect    // the part of the page that dst shows
	scale float64 // device pixels per unit
	texts *textCache

	shape, ink *ebiten.Shader
	onPaper    ebiten.DrawTrianglesShaderOptions // for ink

	shapes, strokes mesh
	images          []placed
	inked, imaged   []Rect // where strokes and images lie, in pixels
}

// mesh is triangles for one call.
type mesh struct {
	vertices []ebiten.Vertex
	indices  []uint16
}

// mostVertices is how large a mesh may grow, for its indices have 16 bits.
const mostVertices = 60_000

// mostWaiting is how many strokes and images may wait, for each shape is compared with all of them.
const mostWaiting = 256

// placed is an image to be drawn.
type placed struct {
	image   *ebiten.Image
	options ebiten.DrawImageOptions
}

func newPainter(texts *textCache) (*Painter, error) {
	shape, err := ebiten.NewShader([]byte(shapeSource))
	if err != nil {
		return nil, err
	}
	ink, err := ebiten.NewShader([]byte(inkSource))
	if err != nil {
		return nil, err
	}
	return &Painter{texts: texts, shape: shape, ink: ink}, nil
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
	hw, hh := (x1-x0)/2, (y1-y0)/2
	radius = max(min(radius, hw, hh), 0)
	cx, cy := (x0+x1)/2, (y0+y1)/2
	m := softness + 0.5
	p.makeRoom(Rect{x0 - m, y0 - m, x1 - x0 + 2*m, y1 - y0 + 2*m}, p.inked, p.imaged)
	v := ebiten.Vertex{
		ColorR: float32(c.R) / 255, ColorG: float32(c.G) / 255, ColorB: float32(c.B) / 255, ColorA: float32(c.A) / 255,
		Custom0: float32(hw), Custom1: float32(hh), Custom2: float32(radius), Custom3: float32(softness),
	}
	if len(p.shapes.vertices) > mostVertices {
		p.flush()
	}
	p.shapes.quad(v, cx, cy, hw+m, hh+m)
}

// capsule adds a round-capped line in pixels.
func (m *mesh) capsule(a, b bead, c color.RGBA) {
	v := ebiten.Vertex{
		ColorR: float32(c.R) / 255, ColorG: float32(c.G) / 255, ColorB: float32(c.B) / 255, ColorA: 1,
		Custom0: float32(b.x - a.x), Custom1: float32(b.y - a.y),
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
	m.begin()
	for _, k := range [...]struct {
		at     bead
		su, sn float64
	}{{a, -1, -1}, {a, -1, 1}, {b, 1, -1}, {b, 1, 1}} {
		x, y := k.at.x+k.su*ux+k.sn*nx, k.at.y+k.su*uy+k.sn*ny
		v.DstX, v.DstY, v.SrcX, v.SrcY, v.Custom2 = float32(x), float32(y), float32(x-a.x), float32(y-a.y), float32(k.at.r)
		m.vertices = append(m.vertices, v)
	}
}

// quad adds a box of vertices around (cx, cy), which is where the source has its origin.
func (m *mesh) quad(v ebiten.Vertex, cx, cy, hw, hh float64) {
	m.begin()
	for i := range 4 {
		x, y := -hw, -hh
		if i&1 == 1 {
			x = hw
		}
		if i&2 == 2 {
			y = hh
		}
		v.DstX, v.DstY, v.SrcX, v.SrcY = float32(cx+x), float32(cy+y), float32(x), float32(y)
		m.vertices = append(m.vertices, v)
	}
}

// begin adds the two triangles of the four vertices that follow.
func (m *mesh) begin() {
	base := uint16(len(m.vertices))
	m.indices = append(m.indices, base, base+1, base+2, base+1, base+3, base+2)
}

// draw draws the mesh, and empties it.
func (m *mesh) draw(dst *ebiten.Image, with *ebiten.Shader, options *ebiten.DrawTrianglesShaderOptions) {
	if len(m.indices) > 0 {
		dst.DrawTrianglesShader(m.vertices, m.indices, with, options)
	}
	m.vertices, m.indices = m.vertices[:0], m.indices[:0]
}

// makeRoom makes room for something in a box of pixels: what it would come to lie below is drawn first.
func (p *Painter) makeRoom(r Rect, later ...[]Rect) {
	if len(p.inked)+len(p.imaged) >= mostWaiting {
		p.flush()
		return
	}
	for _, list := range later {
		if slices.ContainsFunc(list, r.Overlaps) {
			p.flush()
			return
		}
	}
}

// flush draws all that was given.
func (p *Painter) flush() {
	p.shapes.draw(p.dst, p.shape, nil)
	p.strokes.draw(p.dst, p.ink, &p.onPaper)
	for i := range p.images {
		p.dst.DrawImage(p.images[i].image, &p.images[i].options)
	}
	clear(p.images)
	p.images, p.inked, p.imaged = p.images[:0], p.inked[:0], p.imaged[:0]
}

// image draws an image with its upper left corner, scaled, at a place in pixels.
func (p *Painter) image(img *ebiten.Image, x, y, scale float64, options ebiten.DrawImageOptions) {
	options.GeoM.Scale(scale, scale)
	options.GeoM.Translate(x, y)
	size := img.Bounds().Size()
	r := Rect{x, y, float64(size.X) * scale, float64(size.Y) * scale}
	p.makeRoom(r)
	p.images = append(p.images, placed{img, options})
	p.imaged = append(p.imaged, r)
}

// Ink draws a stroke through beads given in layout units, on paper.
func (p *Painter) Ink(beads []bead, c color.RGBA) {
	r := p.around(beads)
	p.makeRoom(r, p.imaged)
	p.beads(&p.strokes, beads, c)
	p.inked = append(p.inked, r)
}

// Line draws a line through beads given in layout units, on anything.
func (p *Painter) Line(beads []bead, c color.RGBA) {
	p.makeRoom(p.around(beads), p.inked, p.imaged)
	p.beads(&p.shapes, beads, c)
}

func (p *Painter) beads(m *mesh, beads []bead, c color.RGBA) {
	for i := range beads {
		if i > 0 || len(beads) == 1 {
			if len(m.vertices) > mostVertices {
				p.flush()
			}
			m.capsule(p.toPixels(beads[max(i-1, 0)]), p.toPixels(beads[i]), c)
		}
	}
}

// around is a box of pixels that holds a line.
func (p *Painter) around(beads []bead) Rect {
	r := around(beads)
	return Rect{r.X * p.scale, r.Y * p.scale, r.W * p.scale, r.H * p.scale}
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
	p.image(img.image, math.Round(x*p.scale)-float64(img.originX), math.Round(base*p.scale)-float64(img.baseline), 1, ebiten.DrawImageOptions{})
}

// Label draws one line as Text does, in a smaller font where it is too long: for the words in a figure.
func (p *Painter) Label(s string, f Font, r Rect, at Align, c color.RGBA) {
	if w := p.texts.Measure(f, s).Width; w > r.W {
		f.Size = max(math.Floor(2*f.Size*r.W/w)/2, f.Size/2)
	}
	p.Text(s, f, r, at, c)
}

// Paragraph draws text on as many lines as it needs and as fit in the box, and returns the height it took. Where that is not
// enough by little, the font is smaller.
func (p *Painter) Paragraph(s string, f Font, r Rect, at Align, c color.RGBA) float64 {
	for least := f.Size * 0.75; !p.texts.fits(f, s, r.W, max(r.H, f.leading())) && f.Size > least; {
		f.Size -= 0.5
	}
	leading := f.leading()
	lines := p.texts.wrap(f, s, r.W, max(int(r.H/leading), 1))
	for i, line := range lines {
		p.Text(line, f, Rect{r.X, r.Y + float64(i)*leading, r.W, leading}, at, c)
	}
	return float64(len(lines)) * leading
}

// Block draws a paragraph that is vertically centred in its box.
func (p *Painter) Block(s string, f Font, r Rect, at Align, c color.RGBA) {
	h := min(p.texts.height(f, s, r.W), r.H)
	p.Paragraph(s, f, Rect{r.X, r.Y + (r.H-h)/2, r.W, max(h, f.leading())}, at, c)
}
