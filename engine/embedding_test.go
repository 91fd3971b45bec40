package engine_test

import (
	"errors"
	"slices"
	"testing"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/weights"
)

// The embedding of a shot is that of its input, and is gone with it.
func TestEmbeddingOfAShot(t *testing.T) {
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	c, err := engine.New(m, engine.Prototype)
	if err != nil {
		t.Fatal(err)
	}
	var in prep.Input
	for i := 4; i < prep.Side-4; i++ {
		in[i*prep.Side+i] = 255
	}
	var other prep.Input
	other[prep.Side*prep.Side/2] = 255
	if _, err := c.Add("dot", other); err != nil {
		t.Fatal(err)
	}
	id, err := c.Add("line", in)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]int16, c.Network().EmbeddingLen())
	c.Network().Embed(want, &in)
	got, err := c.Embedding(id)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%d values, %v; want those of Embed", len(got), err)
	}
	if err := c.Remove(id); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Embedding(id); !errors.Is(err, engine.ErrNoShot) {
		t.Errorf("of a removed shot: %v, want ErrNoShot", err)
	}
}
