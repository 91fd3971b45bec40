package engine

import (
	"errors"
	"math"
	"testing"
)

// Scores are those of Classify, in the order of the classes.
func TestScoresAreThoseOfTheRanking(t *testing.T) {
	for _, arch := range []string{plainArch, sungArch} {
		n := newNetwork(t, arch)
		for _, h := range heads {
			c := newClassifier(t, n, h)
			names := []string{"b", "a", "c"}
			for i, name := range append(names, "a") {
				add(t, c, name, scrawl(uint64(i)))
			}
			got := make([]float32, len(names))
			if err := c.Scores(got, scrawl(9)); err != nil {
				t.Fatal(err)
			}
			want := map[string]float32{}
			for _, r := range classify(t, c, scrawl(9)).Ranking {
				want[r.Class] = r.Score
			}
			for i, name := range names {
				if got[i] != want[name] {
					t.Errorf("%q, %v: score of %q is %v, ranked with %v", arch, h, name, got[i], want[name])
				}
			}
			if err := c.Scores(got[:2], scrawl(9)); !errors.Is(err, ErrLimit) {
				t.Errorf("room for two of three: %v", err)
			}
		}
		if err := newClassifier(t, n, Prototype).Scores(nil, scrawl(1)); !errors.Is(err, ErrNoExamples) {
			t.Errorf("no classes: %v", err)
		}
	}
}

// An embedding times its step is what the float network gives, behind a root too.
func TestEmbeddingStep(t *testing.T) {
	for _, arch := range []string{plainArch, residualArch, sumArch} {
		m := randomModel(t, arch, 8)
		n, err := NewNetwork(m)
		if err != nil {
			t.Fatal(err)
		}
		e, real := embedded(n, m, scrawl(1000))
		for i, v := range e {
			if got := float64(v) * n.EmbeddingStep(); math.Abs(got-real[i]) > 1e-9 {
				t.Fatalf("%q: value %d is %v, want %v", arch, i, got, real[i])
			}
		}
	}
}
