package ui

import (
	"math"
	"math/rand/v2"

	"oneshot/engine"
	"oneshot/ui/state"
	"oneshot/weights"
)

// lab is where lessons and games run the network, apart from the learner that knows the user's classes:
// nothing that happens there touches what was taught.
type lab struct {
	model *weights.Model
	net   *engine.Network // once somebody has asked for it
}

// Lend gives the page a model to explain itself with. Without one, the lessons and the game are not offered.
func (g *Game) Lend(m *weights.Model) { g.lab = &lab{model: m} }

// network returns a network of the lab's own.
func (l *lab) network() (*engine.Network, error) {
	if l.net == nil {
		n, err := engine.NewNetwork(l.model)
		if err != nil {
			return nil, err
		}
		l.net = n
	}
	return l.net, nil
}

// classifier returns one that knows nothing.
func (l *lab) classifier(h engine.Head) (*engine.Classifier, error) {
	n, err := l.network()
	if err != nil {
		return nil, err
	}
	return engine.NewClassifier(n, h)
}

// learner returns one that knows nothing.
func (l *lab) learner() (state.Learner, error) {
	c, err := l.classifier(DefaultHead)
	if err != nil {
		return nil, err
	}
	return newLearner(c), nil
}

// dice returns random numbers that differ from one call to the next, by the clock.
func (g *Game) dice() *rand.Rand {
	return rand.New(rand.NewPCG(math.Float64bits(g.host.Now()), 0))
}
