package nn

import "math"

// Maps scales unit embeddings to a mean square of 1 and lays them out as the relation module reads them: the mean
// over each class's shots, and the queries.
type Maps struct{ Classes, Queries *Plane }

// MapScale is what unit embeddings of d values are multiplied by.
func MapScale(d int) float32 { return float32(math.Sqrt(float64(d))) }

// Fill reads the unit embeddings u (N, h*w*c) of an episode.
func (m *Maps) Fill(u []float32, h, w, c int, ep Layout) {
	d := h * w * c
	m.Classes = fit(m.Classes, ep.Way, h, w, c)
	m.Queries = fit(m.Queries, ep.Way*ep.Query, h, w, c)
	scale := MapScale(d)
	clear(m.Classes.Data)
	clear(m.Queries.Data)
	for k := range ep.Way {
		for s := range ep.Shot {
			addRows(m.Classes, k, u[ep.Support(k, s)*d:][:d], scale/float32(ep.Shot))
		}
	}
	for q := range m.Queries.N {
		addRows(m.Queries, q, u[(ep.Asked(0, 0)+q)*d:][:d], scale)
	}
}

func addRows(p *Plane, i int, v []float32, scale float32) {
	for y := range p.H {
		row := p.Row(i, y)
		axpy(row, scale, v[:len(row)])
		v = v[len(row):]
	}
}

// Backward adds to du the gradient of the unit embeddings, given those of the maps.
func (m *Maps) Backward(du []float32, dClasses, dQueries *Plane, ep Layout) {
	d := dQueries.H * dQueries.W * dQueries.C
	scale := MapScale(d)
	for k := range ep.Way {
		for s := range ep.Shot {
			takeRows(du[ep.Support(k, s)*d:][:d], dClasses, k, scale/float32(ep.Shot))
		}
	}
	for q := range dQueries.N {
		takeRows(du[(ep.Asked(0, 0)+q)*d:][:d], dQueries, q, scale)
	}
}

func takeRows(v []float32, p *Plane, i int, scale float32) {
	for y := range p.H {
		row := p.Row(i, y)
		axpy(v[:len(row)], scale, row)
		v = v[len(row):]
	}
}
