package engine

import "strconv"

// Head says how a query's embedding is compared with a class.
type Head uint8

const (
	// Prototype compares with the mean embedding of the class by cosine (Snell 2017).
	Prototype Head = iota
	// Relation lets a small network judge the pair of query and class (Sung 2018).
	Relation
)

var headNames = [...]string{Prototype: "prototype", Relation: "relation"}

// String is the name that ParseHead reads.
func (h Head) String() string {
	if int(h) < len(headNames) {
		return headNames[h]
	}
	return "head " + strconv.Itoa(int(h))
}

// ParseHead reads the name of a head. Its errors wrap ErrHead.
func ParseHead(s string) (Head, error) {
	for h, name := range headNames {
		if s == name {
			return Head(h), nil
		}
	}
	return 0, fail(ErrHead, strconv.Quote(s)+", want prototype or relation")
}

// scorer is a head at work. It keeps what it needs of a class in the class itself.
type scorer interface {
	// learn prepares a class whose shots have changed; there is at least one.
	learn(c *class)
	// ask takes the query that score is asked about next. e is its embedding, length its norm.
	ask(e []int16, length float64)
	// logit compares the query with a class. Higher is more alike; rankings are ordered by it.
	logit(c *class) float64
	// grade fills Score and Confidence of ranking[i] from logits[i]. It may overwrite logits.
	grade(ranking []Rank, logits []float64)
}

func newScorer(n *Network, h Head) (scorer, error) {
	switch h {
	case Prototype:
		return &prototypeScorer{temperature: n.temperature}, nil
	case Relation:
		if n.relation == nil {
			return nil, fail(ErrHead, "the model has no relation head")
		}
		return newRelationScorer(n.relation), nil
	}
	return nil, fail(ErrHead, h.String()+" is not known")
}
