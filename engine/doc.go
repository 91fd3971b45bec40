// Package engine recognises a class from one example. It is what the browser carries: an int8
// network that embeds a drawing and heads that compare embeddings.
//
//	model, err := weights.Default()
//	clf, err := engine.New(model, engine.Relation)
//	shot, err := clf.Add("giraffe", input) // one example is enough
//	answer, err := clf.Classify(query)     // answer.Ranking, answer.None, answer.Nearest
//
// There are four heads, each in a file of its own that begins with its paper: Prototype, Siamese,
// Relation and Matching. Network.Heads says which a model has, and Classifier.SetHead changes from one to
// another without forgetting anything.
//
// It does not train (engine/train does), read files or touch the screen.
package engine
