package session

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"reflect"
	"strings"
	"testing"

	"oneshot/ui/state"
)

// linkOf wraps bytes as Link does, whatever they are.
func linkOf(body []byte) string {
	body = binary.LittleEndian.AppendUint32(body, crc32.ChecksumIEEE(body))
	return base64.RawURLEncoding.EncodeToString(stored(body))
}

func link(tb testing.TB, classes []state.Class) string {
	tb.Helper()
	text, err := Link(classes)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

// A drawing comes out of a link almost as it went in, and goes through another one unchanged.
func TestLinkRoundTrip(t *testing.T) {
	var round state.Stroke
	for i := range 200 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 100)
		round = append(round, state.Point{X: float32(0.5 + 0.3*cos), Y: float32(0.5 + 0.3*sin), Pressure: 0.7})
	}
	set := append(small(t), state.Class{Name: "Ring", Shots: []state.Shot{shotOf(t, round)}})
	got, err := ReadLink(link(t, set))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Classes) != len(set) {
		t.Fatalf("%d classes, want %d", len(got.Classes), len(set))
	}
	for i, c := range set {
		g := got.Classes[i]
		if g.Name != c.Name || len(g.Shots) != len(c.Shots) {
			t.Fatalf("class %q with %d shots, want %q with %d", g.Name, len(g.Shots), c.Name, len(c.Shots))
		}
		for j := range c.Shots {
			if len(g.Shots[j].Strokes) != len(c.Shots[j].Strokes) {
				t.Errorf("shot %d of %q has %d strokes, want %d", j, c.Name, len(g.Shots[j].Strokes), len(c.Shots[j].Strokes))
			}
			sum := 0
			for k, v := range c.Shots[j].Input {
				sum += max(int(v), int(g.Shots[j].Input[k])) - min(int(v), int(g.Shots[j].Input[k]))
			}
			if mean := float64(sum) / float64(len(c.Shots[j].Input)); mean > 4 {
				t.Errorf("shot %d of %q: a pixel differs by %.1f of 255 on average, want at most 4", j, c.Name, mean)
			}
		}
	}
	if n := len(got.Classes[3].Shots[0].Strokes[0]); n > 60 {
		t.Errorf("a ring of 200 points has %d, want at most 60", n)
	}
	again, err := ReadLink(link(t, got.Classes))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, got) {
		t.Error("what came out of a link does not come out of another one the same")
	}
}

// What does not fit says by how much.
func TestLinkTooLong(t *testing.T) {
	var c state.Class
	c.Name = "Noise"
	seed := uint32(1)
	for range 90 {
		var s state.Stroke
		for range 40 {
			seed = seed*1664525 + 1013904223
			s = append(s, state.Point{X: float32(seed>>24) / 255, Y: float32(seed>>16&255) / 255, Pressure: 0.5})
		}
		c.Shots = append(c.Shots, shotOf(t, s))
	}
	if _, err := Link([]state.Class{c}); !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), "at most 8000") {
		t.Errorf("error %v, want a limit", err)
	}
	if _, err := Link([]state.Class{{Name: " x"}}); !errors.Is(err, ErrName) {
		t.Errorf("error %v, want a bad name", err)
	}
}

// A drawing that is whole on the pad can be a speck on the grid of a link.
func TestLinkTooSmall(t *testing.T) {
	dot := shotOf(t, state.Stroke{{X: 0.5, Y: 0.5, Pressure: 0.5}, {X: 0.5101, Y: 0.5, Pressure: 0.5}})
	if text, err := Link([]state.Class{{Name: "Dot", Shots: []state.Shot{dot}}}); text != "" || !errors.Is(err, ErrStroke) {
		t.Errorf("link %q, error %v; want ErrStroke", text, err)
	}
}
