package engine

import "strconv"

// Head says how a query's embedding is compared with a class.
type Head uint8

const (
	// Prototype compares with the mean embedding of the class by cosine (Snell 2017).
	Prototype Head = iota
	// Siamese compares with each shot by the weighted L1 distance of the embeddings (Koch 2015).
	Siamese
	// Relation lets a small network judge the pair of query and class (Sung 2018).
	Relation
	// Matching compares with each shot by cosine, in the light of all classes (Cai 2018).
	Matching

	headCount = iota
)

var headNames = [headCount]string{Prototype: "prototype", Siamese: "siamese", Relation: "relation", Matching: "matching"}

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
	return 0, fail(ErrHead, strconv.Quote(s)+", want prototype, siamese, relation or matching")
}

// scorer is a head at work. It keeps what it needs of a class in the class itself.
type scorer interface {
	// learn prepares a class that is new or whose shots have changed; there is at least one.
	learn(c *class)
	// forget is called when a class has gone.
	forget()
	// ask takes the query that logit is asked about next: e is its embedding, length its norm.
	// support has every class, in their order.
	ask(support []*class, e []int16, length float64)
	// logit compares the query with a class. Higher is more alike; rankings are ordered by it.
	logit(c *class) float64
	// score turns a logit into what people are shown.
	score(logit float64) float64
}

// newScorer returns a head of the network that knows no class yet.
func newScorer(n *Network, h Head) (scorer, error) {
	missing := false
	switch h {
	case Prototype:
		return &prototypeScorer{}, nil
	case Siamese:
		if missing = n.siamese == nil; !missing {
			return newSiameseScorer(n.siamese), nil
		}
	case Relation:
		if missing = n.relation == nil; !missing {
			return newRelationScorer(n.relation), nil
		}
	case Matching:
		if missing = n.matching == nil; !missing {
			return newMatchingScorer(n.matching), nil
		}
	}
	if missing {
		return nil, fail(ErrHead, "the model has no "+h.String()+" head")
	}
	return nil, fail(ErrHead, h.String()+" is not known")
}
