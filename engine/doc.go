// Package engine recognises a class from one example. It is what the browser carries: an int8
// network that embeds a drawing and heads that compare embeddings.
//
//	model, err := weights.Default()
//	clf, err := engine.New(model, engine.Relation)
//	shot, err := clf.Add("giraffe", input) // one example is enough
//	answer, err := clf.Classify(query)     // answer.Ranking, answer.Nearest
//
// It does not train (engine/train does), read files or touch the screen.
package engine
