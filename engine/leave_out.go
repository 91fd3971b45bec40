package engine

import (
	"slices"
	"strconv"
)

// LeaveOut answers what Classify would say about a shot's own drawing if the shot had never been added:
// to the bit, and without a forward pass. A class whose only shot it is does not stand in the ranking
// then. The Classifier is the same after it as before. The error wraps ErrNoShot, or ErrNoExamples if
// there is no other shot at all.
//
// Asked of every shot in turn it tells how good a support set is by itself: leave-one-out
// cross-validation (Stone, "Cross-validatory choice and assessment of statistical predictions", Journal
// of the Royal Statistical Society B 36, 1974).
func (c *Classifier) LeaveOut(id ShotID) (Answer, error) {
	k := c.byShot[id]
	switch {
	case k == nil:
		return Answer{}, fail(ErrNoShot, strconv.Itoa(int(id)))
	case len(c.byShot) == 1:
		return Answer{}, fail(ErrNoExamples, "")
	case len(k.shots) == 1:
		return c.leaveClassOut(k), nil
	}
	i := slices.IndexFunc(k.shots, func(s shot) bool { return s.id == id })
	out := k.shots[i]
	unit(c.unit, out.embedding, out.length)
	for j, v := range c.unit {
		k.sum[j] -= v
	}
	k.shots = slices.Delete(k.shots, i, i+1)
	c.scorer.learn(k)
	a := c.answer(out.embedding)

	unit(c.unit, out.embedding, out.length)
	for j, v := range c.unit {
		k.sum[j] += v
	}
	k.shots = slices.Insert(k.shots, i, out)
	c.scorer.learn(k)
	return a, nil
}

// leaveClassOut is LeaveOut for the only shot of a class.
func (c *Classifier) leaveClassOut(k *class) Answer {
	i := slices.Index(c.classes, k)
	c.classes = slices.Delete(c.classes, i, i+1)
	c.scorer.forget()
	c.resize()
	a := c.answer(k.shots[0].embedding)

	c.classes = slices.Insert(c.classes, i, k)
	c.scorer.forget()
	c.resize() // the ranking of the answer stays: it has room for one more
	return a
}
