package engine

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
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

// The golden files hold what two networks compute for fixed inputs: a hash of every layer's
// activations, in the encoder and in each head, and the bits of every logit and score. One is a small
// random network with all heads, which is kept beside; the other is the built-in model. The same files
// are checked natively, on older Go, in node and in Chromium (wasm/e2e), so all compute the same.
//
// After a change of the numeric contract or of the built-in model: make golden.

//go:embed testdata/golden.osm
var goldenModel []byte

//go:embed testdata/golden.txt
var golden string

//go:embed testdata/default.txt
var goldenDefault string

func TestGolden(t *testing.T) {
	if *update {
		var err error
		if goldenModel, err = weights.Encode(randomModel(t, goldenArch, 2018)); err != nil {
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
	sameText(t, "testdata/golden.txt", goldenText(t, m), golden)
}

func TestGoldenDefault(t *testing.T) {
	m, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	sameText(t, "testdata/default.txt", goldenText(t, m), goldenDefault)
}

// sameText fails the test where got is not what the file says, or else writes the file.
func sameText(t *testing.T, file, got, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	if g[0] != w[0] {
		t.Fatalf("%s was made with another model (%s, now %s): make golden", file, w[0], g[0])
	}
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("%s, line %d:\ngot  %s\nwant %s", file, i+1, strings.Join(g[min(i, len(g)):min(i+1, len(g))], ""),
				strings.Join(w[min(i, len(w)):min(i+1, len(w))], ""))
		}
	}
}

func goldenText(t *testing.T, m *weights.Model) string {
	n, err := NewNetwork(m)
	if err != nil {
		t.Fatal(err)
	}
	digest, err := weights.Digest(m)
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	fmt.Fprintf(&s, "weights %s\nnetwork %s\n", digest, n.arch)
	e := make([]int16, n.EmbeddingLen())
	for seed := range uint64(2) {
		in := scrawl(seed)
		n.buffers.stepwise = true
		n.Embed(e, in)
		n.buffers.stepwise = false // what follows shows that the embedding is the same
		fmt.Fprintf(&s, "input %d %s\n", seed, hashOf(toInt16(in)))
		for i := range n.stages {
			if n.stages[i].kind == Residual {
				fmt.Fprintf(&s, "input %d stage %d inner %s\n", seed, i, hashOf(n.buffers.inner[i]))
				fmt.Fprintf(&s, "input %d stage %d skip %s\n", seed, i, hashOf(n.buffers.skip[i]))
			}
			fmt.Fprintf(&s, "input %d stage %d %s\n", seed, i, hashOf(n.buffers.output[i]))
		}
		fmt.Fprintf(&s, "input %d embedding %s\n", seed, hashOf(e))
	}
	for _, h := range n.Heads() {
		c := newClassifier(t, n, h)
		for i := range uint64(12) {
			add(t, c, strconv.Itoa(int(i*i%5)), scrawl(i))
		}
		for seed := uint64(20); seed < 24; seed++ {
			at := fmt.Sprintf("%v query %d", h, seed)
			a := classify(t, c, scrawl(seed))
			for _, r := range a.Ranking {
				fmt.Fprintf(&s, "%s class %s logit %016x score %08x confidence %08x\n", at, r.Class,
					math.Float64bits(r.Logit), math.Float32bits(r.Score), math.Float32bits(r.Confidence))
			}
			fmt.Fprintf(&s, "%s evidence %016x none %v\n", at, math.Float64bits(a.Evidence), a.None)
			fmt.Fprintf(&s, "%s nearest %d similarity %08x\n", at, a.Nearest, math.Float32bits(a.Similarity))
			n.Embed(e, scrawl(seed))
			c.scorer.ask(c.classes, e, norm(e))
			goldenHead(&s, at, c)
		}
	}
	return s.String()
}

// goldenHead writes the layers of a head that was asked about a query, in the order of its work.
func goldenHead(s *strings.Builder, at string, c *Classifier) {
	line := func(what, hash string) { fmt.Fprintf(s, "%s %s %s\n", at, what, hash) }
	switch h := c.scorer.(type) {
	case *siameseScorer:
		line("unit vector", hashOf(h.query))
	case *relationScorer:
		line("map", hashOf(h.unitMap))
		line("half", hashOf(h.queryHalf))
	case *matchingScorer:
		for j := range h.written {
			line("slot "+strconv.Itoa(j), hashOf(h.slots[j].vector))
		}
		line("context", hashOf(h.query.vector))
	}
	for _, k := range c.classes {
		of := "class " + k.name
		switch h := c.scorer.(type) {
		case *prototypeScorer:
			line(of+" prototype", hashOf(k.prototype))
		case *siameseScorer:
			for i := range k.shots {
				line(of+" unit vector "+strconv.Itoa(i), hashOf(k.shots[i].unit))
			}
		case *relationScorer:
			line(of+" half", hashOf(k.half))
			h.logit(k)
			line(of+" pair", hashOf(h.pairMap))
			line(of+" convolution", hashOf(h.convMap))
			line(of+" dense", hashOf(h.denseUnits))
		case *matchingScorer:
			for i := range k.shots {
				line(of+" context "+strconv.Itoa(i), hashOf(k.shots[i].context.vector))
			}
		}
	}
}

func toInt16(in *prep.Input) []int16 {
	var x []int16
	for _, v := range in {
		x = append(x, int16(v))
	}
	return x
}

func hashOf[T int16 | int32](x []T) string {
	var b []byte
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(v)))
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}
