package papers

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/engine/train"
)

// five is the protocol of the tests on unseen classes: chance is 20 %.
var five = fewshot.Protocol{Way: 5, Shot: 1, Episodes: 60, Seed: 7}

func config(t *testing.T, r Recipe, training *fewshot.Set) Config {
	t.Helper()
	return Config{Recipe: r, Seed: 3, Training: training, Dir: t.TempDir(), CheckpointEvery: 1 << 60, ValidateEvery: 1 << 60, ValidationEpisodes: 10}
}

// networks are tiny runs of each network, with classes that it never sees.
var networks = map[string]func(t *testing.T) (cfg Config, unseen *fewshot.Set){
	"koch": func(t *testing.T) (Config, *fewshot.Set) {
		k := tinyKoch()
		return config(t, Recipe{Name: "koch", Koch: &k}, invented(t, 0, 10, 10, 6)), invented(t, 50, 3, 8, 5)
	},
	"sung": func(t *testing.T) (Config, *fewshot.Set) {
		s := tinySung()
		return config(t, Recipe{Name: "sung", Sung: &s}, invented(t, 0, 4, 8, 6)), invented(t, 50, 3, 8, 5)
	},
	"gao": func(t *testing.T) (Config, *fewshot.Set) {
		g, cubes := tinyGao(), spectra(t, 60, 6, 1)
		training, unseen := cubes.Split()
		cfg := config(t, Recipe{Name: "gao", Gao: &g}, training)
		cfg.Cubes = cubes
		return cfg, unseen
	},
}

func begin(t *testing.T, cfg Config) *Trainer {
	t.Helper()
	tr, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func finish(t *testing.T, tr *Trainer) {
	t.Helper()
	if err := tr.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func measure(t *testing.T, tr *Trainer, set *fewshot.Set) Accuracy {
	t.Helper()
	a, err := tr.Measure(set, five)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// learned trains a network and returns its accuracy on unseen classes. Its training loss must have fallen.
func learned(t *testing.T, name string, fall float64) (*Trainer, Accuracy, *fewshot.Set) {
	t.Helper()
	if testing.Short() {
		t.Skip("trains for its result: left out with -short")
	}
	cfg, unseen := networks[name](t)
	cfg.ValidateEvery = cfg.Recipe.Steps() * cfg.Recipe.ImagesPerStep() / 4
	tr := begin(t, cfg)
	finish(t, tr)
	rows := tr.Rows()
	first, last := rows[0], rows[len(rows)-1]
	a := measure(t, tr, unseen)
	t.Logf("loss %.4f to %.4f, training accuracy %.3f to %.3f, unseen classes %.3f alone, %.3f together",
		first.Loss, last.Loss, first.Training, last.Training, a.Alone.Accuracy, a.Together.Accuracy)
	if last.Loss > fall*first.Loss {
		t.Errorf("the loss went from %v to %v, want at most %v of it", first.Loss, last.Loss, fall)
	}
	return tr, a, unseen
}

// The siamese network's first weights, all distances counting against, are a fair nearest neighbour already. So what it
// must have learned is its task: to verify, here on alphabets that it never saw.
func TestKochLearns(t *testing.T) {
	tr, a, unseen := learned(t, "koch", 0.9)
	if a.Alone.Accuracy < 0.6 {
		t.Errorf("accuracy on unseen classes %v, want 0.6", a.Alone.Accuracy)
	}
	if a.Alone != a.Together {
		t.Errorf("one by one %+v, together %+v: nothing in the network looks at other queries", a.Alone, a.Together)
	}
	untrained, _ := networks["koch"](t)
	before, after := verificationLoss(t, begin(t, untrained), unseen), verificationLoss(t, tr, unseen)
	t.Logf("cross-entropy on pairs of unseen alphabets %.3f before, %.3f after", before, after)
	if after > 0.85*before {
		t.Errorf("cross-entropy on pairs of unseen alphabets %v before, %v after", before, after)
	}
}

// verificationLoss is the mean cross-entropy on pairs from a set.
func verificationLoss(t *testing.T, tr *Trainer, set *fewshot.Set) (loss float64) {
	t.Helper()
	n := tr.net.(*kochNet)
	p, err := newPairs(set, n.Koch, 5)
	if err != nil {
		t.Fatal(err)
	}
	images, same := make([]float32, 2*n.Batch*n.Side*n.Side), make([]bool, n.Batch)
	const batches = 10
	for i := range batches {
		p.fill(images, same, uint64(i))
		loss += n.learnFrom(images, same).Loss / batches
	}
	return loss
}

func TestSungLearns(t *testing.T) {
	_, a, _ := learned(t, "sung", 0.5)
	for what, r := range map[string]fewshot.Result{"one query at a time": a.Alone, "queries together": a.Together} {
		if r.Accuracy < 0.7 || r.Queries != five.Way*five.Episodes || r.CI95 <= 0 {
			t.Errorf("%s: %+v on unseen classes, want an accuracy of 0.7", what, r)
		}
	}
}

// The spectra of one material under two lights are further apart than those of two materials under one: the network must
// have learned to look away from light.
func TestGaoBeatsTheNearestSpectrum(t *testing.T) {
	tr, a, unseen := learned(t, "gao", 0.7)
	nearest, err := fewshot.Evaluate(unseen, five, &nearestSpectrum{cubes: tr.cfg.Cubes})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("nearest spectrum %.3f", nearest.Accuracy)
	if a.Alone.Accuracy < nearest.Accuracy+0.2 {
		t.Errorf("accuracy on unseen materials %v, that of the nearest spectrum %v", a.Alone.Accuracy, nearest.Accuracy)
	}
}

// nearestSpectrum answers with the class whose mean spectrum is the nearest.
type nearestSpectrum struct {
	cubes   *Cubes
	classes [][]float32
}

func (l *nearestSpectrum) Learn(support [][]*fewshot.Drawing) error {
	l.classes = nil
	for _, shots := range support {
		l.classes = append(l.classes, l.cubes.Spectrum(shots[0]))
	}
	return nil
}

func (l *nearestSpectrum) Answer(query *fewshot.Drawing) (fewshot.Answer, error) {
	spectrum := l.cubes.Spectrum(query)
	var logits []float64
	for _, class := range l.classes {
		sum := 0.0
		for i, v := range class {
			sum -= float64((v - spectrum[i]) * (v - spectrum[i]))
		}
		logits = append(logits, sum)
	}
	return fewshot.Answer{Class: largest(logits), Logits: logits}, nil
}

// short cuts a run to some steps.
func short(cfg Config, steps int) Config {
	cfg.Recipe = cfg.Recipe.Scaled((float64(steps) - 0.01) / float64(cfg.Recipe.Steps()))
	return cfg
}

func sameArrays(a, b network) bool {
	return slices.EqualFunc(a.arrays(), b.arrays(), func(x, y array) bool { return x.name == y.name && slices.Equal(x.values, y.values) })
}

func TestSeedDecidesEverything(t *testing.T) {
	for name, make := range networks {
		t.Run(name, func(t *testing.T) {
			var trained []*Trainer
			for _, seed := range []uint64{1, 1, 2} {
				cfg, _ := make(t)
				cfg.Seed = seed
				tr := begin(t, short(cfg, 3))
				if steps := tr.cfg.Recipe.Steps(); steps != 3 {
					t.Fatalf("%d steps, want 3", steps)
				}
				finish(t, tr)
				trained = append(trained, tr)
			}
			if !sameArrays(trained[0].net, trained[1].net) {
				t.Error("two runs of one seed differ")
			}
			if sameArrays(trained[0].net, trained[2].net) {
				t.Error("two seeds make the same run")
			}
		})
	}
}

// A run that was interrupted and resumed ends as one that was not, log and all, and its checkpoint answers
// as it does.
func TestResumeGoesOnExactly(t *testing.T) {
	for name, make := range networks {
		t.Run(name, func(t *testing.T) {
			const steps, stop = 6, 4
			cfg, unseen := make(t)
			adam(cfg.Recipe)
			cfg.Validation = unseen
			cfg.ValidateEvery = 2 * cfg.Recipe.ImagesPerStep()
			cfg = short(cfg, steps)
			whole := begin(t, cfg)
			finish(t, whole)

			cfg.Dir = t.TempDir()
			ctx, cancel := context.WithCancel(context.Background())
			cut := cfg
			cut.Progress = func(p train.Progress) {
				if p.Images == stop*cfg.Recipe.ImagesPerStep() {
					cancel()
				}
			}
			if err := begin(t, cut).Run(ctx); !errors.Is(err, train.ErrInterrupted) {
				t.Fatalf("interrupted run: %v", err)
			}
			resumed, err := Resume(cfg)
			if err != nil {
				t.Fatal(err)
			}
			finish(t, resumed)
			if !sameArrays(whole.net, resumed.net) {
				t.Error("the resumed run ended elsewhere")
			}
			if !slices.Equal(whole.Rows(), resumed.Rows()) || len(whole.Rows()) != steps/2 {
				t.Errorf("log %+v, resumed %+v", whole.Rows(), resumed.Rows())
			}
			for _, file := range []string{train.LogName, train.CurvesName} {
				if info, err := os.Stat(filepath.Join(cfg.Dir, file)); err != nil || info.Size() == 0 {
					t.Errorf("%s: %v", file, err)
				}
			}

			loaded, err := Load(filepath.Join(cfg.Dir, train.CheckpointName), cfg.Cubes)
			if err != nil {
				t.Fatal(err)
			}
			e, err := fewshot.Sample(unseen, five, 0)
			if err != nil {
				t.Fatal(err)
			}
			// Embedded by the batch or one by one, sums differ in their last bits.
			a, b := logits(t, loaded, e), logits(t, resumed.Learner(), e)
			if !slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 1e-4 }) {
				t.Errorf("the loaded network says %v, the trained one %v", a, b)
			}
		})
	}
}

// adam gives a siamese network the optimiser that the other tests do not use: its moments are kept as well.
func adam(r Recipe) {
	if r.Koch != nil {
		r.Koch.Optimiser, r.Koch.Init = Adam, PaperInit
	}
}

// logits are all that a learner says about an episode.
func logits(t *testing.T, l fewshot.Learner, e fewshot.Episode) (all []float64) {
	t.Helper()
	if err := l.Learn(e.Support); err != nil {
		t.Fatal(err)
	}
	for _, q := range e.Queries {
		a, err := l.Answer(q)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Logits) != len(e.Support) || a.Class != largest(a.Logits) {
			t.Fatalf("%+v on %d classes", a, len(e.Support))
		}
		all = append(all, a.Logits...)
	}
	return all
}

// Alone, what is said about a query does not depend on the other queries; together it does. That difference is the
// published accuracy's.
func TestOnlyTogetherQueriesHelpEachOther(t *testing.T) {
	n := tinySungNet(t)
	n.settle()
	set := invented(t, 60, 1, 6, 3)
	e, err := fewshot.Sample(set, five, 0)
	if err != nil {
		t.Fatal(err)
	}
	fewer := e
	fewer.Queries = e.Queries[:2]
	way := len(e.Support)
	if a, b := logits(t, n, e)[:way], logits(t, n, fewer)[:way]; !slices.Equal(a, b) {
		t.Errorf("alone: %v beside four queries, %v beside one", a, b)
	}
	together := func(e fewshot.Episode) []float64 {
		if _, err := n.answerTogether(e); err != nil {
			t.Fatal(err)
		}
		return slices.Clone(n.relation.logits[:way])
	}
	if a, b := together(e), together(fewer); slices.Equal(a, b) {
		t.Errorf("together: %v whatever the other queries are", a)
	}
}

func TestSeveralShots(t *testing.T) {
	for name, make := range networks {
		cfg, unseen := make(t)
		tr := begin(t, cfg)
		p := five
		p.Shot, p.Episodes = 3, 2
		if a, err := tr.Measure(unseen, p); err != nil || a.Alone.Queries != 10 || a.Together.Queries != 10 {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
		if err := tr.Learner().Learn([][]*fewshot.Drawing{unseen.Classes[0].Drawings, nil}); err == nil {
			t.Errorf("%s learns a class without shots", name)
		}
		if _, err := begin(t, cfg).Learner().Answer(unseen.Classes[0].Drawings[0]); !errors.Is(err, errNothingLearned) {
			t.Errorf("%s answers without a support set: %v", name, err)
		}
	}
}
