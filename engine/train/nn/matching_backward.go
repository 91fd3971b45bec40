package nn

import "math"

// matchingGradient is what one shard adds up.
type matchingGradient struct {
	gain, gate []float32
	beta, tau  float64
	support    []float32 // of the shots' contexts, (way*shot, D)
	slots      []float32 // (slots, D)
}

// Backward takes the gradient of Forward's result, adds to the gradients of the parameters and, unless du is nil, to du
// those of the unit embeddings: by way of the queries, of the shots, and of the memory that the shots wrote.
func (m *Matching) Backward(dScores, du []float32) {
	parts := make([]matchingGradient, Shards())
	for i := range parts {
		c := len(m.Gate.Value)
		parts[i] = matchingGradient{gain: make([]float32, c), gate: make([]float32, c),
			support: make([]float32, m.ep.Way*m.ep.Shot*m.d), slots: make([]float32, len(m.slots))}
	}
	m.backCosines(dScores, parts)
	m.backContexts(du, parts)
	for _, p := range parts {
		axpy(m.LogGain.Grad, 1, p.gain)
		axpy(m.Gate.Grad, 1, p.gate)
		m.LogBeta.Grad[0] += float32(p.beta)
		m.LogTau.Grad[0] += float32(p.tau)
	}
	if du == nil {
		return
	}
	for _, p := range parts[1:] {
		axpy(parts[0].slots, 1, p.slots)
	}
	m.backMemory(parts[0].slots, du)
}

// backCosines goes from the scores to the contextual embeddings, dContexts.
func (m *Matching) backCosines(dScores []float32, parts []matchingGradient) {
	ep, tau := m.ep, float64(m.Tau())
	shots := ep.Way * ep.Shot
	m.dContexts = sized(m.dContexts, len(m.contexts))
	clear(m.dContexts)
	Parallel(ep.Way*ep.Query, func(shard, lo, hi int) {
		p := &parts[shard]
		for q := lo; q < hi; q++ {
			c, dc := m.row(m.contexts, shots+q), m.row(m.dContexts, shots+q)
			for s, cos := range m.cosines[q*shots:][:shots] {
				at := q*ep.Way + s/ep.Shot
				// The part of the shot in its class's mean.
				part := math.Exp(tau*float64(cos)-float64(m.scores[at])) / float64(ep.Shot)
				g := float64(dScores[at]) * part * tau
				p.tau += g * float64(cos) // of the logarithm of tau
				axpy(dc, float32(g), m.row(m.contexts, s))
				axpy(m.row(p.support, s), float32(g), c)
			}
		}
	})
	for _, p := range parts {
		axpy(m.dContexts[:shots*m.d], 1, p.support)
	}
}

// backContexts goes from the contextual embeddings to the unit embeddings and the memory.
func (m *Matching) backContexts(du []float32, parts []matchingGradient) {
	slots := len(m.mixScale)
	gain, gate, beta := m.Gain(), m.Gate.Value, m.Beta()
	Parallel(m.ep.Images(), func(shard, lo, hi int) {
		p := &parts[shard]
		dRead, dLogit := make([]float32, m.d), make([]float32, slots)
		for i := lo; i < hi; i++ {
			z, dz, r := m.row(m.contexts, i), m.row(m.dContexts, i), m.row(m.read, i)
			x := m.row(m.u, i)
			axpy(dz, -Dot(z, dz), z)
			for at := 0; at < m.d; at += len(gain) {
				for k, g := range gain {
					j := at + k
					v := dz[j] * m.scale[i]
					p.gain[k] += v * z[j] / m.scale[i] // of the logarithm of the gain
					v *= g
					p.gate[k] -= v * r[j]
					dRead[j] = -gate[k] * v
					dz[j] = v
				}
			}
			if du != nil {
				axpy(m.row(du, i), 1, dz)
			}
			if m.ep.Way == 1 {
				continue
			}
			a := m.attention[i*slots:][:slots]
			mean := float32(0)
			for j := range a {
				dLogit[j] = Dot(dRead, m.row(m.slots, j))
				mean += a[j] * dLogit[j]
			}
			for j := range a {
				g := a[j] * (dLogit[j] - mean)
				p.beta += float64(g * beta * Dot(x, m.row(m.slots, j))) // of the logarithm of beta
				if du == nil {
					continue
				}
				axpy(m.row(du, i), g*beta, m.row(m.slots, j))
				axpy(m.row(p.slots, j), g*beta, x)
				axpy(m.row(p.slots, j), a[j], dRead)
			}
		}
	})
}

// backMemory goes from the slots to the shots that were written into them.
func (m *Matching) backMemory(dSlots, du []float32) {
	slots := len(m.mixScale)
	for j := range slots {
		s, g := m.row(m.slots, j), m.row(dSlots, j)
		axpy(g, -Dot(s, g), s)
	}
	dProto := make([]float32, m.d)
	for c := range m.ep.Way {
		j := c % slots
		p := m.row(m.protos, c)
		clear(dProto)
		axpy(dProto, m.mixScale[j]*m.share(j), m.row(dSlots, j))
		axpy(dProto, -Dot(p, dProto), p)
		for k := range m.ep.Shot {
			axpy(m.row(du, m.ep.Support(c, k)), m.protoScale[c]/float32(m.ep.Shot), dProto)
		}
	}
}
