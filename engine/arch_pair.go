package engine

// PairCost is what the relation head's first layer costs for one query against a number of classes, and
// what follows it, in multiply-adds.
type PairCost struct {
	Joined int // over every pair, as it is written in the papers
	Taught int // the classes' halves, computed once when they are taught
	Asked  int // the query's half, computed once
	Added  int // additions, no multiplications: the two halves of every pair
	Rest   int // the layers behind, which see every pair either way
}

// PairCost counts for a number of classes. Without a relation head all is 0.
func (a Arch) PairCost(classes int) PairCost {
	r := a.Relation
	if r == nil {
		return PairCost{}
	}
	h, w, c := a.EmbeddingDims()
	taps := 9
	if r.Pointwise {
		taps = 1
	}
	half := h * w * taps * c * r.Pair
	rest := h*w*9*r.Pair*r.Conv + h*w*r.Conv*r.Dense + r.Dense
	return PairCost{
		Joined: classes * 2 * half, Taught: classes * half, Asked: half,
		Added: classes * h * w * r.Pair, Rest: classes * rest,
	}
}
