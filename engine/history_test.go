package engine

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// After any sequence of additions, removals and changes of head, a classifier answers as one that had
// its head from the start and was only ever shown what is left, to the bit.
func TestHistoryLeavesNoTrace(t *testing.T) {
	for name, arch := range map[string]string{"averaged": plainArch, "summed": sungArch} {
		t.Run(name, func(t *testing.T) { historyLeavesNoTrace(t, newNetwork(t, arch)) })
	}
}

func historyLeavesNoTrace(t *testing.T, n *Network) {
	var inputs [12][]int16
	for i := range inputs {
		inputs[i] = make([]int16, n.EmbeddingLen())
		n.Embed(inputs[i], scrawl(uint64(i)))
	}
	type example struct {
		id    ShotID
		class string
		input int
	}
	rapid.Check(t, func(t *rapid.T) {
		head := rapid.SampledFrom(heads).Draw(t, "head")
		c, err := NewClassifier(n, head)
		if err != nil {
			t.Fatal(err)
		}
		var left []example
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 6).Draw(t, "action") {
			case 0:
				if len(left) > 0 {
					i := rapid.IntRange(0, len(left)-1).Draw(t, "shot")
					if err := c.Remove(left[i].id); err != nil {
						t.Fatal(err)
					}
					left = slices.Delete(left, i, i+1)
				}
			case 1:
				if len(left) > 0 {
					class := rapid.SampledFrom(left).Draw(t, "of").class
					if err := c.RemoveClass(class); err != nil {
						t.Fatal(err)
					}
					left = slices.DeleteFunc(left, func(e example) bool { return e.class == class })
				}
			case 2:
				head = rapid.SampledFrom(heads).Draw(t, "next head")
				if err := c.SetHead(head); err != nil {
					t.Fatal(err)
				}
			case 3:
				if len(left) > 0 { // so that what waits for a question is not always of one piece
					if _, err := c.ClassifyEmbedding(inputs[0]); err != nil {
						t.Fatal(err)
					}
				}
			default:
				e := example{
					class: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "class"),
					input: rapid.IntRange(0, len(inputs)-1).Draw(t, "input"),
				}
				if e.id, err = c.AddEmbedding(e.class, inputs[e.input]); err != nil {
					t.Fatal(err)
				}
				left = append(left, e)
			}
		}
		if len(left) == 0 {
			if _, err := c.ClassifyEmbedding(inputs[0]); !errors.Is(err, ErrNoExamples) {
				t.Fatalf("nothing is left, got %v", err)
			}
			return
		}
		fresh, err := NewClassifier(n, head)
		if err != nil {
			t.Fatal(err)
		}
		same := map[ShotID]ShotID{}
		// Class by class in the order that c keeps, since a class that lost its first shot keeps its place.
		for _, k := range c.classes {
			for _, e := range left {
				if e.class == k.name {
					id, err := fresh.AddEmbedding(e.class, inputs[e.input])
					if err != nil {
						t.Fatal(err)
					}
					same[id] = e.id
				}
			}
		}
		query := inputs[rapid.IntRange(0, len(inputs)-1).Draw(t, "query")]
		got, err := c.ClassifyEmbedding(query)
		if err != nil {
			t.Fatal(err)
		}
		want, err := fresh.ClassifyEmbedding(query)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Ranking, want.Ranking) || got.Similarity != want.Similarity {
			t.Fatalf("got %+v, want %+v", got, want)
		}
		// Of equal shots the earlier is nearest, and "earlier" differs between the two histories.
		if c.byShot[got.Nearest].name != got.NearestClass || same[want.Nearest] == 0 {
			t.Fatalf("nearest shot %d is not of %q", got.Nearest, got.NearestClass)
		}
	})
}
