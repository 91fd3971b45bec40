package papers

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"oneshot/engine/fewshot"
	"oneshot/engine/train"
)

// Config is what a run needs.
type Config struct {
	Recipe     Recipe
	Seed       uint64
	Training   *fewshot.Set
	Validation *fewshot.Set // never trained on; nil to skip measuring

	// Cubes are what the drawings of both sets show, for a spectral recipe; nil for others.
	Cubes *Cubes

	Dir             string        // where checkpoint, log and curves go
	CheckpointEvery time.Duration // how much work an interruption may cost
	ValidateEvery   int           // in examples
	// ValidationEpisodes is how many episodes a point of the curves is the mean of.
	ValidationEpisodes int
	Progress           func(train.Progress)
}

// Trainer is one run.
type Trainer struct {
	cfg  Config
	net  network
	step int // steps done
	log  history

	// The weights have moved since the statistics were settled.
	moved bool
}

// New prepares a run from its beginning.
func New(cfg Config) (*Trainer, error) {
	if cfg.Training == nil || len(cfg.Training.Classes) == 0 {
		return nil, errors.New("papers: the training set has no classes")
	}
	if cfg.Validation != nil { // before the training, not after it
		if _, err := fewshot.Sample(cfg.Validation, cfg.protocol(), 0); err != nil {
			return nil, fmt.Errorf("papers: validation: %w", err)
		}
	}
	net, err := cfg.Recipe.begin(cfg.Training, cfg.Cubes, cfg.Seed)
	if err != nil {
		return nil, err
	}
	return &Trainer{cfg: cfg, net: net, moved: true}, nil
}

// validationSeed samples the episodes of every point of a curve: the same ones each time, so that points differ by what
// was learned alone.
const validationSeed = 1

// Way is how many classes the episodes of the curves have: the recipe's, or all that validation has if those are fewer.
func (c Config) Way() int { return min(c.Recipe.Way(), len(c.Validation.Classes)) }

func (c Config) protocol() fewshot.Protocol {
	return fewshot.Protocol{Way: c.Way(), Shot: 1, Episodes: c.ValidationEpisodes, Seed: validationSeed}
}

// Run trains until the recipe is done or ctx ends, and then writes a checkpoint.
func (t *Trainer) Run(ctx context.Context) error {
	began, beganAt := time.Now(), t.step
	saved, validated, last := time.Now(), t.log.lastImages(), t.cfg.Recipe.Steps()
	perStep := t.cfg.Recipe.ImagesPerStep()
	for t.step < last {
		if ctx.Err() != nil {
			return errors.Join(train.ErrInterrupted, t.Save())
		}
		result := t.net.step(uint64(t.step))
		if math.IsNaN(result.Loss) || math.IsInf(result.Loss, 0) {
			return fmt.Errorf("papers: the loss is %v after %d steps", result.Loss, t.step)
		}
		t.step++
		t.moved = true
		t.log.see(result)
		images := t.step * perStep
		if t.cfg.Progress != nil {
			t.cfg.Progress(train.Progress{Images: images, Total: last * perStep, Phase: train.Goal(t.cfg.Recipe.Name), Loss: result.Loss,
				Accuracy: result.Accuracy, ImagesPerSec: float64((t.step-beganAt)*perStep) / time.Since(began).Seconds()})
		}
		if images-validated >= t.cfg.ValidateEvery {
			validated = images
			if err := t.validate(images); err != nil {
				return err
			}
		}
		if time.Since(saved) >= t.cfg.CheckpointEvery {
			saved = time.Now()
			if err := t.Save(); err != nil {
				return err
			}
		}
	}
	if images := t.step * perStep; t.log.lastImages() < images {
		if err := t.validate(images); err != nil {
			return err
		}
	}
	return t.Save()
}

func (t *Trainer) settle() {
	if t.moved {
		t.net.settle()
		t.moved = false
	}
}

// validate measures the network on the validation set and adds a line to the log and the curves.
func (t *Trainer) validate(images int) error {
	row := Row{Images: images}
	if set := t.cfg.Validation; set != nil {
		p := t.cfg.protocol()
		a, err := t.Measure(set, p)
		if err != nil {
			return err
		}
		row.Across, row.Together = a.Alone.Accuracy, a.Together.Accuracy
		p.Within = true
		w, err := t.evaluate(set, p)
		if err != nil && !errors.Is(err, fewshot.ErrShort) { // alphabets may be smaller than an episode
			return err
		}
		row.Within = w.Accuracy
	}
	return t.log.add(t.cfg.Dir, row)
}

// Rows returns the lines of the log so far.
func (t *Trainer) Rows() []Row { return t.log.Rows }

// Learner returns the network as it stands, ready for single queries. It is the run's own: more training changes it.
func (t *Trainer) Learner() fewshot.Learner {
	t.settle()
	return t.net
}
