package engine

import "strconv"

// Embedding returns the embedding of a shot: what the heads compare, as Network.Embed computed it. It
// belongs to the Classifier; the caller must not change it. The error wraps ErrNoShot.
func (c *Classifier) Embedding(id ShotID) ([]int16, error) {
	if k := c.byShot[id]; k != nil {
		for i := range k.shots {
			if k.shots[i].id == id {
				return k.shots[i].embedding, nil
			}
		}
	}
	return nil, fail(ErrNoShot, strconv.Itoa(int(id)))
}
