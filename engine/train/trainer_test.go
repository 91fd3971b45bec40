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
	"strings"
	"testing"

	"oneshot/engine"
	"oneshot/engine/fewshot"
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
	prototype, relation := accuracyOf(t, after, engine.Prototype, unseen), accuracyOf(t, after, engine.Relation, unseen)
	t.Logf("10-way 1-shot: untrained %.3f, prototype %.3f, relation %.3f", untrained, prototype, relation)
	if prototype < untrained+0.03 {
		t.Errorf("prototype head: accuracy %.3f, untrained %.3f", prototype, untrained)
	}
	if relation < 0.5 {
		t.Errorf("relation head: accuracy %.3f, chance is 0.1", relation)
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
	finished(t, cfg)
	f, err := os.Open(filepath.Join(cfg.Dir, LogName))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) < 4 || lines[0][0] != "images" || lines[len(lines)-1][0] != "432" || lines[len(lines)-1][1] != "joint" {
		t.Errorf("log %v, want points up to image 432 of phase joint", lines)
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
	for _, r := range Recipes() {
		if err := r.check(2996); err != nil {
			t.Error(err)
		}
	}
	if _, err := FindRecipe("none"); err == nil || !strings.Contains(err.Error(), "residual") {
		t.Errorf("unknown recipe: %v, want the names of those there are", err)
	}
	r := tiny()
	if err := r.check(5); err == nil {
		t.Error("episodes of 6 classes from a set of 5 were not refused")
	}
	r.Arch = "conv 8, pool"
	if err := r.check(100); err == nil {
		t.Error("8 channels were not refused")
	}
}
