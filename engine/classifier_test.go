package engine

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"oneshot/engine/prep"
	"oneshot/weights"
)

var heads = []Head{Prototype, Siamese, Relation, Matching}

func newNetwork(t testing.TB, arch string) *Network {
	t.Helper()
	n, err := NewNetwork(randomModel(t, arch, 3))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func newClassifier(t testing.TB, n *Network, h Head) *Classifier {
	t.Helper()
	c, err := NewClassifier(n, h)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func add(t testing.TB, c *Classifier, class string, in *prep.Input) ShotID {
	t.Helper()
	id, err := c.Add(class, *in)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func classify(t testing.TB, c *Classifier, in *prep.Input) Answer {
	t.Helper()
	a, err := c.Classify(*in)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func names(ranking []Rank) string {
	var s []string
	for _, r := range ranking {
		s = append(s, r.Class)
	}
	return strings.Join(s, " ")
}

func eachHead(t *testing.T, f func(t *testing.T, c *Classifier)) {
	n := newNetwork(t, plainArch)
	for _, h := range heads {
		t.Run(h.String(), func(t *testing.T) { f(t, newClassifier(t, n, h)) })
	}
}

// leastScore is the bound of a classifier's scores from below; that from above is 1.
func leastScore(c *Classifier) float32 {
	if c.Head() == Matching {
		return -1
	}
	return 0
}

// What a person does first: nothing, one class, three classes, and away with them again.
func TestClassifierStory(t *testing.T) {
	eachHead(t, func(t *testing.T, c *Classifier) {
		if _, err := c.Classify(*scrawl(1)); !errors.Is(err, ErrNoExamples) {
			t.Errorf("without examples: %v, want ErrNoExamples", err)
		}
		a := add(t, c, "a", scrawl(1))
		got := classify(t, c, scrawl(9))
		if names(got.Ranking) != "a" || got.Ranking[0].Confidence != 1 || got.Nearest != a || got.NearestClass != "a" {
			t.Errorf("one class: %+v", got)
		}
		b := add(t, c, "b", scrawl(2))
		add(t, c, "c", scrawl(3))
		a2 := add(t, c, "a", scrawl(4)) // uneven shots
		if classes, shots := c.Len(); classes != 3 || shots != 4 {
			t.Errorf("%d classes and %d shots, want 3 and 4", classes, shots)
		}
		got = classify(t, c, scrawl(2))
		if got.Nearest != b || got.NearestClass != "b" || math.Abs(float64(got.Similarity)-1) > 1e-6 {
			t.Errorf("the query is a shot of b, the nearest is %d of %q at %v", got.Nearest, got.NearestClass, got.Similarity)
		}
		if c.Head() == Prototype && got.Ranking[0].Class != "b" {
			t.Errorf("the query is the only shot of b, the ranking is %v", got.Ranking)
		}
		var sum float32
		for i, r := range got.Ranking {
			sum += r.Confidence
			if r.Score < leastScore(c) || r.Score > 1 || i > 0 && r.Confidence > got.Ranking[i-1].Confidence {
				t.Errorf("ranking %v", got.Ranking)
			}
		}
		if math.Abs(float64(sum)-1) > 1e-5 {
			t.Errorf("confidences add up to %v", sum)
		}

		if err := c.Remove(b); err != nil {
			t.Fatal(err)
		}
		if err := c.Remove(b); !errors.Is(err, ErrNoShot) {
			t.Errorf("removed twice: %v, want ErrNoShot", err)
		}
		if err := c.RemoveClass("b"); !errors.Is(err, ErrNoClass) || !strings.Contains(err.Error(), `"b"`) {
			t.Errorf("b went with its last shot: %v, want ErrNoClass", err)
		}
		if got := classify(t, c, scrawl(2)); len(got.Ranking) != 2 {
			t.Errorf("ranking %v, want a and c", got.Ranking)
		}
		if err := c.RemoveClass("a"); err != nil {
			t.Fatal(err)
		}
		if err := c.Remove(a2); !errors.Is(err, ErrNoShot) {
			t.Errorf("a shot of a removed class: %v, want ErrNoShot", err)
		}
		if err := c.RemoveClass("c"); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Classify(*scrawl(1)); !errors.Is(err, ErrNoExamples) {
			t.Errorf("all removed: %v, want ErrNoExamples", err)
		}
		if id := add(t, c, "a", scrawl(1)); id <= a2 {
			t.Errorf("shot %d was given again", id)
		}
	})
}

// Equal classes stand in the order of their first shots, and of equal shots the first is the nearest.
func TestTies(t *testing.T) {
	eachHead(t, func(t *testing.T, c *Classifier) {
		for _, class := range []string{"m", "z", "a", "k"} {
			add(t, c, class, scrawl(1))
		}
		first := add(t, c, "late", scrawl(2))
		add(t, c, "m", scrawl(2)) // in an earlier class, but a later shot
		if err := c.RemoveClass("m"); err != nil {
			t.Fatal(err)
		}
		add(t, c, "m", scrawl(1)) // now the last
		if err := c.RemoveClass("late"); err != nil {
			t.Fatal(err)
		}
		got := classify(t, c, scrawl(2))
		if names(got.Ranking) != "z a k m" || got.NearestClass != "z" {
			t.Errorf("ranking %v, nearest of %q; want z a k m and z", got.Ranking, got.NearestClass)
		}
		early := add(t, c, "m", scrawl(2))
		if early <= first {
			t.Fatal("shots are not numbered upwards")
		}
		add(t, c, "z", scrawl(2))
		if got := classify(t, c, scrawl(2)); got.Nearest != early {
			t.Errorf("nearest is %d, want the earlier %d", got.Nearest, early)
		}
	})
}

// A blank input may embed to nothing. It has a defined answer, as a query and as an example.
func TestZeroEmbedding(t *testing.T) {
	eachHead(t, func(t *testing.T, c *Classifier) {
		zero := make([]int16, c.Network().EmbeddingLen())
		if _, err := c.AddEmbedding("zero", zero); err != nil {
			t.Fatal(err)
		}
		add(t, c, "a", scrawl(1))
		for _, e := range [][]int16{zero, c.classes[1].shots[0].embedding} {
			got, err := c.ClassifyEmbedding(e)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range got.Ranking {
				if r.Score != r.Score || r.Confidence != r.Confidence {
					t.Errorf("not a number: %v", got.Ranking)
				}
			}
			if s := got.Similarity; s != s || s < 0 || s > 1 {
				t.Errorf("similarity %v", s)
			}
		}
	})
}

func TestClassifierRefuses(t *testing.T) {
	n := newNetwork(t, plainArch)
	c := newClassifier(t, n, Prototype)
	good := make([]int16, n.EmbeddingLen())
	bad := slices.Clone(good)
	bad[7] = -1
	large := slices.Clone(good)
	large[8] = ActivationMax + 1
	tests := []struct {
		class     string
		embedding []int16
		want      error
		text      string
	}{
		{"", good, ErrClassName, "0 bytes"},
		{strings.Repeat("x", MaxClassName+1), good, ErrClassName, "1025 bytes, want 1 to 1024"},
		{"a", good[1:], ErrEmbedding, "143 values, want 144"},
		{"a", bad, ErrEmbedding, "value 7 is -1"},
		{"a", large, ErrEmbedding, "value 8 is 4096, want 0 to 4095"},
	}
	for _, test := range tests {
		id, err := c.AddEmbedding(test.class, test.embedding)
		if id != 0 || !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) {
			t.Errorf("got %d, %v; want %v with %q", id, err, test.want, test.text)
		}
	}
	if classes, shots := c.Len(); classes != 0 || shots != 0 {
		t.Errorf("refused examples left %d classes and %d shots", classes, shots)
	}
	if _, err := c.ClassifyEmbedding(good); !errors.Is(err, ErrNoExamples) {
		t.Errorf("%v, want ErrNoExamples", err)
	}
	add(t, c, "a", scrawl(1))
	if _, err := c.ClassifyEmbedding(bad); !errors.Is(err, ErrEmbedding) {
		t.Errorf("%v, want ErrEmbedding", err)
	}
	for id := range ShotID(MaxShots) {
		if _, err := c.AddEmbedding("a", good); err != nil {
			if int(id) != MaxShots-1 || !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), "10000 shots, at most 10000") {
				t.Fatalf("shot %d: %v", id+2, err)
			}
		}
	}
	if _, shots := c.Len(); shots != MaxShots {
		t.Errorf("%d shots", shots)
	}
}

func TestClassLimit(t *testing.T) {
	n := newNetwork(t, "conv 1, pool, pool, pool, pool; siamese; matching")
	for _, h := range n.Heads() {
		t.Run(h.String(), func(t *testing.T) { classLimit(t, newClassifier(t, n, h)) })
	}
}

func classLimit(t *testing.T, c *Classifier) {
	// MaxShots is no larger than MaxClasses, so the shots run out with the classes; a class more is
	// refused either way and nothing is changed.
	e := []int16{5}
	for i := range MaxClasses {
		if _, err := c.AddEmbedding(strconv.Itoa(i), e); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.AddEmbedding("one more", e); !errors.Is(err, ErrLimit) {
		t.Errorf("%v, want ErrLimit", err)
	}
	got, err := c.ClassifyEmbedding(e)
	if err != nil || len(got.Ranking) != MaxClasses || got.Ranking[0].Class != "0" || got.Ranking[MaxClasses-1].Class != strconv.Itoa(MaxClasses-1) {
		t.Errorf("%d classes of equal score are not ranked in their order: %v", len(got.Ranking), err)
	}
}

func TestHeads(t *testing.T) {
	for _, h := range heads {
		if got, err := ParseHead(h.String()); got != h || err != nil {
			t.Errorf("%v comes back as %v, %v", h, got, err)
		}
	}
	if _, err := ParseHead("pixels"); !errors.Is(err, ErrHead) || !strings.Contains(err.Error(), `"pixels", want prototype, siamese, relation or matching`) {
		t.Error(err)
	}
	if got := newNetwork(t, plainArch).Heads(); !slices.Equal(got, heads) {
		t.Errorf("a network with everything has the heads %v", got)
	}
	n := newNetwork(t, "conv 2, pool, pool")
	if got := n.Heads(); !slices.Equal(got, []Head{Prototype}) {
		t.Errorf("an encoder alone has the heads %v, want prototype", got)
	}
	for _, h := range heads[1:] {
		if _, err := NewClassifier(n, h); !errors.Is(err, ErrHead) || !strings.Contains(err.Error(), "no "+h.String()+" head") {
			t.Error(err)
		}
	}
	if _, err := NewClassifier(n, Head(9)); !errors.Is(err, ErrHead) || !strings.Contains(err.Error(), "head 9 is not known") {
		t.Error(err)
	}
	if _, err := New(&weights.Model{Arch: "?"}, Prototype); !errors.Is(err, ErrArch) {
		t.Error(err)
	}
}

// The embedded model makes a classifier with each head that it has.
func TestDefaultModel(t *testing.T) {
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	n, err := NewNetwork(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range n.Heads() {
		c := newClassifier(t, n, h)
		add(t, c, "a", scrawl(1))
		add(t, c, "b", scrawl(2))
		if got := classify(t, c, scrawl(1)); got.NearestClass != "a" {
			t.Errorf("%v: nearest of %q, want a", h, got.NearestClass)
		}
	}
}

// Classifiers on one network, and clones of the network, do not disturb one another.
func TestSharing(t *testing.T) {
	n := newNetwork(t, residualArch)
	alone := newClassifier(t, n.Clone(), Relation)
	a, b := newClassifier(t, n, Relation), newClassifier(t, n, Prototype)
	for i := range uint64(3) {
		class := strconv.Itoa(int(i))
		add(t, alone, class, scrawl(i))
		add(t, a, class, scrawl(i))
		add(t, b, class, scrawl(i+5))
	}
	want := slices.Clone(classify(t, alone, scrawl(8)).Ranking)
	classify(t, b, scrawl(7))
	got := slices.Clone(classify(t, a, scrawl(8)).Ranking)
	classify(t, b, scrawl(8))
	if !slices.Equal(got, want) {
		t.Errorf("got %v, alone %v", got, want)
	}
	done := make(chan bool)
	for range 2 {
		go func() {
			c, err := NewClassifier(n.Clone(), Relation)
			for i := range uint64(3) {
				if err == nil {
					_, err = c.Add(strconv.Itoa(int(i)), *scrawl(i))
				}
			}
			ok := err == nil
			if ok {
				got, err := c.Classify(*scrawl(8))
				ok = err == nil && slices.Equal(got.Ranking, want)
			}
			done <- ok
		}()
	}
	if a, b := <-done, <-done; !a || !b {
		t.Error("clones in two goroutines give other answers")
	}
}

// Answering and embedding allocate nothing.
func TestNoAllocation(t *testing.T) {
	eachHead(t, func(t *testing.T, c *Classifier) {
		for i := range uint64(6) {
			add(t, c, strconv.Itoa(int(i%4)), scrawl(i))
		}
		query := scrawl(9)
		if n := testing.AllocsPerRun(20, func() { classify(t, c, query) }); n != 0 {
			t.Errorf("Classify allocates %v times", n)
		}
		after := func() {
			c.scorer.forget() // as if a class had gone: what waits for a question is computed again
			classify(t, c, query)
		}
		if n := testing.AllocsPerRun(20, after); n != 0 {
			t.Errorf("Classify after a change allocates %v times", n)
		}
		e := make([]int16, c.Network().EmbeddingLen())
		if n := testing.AllocsPerRun(20, func() { c.Network().Embed(e, query) }); n != 0 {
			t.Errorf("Embed allocates %v times", n)
		}
	})
}
