package fewshot

import (
	"math"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"oneshot/engine"
	"oneshot/weights"
)

// Engine is the int8 engine as a Learner. Episodes show the same drawings again and again, so it
// remembers their embeddings; support and query otherwise go the way of every other user of
// engine.Classifier, and queries are answered one by one, each without a look at the others.
type Engine struct {
	net        *engine.Network
	head       engine.Head
	classifier *engine.Classifier
	embeddings map[*Drawing][]int16

	logits, confidences []float64
}

// NewEngine returns a Learner on a model. Errors are those of engine.New.
func NewEngine(m *weights.Model, h engine.Head) (*Engine, error) {
	classifier, err := engine.New(m, h)
	if err != nil {
		return nil, err
	}
	return &Engine{
		net:        classifier.Network(),
		head:       h,
		classifier: classifier,
		embeddings: map[*Drawing][]int16{},
	}, nil
}

// EngineOn returns a Learner on a network that may have other users, and with it their turns: it is not safe
// for concurrent use with them. Errors are those of engine.NewClassifier.
func EngineOn(n *engine.Network, h engine.Head) (*Engine, error) {
	classifier, err := engine.NewClassifier(n, h)
	if err != nil {
		return nil, err
	}
	return &Engine{net: n, head: h, classifier: classifier, embeddings: map[*Drawing][]int16{}}, nil
}

// Know takes the embedding of a drawing from whoever has computed it before, so that it need not be again.
func (l *Engine) Know(d *Drawing, embedding []int16) { l.embeddings[d] = embedding }

// With returns a Learner with another head of the same model and with nothing learned. The two share
// their embeddings and are not safe for concurrent use. Errors are those of engine.NewClassifier.
func (l *Engine) With(h engine.Head) (*Engine, error) {
	classifier, err := engine.NewClassifier(l.net, h)
	if err != nil {
		return nil, err
	}
	return &Engine{net: l.net, head: h, classifier: classifier, embeddings: l.embeddings}, nil
}

// Threshold returns the evidence below which the engine answers none of the classes: the model's for
// the head, or minus infinity where it has none.
func (l *Engine) Threshold() float64 { return l.classifier.Threshold() }

// Prepare embeds all drawings of a set on all cores: the same embeddings as one by one, sooner.
func (l *Engine) Prepare(set *Set) {
	var drawings []*Drawing
	for _, c := range set.Classes {
		drawings = append(drawings, c.Drawings...)
	}
	embeddings := make([][]int16, len(drawings))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		net := l.net.Clone()
		wait.Go(func() {
			for i := int(next.Add(1) - 1); i < len(drawings); i = int(next.Add(1) - 1) {
				embeddings[i] = embed(net, drawings[i])
			}
		})
	}
	wait.Wait()
	for i, d := range drawings {
		l.embeddings[d] = embeddings[i]
	}
}

// Learn implements Learner. Classes without a shot never come up as an answer.
func (l *Engine) Learn(support [][]*Drawing) error {
	c, err := engine.NewClassifier(l.net, l.head)
	if err != nil {
		return err
	}
	for class, shots := range support {
		for _, d := range shots {
			if _, err := c.AddEmbedding(strconv.Itoa(class), l.embedding(d)); err != nil {
				return err
			}
		}
	}
	l.classifier = c
	l.logits, l.confidences = make([]float64, len(support)), make([]float64, len(support))
	return nil
}

// Answer implements Learner. The error wraps engine.ErrNoExamples before anything was learned.
func (l *Engine) Answer(query *Drawing) (Answer, error) {
	said, err := l.classifier.ClassifyEmbedding(l.embedding(query))
	if err != nil {
		return Answer{}, err
	}
	answer := Answer{Logits: l.logits, Confidences: l.confidences}
	fill(l.logits, math.Inf(-1))
	fill(l.confidences, 0)
	for i, r := range said.Ranking {
		class, err := strconv.Atoi(r.Class)
		if err != nil {
			return Answer{}, err
		}
		if i == 0 {
			answer.Class = class
		}
		l.logits[class], l.confidences[class] = r.Logit, float64(r.Confidence)
	}
	return answer, nil
}

func (l *Engine) embedding(d *Drawing) []int16 {
	e, ok := l.embeddings[d]
	if !ok {
		e = embed(l.net, d)
		l.embeddings[d] = e
	}
	return e
}

func embed(n *engine.Network, d *Drawing) []int16 {
	e := make([]int16, n.EmbeddingLen())
	n.Embed(e, &d.Input)
	return e
}
