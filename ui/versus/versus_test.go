package versus_test

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"testing"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/ui/state"
	"oneshot/ui/versus"
	"oneshot/weights"
)

// The built-in model plays a few games: it is good, and not without fault, so that there is something to play for.
func TestTheMachineIsAnOpponent(t *testing.T) {
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	n, err := engine.NewNetwork(m)
	if err != nil {
		t.Fatal(err)
	}
	right, asked := 0, 0
	for seed := range uint64(5) {
		c, err := engine.NewClassifier(n, engine.Prototype)
		if err != nil {
			t.Fatal(err)
		}
		match, err := versus.New(rand.New(rand.NewPCG(seed, 0)), model{c: c})
		if err != nil {
			t.Fatal(err)
		}
		for !match.Over() {
			if err := match.Answer(match.Rounds[match.At()].Sign); err != nil {
				t.Fatal(err)
			}
			match.Next()
		}
		person, said := match.Score()
		if person != versus.Rounds {
			t.Errorf("who is always right scores %d of %d", person, versus.Rounds)
		}
		right, asked = right+said, asked+versus.Rounds
	}
	t.Logf("the machine is right %d times of %d", right, asked)
	if float64(right) < 0.8*float64(asked) {
		t.Errorf("the machine is right %d times of %d, want 80 %% at least", right, asked)
	}
}

// model is the built-in model as far as a match needs it.
type model struct {
	state.Learner
	c *engine.Classifier
}

func (m model) Learn(c state.ClassID, _ state.ShotID, in *prep.Input) error {
	_, err := m.c.Add(strconv.Itoa(int(c)), *in)
	return err
}

func (m model) Classify(q *prep.Input) (state.Answer, error) {
	a, err := m.c.Classify(*q)
	if err != nil {
		return state.Answer{}, err
	}
	best, err := strconv.Atoi(a.Ranking[0].Class)
	return state.Answer{Ranking: []state.Rank{{Class: state.ClassID(best)}}}, err
}

// stubborn says always the same class.
type stubborn struct {
	state.Learner
	says   state.ClassID
	shown  int
	broken error
}

func (s *stubborn) Learn(state.ClassID, state.ShotID, *prep.Input) error {
	s.shown++
	return s.broken
}

func (s *stubborn) Classify(*prep.Input) (state.Answer, error) {
	return state.Answer{None: true, Ranking: []state.Rank{{Class: s.says}}}, s.broken
}

func TestRules(t *testing.T) {
	machine := &stubborn{says: 1}
	m, err := versus.New(rand.New(rand.NewPCG(5, 0)), machine)
	if err != nil {
		t.Fatal(err)
	}
	if machine.shown != versus.Signs {
		t.Errorf("the machine was shown %d drawings, want %d", machine.shown, versus.Signs)
	}
	if m.Next(); m.At() != 0 {
		t.Error("a round was passed over")
	}
	for _, wrong := range []int{-1, versus.Signs} {
		if m.Answer(wrong) == nil {
			t.Errorf("sign %d was taken", wrong)
		}
	}
	asked := map[int]bool{}
	for i := range versus.Rounds {
		sign := m.Rounds[i].Sign
		if asked[sign] {
			t.Errorf("sign %d is asked about twice", sign)
		}
		asked[sign] = true
		say := sign
		if i%2 == 1 {
			say = (sign + 1) % versus.Signs
		}
		for _, s := range []int{say, sign} { // a second answer does not count
			if err := m.Answer(s); err != nil {
				t.Fatal(err)
			}
		}
		m.Next()
	}
	person, said := m.Score()
	want := 0
	if asked[0] {
		want = 1 // it says the first, whether or not it is sure
	}
	if !m.Over() || person != versus.Rounds/2 || said != want {
		t.Errorf("over %v, %d to %d, want %d to %d", m.Over(), person, said, versus.Rounds/2, want)
	}
	if m.Answer(3) == nil {
		t.Error("after the last round an answer was taken")
	}
}

func TestABrokenMachineIsAnError(t *testing.T) {
	broken := errors.New("broken")
	if _, err := versus.New(rand.New(rand.NewPCG(5, 0)), &stubborn{broken: broken}); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	machine := &stubborn{says: 1}
	m, err := versus.New(rand.New(rand.NewPCG(5, 0)), machine)
	if err != nil {
		t.Fatal(err)
	}
	machine.broken = broken
	if err := m.Answer(0); !errors.Is(err, broken) || m.Rounds[0].Answered {
		t.Errorf("error %v, round %+v", err, m.Rounds[0])
	}
}
