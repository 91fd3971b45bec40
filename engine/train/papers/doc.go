// Package papers trains the published networks that the four heads come from, as their authors
// described them, to have something to measure against: Koch's siamese network (koch2015.go), Sung's
// Relation Network (sung2018.go) and Gao's for spectral cubes (gao2020.go).
//
// Each is a Recipe, trained by a Trainer from a set of labelled examples, resumable from its
// checkpoint, and a fewshot.Learner, so that fewshot.Evaluate measures it as it measures the engine:
//
//	recipe, err := papers.Find("sung2018")
//	t, err := papers.New(papers.Config{Recipe: recipe.Scaled(0.01), Seed: 1, Training: set, Dir: dir})
//	err = t.Run(ctx)
//	result, err := fewshot.Evaluate(unseen, protocol, t.Learner())
//
// The networks are float32 and native only: nothing here is quantised or reaches a browser. What ships is
// trained by package train.
package papers
