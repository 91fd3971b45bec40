package engine

import (
	"strconv"

	"oneshot/engine/prep"
)

// Scores writes the score of every class into dst, in the order in which the classes were first added: the Rank.Score
// that Classify ranks, for programs that need no ranking and no nearest shot. Errors wrap ErrNoExamples, or ErrLimit
// if dst is not as long as there are classes. It allocates nothing.
func (c *Classifier) Scores(dst []float32, query *prep.Input) error {
	if len(c.classes) == 0 {
		return fail(ErrNoExamples, "")
	}
	if len(dst) != len(c.classes) {
		return fail(ErrLimit, "room for "+strconv.Itoa(len(dst))+" scores of "+strconv.Itoa(len(c.classes))+" classes")
	}
	c.net.Embed(c.embedding, query)
	c.scorer.ask(c.classes, c.embedding, norm(c.embedding))
	for i, k := range c.classes {
		dst[i] = float32(c.scorer.score(c.scorer.logit(k)))
	}
	return nil
}

// EmbeddingStep returns the real value of one step of an embedding: what the float32 network gives is this times
// what Embed gives.
func (n *Network) EmbeddingStep() float64 { return n.embedding.scale }
