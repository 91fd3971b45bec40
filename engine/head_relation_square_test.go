package engine

import (
	"strconv"
	"testing"
)

// Answering for all classes at once gives the bits of answering one by one, however many there are.
func TestRelateAllIsRelate(t *testing.T) {
	n := newNetwork(t, sungArch)
	if n.relation.square == nil {
		t.Fatal("the second convolution is not one of 2x2 pixels")
	}
	for _, ways := range []int{1, 2, rowClasses - 1, rowClasses, rowClasses + 1, 3*rowClasses + 5} {
		c := newClassifier(t, n, Relation)
		for i := range ways {
			add(t, c, strconv.Itoa(i), scrawl(uint64(i)))
		}
		for query := range uint64(2) {
			e := make([]int16, n.EmbeddingLen())
			n.Embed(e, scrawl(100+query))
			c.scorer.ask(c.classes, e, norm(e))
			s := c.scorer.(*relationScorer)
			for i, k := range c.classes {
				if got, want := s.logit(k), s.relate(k); got != want {
					t.Fatalf("%d classes: logit of class %d is %v, alone %v", ways, i, got, want)
				}
			}
		}
	}
}
