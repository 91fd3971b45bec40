package exchange

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/engine/train"
)

// What quantisation may cost the reference networks of the benchmark against other engines.
const (
	maxScoreError = 0.02 // of a class, from 0 to 1
	sameWinner    = 0.98 // of the images, over the tasks of a network
)

// peers is the folder with the reference networks, or skips the test.
func peers(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("ONESHOT_PEERS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "peers")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the peer benchmark is neither in ../shared/peers nor in ONESHOT_PEERS")
	}
	return filepath.Join(dir, "models")
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// benchmark is a reference network in float32 and in int8, and the images of the benchmark.
type benchmark struct {
	float  *train.FloatNet
	int8   *engine.Network
	images []float32
	inputs []prep.Input
}

func readBenchmark(t *testing.T, dir, name string) *benchmark {
	t.Helper()
	b := readFile(t, filepath.Join(dir, name+".safetensors"))
	m, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	f, err := train.NewFloatNet(m)
	if err != nil {
		t.Fatal(err)
	}
	n, err := engine.NewNetwork(imported(t, b))
	if err != nil {
		t.Fatal(err)
	}
	all := &benchmark{float: f, int8: n}
	raw := readFile(t, filepath.Join(dir, "images.f32.bin"))
	for len(raw) > 0 {
		var in prep.Input
		for i := range in {
			v := math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
			all.images = append(all.images, v)
			in[i] = uint8(math.Round(float64(v) * 255))
		}
		all.inputs, raw = append(all.inputs, in), raw[4*len(in):]
	}
	return all
}

// maps returns what the float network gives for images from one on.
func (b *benchmark) maps(from, n int) [][]float32 {
	const size = prep.Side * prep.Side
	flat := b.float.Maps
	if !b.float.HasRelation() {
		flat = b.float.UnitEmbed
	}
	return slices.Collect(slices.Chunk(flat(b.images[from*size:][:n*size], n), b.int8.EmbeddingLen()))
}

// task is the support set of a question: shots images for each class, from one on.
type task struct{ from, ways, shots int }

// tasks are those of the benchmark's reference answers.
var tasks = [...]task{{from: 1, ways: 5, shots: 1}, {from: 10, ways: 20, shots: 5}}

// classes returns what the float network gives for the images of each class.
func (b *benchmark) classes(k task) (all [][][]float32) {
	for w := range k.ways {
		all = append(all, b.maps(k.from+w*k.shots, k.shots))
	}
	return all
}

// scorer answers for a query with the score of each class.
type scorer func(query []float32) []float64

// cosines compares with the mean of the unit embeddings of each class.
func cosines(classes [][][]float32) scorer {
	return func(query []float32) (scores []float64) {
		for _, shots := range classes {
			var dot, length float64
			for i, q := range query {
				mean := 0.0
				for _, shot := range shots {
					mean += float64(shot[i])
				}
				dot, length = dot+mean*float64(q), length+mean*mean
			}
			scores = append(scores, dot/math.Sqrt(length))
		}
		return scores
	}
}

// compare asks both networks about all images and holds their scores together. It returns how many have the same
// winner, of how many.
func (b *benchmark) compare(t *testing.T, k task, head engine.Head, prepare func(classes [][][]float32) scorer) (same, asked int) {
	t.Helper()
	c, err := engine.NewClassifier(b.int8, head)
	if err != nil {
		t.Fatal(err)
	}
	for i, in := range b.inputs[k.from:][:k.ways*k.shots] {
		if _, err := c.Add(strconv.Itoa(i/k.shots), in); err != nil {
			t.Fatal(err)
		}
	}
	score := prepare(b.classes(k))
	worst := 0.0
	for i := range b.inputs {
		query := b.maps(i, 1)[0]
		a, err := c.Classify(b.inputs[i])
		if err != nil {
			t.Fatal(err)
		}
		want, best := score(query), 0
		for w := range want {
			if want[w] > want[best] {
				best = w
			}
		}
		for _, r := range a.Ranking {
			w, err := strconv.Atoi(r.Class)
			if err != nil {
				t.Fatal(err)
			}
			worst = max(worst, math.Abs(float64(r.Score)-want[w]))
		}
		if asked++; a.Ranking[0].Class == strconv.Itoa(best) {
			same++
		}
	}
	t.Logf("%d-way %d-shot: scores differ by at most %.4f, same winner for %.2f %% of %d images", k.ways, k.shots, worst,
		100*float64(same)/float64(asked), asked)
	if worst > maxScoreError {
		t.Errorf("a score differs by %.4f, at most %v", worst, maxScoreError)
	}
	return same, asked
}

// share fails the test where too few images have the same winner.
func share(t *testing.T, same, asked int) {
	t.Helper()
	if s := float64(same) / float64(asked); s < sameWinner {
		t.Errorf("same winner for %.4f of the images, at least %v", s, sameWinner)
	}
}

// The reference networks of the benchmark against other engines are computed: in float32 as torch does, in int8
// within the bounds that the benchmark is to be run with.
func TestReferenceNetworks(t *testing.T) {
	if testing.Short() {
		t.Skip("asks about a thousand images: left out with -short")
	}
	dir := peers(t)
	var reference struct {
		RN struct {
			Embed []float64 `json:"embed"`
			One   []float64 `json:"score_5w1s"`
			Five  []float64 `json:"score_20w5s"`
		} `json:"rn"`
		Conv4 struct {
			Embed []float64 `json:"embed"`
		} `json:"conv4"`
	}
	if err := json.Unmarshal(readFile(t, filepath.Join(dir, "reference.json")), &reference); err != nil {
		t.Fatal(err)
	}
	t.Run("rn", func(t *testing.T) {
		b := readBenchmark(t, dir, "rn")
		relate := func(classes [][][]float32) scorer {
			var sums [][]float32
			for _, shots := range classes {
				sum := make([]float32, len(shots[0]))
				for _, shot := range shots {
					for i, v := range shot {
						sum[i] += v
					}
				}
				sums = append(sums, sum)
			}
			logits := b.float.Relate(sums)
			return func(query []float32) (scores []float64) {
				for _, v := range logits(query) {
					scores = append(scores, 1/(1+math.Exp(-float64(v))))
				}
				return scores
			}
		}
		h, w, c := b.float.Arch.EmbeddingDims()
		first := b.maps(0, 1)[0]
		for i, v := range first {
			p, ch := i/c, i%c
			near(t, "embedding", float64(v), reference.RN.Embed[ch*h*w+p])
		}
		same, asked := 0, 0
		for i, k := range tasks {
			want := [...][]float64{reference.RN.One, reference.RN.Five}[i]
			got := relate(b.classes(k))(first)
			for class, v := range want {
				near(t, "score", got[class], v)
			}
			s, n := b.compare(t, k, engine.Relation, relate)
			same, asked = same+s, asked+n
		}
		share(t, same, asked)
	})
	t.Run("conv4", func(t *testing.T) {
		b := readBenchmark(t, dir, "conv4")
		e := b.float.Embed(b.images[:prep.Side*prep.Side], 1)
		for i, v := range e.Row(0, 0) {
			near(t, "embedding", float64(v), reference.Conv4.Embed[i])
		}
		same, asked := 0, 0
		for _, k := range tasks {
			s, n := b.compare(t, k, engine.Prototype, cosines)
			same, asked = same+s, asked+n
		}
		share(t, same, asked)
	})
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-4*max(1, math.Abs(want)) {
		t.Errorf("%s is %v, %v in torch", what, got, want)
	}
}
