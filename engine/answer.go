package engine

// Answer is what a Classifier says about a query.
type Answer struct {
	// Ranking has every class, the most likely first; classes that score the same stand in the order
	// in which they were first added. It belongs to the Classifier and is valid until its next call.
	Ranking []Rank

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
	// Score is what the head computes for the class by itself: with Prototype the cosine to the
	// prototype, 0..1, with Relation the relation score, 0..1. Neither is a probability.
	Score float32
	// Confidence is the share of the class beside the others; all confidences add up to 1. With
	// Prototype it is the softmax of cosines times the learned temperature, with Relation the share
	// of the score in the sum of scores (all are 0 if every score is). A class alone has 1.
	Confidence float32
}
