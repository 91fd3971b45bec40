package ui

import (
	"fmt"
	"runtime"
	"testing"

	"oneshot/ui/keeping/keepingtest"
	"oneshot/ui/state"
)

// A page that is used for hours, and looks as it did at first, takes no more memory than after its first minutes.
func TestLongUse(t *testing.T) {
	const warm, rounds, slack = 100, 500, 64 << 10
	store := keepingtest.New()
	g, b := visit(t, store, laptop)
	heap := func() int {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	var before int
	for n := range rounds {
		if n == warm {
			before = heap()
		}
		b.stroke(t, g, 0.1, 0.5, 0.9, 0.5)
		b.tap(t, g, fmt.Sprintf("teach:%d", g.state.Board().Classes[0].ID))
		b.stroke(t, g, 0.5, 0.1, 0.5, 0.9)
		b.tap(t, g, fmt.Sprintf("teach:%d", g.state.Board().Classes[1].ID))
		b.stroke(t, g, 0.2, 0.6, 0.8, 0.6)
		b.tap(t, g, "clear")
		b.rest(t, g, store)
		var taught []state.ShotID
		for _, c := range g.state.Board().Classes {
			for _, s := range c.Shots {
				taught = append(taught, s.ID)
			}
		}
		if len(taught) != 2 {
			t.Fatalf("round %d: %d examples, want two", n, len(taught))
		}
		for _, id := range taught {
			if err := g.state.DeleteShot(id); err != nil {
				t.Fatal(err)
			}
		}
		g.refresh()
		b.rest(t, g, store)
	}
	t.Logf("%d bytes after %d rounds, %d after %d", before, warm, heap(), rounds)
	if after := heap(); after > before+slack {
		t.Errorf("after %d rounds it takes %d bytes, after %d it took %d", rounds, after, warm, before)
	}
	runtime.KeepAlive(g)
}
