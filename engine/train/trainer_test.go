package train

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

func finished(t *testing.T, cfg Config) (*Trainer, *weights.Model) {
	t.Helper()
	tr, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := tr.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	m, err := tr.Model()
	if err != nil {
		t.Fatal(err)
	}
	return tr, m
}

func encoded(t *testing.T, m *weights.Model) []byte {
	t.Helper()
	b, err := weights.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A run that is interrupted again and again ends with the same weights, to the bit, as one that is not.
func TestResumeGoesOnExactly(t *testing.T) {
	cfg := tinyConfig(t)
	if testing.Short() {
		cfg.Recipe = cfg.Recipe.Scaled(0.5) // the race detector makes a minute of each second
	}
	_, want := finished(t, cfg)

	cfg.Dir = t.TempDir()
	for stop := 90; ; stop += 130 { // in the middle of each kind of phase
		ctx, cancel := context.WithCancel(context.Background())
		cfg.Progress = func(p Progress) {
			if p.Images >= stop {
				cancel()
			}
		}
		begin := Resume
		if stop == 90 {
			begin = New
		}
		tr, err := begin(cfg)
		if err != nil {
			t.Fatal(err)
		}
		err = tr.Run(ctx)
		cancel()
		if err == nil {
			got, err := tr.Model()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(encoded(t, got), encoded(t, want)) {
				t.Error("the interrupted run ended with other weights")
			}
			break
		}
		if !errors.Is(err, ErrInterrupted) {
			t.Fatal(err)
		}
	}

	// A finished run can be resumed too: it has nothing left to do but to give its model.
	tr, err := Resume(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := tr.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	got, err := tr.Model()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encoded(t, got), encoded(t, want)) {
		t.Error("the finished run gives other weights when it is resumed")
	}

	// A longer recipe goes on from there, and so ends where a run of that recipe from the beginning would.
	cfg.Recipe.Phases = append(cfg.Recipe.Phases, Phase{Goal: RelationGoal, Images: 72, Episode: cfg.Recipe.Phases[0].Episode, LR: 1e-3})
	if tr, err = Resume(cfg); err != nil {
		t.Fatal(err)
	}
	if err := tr.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got, err = tr.Model(); err != nil {
		t.Fatal(err)
	}
	cfg.Dir = t.TempDir()
	if _, want = finished(t, cfg); !bytes.Equal(encoded(t, got), encoded(t, want)) {
		t.Error("a recipe that was made longer ends with other weights than when it is run at once")
	}
}

func TestResumeRefusesAnotherRun(t *testing.T) {
	cfg := tinyConfig(t)
	if _, err := Resume(cfg); err == nil || !strings.Contains(err.Error(), "nothing to resume") {
		t.Errorf("resume without a checkpoint: %v", err)
	}
	tr, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := tr.Save(); err != nil {
		t.Fatal(err)
	}
	other := cfg
	other.Seed++
	if _, err := Resume(other); err == nil || !strings.Contains(err.Error(), "seed 4") {
		t.Errorf("resume with another seed: %v", err)
	}
	if err := os.WriteFile(filepath.Join(cfg.Dir, CheckpointName), []byte("not a checkpoint"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Resume(cfg); err == nil || !strings.Contains(err.Error(), CheckpointName) {
		t.Errorf("resume from a broken file: %v", err)
	}
}

// Training on invented characters must beat the untrained network on other invented ones, with both heads, and int8 must
// answer as float.
func TestTrainingTeachesToCompare(t *testing.T) {
	skipIfShort(t)
	cfg := tinyConfig(t)
	cfg.Training = invented(t, 4, 12, 8)
	for i := range cfg.Recipe.Phases {
		cfg.Recipe.Phases[i].Images = 2700
	}
	unseen := &fewshot.Set{Classes: invented(t, 7, 12, 6).Classes[4*12:]}
	start, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	before, err := start.Model()
	if err != nil {
		t.Fatal(err)
	}
	_, after := finished(t, cfg)
	untrained := accuracyOf(t, before, engine.Prototype, unseen)
	for _, head := range rowHeads {
		trained := accuracyOf(t, after, head, unseen)
		t.Logf("10-way 1-shot: untrained %.3f, %v %.3f", untrained, head, trained)
		if head == engine.Prototype && trained < untrained+0.03 {
			t.Errorf("prototype head: accuracy %.3f, untrained %.3f", trained, untrained)
		}
		if trained < 0.5 {
			t.Errorf("%v head: accuracy %.3f, chance is 0.1", head, trained)
		}
	}
	int8AnswersAsFloat(t, after, cfg.Training, unseen)
}

func accuracyOf(t *testing.T, m *weights.Model, head engine.Head, set *fewshot.Set) float64 {
	t.Helper()
	l, err := NewFloatLearner(m, head)
	if err != nil {
		t.Fatal(err)
	}
	return accuracyWith(t, l, set)
}

func accuracyWith(t *testing.T, l fewshot.Learner, set *fewshot.Set) float64 {
	t.Helper()
	res, err := fewshot.Evaluate(set, fewshot.Protocol{Way: 10, Shot: 1, Episodes: 60, Seed: 1}, l)
	if err != nil {
		t.Fatal(err)
	}
	return res.Accuracy
}

func TestLogAndCurves(t *testing.T) {
	skipIfShort(t)
	cfg := tinyConfig(t)
	cfg.Validation, cfg.ValidateEvery = invented(t, 2, 20, 3), 200
	tr, _ := finished(t, cfg)
	f, err := os.Open(filepath.Join(cfg.Dir, LogName))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	end, last := strconv.Itoa(tr.shown), lines[len(lines)-1]
	if len(lines) < 6 || lines[0][0] != "images" || last[0] != end || last[1] != "joint" {
		t.Errorf("log %v, want points up to image %s of phase joint", lines, end)
	}
	for i, line := range lines[1:] {
		for j, v := range line[4:] {
			// Columns are two for each of rowHeads, whose phases follow in the order relation, siamese, matching.
			begins := map[string]int{"encoder": 0, "relation": 1, "siamese": 2, "matching": 3, "joint": 3}[line[1]]
			trained := begins >= [...]int{0, 2, 1, 3}[j/2]
			if (v != "0.0000") != trained {
				t.Errorf("line %d, of phase %s: column %s is %s", i+1, line[1], lines[0][4+j], v)
			}
		}
	}
	p, err := os.Open(filepath.Join(cfg.Dir, CurvesName))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := png.Decode(p); err != nil {
		t.Errorf("curves: %v", err)
	}
}

// A checkpoint goes on under a recipe with more heads, which begin as in a run that had them from the start; one that
// has trained a head does not go on without it.
func TestResumeTakesUpNewHeads(t *testing.T) {
	full := tinyConfig(t)
	full.Recipe.Phases = full.Recipe.Phases[:4] // without the joint phase
	last := 0
	full.Progress = func(p Progress) {
		if p.Images < last || p.Images > p.Total {
			t.Errorf("%d of %d drawings after %d", p.Images, p.Total, last)
		}
		last = p.Images
	}
	_, want := finished(t, full)
	if total := full.Recipe.Images(); last != total {
		t.Errorf("the last progress is %d of %d drawings", last, total)
	}
	full.Progress = nil

	cfg := full
	cfg.Dir = t.TempDir()
	cfg.Recipe.Arch, cfg.Recipe.Phases = strings.TrimSuffix(full.Recipe.Arch, "; siamese; matching"), full.Recipe.Phases[:2]
	finished(t, cfg)
	cfg.Recipe = full.Recipe
	tr, err := Resume(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := tr.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	got, err := tr.Model()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encoded(t, got), encoded(t, want)) {
		t.Error("the run that took up new heads ended with other weights")
	}

	cfg.Recipe.Arch = strings.TrimSuffix(full.Recipe.Arch, "; matching")
	if _, err := Resume(cfg); err == nil || !strings.Contains(err.Error(), "is of recipe") {
		t.Errorf("a checkpoint of a trained matching head went on without it: %v", err)
	}
}

func TestShotsOfAPhaseAreDrawnBySeedAndStep(t *testing.T) {
	p := Phase{Episode: nn.Layout{Way: 3, Shot: 1, Query: 2}, Shots: 5}
	seen := map[int]int{}
	for step := range uint64(500) {
		ep := p.layout(7, step)
		if ep != p.layout(7, step) {
			t.Fatalf("step %d has two layouts", step)
		}
		if ep.Way != 3 || ep.Query != 2 {
			t.Fatalf("layout %v, want 3 ways and 2 queries", ep)
		}
		seen[ep.Shot]++
	}
	for shot := 1; shot <= 5; shot++ {
		if seen[shot] < 50 {
			t.Errorf("%d of 500 episodes have %d shots", seen[shot], shot)
		}
	}
	if len(seen) != 5 {
		t.Errorf("shots %v, want 1 to 5", seen)
	}
	p.Shots = 0
	if ep := p.layout(7, 1); ep != p.Episode {
		t.Errorf("layout %v of a phase with fixed shots, want %v", ep, p.Episode)
	}
}

func TestScheduleWarmsUpAndEndsAtZero(t *testing.T) {
	if s := schedule(0); s <= 0 || s > 0.1 {
		t.Errorf("rate at the beginning %v", s)
	}
	if s := schedule(0.02); math.Abs(s-1) > 1e-9 {
		t.Errorf("rate after the warm-up %v, want 1", s)
	}
	if s := schedule(1); s > 1e-9 {
		t.Errorf("rate at the end %v, want 0", s)
	}
}

func TestRecipesFitTheirNetworks(t *testing.T) {
	characters := func(n int) func(Mix) int {
		return (&sampler{classes: make([][]source, n+200), letters: n}).ways // 200 kinds of doodles
	}
	for _, r := range Recipes() {
		if err := r.check(characters(749)); err != nil {
			t.Error(err)
		}
	}
	if _, err := FindRecipe("none"); err == nil || !strings.Contains(err.Error(), "residual") {
		t.Errorf("unknown recipe: %v, want the names of those there are", err)
	}
	r := tiny()
	if err := r.check(func(Mix) int { return 5 }); err == nil {
		t.Error("episodes of 6 classes from a set of 5 were not refused")
	}
	r.Arch = "conv 8, pool"
	if err := r.check(characters(100)); err == nil {
		t.Error("8 channels were not refused")
	}
}
