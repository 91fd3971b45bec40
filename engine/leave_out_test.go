package engine

import (
	"errors"
	"slices"
	"strconv"
	"testing"
)

// Every shot left out is answered as by a classifier that was never shown it, whatever the head, and
// nothing is different afterwards.
func TestLeaveOut(t *testing.T) {
	n := newNetwork(t, plainArch)
	embed := func(seed int) []int16 {
		e := make([]int16, n.EmbeddingLen())
		n.Embed(e, scrawl(uint64(seed)))
		return e
	}
	shots := []int{3, 1, 2} // of class 0, 1 and 2
	for _, head := range heads {
		c, err := NewClassifier(n, head)
		if err != nil {
			t.Fatal(err)
		}
		show := func(c *Classifier, without int) []ShotID {
			t.Helper()
			var ids []ShotID
			seed := 0
			for class, k := range shots {
				for range k {
					if seed != without {
						id, err := c.AddEmbedding(strconv.Itoa(class), embed(seed))
						if err != nil {
							t.Fatal(err)
						}
						ids = append(ids, id)
					}
					seed++
				}
			}
			return ids
		}
		ids := show(c, -1)
		whole, err := c.ClassifyEmbedding(embed(99))
		if err != nil {
			t.Fatal(err)
		}
		before := slices.Clone(whole.Ranking)
		for i, id := range ids {
			fresh, err := NewClassifier(n, head)
			if err != nil {
				t.Fatal(err)
			}
			show(fresh, i)
			want, err := fresh.ClassifyEmbedding(embed(i))
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.LeaveOut(id)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Ranking, want.Ranking) || got.Evidence != want.Evidence || got.Similarity != want.Similarity || got.NearestClass != want.NearestClass {
				t.Errorf("%v: without shot %d: %+v, want %+v", head, i, got, want)
			}
		}
		after, err := c.ClassifyEmbedding(embed(99))
		if err != nil || !slices.Equal(after.Ranking, before) || after.Nearest != whole.Nearest {
			t.Errorf("%v: afterwards %+v, %v; want %+v", head, after.Ranking, err, before)
		}
	}
}

func TestLeaveOutRefuses(t *testing.T) {
	c, err := NewClassifier(newNetwork(t, plainArch), Prototype)
	if err != nil {
		t.Fatal(err)
	}
	id, err := c.Add("a", *scrawl(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.LeaveOut(id); !errors.Is(err, ErrNoExamples) {
		t.Errorf("the only shot: %v, want ErrNoExamples", err)
	}
	if _, err := c.LeaveOut(id + 1); !errors.Is(err, ErrNoShot) {
		t.Errorf("no such shot: %v, want ErrNoShot", err)
	}
	if a, err := c.Classify(*scrawl(1)); err != nil || a.Ranking[0].Class != "a" {
		t.Errorf("afterwards %+v, %v", a, err)
	}
}
