package fewshot

import (
	"math"
	"testing"
)

func TestReliabilityByHand(t *testing.T) {
	// 0.95 lies in the last bin, 14/15 to 1; 0.5 in the eighth; 1/15 is the end of the first.
	c := reliability([]verdict{
		{0.95, true, 0}, {0.95, true, 0}, {0.97, false, 0}, {1, true, 0},
		{0.5, true, 0}, {0.5, false, 0},
		{1.0 / 15, false, 0}, {0, false, 0},
	}, 1)
	last, eighth, lowest := c.Bins[14], c.Bins[7], c.Bins[0]
	if last.Queries != 4 || !near(last.Confidence, 3.87/4) || last.Accuracy != 0.75 {
		t.Errorf("last bin %+v", last)
	}
	if eighth != (Bin{2, 0.5, 0.5}) || lowest.Queries != 2 || !near(lowest.Confidence, 1.0/30) || lowest.Accuracy != 0 {
		t.Errorf("bins %+v and %+v", eighth, lowest)
	}
	// |3.87 - 3| + |1 - 1| + |1/15 - 0|, over 8.
	if want := (0.87 + 1.0/15) / 8; !near(c.ECE.Value, want) {
		t.Errorf("ECE %v, want %v", c.ECE.Value, want)
	}
	if c.Queries != 8 || c.Accuracy != 0.5 || !near(c.Confidence, (3.87+1+1.0/15)/8) {
		t.Errorf("%d queries, accuracy %v, confidence %v", c.Queries, c.Accuracy, c.Confidence)
	}
	sum := 0.0
	for _, b := range c.Bins {
		sum += float64(b.Queries) / float64(c.Queries) * math.Abs(b.Confidence-b.Accuracy)
	}
	if !near(sum, c.ECE.Value) {
		t.Errorf("the table's ECE is %v, the figure %v", sum, c.ECE.Value)
	}
}

func TestBinOf(t *testing.T) {
	for confidence, want := range map[float64]int{0: 0, 0.05: 0, 0.07: 1, 0.5: 7, 0.93: 13, 0.94: 14, 1: 14} {
		if got := binOf(confidence); got != want {
			t.Errorf("confidence %v is in bin %d, want %d", confidence, got, want)
		}
	}
}
