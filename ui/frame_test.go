package ui

import "testing"

// What happens in one frame is told to assistive technology once, however many acts that is.
func TestMirrorsOnceAFrame(t *testing.T) {
	g, b := open(t, laptop)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.queue = append(b.queue, Event{Kind: Key, Key: "1"}, Event{Kind: Key, Key: "z", Command: true}, Event{Kind: Key, Key: "2"})
	before := b.mirrors
	if err := g.Update(); err != nil {
		t.Fatal(err)
	}
	if n := b.mirrors - before; n != 1 {
		t.Errorf("three acts in a frame were told of %d times, want once", n)
	}
	found := false
	for _, tw := range b.mirror.Twins {
		found = found || tw.Name == "Example 1 of Class B"
	}
	if !found {
		t.Error("the mirror has no example of Class B, which was taught last")
	}
	b.frame(t, g)
	before = b.mirrors
	b.frame(t, g)
	if n := b.mirrors - before; n != 0 {
		t.Errorf("a frame in which nothing happened was told of %d times", n)
	}
}

// An act and the answer that it makes are two frames' work.
func TestAnswersInTheFrameAfterAnAct(t *testing.T) {
	g, b := open(t, laptop)
	b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
	b.queue = append(b.queue, Event{Kind: Key, Key: "1"})
	if err := g.Update(); err != nil {
		t.Fatal(err)
	}
	if g.asked || g.layout.node("shot:1") == nil {
		t.Errorf("in the frame of the act: asked %v, example shown %v, want false and true", g.asked, g.layout.node("shot:1") != nil)
	}
	if err := g.Update(); err != nil {
		t.Fatal(err)
	}
	if !g.asked {
		t.Error("the frame after it does not ask")
	}
}
