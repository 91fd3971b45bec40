package ui

import (
	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// insight is what the learner keeps for those who ask what is behind its answers.
type insight struct {
	input     prep.Input // the last that was embedded
	embedding []int16    // of it; nil before the first
}

func (l *learner) Embed(in *prep.Input) []int16 {
	if l.insight.embedding == nil || l.insight.input != *in {
		n := l.classifier.Network()
		e := make([]int16, n.EmbeddingLen())
		n.Embed(e, in)
		l.insight = insight{*in, e}
	}
	return l.insight.embedding
}

func (l *learner) Embedding(shot state.ShotID) ([]int16, error) {
	if err := l.catchUp(); err != nil {
		return nil, err
	}
	return l.classifier.Embedding(l.known[shot])
}

// ClassifyBy changes the head and changes it back: the classifier learns from the embeddings that it has
// stored, so no picture goes through the network twice.
func (l *learner) ClassifyBy(head string, query *prep.Input) (out state.Answer, err error) {
	if err := l.catchUp(); err != nil {
		return state.Answer{}, err
	}
	e, own := l.Embed(query), l.Head()
	if head != own {
		if err := l.SetHead(head); err != nil {
			return state.Answer{}, err
		}
		defer func() {
			if back := l.SetHead(own); err == nil {
				err = back
			}
		}()
	}
	a, err := l.classifier.ClassifyEmbedding(e)
	if err != nil {
		return state.Answer{}, err
	}
	return l.translate(a)
}

func (l *learner) Beside(drawings map[*fewshot.Drawing]state.ShotID) (fewshot.Learner, error) {
	head, err := engine.ParseHead(l.Head())
	if err != nil {
		return nil, err
	}
	beside, err := fewshot.EngineOn(l.classifier.Network(), head)
	if err != nil {
		return nil, err
	}
	for d, shot := range drawings {
		e, err := l.Embedding(shot)
		if err != nil {
			return nil, err
		}
		beside.Know(d, e)
	}
	return beside, nil
}
