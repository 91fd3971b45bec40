package engine

import (
	"cmp"
	"slices"
	"strconv"

	"oneshot/engine/prep"
	"oneshot/weights"
)

// Limits of a Classifier. The time of an answer and the memory grow in proportion to both.
const (
	MaxClasses   = 10_000
	MaxShots     = 10_000 // of all classes together
	MaxClassName = 1024   // bytes; a name has at least one
)

// Classifier holds a support set and answers which of its classes a query belongs to. Classes may
// have any number of shots each and are kept in the order in which they were first added.
//
// It is not safe for concurrent use, and neither is the Network below it.
type Classifier struct {
	net       *Network
	head      Head
	scorer    scorer
	threshold float64

	classes []*class
	byName  map[string]*class
	byShot  map[ShotID]*class
	last    ShotID

	// Buffers of one call, as long as an embedding or as there are classes.
	embedding []int16
	unit      []int64
	logits    []float64
	order     []int
	graded    []Rank
	ranking   []Rank
}

// ShotID names one example in a Classifier. It is never 0 and never used again.
type ShotID int

// class is a class with at least one shot.
type class struct {
	name  string
	shots []shot  // in the order of their IDs
	sum   []int64 // of the shots' unit vectors

	// What a head has learned of the class; nil with another head.
	prototype []int16 // Prototype, Matching: the mean's direction
	length    float64 // Prototype, Matching: norm(prototype)
	half      []int32 // Relation: the support half of the pair convolution
	sums      sums    // Relation, with RelationArch.Sum
	related   float64 // Relation, where it answers for all classes at once: the logit of the query at hand
}

type shot struct {
	id        ShotID
	embedding []int16
	length    float64 // norm(embedding)

	// What a head has learned of the shot; nil with another head.
	unit    []int16   // Siamese: the unit vector
	context direction // Matching: the contextual embedding
}

// New makes a Classifier with a Network of its own. Errors are those of NewNetwork and
// NewClassifier.
func New(m *weights.Model, h Head) (*Classifier, error) {
	n, err := NewNetwork(m)
	if err != nil {
		return nil, err
	}
	return NewClassifier(n, h)
}

// NewClassifier makes an empty Classifier on a Network, which other Classifiers may share. The error
// wraps ErrHead if the model has no weights for the head.
func NewClassifier(n *Network, h Head) (*Classifier, error) {
	s, err := newScorer(n, h)
	if err != nil {
		return nil, err
	}
	return &Classifier{
		net:       n,
		head:      h,
		scorer:    s,
		threshold: n.calibrations[h].threshold,
		byName:    map[string]*class{},
		byShot:    map[ShotID]*class{},
		embedding: make([]int16, n.EmbeddingLen()),
		unit:      make([]int64, n.EmbeddingLen()),
	}, nil
}

// Head returns the head that the Classifier compares with.
func (c *Classifier) Head() Head { return c.head }

// SetHead makes the Classifier compare with another head of its Network. What it was shown stays: it
// learns the stored embeddings anew, which costs no forward pass, and has the model's threshold for
// the head. The error wraps ErrHead if the model has no weights for it; nothing is changed then.
func (c *Classifier) SetHead(h Head) error {
	s, err := newScorer(c.net, h)
	if err != nil {
		return err
	}
	c.head, c.scorer, c.threshold = h, s, c.net.calibrations[h].threshold
	for _, k := range c.classes {
		k.prototype, k.length, k.half, k.sums = nil, 0, nil, sums{}
		for i := range k.shots {
			k.shots[i].unit, k.shots[i].context = nil, direction{}
		}
		s.learn(k)
	}
	return nil
}

// Threshold returns the evidence below which the answer is none of the classes: Network.Threshold of
// the head, unless SetThreshold has changed it since.
func (c *Classifier) Threshold() float64 { return c.threshold }

// SetThreshold answers none of the classes from now on where the evidence is below t, in units of
// the head's logit (see Answer.Evidence), until the head is changed. Negative infinity never answers
// none, and neither does NaN.
func (c *Classifier) SetThreshold(t float64) { c.threshold = t }

// Network returns the Network that the Classifier was made with.
func (c *Classifier) Network() *Network { return c.net }

// Len returns the number of classes and of shots.
func (c *Classifier) Len() (classes, shots int) { return len(c.classes), len(c.byShot) }

// Add shows one example of a class, which is made if there is none of that name. Its cost does not
// depend on what else was added; with Matching, the next question pays for all of it once. Errors wrap
// ErrClassName or ErrLimit.
func (c *Classifier) Add(class string, in prep.Input) (ShotID, error) {
	c.net.Embed(c.embedding, &in)
	return c.AddEmbedding(class, c.embedding)
}

// AddEmbedding is Add for an embedding that Network.Embed computed before. It is copied. Errors may
// also wrap ErrEmbedding.
func (c *Classifier) AddEmbedding(name string, embedding []int16) (ShotID, error) {
	if err := c.checkEmbedding(embedding); err != nil {
		return 0, err
	}
	if n := len(name); n < 1 || n > MaxClassName {
		return 0, fail(ErrClassName, strconv.Itoa(n)+" bytes, want 1 to "+strconv.Itoa(MaxClassName))
	}
	if len(c.byShot) >= MaxShots {
		return 0, fail(ErrLimit, strconv.Itoa(len(c.byShot))+" shots, at most "+strconv.Itoa(MaxShots))
	}
	k := c.byName[name]
	if k == nil {
		if len(c.classes) >= MaxClasses {
			return 0, fail(ErrLimit, strconv.Itoa(len(c.classes))+" classes, at most "+strconv.Itoa(MaxClasses))
		}
		k = &class{name: name, sum: make([]int64, len(embedding))}
		c.byName[name] = k
		c.classes = append(c.classes, k)
		c.resize()
	}
	c.last++
	s := shot{id: c.last, embedding: slices.Clone(embedding), length: norm(embedding)}
	c.byShot[s.id] = k
	k.shots = append(k.shots, s)
	unit(c.unit, s.embedding, s.length)
	for i, v := range c.unit {
		k.sum[i] += v
	}
	c.scorer.learn(k)
	return s.id, nil
}

// Remove forgets one example. A class goes with its last one. The error wraps ErrNoShot.
func (c *Classifier) Remove(id ShotID) error {
	k := c.byShot[id]
	if k == nil {
		return fail(ErrNoShot, strconv.Itoa(int(id)))
	}
	if len(k.shots) == 1 {
		return c.RemoveClass(k.name)
	}
	i := slices.IndexFunc(k.shots, func(s shot) bool { return s.id == id })
	unit(c.unit, k.shots[i].embedding, k.shots[i].length)
	for i, v := range c.unit {
		k.sum[i] -= v
	}
	k.shots = slices.Delete(k.shots, i, i+1)
	delete(c.byShot, id)
	c.scorer.learn(k)
	return nil
}

// RemoveClass forgets a class and its examples. The error wraps ErrNoClass.
func (c *Classifier) RemoveClass(name string) error {
	k := c.byName[name]
	if k == nil {
		return fail(ErrNoClass, strconv.Quote(name))
	}
	for _, s := range k.shots {
		delete(c.byShot, s.id)
	}
	delete(c.byName, name)
	i := slices.Index(c.classes, k)
	c.classes = slices.Delete(c.classes, i, i+1)
	c.scorer.forget()
	c.resize()
	return nil
}

// resize fits the buffers to the number of classes, so that answering allocates nothing.
func (c *Classifier) resize() {
	n := len(c.classes)
	c.logits = slices.Grow(c.logits[:0], n)[:n]
	c.order = slices.Grow(c.order[:0], n)[:n]
	c.graded = slices.Grow(c.graded[:0], n)[:n]
	c.ranking = slices.Grow(c.ranking[:0], n)[:n]
}

// Classify compares a query with every class. With one class alone the answer is that class, or none
// if the evidence is below the threshold. The error wraps ErrNoExamples if there are no examples. It
// allocates nothing.
func (c *Classifier) Classify(query prep.Input) (Answer, error) {
	if len(c.classes) == 0 {
		return Answer{}, fail(ErrNoExamples, "")
	}
	c.net.Embed(c.embedding, &query)
	return c.answer(c.embedding), nil
}

// ClassifyEmbedding is Classify for an embedding that Network.Embed computed before. The error may
// also wrap ErrEmbedding.
func (c *Classifier) ClassifyEmbedding(embedding []int16) (Answer, error) {
	if len(c.classes) == 0 {
		return Answer{}, fail(ErrNoExamples, "")
	}
	if err := c.checkEmbedding(embedding); err != nil {
		return Answer{}, err
	}
	return c.answer(embedding), nil
}

func (c *Classifier) checkEmbedding(e []int16) error {
	if len(e) != c.net.EmbeddingLen() {
		return fail(ErrEmbedding, strconv.Itoa(len(e))+" values, want "+strconv.Itoa(c.net.EmbeddingLen()))
	}
	for i, v := range e {
		if v < 0 || v > ActivationMax {
			return fail(ErrEmbedding, "value "+strconv.Itoa(i)+" is "+strconv.Itoa(int(v))+", want 0 to "+strconv.Itoa(ActivationMax))
		}
	}
	return nil
}

// answer ranks the classes; there is at least one.
func (c *Classifier) answer(e []int16) Answer {
	length := norm(e)
	c.scorer.ask(c.classes, e, length)
	for i, k := range c.classes {
		v := c.scorer.logit(k)
		c.logits[i], c.order[i] = v, i
		c.graded[i] = Rank{Class: k.name, Logit: v, Score: float32(c.scorer.score(v))}
	}
	// Order by logit, since scores that have saturated at 1 are equal although their logits are not.
	slices.SortFunc(c.order, func(i, j int) int {
		return cmp.Or(cmp.Compare(c.logits[j], c.logits[i]), cmp.Compare(i, j))
	})
	best := c.logits[c.order[0]]
	temperature := c.net.calibrations[c.head].temperature
	for i := range c.logits {
		c.logits[i] *= temperature
	}
	softmax(c.logits)
	for to, from := range c.order {
		c.ranking[to] = c.graded[from]
		c.ranking[to].Confidence = float32(c.logits[from])
	}
	a := c.nearest(e, length)
	a.Ranking = c.ranking
	a.Evidence, a.None = best, best < c.threshold
	return a
}

// nearest finds the shot with the largest cosine to e.
func (c *Classifier) nearest(e []int16, length float64) Answer {
	var a Answer
	best := -1.0
	for _, k := range c.classes {
		for i := range k.shots {
			s := &k.shots[i]
			v := cosine(e, s.embedding, length, s.length)
			if v > best || v == best && s.id < a.Nearest {
				best = v
				a.Nearest, a.NearestClass = s.id, k.name
			}
		}
	}
	a.Similarity = float32(best)
	return a
}
