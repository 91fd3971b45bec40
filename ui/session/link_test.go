package session

import (
	"bytes"
	"compress/flate"
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
func linkOf(tb testing.TB, body []byte) string {
	tb.Helper()
	body = binary.LittleEndian.AppendUint32(body, crc32.ChecksumIEEE(body))
	return base64.RawURLEncoding.EncodeToString(deflated(tb, body))
}

func deflated(tb testing.TB, b []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	f, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := f.Write(b); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
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

func TestHostileLinks(t *testing.T) {
	valid := link(t, small(t))
	cat := []byte{1, 1, 3, 'C', 'a', 't'}
	with := func(b ...byte) string { return linkOf(t, append(bytes.Clone(cat), b...)) }
	packed, err := base64.RawURLEncoding.DecodeString(valid)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"nothing":            {"", ErrLink},
		"other letters":      {"Hello, world!", ErrLink},
		"cut":                {valid[:len(valid)-8], ErrLink},
		"too long":           {strings.Repeat("A", MaxLinkRead+1), ErrLimit},
		"bomb":               {base64.RawURLEncoding.EncodeToString(deflated(t, make([]byte, 1<<20))), ErrLimit},
		"more after its end": {base64.RawURLEncoding.EncodeToString(append(packed, 0)), ErrLink},
		"no checksum":        {base64.RawURLEncoding.EncodeToString(deflated(t, []byte{1, 0, 0, 0, 0, 0})), ErrLink},
		"version":            {linkOf(t, []byte{2, 0}), ErrVersion},
		"classes":            {linkOf(t, []byte{1, 200, 1}), ErrLimit},
		"classes, claimed":   {linkOf(t, []byte{1, 90}), ErrLink},
		"endless number":     {linkOf(t, []byte{1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}), ErrLink},
		"empty name":         {linkOf(t, []byte{1, 1, 0, 0}), ErrName},
		"control in a name":  {linkOf(t, []byte{1, 1, 1, 7, 0}), ErrName},
		"name not UTF-8":     {linkOf(t, []byte{1, 1, 1, 255, 0}), ErrName},
		"examples":           {with(101), ErrLimit},
		"stroke of nothing":  {with(1, 1, 0, 0), ErrStroke},
		"outside the pad":    {with(1, 1, 1, 1, 0), ErrStroke},
		"far outside":        {with(1, 1, 1, 254, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0), ErrStroke},
		"a speck":            {with(1, 1, 1, 2, 2), ErrStroke},
		"half a picture":     {with(append([]byte{1, 0}, make([]byte, 391)...)...), ErrLink},
		"bytes too many":     {with(0, 0), ErrLink},
	} {
		set, err := ReadLink(c.text)
		if !errors.Is(err, c.want) || set.Classes != nil {
			t.Errorf("%s: error %v with %d classes, want %v", name, err, len(set.Classes), c.want)
		}
	}
	for n := range len(valid) {
		if _, err := ReadLink(valid[:n]); err == nil {
			t.Errorf("the first %d of %d characters are taken for a link", n, len(valid))
		}
	}
}

// FuzzReadLink: no text makes ReadLink panic; what it accepts goes through a link unchanged, if it fits in one.
func FuzzReadLink(f *testing.F) {
	valid, err := base64.RawURLEncoding.DecodeString(link(f, small(f)))
	if err != nil {
		f.Fatal(err)
	}
	body := []byte{1, 1, 3, 'C', 'a', 't', 1, 2, 2, 0, 0, 60, 60, 2, 20, 20, 80, 10}
	f.Add(valid, false)
	f.Add(body, true)
	f.Add(append(append([]byte{1, 1, 1, 'x', 1, 0}, make([]byte, 200)...), bytes.Repeat([]byte{0xff}, 192)...), true)
	f.Fuzz(func(t *testing.T, b []byte, wrap bool) {
		text := base64.RawURLEncoding.EncodeToString(b)
		if wrap { // so that what is behind the checksum is reached
			if len(b) > 4096 {
				return
			}
			text = linkOf(t, bytes.Clone(b))
		}
		set, err := ReadLink(text)
		if err != nil {
			if set.Classes != nil {
				t.Fatalf("%d classes beside the error %v", len(set.Classes), err)
			}
			return
		}
		again, err := Link(set.Classes)
		if err != nil {
			return // strokes with corners left out may be too small
		}
		got, err := ReadLink(again)
		if err != nil || len(got.Classes) != len(set.Classes) {
			t.Fatalf("%d classes become %d: %v", len(set.Classes), len(got.Classes), err)
		}
		write(t, set.Classes)
	})
}
