package train

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
	"oneshot/weights"
)

// Config is what a run needs.
type Config struct {
	Recipe     Recipe
	Seed       uint64
	Training   *fewshot.Set
	Doodles    *fewshot.Set // for Mix.Doodles; nil to do without
	Validation *fewshot.Set // never trained on; nil to skip measuring

	Dir             string        // where checkpoint, log, curves and models go
	CheckpointEvery time.Duration // how much work an interruption may cost
	ValidateEvery   int           // in images
	// ValidationEpisodes is how many episodes a point of the curves is the mean of.
	ValidationEpisodes int
	Progress           func(Progress)
}

// Progress is how far a run is, after each step.
type Progress struct {
	Images, Total int // of those that the recipe plans
	Phase         Goal
	Loss          float64
	Accuracy      float64 // on the training episode
	ImagesPerSec  float64
}

// ErrInterrupted is returned by Run when its context ended: all is in the checkpoint.
var ErrInterrupted = errors.New("train: interrupted; the checkpoint holds everything, go on with -resume")

// Trainer is one run.
type Trainer struct {
	cfg     Config
	arch    engine.Arch
	sampler *sampler

	encoder   *nn.Encoder
	prototype *nn.PrototypeLoss
	heads     []trainedHead
	params    []*nn.Param // of all, in a fixed order
	ema       [][]float32 // running average of params

	phase   int // index in Recipe.Phases
	step    uint64
	done    int // images of this phase
	shown   int // images of all phases
	adam    *nn.AdamW
	log     history
	frozen  *FloatNet // the folded encoder while a head is trained alone
	started time.Time
	since   int // images shown since started

	images []float32
	unit   nn.Unit
}

// New prepares a run from its beginning.
func New(cfg Config) (*Trainer, error) {
	s, err := newSampler(cfg.Training, cfg.Doodles, cfg.Seed)
	if err != nil {
		return nil, err
	}
	if err := cfg.Recipe.check(s.ways); err != nil {
		return nil, err
	}
	arch, err := engine.ParseArch(cfg.Recipe.Arch)
	if err != nil {
		return nil, err
	}
	t := &Trainer{cfg: cfg, arch: arch, sampler: s, prototype: nn.NewPrototypeLoss(cfg.Recipe.Margin)}
	r := rand.New(rand.NewPCG(cfg.Seed, math.MaxUint64))
	t.encoder = nn.NewEncoder(arch, r)
	t.params = append(t.encoder.Params(), t.prototype.Params()...)
	t.heads = newHeads(arch, r)
	for _, h := range t.heads {
		t.params = append(t.params, h.Params()...)
	}
	for _, p := range t.params {
		t.ema = append(t.ema, clone(p.Value))
	}
	t.beginPhase()
	return t, nil
}

// beginPhase makes the optimiser of the current phase; after the last one it has nothing to move.
func (t *Trainer) beginPhase() {
	t.done, t.frozen = 0, nil
	var trained []*nn.Param
	if t.phase < len(t.cfg.Recipe.Phases) {
		trained = t.trained(t.current().Goal)
	}
	t.adam = nn.NewAdamW(trained, t.cfg.Recipe.Decay)
}

func (t *Trainer) current() Phase { return t.cfg.Recipe.Phases[t.phase] }

// trained lists what a goal changes.
func (t *Trainer) trained(g Goal) []*nn.Param {
	if g == EncoderGoal {
		return append(t.encoder.Params(), t.prototype.Params()...)
	}
	for _, h := range t.heads {
		if h.goal() == g {
			return h.Params()
		}
	}
	return t.params
}

// Run trains until the recipe is done or ctx ends, and then writes a checkpoint.
func (t *Trainer) Run(ctx context.Context) error {
	t.started = time.Now()
	for t.phase < len(t.cfg.Recipe.Phases) {
		if err := t.runPhase(ctx); err != nil {
			return err
		}
		t.settle()
		t.phase++
		t.beginPhase()
		if err := t.Save(); err != nil {
			return err
		}
	}
	return nil
}

// runPhase trains what is left of the current phase.
func (t *Trainer) runPhase(ctx context.Context) error {
	saved, validated := time.Now(), t.log.lastImages()
	for p := t.current(); t.done < p.Images; {
		if ctx.Err() != nil {
			return errors.Join(ErrInterrupted, t.Save())
		}
		if err := t.train(p); err != nil {
			return err
		}
		if t.shown-validated >= t.cfg.ValidateEvery || t.done >= p.Images {
			validated = t.shown
			if err := t.validate(); err != nil {
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
	return nil
}

// settle makes the running average the weights themselves: the next phase starts from it.
func (t *Trainer) settle() {
	for i, p := range t.params {
		copy(p.Value, t.ema[i])
	}
	t.frozen = nil
}

// train takes one step.
func (t *Trainer) train(p Phase) error {
	ep := p.layout(t.cfg.Seed, t.step)
	n := ep.Images()
	t.images = slices.Grow(t.images[:0], n*prep.Side*prep.Side)[:n*prep.Side*prep.Side]
	t.sampler.episode(t.images, ep, p.Mix, t.step)
	t.encoder.BeforeRoot = p.BeforeRoot
	res, err := t.learn(ep, p.Goal)
	if err != nil {
		return err
	}
	if math.IsNaN(res.Loss) || math.IsInf(res.Loss, 0) {
		return fmt.Errorf("train: the loss is %v after %d images", res.Loss, t.shown)
	}
	t.adam.Step(p.LR * schedule(float64(t.done)/float64(p.Images)))
	t.average()
	t.step++
	t.done += n
	t.shown += n
	t.since += n
	t.log.see(res)
	if t.cfg.Progress != nil {
		// The last episode of a phase may show more drawings than were planned.
		planned := Recipe{Phases: t.cfg.Recipe.Phases[:t.phase]}.Images() + min(t.done, p.Images)
		t.cfg.Progress(Progress{Images: planned, Total: t.cfg.Recipe.Images(), Phase: p.Goal, Loss: res.Loss,
			Accuracy: res.Accuracy, ImagesPerSec: float64(t.since) / time.Since(t.started).Seconds()})
	}
	return nil
}

// learn leaves the gradients of an episode in the parameters that a goal trains.
func (t *Trainer) learn(ep nn.Layout, g Goal) (nn.Result, error) {
	for _, h := range t.heads {
		if h.goal() == g {
			return t.trainHead(ep, h)
		}
	}
	u := t.unit.Forward(t.encoder.Forward(t.images, ep.Images()))
	loss := t.prototype.Forward
	if ep.Shot == 1 && g == EncoderGoal {
		loss = t.prototype.Turns
	}
	res, du := loss(u, t.unit.D, ep)
	if g == JointGoal {
		for _, h := range t.heads {
			r := h.learn(u, du, ep)
			res.Loss += r.Loss
			res.Accuracy += r.Accuracy
		}
		res.Accuracy /= float64(1 + len(t.heads))
	}
	t.encoder.Backward(t.unit.Backward(du))
	return res, nil
}

// trainHead trains one head on the folded encoder, which only runs forward.
func (t *Trainer) trainHead(ep nn.Layout, h trainedHead) (nn.Result, error) {
	if t.frozen == nil {
		m, err := t.model()
		if err != nil {
			return nn.Result{}, err
		}
		if t.frozen, err = NewFloatNet(m); err != nil {
			return nn.Result{}, err
		}
	}
	u := t.frozen.UnitEmbed(t.images, ep.Images())
	return h.learn(u, nil, ep), nil
}

// schedule is the part of the learning rate at done (0..1): a linear warm-up over the first 2 %, then a half cosine
// to zero (Loshchilov and Hutter 2017, arXiv:1608.03983).
func schedule(done float64) float64 {
	const warm = 0.02
	if done < warm {
		return (done + 0.001) / (warm + 0.001)
	}
	return 0.5 * (1 + math.Cos(math.Pi*min(1, (done-warm)/(1-warm))))
}

func (t *Trainer) average() {
	keep := float32(min(t.cfg.Recipe.EMA, float64(t.adam.Steps)/float64(t.adam.Steps+10)))
	for i, p := range t.params {
		e := t.ema[i]
		nn.Parallel(len(e), func(_, lo, hi int) {
			v := p.Value[lo:hi]
			for j, x := range e[lo:hi] {
				e[lo+j] = keep*x + (1-keep)*v[j]
			}
		})
	}
}

// Model returns the float model that the run has learned so far: the averaged weights, batch normalisation folded
// with statistics of training episodes.
func (t *Trainer) Model() (*weights.Model, error) {
	now := make([][]float32, len(t.params))
	for i, p := range t.params {
		now[i] = clone(p.Value)
		copy(p.Value, t.ema[i])
	}
	defer func() {
		for i, p := range t.params {
			copy(p.Value, now[i])
		}
	}()
	return t.model()
}

// statisticsEpisodes is how many episodes statistics are taken from.
const statisticsEpisodes = 12

// statisticsStep is the first step of the episodes that statistics are taken from: none that training reaches.
const statisticsStep = 1 << 40

// model gathers statistics for the current values of the parameters and exports them.
func (t *Trainer) model() (*weights.Model, error) {
	mix := t.cfg.Recipe.Statistics
	ep := nn.Layout{Way: min(40, t.sampler.ways(mix)), Shot: 1, Query: 3}
	images := make([]float32, ep.Images()*prep.Side*prep.Side)
	for _, n := range t.encoder.Norms() {
		n.Observe()
	}
	for i := range statisticsEpisodes {
		t.sampler.episode(images, ep, mix, statisticsStep+uint64(i))
		t.encoder.Forward(images, ep.Images())
	}
	for _, n := range t.encoder.Norms() {
		n.Settle()
	}
	var begun []trainedHead
	for _, h := range t.heads {
		if t.begun(h) {
			begun = append(begun, h)
		}
	}
	return export(t.arch, t.encoder, t.prototype.Temperature(), begun)
}

// begun says whether any phase has trained a head yet.
func (t *Trainer) begun(h trainedHead) bool {
	for i, p := range t.cfg.Recipe.Phases {
		if p.Goal.trains(h) && (i < t.phase || i == t.phase && t.done > 0) {
			return true
		}
	}
	return false
}
