package papers

import (
	"math/rand/v2"
	"strings"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
)

func TestRecipesAreInOrder(t *testing.T) {
	for _, r := range Recipes() {
		if err := r.check(); err != nil {
			t.Error(err)
		}
		found, err := Find(r.Name)
		if err != nil || found.Steps() != r.Steps() || found.Steps() < 1 {
			t.Errorf("%s: %v, %d steps", r.Name, err, found.Steps())
		}
		half := r.Scaled(0.5)
		if half.Steps() != (r.Steps()+1)/2 || r.Steps() != found.Steps() {
			t.Errorf("%s: %d steps, half of it %d", r.Name, r.Steps(), half.Steps())
		}
	}
	if _, err := Find("vinyals2016"); err == nil || !strings.Contains(err.Error(), "koch2015") {
		t.Errorf("an unknown recipe: %v", err)
	}
}

// Koch's network is known to have 38,951,745 parameters; the dense layer is counted without being made.
func TestKochIsOfThePublishedSize(t *testing.T) {
	k := koch2015()
	units := k.Units
	k.Units = 16
	tw := newTwins(k, rand.New(rand.NewPCG(1, 1)))
	if tw.dense.In != 6*6*256 {
		t.Fatalf("%d values before the dense layer, want 6 x 6 x 256", tw.dense.In)
	}
	n := tw.dense.In*units + units + units + 1
	for i := range tw.conv {
		n += len(tw.conv[i].W.Value) + len(tw.bias[i].B.Value)
	}
	if n != 38_951_745 {
		t.Errorf("%d parameters, want 38,951,745", n)
	}
}

func TestEncodersHaveThePublishedShapes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	e := newSungEncoder(64, r)
	if y := e.forward(make([]float32, 2*28*28), 2, OfBatch); y.N != 2 || y.H != 5 || y.W != 5 || y.C != 64 {
		t.Errorf("Sung's maps are %d x %d x %d x %d, want 2 x 5 x 5 x 64", y.N, y.H, y.W, y.C)
	}
	// The concatenation of two embeddings of 28 x 28 x 100 has 512 channels of 5 x 5 in the authors' code.
	if h, w, c := newGaoEncoder(gao2020().Channels, &Cubes{H: 28, W: 28, Bands: 100}, r).shape(); h != 5 || w != 5 || 2*c != 512 {
		t.Errorf("Gao's maps are %d x %d x %d", h, w, c)
	}
}

func TestScheduleOfThePaper(t *testing.T) {
	p := nn.NewParam("w", 1, 1)
	k := Koch{RateDecay: 0.99, MomentumIn: 10, Optimiser: SGD}
	k.Layers[0] = Layer{Rate: 0.1, Momentum: 0.9}
	o := newLayerwise(k, [][]*nn.Param{{p}})
	o.velocity[0][0][0] = 1
	p.Grad[0] = 2
	o.step(5.5) // five whole epochs: the rate is 0.1*0.99^5, the momentum 0.7
	if want := float32(0.7 - 2*0.1*0.9509900499); p.Value[0] < want-1e-6 || p.Value[0] > want+1e-6 || p.Grad[0] != 0 {
		t.Errorf("the weight is %v, want %v; gradient left %v", p.Value[0], want, p.Grad[0])
	}
}

// Half of the pairs are alike, all of them inside one alphabet, and each alphabet comes up whatever its size.
func TestPairsStayInsideAlphabets(t *testing.T) {
	set := invented(t, 0, 2, 3, 3)
	big := invented(t, 9, 1, 12, 3)
	set.Classes = append(set.Classes, big.Classes...)
	k := tinyKoch()
	k.Plain = 1
	p, err := newPairs(set, k, 1)
	if err != nil {
		t.Fatal(err)
	}
	place := map[string][2]int{} // picture -> alphabet, character
	buffer := make([]float32, k.Side*k.Side)
	for a, alphabet := range p.alphabets {
		for c, inks := range alphabet {
			for _, ink := range inks {
				unmoved.view(buffer, k.Side, ink)
				place[key(buffer)] = [2]int{a, c}
			}
		}
	}
	const pairs, size = 300, 36 * 36
	images, same := make([]float32, 2*pairs*size), make([]bool, pairs)
	p.fill(images, same, 0)
	like, seen := 0, map[int]int{}
	for i, s := range same {
		ka, kb := key(images[2*i*size:][:size]), key(images[(2*i+1)*size:][:size])
		a, b := place[ka], place[kb]
		if a[0] != b[0] || (a == b) != s || ka == kb {
			t.Fatalf("pair %d of %v and %v is said to be alike: %v", i, a, b, s)
		}
		seen[a[0]]++
		if s {
			like++
		}
	}
	if like != pairs/2 {
		t.Errorf("%d of %d pairs are alike", like, pairs)
	}
	for a, n := range seen {
		if n < pairs/5 || len(seen) != 3 {
			t.Errorf("alphabet %d has %d of %d pairs", a, n, pairs)
		}
	}
}

func key(image []float32) string {
	b := make([]byte, len(image))
	for i, v := range image {
		b[i] = byte(255 * v)
	}
	return string(b)
}

func TestTurnsAreQuarterTurns(t *testing.T) {
	src := []float32{1, 2, 3, 4}
	want := [][]float32{{1, 2, 3, 4}, {2, 4, 1, 3}, {4, 3, 2, 1}, {3, 1, 4, 2}}
	for turns, w := range want {
		dst := make([]float32, 4)
		turnSquare(dst, src, turns)
		for i := range w {
			if dst[i] != w[i] {
				t.Errorf("%d turns: %v, want %v", turns, dst, w)
				break
			}
		}
	}
}

// What cannot be trained is refused before the training begins, with what is wrong.
func TestRefusals(t *testing.T) {
	drawings := invented(t, 0, 2, 3, 3)
	lonely := &fewshot.Set{Classes: drawings.Classes[:1]}
	koch, sung, gao := tinyKoch(), tinySung(), tinyGao()
	narrow, wide := koch, koch
	narrow.Channels[2] = 24
	wide.Sizes[0] = 40
	small := spectra(t, 8, 6, 1)
	small.H, small.W = 3, 3
	for words, cfg := range map[string]Config{
		"no classes":             {Recipe: Recipe{Name: "koch", Koch: &koch}, Training: &fewshot.Set{}},
		"0 networks":             {Recipe: Recipe{Name: "none"}, Training: drawings},
		"2 networks":             {Recipe: Recipe{Name: "both", Koch: &koch, Sung: &sung}, Training: drawings},
		"24 channels":            {Recipe: Recipe{Name: "koch", Koch: &narrow}, Training: drawings},
		"nothing is left":        {Recipe: Recipe{Name: "koch", Koch: &wide}, Training: drawings},
		"no alphabet":            {Recipe: Recipe{Name: "koch", Koch: &koch}, Training: lonely},
		"episodes take 4":        {Recipe: Recipe{Name: "sung", Sung: &sung}, Training: drawings},
		"not from drawings":      {Recipe: Recipe{Name: "gao", Gao: &gao}, Training: drawings},
		"want at least 3 x 3":    {Recipe: Recipe{Name: "gao", Gao: &gao}, Training: drawings, Cubes: small},
		"without its picture":    {Recipe: Recipe{Name: "koch", Koch: &koch}, Training: &fewshot.Set{Classes: []fewshot.Class{{Name: "a", Drawings: []*fewshot.Drawing{{}, {}}}}}},
		"validation: fewshot":    {Recipe: Recipe{Name: "koch", Koch: &koch}, Training: drawings, Validation: lonely, ValidationEpisodes: 1},
		"fewer than the two":     {Recipe: Recipe{Name: "koch", Koch: &koch}, Training: invented(t, 0, 1, 2, 1)},
		"the training set has 3": {Recipe: Recipe{Name: "sung", Sung: &sung}, Training: invented(t, 0, 1, 3, 5)},
	} {
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("want %q, got %v", words, err)
		}
	}
}
