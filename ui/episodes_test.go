package ui

import (
	"strings"
	"testing"

	"oneshot/engine/fewshot"
)

// Episodes are chosen within what the set allows, run, and can be cancelled; what is taught stays.
func TestEpisodesStory(t *testing.T) {
	for name, sc := range map[string]Screen{"laptop": laptop, "phone": phone, "small": {W: 195, H: 422, Density: 1}} {
		t.Run(name, func(t *testing.T) {
			g, b := open(t, sc)
			b.menu(t, g, "episodes")
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Not enough for episodes yet.") {
				t.Errorf("with nothing taught it says %q", got)
			}
			b.frame(t, g, Event{Kind: Key, Key: "Escape"}, Event{Kind: Key, Key: "Escape"})
			teachFive(t, g, b)
			b.menu(t, g, "episodes")
			if got := b.mirror.Status.Text; got != "Episodes of 2 classes with 1 example each." {
				t.Errorf("at first it says %q", got)
			}
			for _, id := range []string{"way:less", "way:more", "shot:less", "shot:more"} {
				if n := g.layout.node(id); !n.Disabled {
					t.Errorf("%s can be pressed, though nothing else is possible", n.Name)
				}
			}
			b.frame(t, g, Event{Kind: Activate, Text: "run"})
			got := b.mirror.Status.Text
			if !strings.HasPrefix(got, "2-way 1-shot, slope: ") || !strings.Contains(got, " of 400 drawings recognised in 200 episodes, 95 % interval: ") {
				t.Errorf("it says %q", got)
			}
			slow := &slowBench{bench: b}
			g.host = slow
			b.frame(t, g, Event{Kind: Activate, Text: "run"})
			if got := b.mirror.Status.Text; got != "Running 2-way 1-shot, slope." {
				t.Errorf("while it runs it says %q", got)
			}
			inside(t, "running", g.layout)
			b.frame(t, g, Event{Kind: Activate, Text: "cancel"})
			if got := b.mirror.Status.Text; !strings.HasPrefix(got, "Cancelled after ") {
				t.Errorf("cancelled it says %q", got)
			}
			g.host = b
			b.frame(t, g, Event{Kind: Activate, Text: "run"})
			inside(t, "two results", g.layout)
			g.host = slow
			b.frame(t, g, Event{Kind: Activate, Text: "run"})
			if err := g.state.Undo(); err != nil {
				t.Fatal(err)
			}
			b.frame(t, g)
			if got := b.mirror.Status.Text; got != "Stopped: what is taught has changed." {
				t.Errorf("after Undo it says %q", got)
			}
			if g.state.Taught() != 2 {
				t.Errorf("%d classes are taught", g.state.Taught())
			}
		})
	}
}

// With more taught there is a choice, and fewer classes have many examples.
func TestEpisodesChoices(t *testing.T) {
	g, b := open(t, phone)
	teachFive(t, g, b)
	b.stroke(t, g, 0.3, 0.1, 0.5, 0.9)
	b.frame(t, g, Event{Kind: Activate, Text: "teach:2"})
	for range 2 {
		b.stroke(t, g, 0.2, 0.3, 0.5, 0.4)
		b.frame(t, g, Event{Kind: Activate, Text: "teach:3"})
	}
	b.menu(t, g, "episodes")
	if got := b.mirror.Status.Text; got != "Episodes of 3 classes with 1 example each." {
		t.Errorf("at first it says %q", got)
	}
	b.tap(t, g, "shot:more")
	if got := b.mirror.Status.Text; got != "Episodes of 2 classes with 2 examples each." {
		t.Errorf("with more examples it says %q", got)
	}
	b.tap(t, g, "shot:less")
	b.tap(t, g, "way:more")
	if got := b.mirror.Status.Text; got != "Episodes of 3 classes with 1 example each." {
		t.Errorf("with more classes it says %q", got)
	}
}

// An interval is there even if every episode went alike, and never leaves 0 to 1.
func TestEpisodesInterval(t *testing.T) {
	all := episodesResult{Result: fewshot.Result{Accuracy: 1, Episodes: 200, Queries: 800, Right: 800}}
	if i := all.interval(); i.High != 1 || i.Low > 0.998 || i.Low < 0.99 {
		t.Errorf("all right: %v", i)
	}
	few := episodesResult{Result: fewshot.Result{Accuracy: 0.98, CI95: 0.03, Episodes: 2, Queries: 100, Right: 98}}
	if i := few.interval(); i.High != 1 || i.Low != 0.98-0.03 {
		t.Errorf("few episodes: %v", i)
	}
}
