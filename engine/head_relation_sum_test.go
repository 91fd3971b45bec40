package engine

import (
	"math"
	"testing"
)

// The half of a sum is so many times the half of the mean, and cut off before a pair could leave an int32, however
// many shots there are.
func TestSummedShotsStayInRange(t *testing.T) {
	n := newNetwork(t, sungArch)
	c := newClassifier(t, n, Relation)
	one := make([]int16, n.EmbeddingLen())
	n.Embed(one, scrawl(4))
	full := make([]int16, len(one))
	for i := range full {
		full[i] = ActivationMax
	}
	for name, e := range map[string][]int16{"drawn": one, "full": full} {
		single := newClassifier(t, n, Relation)
		if _, err := single.AddEmbedding(name, e); err != nil {
			t.Fatal(err)
		}
		const shots = MaxShots / 2
		for range shots {
			if _, err := c.AddEmbedding(name, e); err != nil {
				t.Fatal(err)
			}
		}
		most, cut := int64(n.relation.most), 0
		for i, v := range single.classes[0].half {
			want := min(max(int64(v)*shots, -most), most)
			if want != int64(v)*shots {
				cut++
			}
			if got := int64(c.byName[name].half[i]); got != want {
				t.Fatalf("%s: sum %d is %d, want %d", name, i, got, want)
			}
		}
		if name == "full" && cut == 0 {
			t.Error("nothing was cut off: the test does not reach the bound")
		}
	}
	s := n.relation
	for o, b := range s.channels.Bias {
		reach := int64(s.most) + max(int64(b), -int64(b))
		for i := range s.pair.In {
			for tap := range 9 {
				// The reach of the query half, weight by weight, as the packed panels hold them.
				v := int64(s.query[(o/16*3+tap/3)*((3*s.pair.In+1)/2)*32+(tap%3*s.pair.In+i)/2*32+o%16*2+(tap%3*s.pair.In+i)%2])
				reach += max(v, -v) * ActivationMax
			}
		}
		if reach > math.MaxInt32 {
			t.Errorf("channel %d: sums reach %d, at most %d", o, reach, math.MaxInt32)
		}
	}
	a, err := c.ClassifyEmbedding(one)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range a.Ranking {
		if !(r.Score >= 0 && r.Score <= 1) {
			t.Errorf("score of %q is %v", r.Class, r.Score)
		}
	}
}
