package fewshot_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"oneshot/engine/fewshot"

	"pgregory.net/rapid"
)

func TestEvaluateCountsRightAnswers(t *testing.T) {
	set := numbered(4, 6, 7)
	done := 0
	p := fewshot.Protocol{Way: 5, Shot: 2, Episodes: 30, Seed: 3, Progress: func(n int) { done = n }}
	r, err := fewshot.Evaluate(set, p, &oracle{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (fewshot.Result{Accuracy: 1, CI95: 0, Episodes: 30, Queries: 150, Right: 150}); r != want {
		t.Errorf("a learner that is always right: %+v, want %+v", r, want)
	}
	if done != 30 {
		t.Errorf("progress ended at %d of 30", done)
	}
	r, err = fewshot.Evaluate(set, p, &oracle{wrong: 5})
	if err != nil || r.Right != 120 || math.Abs(r.Accuracy-0.8) > 1e-12 || r.CI95 > 1e-8 {
		t.Errorf("a learner wrong on every fifth query: %+v, error %v", r, err)
	}
}

// halves is right in every second episode and wrong in the others.
type halves struct {
	oracle
	episode int
}

func (h *halves) Learn(support [][]*fewshot.Drawing) error {
	h.wrong = h.episode % 2
	h.episode++
	return h.oracle.Learn(support)
}

func TestEvaluateInterval(t *testing.T) {
	r, err := fewshot.Evaluate(numbered(2, 5), fewshot.Protocol{Way: 5, Shot: 1, Episodes: 100}, &halves{})
	if err != nil {
		t.Fatal(err)
	}
	// 50 ones and 50 zeros: s*s = 25/99.
	if want := 1.96 * math.Sqrt(25.0/99/100); r.Accuracy != 0.5 || math.Abs(r.CI95-want) > 1e-12 {
		t.Errorf("accuracy %v +- %v, want 0.5 +- %v", r.Accuracy, r.CI95, want)
	}
	r, err = fewshot.Evaluate(numbered(2, 5), fewshot.Protocol{Way: 5, Shot: 1, Episodes: 1}, &oracle{})
	if err != nil || r.CI95 != 0 {
		t.Errorf("one episode: %+v, error %v", r, err)
	}
}

// TestEpisodes checks every sampled episode: classes and drawings differ, the query is of its class,
// and within an alphabet all classes share it.
func TestEpisodes(t *testing.T) {
	set := numbered(6, 9, 3, 12)
	rapid.Check(t, func(t *rapid.T) {
		p := fewshot.Protocol{
			Way:      rapid.IntRange(2, 9).Draw(t, "way"),
			Shot:     rapid.IntRange(1, 5).Draw(t, "shot"),
			Episodes: 1,
			Seed:     rapid.Uint64().Draw(t, "seed"),
			Within:   rapid.Bool().Draw(t, "within"),
		}
		i := rapid.IntRange(0, 1000).Draw(t, "episode")
		e, err := fewshot.Sample(set, p, i)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := fewshot.Sample(set, p, i)
		if !reflect.DeepEqual(e, again) {
			t.Fatal("the same seed gives another episode")
		}
		if len(e.Support) != p.Way || len(e.Queries) != p.Way {
			t.Fatalf("%d classes and %d queries, want %d", len(e.Support), len(e.Queries), p.Way)
		}
		classes := map[uint8]bool{}
		alphabets := map[string]bool{}
		for c, shots := range e.Support {
			class := e.Queries[c].Input[0]
			if classes[class] {
				t.Fatalf("class %d twice", class)
			}
			classes[class] = true
			alphabets[set.Classes[class].Alphabet] = true
			seen := map[*fewshot.Drawing]bool{e.Queries[c]: true}
			for _, d := range shots {
				if d.Input[0] != class || seen[d] {
					t.Fatalf("shots of class %d: drawing %v seen before, or of another class", class, d.Input[:2])
				}
				seen[d] = true
			}
			if len(shots) != p.Shot {
				t.Fatalf("%d shots, want %d", len(shots), p.Shot)
			}
		}
		if p.Within && len(alphabets) != 1 {
			t.Fatalf("classes of %d alphabets in an episode within one", len(alphabets))
		}
	})
}

// TestSamplingIsFair draws many episodes and counts: each alphabet that is large enough, each class
// and each drawing must come up about as often as the next.
func TestSamplingIsFair(t *testing.T) {
	set := numbered(4, 4, 2, 4)
	counts := map[[2]uint8]int{}
	const episodes = 6000
	for i := range episodes {
		e, err := fewshot.Sample(set, fewshot.Protocol{Way: 3, Shot: 1, Episodes: 1, Seed: 5, Within: true}, i)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range e.Queries {
			counts[[2]uint8{q.Input[0], q.Input[1]}]++
		}
	}
	// 3 of the 8 classes of the two alphabets that have 3, each with 4 drawings: 562.5 a drawing.
	if len(counts) != 32 {
		t.Fatalf("%d drawings came up as a query, want 32", len(counts))
	}
	for key, n := range counts {
		if n < 450 || n > 680 {
			t.Errorf("drawing %v came up %d times of an expected 562", key, n)
		}
	}
}

func TestEvaluateNamesWhatIsShort(t *testing.T) {
	good := fewshot.Protocol{Way: 5, Shot: 1, Episodes: 10}
	few := numbered(3, 6)
	few.Classes[2].Drawings = few.Classes[2].Drawings[:1]
	tests := []struct {
		name  string
		set   *fewshot.Set
		edit  func(*fewshot.Protocol)
		words string
		short bool
	}{
		{"way", numbered(3, 6), func(p *fewshot.Protocol) { p.Way = 1 }, "way 1, at least 2", false},
		{"shot", numbered(3, 6), func(p *fewshot.Protocol) { p.Shot = 0 }, "shot 0, at least 1", false},
		{"episodes", numbered(3, 6), func(p *fewshot.Protocol) { p.Episodes = -1 }, "episodes -1", false},
		{"classes", numbered(3, 2, 2), func(*fewshot.Protocol) {}, "the set has 4 classes, 5-way needs 5", true},
		{"alphabet", numbered(3, 4, 3), func(p *fewshot.Protocol) { p.Within = true }, "largest alphabet has 4 classes", true},
		{"drawings", few, func(*fewshot.Protocol) {}, `class "a00/c02" has 1 of the 2 drawings that 1-shot and a query need`, true},
		{"empty", &fewshot.Set{}, func(*fewshot.Protocol) {}, "the set has 0 classes", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := good
			test.edit(&p)
			_, err := fewshot.Evaluate(test.set, p, &oracle{})
			if err == nil || !strings.Contains(err.Error(), test.words) || errors.Is(err, fewshot.ErrShort) != test.short {
				t.Errorf("error %v, want one with %q", err, test.words)
			}
			if _, sampled := fewshot.Sample(test.set, p, 0); sampled == nil || sampled.Error() != err.Error() {
				t.Errorf("Sample's error %v differs from Evaluate's %v", sampled, err)
			}
		})
	}
}

var errBroken = errors.New("broken")

// brokenLearner fails in Learn or in Answer.
type brokenLearner struct{ learn error }

func (b brokenLearner) Learn([][]*fewshot.Drawing) error { return b.learn }
func (b brokenLearner) Answer(*fewshot.Drawing) (fewshot.Answer, error) {
	return fewshot.Answer{}, errBroken
}

func TestEvaluateReturnsTheLearnersError(t *testing.T) {
	for _, l := range []fewshot.Learner{brokenLearner{errBroken}, brokenLearner{}} {
		_, err := fewshot.Evaluate(numbered(2, 3), fewshot.Protocol{Way: 3, Shot: 1, Episodes: 2}, l)
		if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "episode 0") {
			t.Errorf("error %v, want episode 0 and the learner's", err)
		}
		run := fewshot.Run{Name: "run01", Training: []*fewshot.Drawing{number(0, 0)}, Test: []*fewshot.Drawing{number(0, 1)}, Answers: []int{0}}
		if _, err := fewshot.EvaluateRuns([]fewshot.Run{run}, l, nil); !errors.Is(err, errBroken) || !strings.Contains(err.Error(), `run "run01"`) {
			t.Errorf("error %v, want the run and the learner's", err)
		}
	}
}

func TestEvaluateRuns(t *testing.T) {
	var runs []fewshot.Run
	for _, name := range []string{"run01", "run02"} {
		run := fewshot.Run{Name: name}
		for c := range 20 {
			run.Training = append(run.Training, number(c, 0))
			run.Test = append(run.Test, number(19-c, 1))
			run.Answers = append(run.Answers, 19-c)
		}
		runs = append(runs, run)
	}
	done := 0
	r, err := fewshot.EvaluateRuns(runs, &oracle{wrong: 4}, func(n int) { done = n })
	if want := (fewshot.RunsResult{Trials: 40, Errors: 10}); err != nil || r != want || done != 2 {
		t.Errorf("%+v after %d runs, error %v, want %+v after 2", r, done, err, want)
	}
	if _, err := fewshot.EvaluateRuns(nil, &oracle{}, nil); err == nil {
		t.Error("no runs give no error")
	}
}
