package engine

import "strconv"

// Layer is one layer of a network, for people who want to see what a model is made of.
type Layer struct {
	Name string // as its tensors begin, e.g. "encoder.0"; of a layer without weights, its place
	Does string // e.g. "conv 3x3"
	// In and Out are (H, W, C) of what it reads and gives, of one input or of one pair.
	In, Out [3]int
	// MultiplyAdds is what it spends on one input, or on one pair.
	MultiplyAdds int
	// Ranges names the ranges of the activations that it gives, without ".range".
	Ranges []string
}

// Layers lists the layers of the encoder and of the relation head. The pair's convolution is listed whole, as it is
// spent on one class that is new; its two halves are computed once for each class and once for each query.
func (a Arch) Layers() []Layer {
	var all []Layer
	at := [3]int{0, 0, 1}
	at[0], at[1], _ = Arch{}.EmbeddingDims()
	add := func(name, does string, out [3]int, macs int, ranges ...string) {
		all = append(all, Layer{name, does, at, out, macs, ranges})
		at = out
	}
	for i, st := range a.Stages {
		name := "encoder." + strconv.Itoa(i)
		one := Arch{Stages: a.Stages[:i+1]}
		h, w, c := one.EmbeddingDims()
		macs := one.MultiplyAdds() - Arch{Stages: a.Stages[:i]}.MultiplyAdds()
		switch out := [3]int{h, w, c}; st.Kind {
		case Conv:
			add(name, "conv 3x3", out, macs, name)
		case Valid:
			add(name, "conv 3x3 valid", out, macs, name)
		case Residual:
			add(name, "residual 3x3", out, macs, name+".a", name)
		case Pool:
			add(name, "max pool 2x2", out, macs)
		case Root:
			add(name, "root", out, macs)
		}
	}
	if r := a.Relation; r != nil {
		h, w, c := a.EmbeddingDims()
		ch, cw, dh, dw := r.Planes(h, w)
		does, taps := "conv 3x3 of a pair", 9
		if r.Pointwise {
			does, taps = "conv 1x1 of a pair", 1
		}
		then, ranges := "", []string{"relation.embedding", "relation.0"}
		if r.Sum {
			ranges = ranges[1:]
		}
		if r.Pool {
			then = ", max pool 2x2"
		}
		at = [3]int{h, w, 2 * c}
		add("relation.0", does+then, [3]int{ch, cw, r.Pair}, h*w*taps*2*c*r.Pair, ranges...)
		add("relation.1", "conv 3x3"+then, [3]int{dh, dw, r.Conv}, ch*cw*9*r.Pair*r.Conv, "relation.1")
		add("relation.2", "dense", [3]int{1, 1, r.Dense}, dh*dw*r.Conv*r.Dense, "relation.2")
		add("relation.3", "dense", [3]int{1, 1, 1}, r.Dense)
	}
	return all
}
