package engine

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"oneshot/engine/prep"
	"oneshot/weights"
)

// The golden files hold a small random model and what it computes for fixed inputs: a hash of every
// stage's activations and the bits of every score. The same file is checked natively, on older Go and
// in a JavaScript runtime, so that all of them compute the same.
//
// After a change of the numeric contract: go test ./engine -run Golden -update.

//go:embed testdata/golden.osm
var goldenModel []byte

//go:embed testdata/golden.txt
var golden string

func TestGolden(t *testing.T) {
	if *update {
		var err error
		if goldenModel, err = weights.Encode(randomModel(t, residualArch, 2018)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/golden.osm", goldenModel, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m, err := weights.Decode(goldenModel)
	if err != nil {
		t.Fatal(err)
	}
	got := goldenText(t, m)
	if *update {
		if err := os.WriteFile("testdata/golden.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(golden, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("line %d differs:\ngot  %s\nwant %s", i+1, strings.Join(g[min(i, len(g)):min(i+1, len(g))], ""),
				strings.Join(w[min(i, len(w)):min(i+1, len(w))], ""))
		}
	}
}

func goldenText(t *testing.T, m *weights.Model) string {
	n, err := NewNetwork(m)
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	fmt.Fprintf(&s, "network %s\n", n.arch)
	e := make([]int16, n.EmbeddingLen())
	for seed := range uint64(2) {
		in := scrawl(seed)
		n.Embed(e, in)
		fmt.Fprintf(&s, "input %d %s\n", seed, hashOf(toInt16(in)))
		for i := range n.stages {
			fmt.Fprintf(&s, "input %d stage %d %s\n", seed, i, hashOf(n.buffers.output[i]))
		}
		fmt.Fprintf(&s, "input %d embedding %s\n", seed, hashOf(e))
	}
	for _, h := range heads {
		c := newClassifier(t, n, h)
		for i := range uint64(12) {
			add(t, c, strconv.Itoa(int(i*i%5)), scrawl(i))
		}
		for seed := uint64(20); seed < 24; seed++ {
			a := classify(t, c, scrawl(seed))
			for _, r := range a.Ranking {
				fmt.Fprintf(&s, "%v query %d class %s score %08x confidence %08x\n", h, seed, r.Class,
					math.Float32bits(r.Score), math.Float32bits(r.Confidence))
			}
			fmt.Fprintf(&s, "%v query %d nearest %d similarity %08x\n", h, seed, a.Nearest, math.Float32bits(a.Similarity))
		}
	}
	return s.String()
}

func toInt16(in *prep.Input) []int16 {
	var x []int16
	for _, v := range in {
		x = append(x, int16(v))
	}
	return x
}

func hashOf(x []int16) string {
	h := sha256.New()
	for _, v := range x {
		h.Write([]byte{byte(v), byte(v >> 8)})
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}
