package train

import (
	"math/rand/v2"

	"oneshot/engine"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// trainedHead is a head with weights of its own while it is trained.
type trainedHead interface {
	head() engine.Head
	// goal is that of the phases which train this head alone.
	goal() Goal
	// learn compares the queries of an episode with its classes by their unit embeddings u (N, D), adds to the gradients of
	// the head's parameters and, unless du is nil, to du those of the embeddings.
	learn(u, du []float32, ep nn.Layout) nn.Result
	// export names the head in to and returns its tensors.
	export(to *engine.Arch) []weights.Tensor
	Params() []*nn.Param
}

// newHeads returns the heads that an architecture names, in its order.
func newHeads(a engine.Arch, r *rand.Rand) (heads []trainedHead) {
	h, w, c := a.EmbeddingDims()
	if a.Relation != nil {
		heads = append(heads, &relationHead{Relation: nn.NewRelation(*a.Relation, h, w, c, r), arch: *a.Relation, h: h, w: w, c: c})
	}
	if a.Siamese {
		heads = append(heads, &siameseHead{Siamese: nn.NewSiamese(h * w * c)})
	}
	if a.Matching {
		heads = append(heads, &matchingHead{Matching: nn.NewMatching(c), d: h * w * c})
	}
	return heads
}

type relationHead struct {
	*nn.Relation
	arch    engine.RelationArch
	h, w, c int
	maps    nn.Maps
	loss    nn.RelationLoss
}

func (t *relationHead) head() engine.Head { return engine.Relation }
func (t *relationHead) goal() Goal        { return RelationGoal }

func (t *relationHead) learn(u, du []float32, ep nn.Layout) nn.Result {
	t.maps.Fill(u, t.h, t.w, t.c, ep)
	res, g := t.loss.Forward(t.Forward(t.maps.Classes, t.maps.Queries), ep)
	if du == nil {
		t.BackwardWeights(g)
		return res
	}
	dClasses, dQueries := t.Backward(g)
	t.maps.Backward(du, dClasses, dQueries, ep)
	return res
}

type siameseHead struct {
	*nn.Siamese
	loss nn.SiameseLoss
}

func (t *siameseHead) head() engine.Head { return engine.Siamese }
func (t *siameseHead) goal() Goal        { return SiameseGoal }

func (t *siameseHead) learn(u, du []float32, ep nn.Layout) nn.Result {
	res, g := t.loss.Forward(t.Forward(u, ep), ep)
	t.Backward(g, du)
	res.Loss += t.Penalty()
	return res
}

type matchingHead struct {
	*nn.Matching
	d    int
	loss nn.MatchingLoss
}

func (t *matchingHead) head() engine.Head { return engine.Matching }
func (t *matchingHead) goal() Goal        { return MatchingGoal }

func (t *matchingHead) learn(u, du []float32, ep nn.Layout) nn.Result {
	res, g := t.loss.Forward(t.Forward(u, t.d, ep), ep)
	t.Backward(g, du)
	return res
}
