package engine

import (
	"strconv"
	"strings"
)

// RelationArch is the relation head (Sung 2018): a convolution of the pair to Pair channels, a 3x3
// convolution to Conv channels, a dense layer of Dense units, and one logit. In the text form it is
//
//	relation 48 48 8        the pair's convolution is 3x3, as Sung's
//	relation 1x1 48 48 8    it is 1x1, as Gao's
//	relation sum 48 48 8    it reads embeddings as they are, shots summed; else unit vectors, shots averaged
//	relation pool 48 48 8   a 2x2 max pool follows each of its convolutions
//
// "relation sum pool 64 64 8" is the module of Sung's code. The three words stand in this order.
type RelationArch struct {
	Pair, Conv, Dense int
	// Pointwise makes the pair's convolution 1x1 (Gao 2020): it compares what class and query show
	// at the same place, before the second convolution looks at its neighbours.
	Pointwise bool
	// Sum makes it compare embeddings as the encoder gives them, those of several shots added up, as in Sung's code.
	Sum bool
	// Pool puts a 2x2 max pool, stride 2, behind each of its two convolutions, as in Sung's code.
	Pool bool
}

// Planes returns how large the planes are that the second convolution and the dense layer read, for
// embeddings of h by w.
func (r RelationArch) Planes(h, w int) (convH, convW, denseH, denseW int) {
	if r.Pool {
		return h / 2, w / 2, h / 2 / 2, w / 2 / 2
	}
	return h, w, h, w
}

// Heads returns the heads that such a network has, in the order of the constants. Prototype is
// always among them.
func (a Arch) Heads() []Head {
	h := []Head{Prototype}
	if a.Siamese {
		h = append(h, Siamese)
	}
	if a.Relation != nil {
		h = append(h, Relation)
	}
	if a.Matching {
		h = append(h, Matching)
	}
	return h
}

// parseHeads reads what stands behind the encoder: each head at most once, in their order.
func (a *Arch) parseHeads(text string) error {
	order := [...]string{"relation", "siamese", "matching"}
	next := 0
	for head := range strings.SplitSeq(text, ";") {
		f := strings.Fields(head)
		if len(f) == 0 {
			return archError("an empty head in " + strconv.Quote(text))
		}
		at := -1
		for i, name := range order {
			if f[0] == name {
				at = i
			}
		}
		switch {
		case at < 0:
			return archError("unknown head " + strconv.Quote(f[0]))
		case at < next:
			return archError(f[0] + " stands twice or out of order; the order is " + strings.Join(order[:], ", "))
		}
		next = at + 1
		sizes := f[1:]
		if f[0] == "relation" {
			r, err := parseRelation(sizes)
			if err != nil {
				return err
			}
			a.Relation = r
			h, w, _ := a.EmbeddingDims()
			if _, _, dh, dw := r.Planes(h, w); dh < 1 || dw < 1 {
				return archError("a relation with pools needs an embedding of 4 by 4 or more, got " +
					strconv.Itoa(h) + " by " + strconv.Itoa(w))
			}
			continue
		}
		if len(sizes) > 0 {
			return archError(f[0] + " takes no size, got " + strconv.Quote(strings.Join(sizes, " ")))
		}
		a.Siamese = a.Siamese || f[0] == "siamese"
		a.Matching = a.Matching || f[0] == "matching"
	}
	return nil
}

func parseRelation(sizes []string) (*RelationArch, error) {
	r := new(RelationArch)
	for _, word := range r.words() {
		if len(sizes) > 0 && sizes[0] == word.text {
			*word.set, sizes = true, sizes[1:]
		}
	}
	into := [...]*int{&r.Pair, &r.Conv, &r.Dense}
	if len(sizes) != len(into) {
		return nil, archError("relation has " + strconv.Itoa(len(sizes)) + " sizes, want " + strconv.Itoa(len(into)))
	}
	for i, s := range sizes {
		n, err := channels(s)
		if err != nil {
			return nil, err
		}
		*into[i] = n
	}
	return r, nil
}

// relationWord is a word before the sizes, and what it sets.
type relationWord struct {
	text string
	set  *bool
}

// words are those that may stand before the sizes, in their order.
func (r *RelationArch) words() [3]relationWord {
	return [...]relationWord{{"1x1", &r.Pointwise}, {"sum", &r.Sum}, {"pool", &r.Pool}}
}

// headsText is what parseHeads reads, each head with the semicolon before it.
func (a Arch) headsText() string {
	s := ""
	if r := a.Relation; r != nil {
		s += "; relation "
		for _, word := range r.words() {
			if *word.set {
				s += word.text + " "
			}
		}
		s += strconv.Itoa(r.Pair) + " " + strconv.Itoa(r.Conv) + " " + strconv.Itoa(r.Dense)
	}
	if a.Siamese {
		s += "; siamese"
	}
	if a.Matching {
		s += "; matching"
	}
	return s
}

// headParams counts the trained values of the heads that have weights of their own.
func (a Arch) headParams() int {
	n := 0
	h, w, c := a.EmbeddingDims()
	if r := a.Relation; r != nil {
		side := 3
		if r.Pointwise {
			side = 1
		}
		n += (side*side*2*c + 1) * r.Pair
		n += (9*r.Pair + 1) * r.Conv
		_, _, dh, dw := r.Planes(h, w)
		n += (dh*dw*r.Conv + 1) * r.Dense
		n += r.Dense + 1
	}
	if a.Siamese {
		n += h*w*c + 1 // a weight for each value of the embedding, and the bias
	}
	if a.Matching {
		n += 2*c + 2 // gain and gate of each channel, beta and tau
	}
	return n
}
