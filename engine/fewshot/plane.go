package fewshot

import (
	"math"
	"math/rand/v2"

	"oneshot/engine/kernel"
)

// Plane is the plane in which embeddings, each of length 1, lie furthest apart: their first two principal
// components (Pearson, "On lines and planes of closest fit to systems of points in space", Philosophical
// Magazine 2, 1901). Squared distances between vectors of length 1 are 2 - 2 cosines, so that it is also the
// classical scaling of the cosine distances to two dimensions.
//
// It is found by orthogonal iteration, a bounded number of rows at a time: whoever draws sixty pictures a
// second calls Next for as long as a frame has time. The same embeddings give the same plane.
type Plane struct {
	rows  [][]int16
	scale []float64 // one over the length of each, 0 for a zero
	mean  []float64
	axes  [2]axis
	pass  int // 0 sums up the mean, planePasses is done
	row   int // the next of the pass
}

// axis is one of the two directions.
type axis struct {
	v        []float64 // of length 1, or all zero where nothing differs
	next     []float64 // sum of what this pass has seen
	offset   float64   // mean . v
	variance float64
	furthest float64 // coordinate that is furthest from 0, which decides the sign
}

// Passes over all rows, and rows in one call of Next. The axes turn by less than what is seen on a screen
// long before the last pass.
const (
	planePasses = 40
	planeRows   = 48
)

// NewPlane begins the plane of embeddings, which are all as long, of at least one value, and not changed.
func NewPlane(embeddings [][]int16) *Plane {
	p := &Plane{rows: embeddings}
	if len(embeddings) == 0 {
		p.pass = planePasses
		return p
	}
	n := len(embeddings[0])
	p.mean = make([]float64, n)
	for _, e := range embeddings {
		scale := 0.0
		if length := math.Sqrt(float64(kernel.DotI16(e, e))); length > 0 {
			scale = 1 / length
		}
		p.scale = append(p.scale, scale)
	}
	r := rand.New(rand.NewPCG(1901, 2))
	for k := range p.axes {
		p.axes[k].v, p.axes[k].next = make([]float64, n), make([]float64, n)
		for i := range n {
			p.axes[k].v[i] = r.Float64() - 0.5
		}
	}
	return p
}

// Next goes on for a while and reports whether there is more to do.
func (p *Plane) Next() (more bool) {
	if p.pass >= planePasses {
		return false
	}
	end := min(p.row+planeRows, len(p.rows))
	for ; p.row < end; p.row++ {
		e, scale := p.rows[p.row], p.scale[p.row]
		if p.pass == 0 {
			part := scale / float64(len(p.rows))
			for i, v := range e {
				p.mean[i] += float64(float64(v) * part)
			}
			continue
		}
		for k := range p.axes {
			a := &p.axes[k]
			at := a.place(e, scale)
			a.variance += float64(at*at) / float64(len(p.rows))
			if math.Abs(at) > math.Abs(a.furthest) {
				a.furthest = at
			}
			step := float64(at * scale)
			for i, v := range e {
				a.next[i] += float64(float64(v) * step)
			}
		}
	}
	if p.row == len(p.rows) {
		p.row = 0
		p.pass++
		p.turn()
	}
	return p.pass < planePasses
}

// turn makes the sums of a pass the axes of the next one: of length 1, at right angles. The mean has no part in
// them but what rounding leaves, since coordinates add up to 0.
func (p *Plane) turn() {
	last := p.pass == planePasses
	for k := range p.axes {
		a := &p.axes[k]
		if p.pass > 1 && !last {
			a.v, a.next = a.next, a.v
		}
		if !last {
			for j := range k {
				away(a.v, p.axes[j].v)
			}
			if normalise(a.v) < 1e-9 {
				clear(a.v) // nothing differs in another direction
			}
			clear(a.next)
			a.variance, a.furthest = 0, 0
		} else if a.furthest < 0 {
			for i := range a.v {
				a.v[i] = -a.v[i]
			}
		}
		a.offset = dot(p.mean, a.v)
	}
}

func (a *axis) place(e []int16, scale float64) float64 {
	sum := 0.0
	for i, v := range e {
		sum += float64(float64(v) * a.v[i])
	}
	return float64(sum*scale) - a.offset
}

// Done is how far it has come, 0..1.
func (p *Plane) Done() float64 {
	if p.pass >= planePasses {
		return 1
	}
	return (float64(p.pass) + float64(p.row)/float64(len(p.rows))) / planePasses
}

// Place is where an embedding lies on the plane, also one that it was not made from. The middle of all is (0, 0)
// and no two lie further apart than 2.
func (p *Plane) Place(e []int16) (x, y float64) {
	if len(e) != len(p.mean) {
		return 0, 0
	}
	length := math.Sqrt(float64(kernel.DotI16(e, e)))
	if length == 0 {
		return -p.axes[0].offset, -p.axes[1].offset
	}
	return p.axes[0].place(e, 1/length), p.axes[1].place(e, 1/length)
}

// Share is how much of the differences between the embeddings is seen on the plane, 0..1.
func (p *Plane) Share() float64 {
	all := -dot(p.mean, p.mean)
	for _, s := range p.scale {
		if s > 0 {
			all += 1 / float64(len(p.rows))
		}
	}
	if all < 1e-12 {
		return 1
	}
	return min((p.axes[0].variance+p.axes[1].variance)/all, 1)
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}

// away takes from v its part in the direction of u, which has length 1 or 0.
func away(v, u []float64) {
	part := dot(v, u)
	for i := range v {
		v[i] -= float64(part * u[i])
	}
}

// normalise gives v the length 1 and returns the one that it had.
func normalise(v []float64) float64 {
	length := math.Sqrt(dot(v, v))
	if length == 0 {
		return 0
	}
	for i := range v {
		v[i] /= length
	}
	return length
}
