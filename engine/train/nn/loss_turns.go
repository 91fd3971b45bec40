package nn

import "oneshot/engine/kernel"

// Turns is Forward for an episode of one shot in which every drawing of a class takes its turn as the support: the mean of
// Forward over all choices of the support, from one set of embeddings. It costs two products of matrices more than one
// choice does and gives ep.Query+1 times as many comparisons.
//
//	u (N, d), unit embeddings laid out as ep says; d is a multiple of 16
func (l *PrototypeLoss) Turns(u []float32, d int, ep Layout) (Result, []float32) {
	if ep.Shot != 1 {
		panic("nn: Turns: episodes of one shot only")
	}
	n, views := ep.Images(), ep.Query+1
	wide := (n + kernel.PanelWidth - 1) / kernel.PanelWidth * kernel.PanelWidth
	cos := l.cosines(u, n, wide, d)
	place := func(class, view int) int {
		if view == 0 {
			return ep.Support(class, 0)
		}
		return ep.Asked(class, view-1)
	}
	asked := float64(n * ep.Query) // comparisons of a query with a whole support set
	t := l.Temperature()
	type part struct{ loss, right, dT float64 }
	parts := make([]part, Shards())
	if len(l.dCos) != len(cos) {
		l.dCos = make([]float32, len(cos))
	}
	clear(l.dCos)
	Parallel(n, func(s, lo, hi int) {
		p, logit := &parts[s], make([]float64, ep.Way)
		for q := lo; q < hi; q++ {
			truth, view := q/views, q%views
			at := place(truth, view)
			row, grad := cos[at*wide:][:n], l.dCos[at*wide:][:n]
			for turn := range views {
				if turn == view {
					continue
				}
				best := 0
				for c := range ep.Way {
					v := row[place(c, turn)]
					logit[c] = float64(t * v)
					if v > row[place(best, turn)] {
						best = c
					}
				}
				if best == truth {
					p.right++
				}
				logit[truth] -= float64(t * l.Margin)
				p.loss += crossEntropy(logit, truth)
				for c, g := range logit { // crossEntropy left the gradient there
					k := place(c, turn)
					g /= asked
					m := row[k]
					if c == truth {
						m -= l.Margin
					}
					p.dT += g * float64(m)
					grad[k] = t * float32(g)
				}
			}
		}
	})
	var r Result
	for _, p := range parts {
		r.Loss += p.loss / asked
		r.Accuracy += p.right / asked
		l.LogT.Grad[0] += float32(p.dT) * t
	}
	// cos = u*u', so du = (dCos + dCos')*u.
	for i := range n {
		for j := range i {
			v := l.dCos[i*wide+j] + l.dCos[j*wide+i]
			l.dCos[i*wide+j], l.dCos[j*wide+i] = v, v
		}
	}
	if len(l.grad) != len(u) {
		l.grad = make([]float32, len(u))
	}
	l.panels = kernel.PackF32(l.panels, u, n, d)
	product(l.grad, d, l.dCos, wide, n, l.panels)
	return r, l.grad
}

// cosines returns u*u' as (n, wide).
func (l *PrototypeLoss) cosines(u []float32, n, wide, d int) []float32 {
	if len(l.cos) != n*wide {
		l.cos, l.turned = make([]float32, n*wide), make([]float32, d*wide)
	}
	for i := range n {
		for k, v := range u[i*d:][:d] {
			l.turned[k*wide+i] = v
		}
	}
	l.panels = kernel.PackF32(l.panels, l.turned, d, wide)
	product(l.cos, wide, u, d, d, l.panels)
	return l.cos
}

// product sets dst (rows, wide) to the product of the first k columns of a (rows, pitch) and packed (k, wide).
func product(dst []float32, wide int, a []float32, pitch, k int, packed []float32) {
	Parallel(len(dst)/wide, func(_, lo, hi int) {
		g, to := kernel.Gather{Segments: 1, Run: k}, make([]int, 0, hi-lo)
		for i := lo; i < hi; i++ {
			g.Rows, to = append(g.Rows, i*pitch), append(to, i*wide)
		}
		kernel.MulF32(dst, to, a, g, packed, wide)
	})
}
