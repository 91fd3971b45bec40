package train

import (
	"math/rand/v2"
	"slices"
	"testing"

	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
)

func TestEpisodesRepeatBySeedAndStep(t *testing.T) {
	s, err := newSampler(invented(t, 2, 5, 4), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	ep := nn.Layout{Way: 5, Shot: 1, Query: 2}
	draw := func(step uint64) []float32 {
		images := make([]float32, ep.Images()*prep.Side*prep.Side)
		s.episode(images, ep, Mix{Within: 0.5, Augment: standardAugment()}, step)
		return images
	}
	if !slices.Equal(draw(4), draw(4)) {
		t.Error("the same step drew two episodes")
	}
	if slices.Equal(draw(4), draw(5)) {
		t.Error("two steps drew the same episode")
	}
}

// Without distortion a class's drawings are its own and support and queries are different drawings.
func TestEpisodeHoldsDifferentDrawingsOfEachClass(t *testing.T) {
	set := invented(t, 2, 5, 4)
	s, err := newSampler(set, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	ep := nn.Layout{Way: 6, Shot: 2, Query: 2}
	images := make([]float32, ep.Images()*prep.Side*prep.Side)
	s.episode(images, ep, Mix{}, 9)
	at := func(i int) []float32 { return images[i*prep.Side*prep.Side:][:prep.Side*prep.Side] }
	for i := range ep.Images() {
		for j := range i {
			if meanDifference(at(i), at(j)) == 0 {
				t.Errorf("drawings %d and %d are the same", i, j)
			}
		}
	}
}

func TestClassesOfAnEpisodeAreDifferent(t *testing.T) {
	s, err := newSampler(invented(t, 3, 4, 2), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		for name, kinds := range map[string][]character{"across": s.acrossAlphabets(20, symmetries, r), "within": s.withinAlphabets(20, symmetries, r)} {
			seen := map[character]bool{}
			for _, k := range kinds {
				seen[k] = true
			}
			if len(kinds) != 20 || len(seen) != 20 {
				t.Fatalf("%s: %d classes, %d different, want 20", name, len(kinds), len(seen))
			}
		}
		within := s.withinAlphabets(4, symmetries, r)
		for _, k := range within {
			if k.class/4 != within[0].class/4 || k.sym != within[0].sym {
				t.Errorf("an episode within an alphabet holds %v and %v", within[0], k)
			}
		}
	}
}

// An episode of doodles has nothing else, and no other episode has any.
func TestDoodlesKeepToThemselves(t *testing.T) {
	letters, doodles := invented(t, 2, 4, 3), invented(t, 1, 6, 3)
	s, err := newSampler(letters, doodles, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.ways(Mix{Doodles: 0.5, Upright: 1}); got != 6 {
		t.Errorf("%d classes at most, want the 6 kinds of doodle", got)
	}
	without, err := newSampler(letters, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := without.ways(Mix{Doodles: 0.5, Upright: 1}); got != 8 {
		t.Errorf("%d classes at most without doodles, want the 8 letters", got)
	}
	ep := nn.Layout{Way: 4, Shot: 1, Query: 1}
	without.episode(make([]float32, ep.Images()*prep.Side*prep.Side), ep, Mix{Doodles: 1}, 1) // is of letters
	r := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		for _, k := range s.among(s.letters, len(s.classes), 5, symmetries, r) {
			if k.class < 8 {
				t.Fatalf("letter %d among the doodles", k.class)
			}
		}
		for _, k := range slices.Concat(s.acrossAlphabets(5, symmetries, r), s.withinAlphabets(4, symmetries, r)) {
			if k.class >= 8 {
				t.Fatalf("doodle %d among the letters", k.class)
			}
		}
	}
}

func TestComposedKindsShareParts(t *testing.T) {
	s, err := newSampler(invented(t, 3, 4, 2), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(20) {
		kinds := s.composed(24, symmetries, rand.New(rand.NewPCG(seed, 1)))
		seen, parts := map[kind]bool{}, map[character]int{}
		for _, k := range kinds {
			if k.layout == alone || k.first == k.second {
				t.Fatalf("kind %+v is not composed of two", k)
			}
			seen[k] = true
			parts[k.first]++
			parts[k.second]++
		}
		if len(seen) != 24 || len(parts) > 8 {
			t.Errorf("%d kinds, %d different, of %d characters; want 24 of at most 8", len(kinds), len(seen), len(parts))
		}
	}
}
