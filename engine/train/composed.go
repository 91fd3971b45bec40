package train

import "math/rand/v2"

// layout says how two characters are drawn into one: the second to the right of the first, or below it.
// People's scripts are made of parts that recur; classes that share a part must be told apart by the other.
type layout int

const (
	alone layout = iota
	beside
	below
	diagonal
	layouts
)

// partSize is the size of each of two characters, and partApart how far their centres lie from that of the input. They
// may touch: each has the margin of a crop around it.
const (
	partSize  = 0.72
	partApart = 0.17
)

// places returns where the two characters go.
func (l layout) places() (first, second place) {
	p := place{size: partSize}
	if l == beside || l == diagonal {
		p.x = partApart
	}
	if l == below || l == diagonal {
		p.y = partApart
	}
	return place{-p.x, -p.y, p.size}, p
}

// partsOf is how many kinds share a character on average, twice: a pool of 2*way/partsOf characters makes way kinds.
const partsOf = 6

// composed draws way kinds made of two characters each, from a pool so small that most kinds share each of their parts
// with others. Half of the pools are of one alphabet.
func (s *sampler) composed(way, syms int, r *rand.Rand) []kind {
	size := max(4, 2*way/partsOf)
	var pool []character
	if r.IntN(2) == 0 {
		pool = s.withinAlphabets(size, syms, r)
	} else {
		pool = s.acrossAlphabets(size, syms, r)
	}
	kinds := make([]kind, 0, way)
	seen := map[kind]bool{}
	for len(kinds) < way {
		k := kind{pool[r.IntN(len(pool))], pool[r.IntN(len(pool))], alone + 1 + layout(r.IntN(int(layouts)-1))}
		if k.first != k.second && !seen[k] {
			seen[k] = true
			kinds = append(kinds, k)
		}
	}
	return kinds
}
