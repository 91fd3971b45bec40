package fewshot

import (
	"cmp"
	"math"
	"slices"

	"oneshot/engine/kernel"
)

// Neighbours finds where classes meet: for every two of them the two drawings, one of each, whose embeddings are
// nearest. Like Plane it is found a part at a time.
type Neighbours struct {
	rows   [][]int16
	length []float64
	class  []int
	best   map[[2]int]Neighbour
	row    int
}

// Neighbour is two drawings of different classes, A < B, by their places, and the cosine between them, 0..1.
type Neighbour struct {
	A, B   int
	Cosine float64
}

// NewNeighbours begins with embeddings, which are all as long, and the class of each.
func NewNeighbours(embeddings [][]int16, class []int) *Neighbours {
	n := &Neighbours{rows: embeddings, class: class, best: map[[2]int]Neighbour{}}
	for _, e := range embeddings {
		n.length = append(n.length, math.Sqrt(float64(kernel.DotI16(e, e))))
	}
	return n
}

// Next compares one more drawing with those behind it, and reports whether there are others to compare.
func (n *Neighbours) Next() (more bool) {
	if n.row >= len(n.rows) {
		return false
	}
	i := n.row
	for j := i + 1; j < len(n.rows); j++ {
		if n.class[i] == n.class[j] {
			continue
		}
		key := [2]int{min(n.class[i], n.class[j]), max(n.class[i], n.class[j])}
		if v, old := n.Cosine(i, j), n.best[key]; old.B == 0 || v > old.Cosine {
			n.best[key] = Neighbour{i, j, v}
		}
	}
	n.row++
	return n.row < len(n.rows)
}

// Cosine compares two drawings.
func (n *Neighbours) Cosine(i, j int) float64 {
	if n.length[i] == 0 || n.length[j] == 0 {
		return 0
	}
	return min(float64(kernel.DotI16(n.rows[i], n.rows[j]))/float64(n.length[i]*n.length[j]), 1)
}

// Nearest returns so many pairs of drawings at most, the nearest first, no two of the same two classes.
func (n *Neighbours) Nearest(most int) []Neighbour {
	all := make([]Neighbour, 0, len(n.best))
	for _, pair := range n.best {
		all = append(all, pair)
	}
	slices.SortFunc(all, func(a, b Neighbour) int {
		return cmp.Or(cmp.Compare(b.Cosine, a.Cosine), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return all[:min(most, len(all))]
}

// To returns the drawing that is nearest to another one, of any class, and the cosine between them; -1 if it is
// the only one.
func (n *Neighbours) To(i int) (nearest int, cosine float64) {
	nearest = -1
	for j := range n.rows {
		if j == i {
			continue
		}
		if v := n.Cosine(i, j); nearest < 0 || v > cosine {
			nearest, cosine = j, v
		}
	}
	return nearest, cosine
}
