// Package versus is a game of a person against the network: both are shown one drawing of each of twenty
// signs that were invented a moment ago, and then say of new drawings which sign they are. It is the
// 20-way one-shot task of Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through
// probabilistic program induction", Science 350, 2015, in which people were wrong 4.5 times in 100.
//
// The package is plain Go; whoever plays brings a learner that knows nothing yet.
package versus

import (
	"fmt"
	"math/rand/v2"

	"oneshot/ui/hand"
	"oneshot/ui/state"
)

// Signs is how many signs there are to choose from, and Rounds how many drawings are asked about.
const (
	Signs  = 20
	Rounds = 10
)

// looseness is how far a drawing strays from the sign that was meant: so far that neither side is always
// right. Of 140 drawings the built-in model took 9 for another sign.
const looseness = 1.8

// Sign is a sign as both sides are shown it: one drawing, and what it is made of in words for those who
// do not see it.
type Sign struct {
	Drawing []state.Stroke
	Words   string
}

// Round is one new drawing of one of the signs, and what was said about it. Signs are counted from 0.
type Round struct {
	Query    []state.Stroke
	Sign     int // what it is
	Answered bool
	Person   int // what the person said
	Machine  int // what the network said
}

// Match is a game. Both sides see the same drawings, made by the same hand.
type Match struct {
	Signs   [Signs]Sign
	Rounds  [Rounds]Round
	at      int
	machine state.Learner
}

// New begins a game. The machine must have learned nothing. It is shown one drawing of each sign, as the
// person is.
func New(r *rand.Rand, machine state.Learner) (*Match, error) {
	m := &Match{machine: machine}
	alphabet := hand.Alphabet(r, Signs)
	for i, s := range alphabet {
		m.Signs[i] = Sign{hand.New(r, looseness).Draw(r, s.Sign), s.Words}
		in, err := state.Input(m.Signs[i].Drawing)
		if err != nil {
			return nil, fmt.Errorf("versus: sign %d: %w", i+1, err)
		}
		if err := machine.Learn(state.ClassID(i+1), state.ShotID(i+1), &in); err != nil {
			return nil, fmt.Errorf("versus: sign %d: %w", i+1, err)
		}
	}
	for i, sign := range r.Perm(Signs)[:Rounds] {
		m.Rounds[i] = Round{Query: hand.New(r, looseness).Draw(r, alphabet[sign].Sign), Sign: sign}
	}
	return m, nil
}

// At is the round that is played, counted from 0; after the last it is Rounds.
func (m *Match) At() int { return m.at }

// Over reports whether all rounds were played.
func (m *Match) Over() bool { return m.at == Rounds }

// Answer is what the person says about the drawing of this round; the machine then says what it takes it
// for. A round is answered once.
func (m *Match) Answer(sign int) error {
	if m.Over() || sign < 0 || sign >= Signs {
		return fmt.Errorf("versus: sign %d in round %d, there are %d and %d", sign+1, m.at+1, Signs, Rounds)
	}
	r := &m.Rounds[m.at]
	if r.Answered {
		return nil
	}
	in, err := state.Input(r.Query)
	if err != nil {
		return fmt.Errorf("versus: round %d: %w", m.at+1, err)
	}
	a, err := m.machine.Classify(&in)
	if err != nil {
		return fmt.Errorf("versus: round %d: %w", m.at+1, err)
	}
	// It has to choose, as the person has: that it would rather say none of them does not count.
	r.Answered, r.Person, r.Machine = true, sign, int(a.Ranking[0].Class)-1
	return nil
}

// Next goes on to the next round once this one is answered.
func (m *Match) Next() {
	if !m.Over() && m.Rounds[m.at].Answered {
		m.at++
	}
}

// Score counts how often either side was right so far.
func (m *Match) Score() (person, machine int) {
	for _, r := range m.Rounds {
		if !r.Answered {
			continue
		}
		if r.Person == r.Sign {
			person++
		}
		if r.Machine == r.Sign {
			machine++
		}
	}
	return person, machine
}
