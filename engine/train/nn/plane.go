// Package nn is the float32 network of training: layers with hand-written gradients on
// gorgonia.org/tensor arrays, their losses, and the optimiser. Each gradient is checked against
// numeric differentiation.
//
// Native only. The browser runs the int8 network of package engine.
package nn

import (
	"gorgonia.org/tensor"

	"oneshot/engine/kernel"
)

// Plane is a batch of feature maps, (N, H+2, W+2, C) row-major with a border of one zero pixel, so that a 3x3
// convolution with zero padding reads it without copying. Layers write the inside and never
// the border.
type Plane struct {
	N, H, W, C int
	T          *tensor.Dense
	Data       []float32 // the backing array of T
}

// NewPlane returns a plane of zeros.
func NewPlane(n, h, w, c int) *Plane {
	data := make([]float32, n*(h+2)*(w+2)*c)
	t := tensor.New(tensor.WithShape(n, h+2, w+2, c), tensor.WithBacking(data))
	return &Plane{N: n, H: h, W: w, C: c, T: t, Data: data}
}

// Image returns the bordered map of image i.
func (p *Plane) Image(i int) []float32 {
	size := (p.H + 2) * (p.W + 2) * p.C
	return p.Data[i*size:][:size]
}

// images returns the bordered maps of images lo to hi.
func (p *Plane) images(lo, hi int) []float32 {
	size := (p.H + 2) * (p.W + 2) * p.C
	return p.Data[lo*size : hi*size]
}

// Row returns the inside of row y of image i: W*C values.
func (p *Plane) Row(i, y int) []float32 {
	return p.Data[((i*(p.H+2)+y+1)*(p.W+2)+1)*p.C:][:p.W*p.C]
}

// fit returns p if it has the wanted size and a new plane otherwise: layers keep their outputs
// between steps, and the batch seldom changes.
func fit(p *Plane, n, h, w, c int) *Plane {
	if p != nil && p.N == n && p.H == h && p.W == w && p.C == c {
		return p
	}
	return NewPlane(n, h, w, c)
}

// inside lists where the inner pixels of images lo to hi begin in a plane of this shape.
func (p *Plane) inside(lo, hi int) []int {
	at := make([]int, 0, (hi-lo)*p.H*p.W)
	for i := lo; i < hi; i++ {
		for y := range p.H {
			for x := range p.W {
				at = append(at, ((i*(p.H+2)+y+1)*(p.W+2)+x+1)*p.C)
			}
		}
	}
	return at
}

// window returns the gather of size x size neighbourhoods around the inner pixels of n images in a row; size is 1 or 3.
func (p *Plane) window(size, n int) kernel.Gather {
	g := kernel.Gather{Rows: p.inside(0, n), Segments: size, Run: size * p.C, Pitch: (p.W + 2) * p.C}
	for i := range g.Rows {
		g.Rows[i] -= (size / 2) * ((p.W+2)*p.C + p.C)
	}
	return g
}
