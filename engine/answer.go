package engine

// Answer is what a Classifier says about a query.
type Answer struct {
	// Ranking has every class, the most likely first; classes that score the same stand in the order
	// in which they were first added. It belongs to the Classifier and is valid until its next call.
	Ranking []Rank

	// Evidence is the logit of the first class: how much speaks for the best answer by itself.
	Evidence float64
	// None says that Evidence is below the Classifier's threshold: the query is none of the classes.
	// Ranking is the same as without.
	None bool

	// Nearest is the shot whose embedding is nearest to the query's, of all classes; of equals the
	// one that was added first. Its class need not be the first of the ranking.
	Nearest      ShotID
	NearestClass string
	// Similarity is the cosine between the nearest shot's embedding and the query's: 0..1.
	Similarity float32
}

// Rank is one class in an Answer.
type Rank struct {
	Class string
	// Logit is what the head computes for the class by itself; the ranking is by it. With Prototype it
	// is a cosine, 0..1; with Matching the soft maximum of the cosines to the shots, -1..1; with
	// Siamese and Relation it has no bounds.
	Logit float64
	// Score is Logit on a scale that ends at 1: its sigmoid with Siamese and Relation, itself with
	// Prototype and Matching. It is no probability.
	Score float32
	// Confidence is the share of the class beside the others, as if the query were one of them; all
	// confidences add up to 1. It is the softmax over classes of the logits times the temperature
	// of the head. A class alone has 1.
	Confidence float32
}
